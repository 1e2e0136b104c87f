"""The pages of this app."""

from django.urls import path

from yanxiu.originality.views import checking, known_texts

app_name = "originality"

urlpatterns = [
    path("", known_texts.home, name="home"),
    path("check/", checking.check, name="check"),
    path("new/", known_texts.new, name="new"),
    path("area/<uuid:uid>/", known_texts.area, name="area"),
    path("<uuid:uid>/", known_texts.known_text, name="known_text"),
    path("<uuid:uid>/remove/", known_texts.remove, name="remove"),
]
