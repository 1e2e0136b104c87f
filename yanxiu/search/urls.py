"""The pages of this app."""

from django.urls import path

from yanxiu.search import views

app_name = "search"

urlpatterns = [
    path("", views.search, name="search"),
    path("rebuild/", views.rebuild, name="rebuild"),
    path("<str:kind>/<uuid:uid>/", views.open_hit, name="open"),
]
