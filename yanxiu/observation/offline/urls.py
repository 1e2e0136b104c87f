"""The addresses of the sheet that works without a network."""

from django.urls import URLPattern, URLResolver, path

from yanxiu.observation.offline import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("<uuid:uid>/offline/", views.sheet, name="offline"),
    path("<uuid:uid>/offline/marks/", views.marks, name="offline_marks"),
    path("<uuid:uid>/offline/texts/", views.texts, name="offline_texts"),
]
