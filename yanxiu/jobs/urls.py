"""The pages of this app."""

from django.urls import URLPattern, URLResolver, path

from yanxiu.jobs import views

app_name = "jobs"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.jobs, name="jobs"),
    path("<uuid:uid>/", views.job, name="job"),
    path("<uuid:uid>/cancel/", views.cancel, name="cancel"),
    path("<uuid:uid>/retry/", views.retry, name="retry"),
]
