"""The addresses that must lie at the root: a service worker rules only what lies below it."""

from django.urls import URLPattern, URLResolver, path

from yanxiu.activities.offline import shell, views

app_name = "offline"

urlpatterns: list[URLPattern | URLResolver] = [
    path("manifest.webmanifest", shell.manifest, name="manifest"),
    path("sw.js", shell.worker, name="worker"),
    path("offline/", shell.start, name="start"),
    path("offline/now/", views.now, name="now"),
]
