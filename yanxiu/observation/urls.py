"""The pages of this app."""

from django.urls import URLPattern, URLResolver

app_name = "observation"

urlpatterns: list[URLPattern | URLResolver] = []
