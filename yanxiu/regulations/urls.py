"""The pages of this app."""

from django.urls import URLPattern, URLResolver, path

from yanxiu.regulations.views import asking, library, schools, writing

app_name = "regulations"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", library.regulations, name="regulations"),
    path("new/", writing.new, name="new"),
    path("kinds/", schools.kinds, name="kinds"),
    path("schools/", schools.overview, name="schools"),
    path("requirements/", asking.requirements, name="requirements"),
    path("requirements/new/", asking.new, name="requirement_new"),
    path("requirements/<uuid:uid>/", asking.requirement, name="requirement"),
    path("requirements/<uuid:uid>/withdraw/", asking.withdraw, name="requirement_withdraw"),
    path("answers/<uuid:uid>/", asking.answer, name="answer"),
    path("answers/<uuid:uid>/receive/", asking.receive, name="receive"),
    path("answers/<uuid:uid>/judge/", asking.judge, name="judge"),
    path("<uuid:uid>/", library.regulation, name="regulation"),
    path("<uuid:uid>/versions/<int:number>/", library.version, name="version"),
    path("<uuid:uid>/acknowledge/", library.acknowledge, name="acknowledge"),
    path("<uuid:uid>/unread.xlsx", library.unread_sheet, name="unread_sheet"),
    path("<uuid:uid>/revise/", writing.revise, name="revise"),
    path("<uuid:uid>/publish/", writing.publish, name="publish"),
    path("<uuid:uid>/retire/", writing.retire, name="retire"),
]
