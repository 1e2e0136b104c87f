"""The pages of this app."""

from django.urls import URLPattern, URLResolver

app_name = "originality"

urlpatterns: list[URLPattern | URLResolver] = []
