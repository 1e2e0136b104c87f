"""The pages of this app."""

from django.urls import URLPattern, URLResolver

app_name = "works"

urlpatterns: list[URLPattern | URLResolver] = []
