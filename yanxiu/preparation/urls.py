"""The pages of this app."""

from django.urls import path

from yanxiu.preparation.views import (
    checking,
    comparing,
    home,
    listing,
    papers,
    plan,
    requiring,
    scheduling,
    talking,
    teaching,
    writing,
)

app_name = "preparation"

urlpatterns = [
    path("", home.home, name="home"),
    path("plans/", listing.plans, name="plans"),
    path("plans/new/", writing.new, name="new"),
    path("plans/<uuid:uid>/", plan.page, name="plan"),
    path("plans/<uuid:uid>/edit/", writing.edit, name="edit"),
    path("plans/<uuid:uid>/save/", writing.save, name="save"),
    path("plans/<uuid:uid>/describe/", writing.describe, name="describe"),
    path("plans/<uuid:uid>/revise/", writing.revise, name="revise"),
    path("plans/<uuid:uid>/do/", plan.do, name="do"),
    path("plans/<uuid:uid>/use/", teaching.use, name="use"),
    path("plans/<uuid:uid>/comment/", talking.comment, name="comment"),
    path("plans/<uuid:uid>/comments/", talking.comments, name="comments"),
    path("plans/<uuid:uid>/ask/", talking.ask_question, name="ask"),
    path("plans/<uuid:uid>/versions/", comparing.versions, name="versions"),
    path("plans/<uuid:uid>/contributions/", comparing.contributions, name="contributions"),
    path("plans/<uuid:uid>/departure/", comparing.departure, name="departure"),
    path("plans/<uuid:uid>/notes/", teaching.notes, name="notes"),
    path("plans/<uuid:uid>/review/", checking.review, name="review"),
    path("plans/<uuid:uid>/plan.docx", papers.plan_word, name="plan_word"),
    path("plans/<uuid:uid>/record.docx", papers.record_word, name="record_word"),
    path("versions/<uuid:uid>/", comparing.version, name="version"),
    path("versions/<uuid:uid>/difference/", comparing.difference, name="difference"),
    path("comments/<uuid:uid>/settle/", talking.settle, name="settle"),
    path("comments/<uuid:uid>/withdraw/", talking.withdraw, name="withdraw"),
    path("questions/<uuid:uid>/", talking.question, name="question"),
    path("notes/<uuid:uid>/", teaching.note, name="note"),
    path("notes/<uuid:uid>/remove/", teaching.remove, name="note_remove"),
    path("schedule/", scheduling.coverage, name="coverage"),
    path("schedule/<uuid:uid>/", scheduling.schedule, name="schedule"),
    path("schedule/<uuid:uid>/edit/", scheduling.edit, name="schedule_edit"),
    path("checks/", checking.summary, name="checks"),
    path("form/", checking.form, name="form"),
    path("requirements/", requiring.requirements, name="requirements"),
    path("requirements/new/", requiring.new, name="requirement_new"),
    path("requirements/<uuid:uid>/", requiring.requirement, name="requirement"),
    path("requirements/<uuid:uid>/edit/", requiring.edit, name="requirement_edit"),
    path("requirements/<uuid:uid>/decide/", requiring.decide, name="requirement_decide"),
]
