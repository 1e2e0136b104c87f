"""The pages of this app."""

from django.urls import URLPattern, URLResolver, path

from yanxiu.notices.views import mine, robots

app_name = "notices"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", mine.notices, name="notices"),
    path("read/", mine.read_all, name="read_all"),
    path("settings/", mine.wishes, name="wishes"),
    path("settings/confirm/<str:word>/", mine.confirm, name="confirm"),
    path("robots/", robots.robots, name="robots"),
    path("robots/new/", robots.new_robot, name="new_robot"),
    path("robots/<uuid:uid>/", robots.robot, name="robot"),
    path("robots/<uuid:uid>/try/", robots.try_robot, name="try_robot"),
    path("robots/<uuid:uid>/remove/", robots.remove_robot, name="remove_robot"),
    path("outbox/", robots.outbox, name="outbox"),
    path("outbox/<uuid:uid>/again/", robots.send_again, name="send_again"),
    path("<uuid:uid>/open/", mine.open_notice, name="open"),
]
