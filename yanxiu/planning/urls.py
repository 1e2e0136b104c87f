"""The pages of this app."""

from django.urls import URLPattern, URLResolver, path

from yanxiu.planning.views import items, listing, parts, plan, proposal

app_name = "planning"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", listing.plans, name="plans"),
    path("read/", listing.read, name="read"),
    path("new/", listing.start, name="start"),
    path("proposals/<uuid:uid>/", proposal.proposal, name="proposal"),
    path("<uuid:uid>/", plan.plan, name="plan"),
    path("<uuid:uid>/confirm/", plan.confirm, name="confirm"),
    path("<uuid:uid>/months/<str:text>/", plan.month, name="month"),
    path("<uuid:uid>/add/<str:kind>/", parts.add, name="add"),
    path("<uuid:uid>/remove/", parts.remove, name="remove"),
    path("<uuid:uid>/rhythms/<uuid:part>/", parts.rhythm, name="rhythm"),
    path("<uuid:uid>/items/<uuid:part>/", items.item, name="item"),
]
