"""The pages of this app."""

from django.urls import path

from yanxiu.dashboard.views import figures, home

app_name = "dashboard"

urlpatterns = [
    path("", home.home, name="home"),
    path("figures/", figures.figures, name="figures"),
    path("figures/<str:code>/", figures.figure, name="figure"),
]
