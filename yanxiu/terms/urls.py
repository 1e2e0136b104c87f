"""The pages of this app."""

from django.urls import URLPattern, URLResolver

app_name = "terms"

urlpatterns: list[URLPattern | URLResolver] = []
