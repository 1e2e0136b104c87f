"""The pages of this app."""

from django.urls import include, path

from yanxiu.works.views import (
    carrying_on,
    home,
    importing,
    lists,
    outcomes,
    papers,
    settings,
    work,
    writing,
)

app_name = "works"

urlpatterns = [
    path("", home.home, name="home"),
    path("new/", writing.new, name="new"),
    path("start/", writing.start, name="start"),
    path("import/", importing.import_, name="import"),
    path("school/", lists.school, name="school"),
    path("school/works.xlsx", lists.school_sheet, name="school_sheet"),
    path("shared/", lists.shared, name="shared"),
    path("coverage/", lists.coverage, name="coverage"),
    path("coverage/coverage.xlsx", lists.coverage_sheet, name="coverage_sheet"),
    path("collection/", papers.collection, name="collection"),
    path("kinds/", settings.kinds, name="kinds"),
    path("kinds/add/", settings.kind_add, name="kind_add"),
    path("kinds/sections/", settings.sections, name="sections"),
    path("kinds/<uuid:uid>/retire/", settings.kind_retire, name="kind_retire"),
    path("calls/", include("yanxiu.works.calls.urls")),
    path("outcomes/", outcomes.outcomes, name="outcomes"),
    path("outcomes/new/", outcomes.outcome_new, name="outcome_new"),
    path("outcomes/outcomes.xlsx", outcomes.outcomes_sheet, name="outcomes_sheet"),
    path("outcomes/<uuid:uid>/", outcomes.outcome, name="outcome"),
    path("outcomes/<uuid:uid>/edit/", outcomes.outcome_edit, name="outcome_edit"),
    path("outcomes/<uuid:uid>/decide/", outcomes.outcome_decide, name="outcome_decide"),
    path("submissions/<uuid:uid>/", outcomes.submission, name="submission"),
    path("submissions/<uuid:uid>/follow/", outcomes.follow, name="follow"),
    path("<uuid:uid>/", work.work, name="work"),
    path("<uuid:uid>/edit/", writing.edit, name="edit"),
    path("<uuid:uid>/save/", writing.save, name="save"),
    path("<uuid:uid>/do/", work.do, name="do"),
    path("<uuid:uid>/share/", work.share, name="share"),
    path("<uuid:uid>/authors/", work.authors, name="authors"),
    path("<uuid:uid>/read/", work.read, name="read"),
    path("<uuid:uid>/alike/", carrying_on.alike, name="alike"),
    path("<uuid:uid>/redesign/", carrying_on.redesign, name="redesign"),
    path("<uuid:uid>/propose/", carrying_on.propose, name="propose"),
    path("sessions/<uuid:uid>/", carrying_on.of_session, name="of_session"),
    path("<uuid:uid>/recommend/", outcomes.recommend, name="recommend"),
    path("<uuid:uid>/work.docx", papers.paper, name="paper"),
    path("<uuid:uid>/versions/<int:number>/", work.version, name="version"),
    path("<uuid:uid>/versions/<int:number>/restore/", work.restore, name="restore"),
]
