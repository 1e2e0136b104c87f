"""The pages of this app."""

from django.urls import URLPattern, URLResolver

app_name = "preparation"

urlpatterns: list[URLPattern | URLResolver] = []
