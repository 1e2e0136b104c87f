"""The pages of this app."""

from django.urls import URLPattern, URLResolver, path

from yanxiu.agenda.views import calendar, subscribing

app_name = "agenda"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", calendar.calendar, name="calendar"),
    path("links/", subscribing.calendar_links, name="links"),
    path("links/new/", subscribing.new_link, name="new_link"),
    path("links/<uuid:uid>/end/", subscribing.end, name="end_link"),
    path("<str:token>.ics", subscribing.read, name="feed"),
]
