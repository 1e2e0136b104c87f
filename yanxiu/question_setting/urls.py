"""The pages of this app."""

from django.urls import URLPattern, URLResolver

app_name = "question_setting"

urlpatterns: list[URLPattern | URLResolver] = []
