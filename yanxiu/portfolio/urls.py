"""The pages of this app."""

from django.urls import URLPattern, URLResolver

app_name = "portfolio"

urlpatterns: list[URLPattern | URLResolver] = []
