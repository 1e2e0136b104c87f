"""The pages of this app."""

from django.urls import path

from yanxiu.lessons.views import (
    arranging,
    counts,
    home,
    kinds,
    lesson,
    papers,
    planner,
    series,
    timetable,
)

app_name = "lessons"

urlpatterns = [
    path("", home.home, name="home"),
    path("all/", home.lessons, name="lessons"),
    path("new/", arranging.new, name="new"),
    path("series/", series.all_series, name="all_series"),
    path("series/new/", series.new, name="series_new"),
    path("series/<uuid:uid>/", series.series, name="series"),
    path("series/<uuid:uid>/edit/", series.edit, name="series_edit"),
    path("series/<uuid:uid>/sum-up/", series.sum_up, name="series_sum_up"),
    path("kinds/", kinds.kinds, name="kinds"),
    path("kinds/new/", kinds.kind_new, name="kind_new"),
    path("kinds/<uuid:uid>/", kinds.kind, name="kind"),
    path("kinds/<uuid:uid>/retire/", kinds.retire, name="kind_retire"),
    path("settings/", kinds.settings, name="settings"),
    path("counts/", counts.page, name="counts"),
    path("counts/counts.xlsx", counts.sheet, name="counts_sheet"),
    path("quotas/", counts.quotas, name="quotas"),
    path("planner/", planner.planner, name="planner"),
    path("timetable/", timetable.timetable, name="timetable"),
    path("timetable/read/", timetable.read, name="timetable_new"),
    path("timetable/<uuid:uid>/", timetable.timetable_read, name="timetable_read"),
    path("timetable/<uuid:uid>/names/", timetable.names, name="timetable_names"),
    path("timetable/<uuid:uid>/take/", timetable.take, name="timetable_take"),
    path("timetable/<uuid:uid>/undo/", timetable.undo, name="timetable_undo"),
    path("<uuid:uid>/", lesson.lesson, name="lesson"),
    path("<uuid:uid>/record.docx", papers.record, name="record"),
    path("<uuid:uid>/edit/", arranging.edit, name="edit"),
    path("<uuid:uid>/cancel/", arranging.cancel, name="cancel"),
    path("<uuid:uid>/take-back/", arranging.take_back, name="take_back"),
    path("<uuid:uid>/restore/", lesson.restore, name="restore"),
    path("<uuid:uid>/level/", lesson.level, name="level"),
    path("<uuid:uid>/give/", lesson.give, name="give"),
    path("<uuid:uid>/answer/", lesson.answer, name="answer"),
    path("<uuid:uid>/invite/", lesson.invite, name="invite"),
    path("<uuid:uid>/uninvite/", lesson.uninvite, name="uninvite"),
    path("<uuid:uid>/researcher/", lesson.researcher, name="researcher"),
]
