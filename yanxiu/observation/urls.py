"""The pages of this app."""

from django.urls import URLPattern, URLResolver, include, path

from yanxiu.observation.views import (
    checking,
    home,
    lesson,
    observation,
    rubrics,
    statistics,
)

app_name = "observation"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("records/", home.records, name="records"),
    path("highlights/", home.highlights, name="highlights"),
    path("new/", home.new, name="new"),
    path("booklet.docx", observation.booklet_word, name="booklet"),
    path("lessons/<uuid:uid>/start/", home.start, name="start"),
    path("lessons/<uuid:uid>/", lesson.lesson, name="lesson"),
    path("lessons/<uuid:uid>/say/", lesson.say, name="say"),
    path("lessons/<uuid:uid>/account/", lesson.account, name="account"),
    path("lessons/<uuid:uid>/appraisal/", lesson.appraisal, name="appraisal"),
    path("lessons/<uuid:uid>/before-and-after/", lesson.before_and_after, name="before_and_after"),
    path("remarks/<uuid:uid>/take-back/", lesson.take_word_back, name="take_word_back"),
    path("advice/<uuid:uid>/", observation.advise, name="advise"),
    path("advice/<uuid:uid>/done/", lesson.finish, name="finish"),
    path("checking/", checking.checking, name="checking"),
    path("checking/lessons/", checking.completeness, name="completeness"),
    path("checking/coverage/", checking.coverage, name="coverage"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/mine/", statistics.mine, name="mine"),
    path("rubrics/", rubrics.rubrics, name="rubrics"),
    path("rubrics/new/", rubrics.new, name="rubric_new"),
    path("rubrics/<uuid:uid>/", rubrics.rubric, name="rubric"),
    path("rubrics/<uuid:uid>/edit/", rubrics.edit, name="rubric_edit"),
    path("rubrics/<uuid:uid>/retire/", rubrics.retire, name="rubric_retire"),
    path("settings/", checking.setting, name="setting"),
    path("<uuid:uid>/", observation.observation, name="observation"),
    path("<uuid:uid>/take-back/", observation.take_back, name="take_back"),
    path("<uuid:uid>/hand-in/", observation.hand_in, name="hand_in"),
    path("<uuid:uid>/drop/", observation.drop, name="drop"),
    path("<uuid:uid>/check/", observation.check, name="check"),
    path("<uuid:uid>/reply/", observation.reply, name="reply"),
    path("<uuid:uid>/test/", observation.test, name="test"),
    path("<uuid:uid>/photo/", observation.photo, name="photo"),
    path("<uuid:uid>/conflicts/", observation.conflicts, name="conflicts"),
    path("<uuid:uid>/facts/", observation.facts, name="facts"),
    path("<uuid:uid>/form.docx", observation.form_word, name="form_word"),
    path("", include("yanxiu.observation.offline.urls")),
]
