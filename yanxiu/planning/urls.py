"""The pages of this app."""

from django.urls import URLPattern, URLResolver, path

from yanxiu.planning.views import (
    burden,
    calendar,
    deciding,
    demands,
    goals,
    items,
    listing,
    parts,
    plan,
    proposal,
    starting,
)

app_name = "planning"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", listing.plans, name="plans"),
    path("read/", listing.read, name="read"),
    path("new/", starting.start, name="start"),
    path("proposals/<uuid:uid>/", proposal.proposal, name="proposal"),
    path("demands/", demands.demands, name="demands"),
    path("demands/new/", demands.new_demand, name="demand_new"),
    path("demands/<uuid:uid>/", demands.demand, name="demand"),
    path("demands/<uuid:uid>/list.xlsx", demands.demand_sheet, name="demand_sheet"),
    path("burden/", burden.burden, name="burden"),
    path("burden/minutes/", burden.minutes, name="minutes"),
    path("schedule/", calendar.schedule, name="schedule"),
    path("schedule/<str:text>/", calendar.schedule, name="schedule_month"),
    path("schedule/<str:text>/items.xlsx", calendar.schedule_sheet, name="schedule_sheet"),
    path("<uuid:uid>/", plan.plan, name="plan"),
    path("<uuid:uid>/confirm/", deciding.confirm, name="confirm"),
    path("<uuid:uid>/decide/", deciding.decide, name="decide"),
    path("<uuid:uid>/head/", deciding.head, name="head"),
    path("<uuid:uid>/versions/", deciding.versions, name="versions"),
    path("<uuid:uid>/copy/", starting.copy, name="copy"),
    path("<uuid:uid>/carried/", starting.carried_page, name="carried"),
    path("<uuid:uid>/scheme/", starting.scheme, name="scheme"),
    path("<uuid:uid>/goals/", goals.goals, name="goals"),
    path("<uuid:uid>/items.xlsx", calendar.items_sheet, name="items_sheet"),
    path("<uuid:uid>/months/<str:text>/", calendar.month, name="month"),
    path("<uuid:uid>/weeks/<str:text>/", calendar.week, name="week"),
    path("<uuid:uid>/add/<str:kind>/", parts.add, name="add"),
    path("<uuid:uid>/edit/<str:kind>/<uuid:part>/", parts.edit, name="edit"),
    path("<uuid:uid>/remove/", parts.remove, name="remove"),
    path("<uuid:uid>/rhythms/<uuid:part>/", parts.rhythm, name="rhythm"),
    path("<uuid:uid>/items/<uuid:part>/", items.item, name="item"),
]
