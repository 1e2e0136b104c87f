"""The pages of this app."""

from django.urls import URLPattern, URLResolver, path

from yanxiu.activities.views import (
    correcting,
    listing,
    papers,
    planning,
    scheduling,
    session,
    signing_in,
)

app_name = "activities"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", listing.sessions, name="sessions"),
    path("new/", planning.new, name="new"),
    path("schedule/", scheduling.schedules, name="schedules"),
    path("schedule/<uuid:uid>/", scheduling.schedule, name="schedule"),
    path("schedule/<uuid:uid>/<uuid:item>/", scheduling.schedule_item, name="schedule_item"),
    path("<uuid:uid>/", session.session, name="session"),
    path("<uuid:uid>/roll/", session.roll, name="roll"),
    path("<uuid:uid>/minutes/", session.minutes, name="minutes"),
    path("<uuid:uid>/close/", session.close, name="close"),
    path("<uuid:uid>/open/", signing_in.open_sign_in, name="open"),
    path("<uuid:uid>/stop/", signing_in.stop, name="stop"),
    path("<uuid:uid>/screen/", signing_in.screen, name="screen"),
    path("<uuid:uid>/scan/<str:code>/", signing_in.scan, name="scan"),
    path("<uuid:uid>/sign-in/", signing_in.sign_in, name="sign_in"),
    path("<uuid:uid>/move/", planning.move, name="move"),
    path("<uuid:uid>/cancel/", planning.cancel, name="cancel"),
    path("<uuid:uid>/parts/", planning.parts, name="parts"),
    path("<uuid:uid>/make-up/", correcting.make_up, name="make_up"),
    path("<uuid:uid>/amend/", correcting.amend, name="amend"),
    path("<uuid:uid>/sheet.xlsx", papers.sheet, name="sheet"),
]
