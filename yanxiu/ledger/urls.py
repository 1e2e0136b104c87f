"""The pages of this app."""

from django.urls import URLPattern, URLResolver, path

from yanxiu.ledger import views

app_name = "ledger"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.schemes, name="schemes"),
    path("<uuid:uid>/end/", views.end, name="end"),
    path("<uuid:uid>/take-back/", views.take_back, name="take_back"),
]
