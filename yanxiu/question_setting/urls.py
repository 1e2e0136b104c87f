"""The pages of this app."""

from django.urls import path

from yanxiu.question_setting.views import deeds, home, nominations, papers

app_name = "question_setting"

urlpatterns = [
    path("", home.home, name="home"),
    path("new/", papers.new, name="new"),
    path("setting/", home.setting, name="setting"),
    path("mine/", deeds.mine, name="mine"),
    path("teachers/<uuid:uid>/", deeds.teacher, name="teacher"),
    path("deeds/new/", deeds.new, name="deed_new"),
    path("deeds/<uuid:uid>/", deeds.deed, name="deed"),
    path("deeds/<uuid:uid>/edit/", deeds.edit, name="deed_edit"),
    path("deeds/<uuid:uid>/remove/", deeds.remove, name="deed_remove"),
    path("nominations/", nominations.nominations, name="nominations"),
    path("nominations/new/", nominations.new, name="nominate"),
    path("nominations/<uuid:uid>/", nominations.nomination, name="nomination"),
    path("nominations/<uuid:uid>/decide/", nominations.decide, name="nomination_decide"),
    path("<uuid:uid>/", papers.task, name="task"),
    path("<uuid:uid>/edit/", papers.edit, name="edit"),
    path("<uuid:uid>/specification/", papers.specification, name="specification"),
    path("<uuid:uid>/specification.xlsx", papers.sheet, name="sheet"),
    path("<uuid:uid>/hand-in/", papers.hand_in, name="hand_in"),
    path("<uuid:uid>/take-back/", papers.take_back, name="take_back"),
    path("<uuid:uid>/read/", papers.read, name="read"),
    path("<uuid:uid>/drop/", papers.drop, name="drop"),
]
