"""The pages of this app."""

from django.urls import URLPattern, URLResolver, path

from yanxiu.terms import views

app_name = "terms"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.terms, name="terms"),
    path("new/", views.new_term, name="new"),
    path("<uuid:uid>/", views.edit_term, name="term"),
    path("days-off/new/", views.new_day_off, name="new_day_off"),
    path("days-off/<int:pk>/", views.edit_day_off, name="day_off"),
    path("holidays/", views.holidays, name="holidays"),
    path("days-off/<int:pk>/remove/", views.remove_day_off, name="remove_day_off"),
]
