"""The addresses of the sheet that works without a network."""

from django.urls import URLPattern, URLResolver, path

from yanxiu.observation.offline import blank_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    # Where there is no network, the worker leads from "new/" to the page of that name it keeps.
    path("new/offline/", blank_views.sheet, name="blank"),
    path("new/offline/<uuid:uid>/", blank_views.hand_in, name="blank_hand_in"),
    path("new/offline/<uuid:uid>/marks/", blank_views.marks, name="blank_marks"),
    path("new/offline/<uuid:uid>/texts/", blank_views.texts, name="blank_texts"),
    path("<uuid:uid>/offline/", views.sheet, name="offline"),
    path("<uuid:uid>/offline/marks/", views.marks, name="offline_marks"),
    path("<uuid:uid>/offline/texts/", views.texts, name="offline_texts"),
]
