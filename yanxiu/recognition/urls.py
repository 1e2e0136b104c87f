"""The pages of this app."""

from django.urls import URLPattern, URLResolver, path

from yanxiu.recognition.views import mine, objections, publications, queue

app_name = "recognition"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", queue.queue, name="queue"),
    path("mine/", mine.mine, name="mine"),
    path("declare/", mine.declare, name="declare"),
    path("declarations/<uuid:uid>/", mine.declaration, name="declaration"),
    path("declarations/<uuid:uid>/put-right/", mine.put_right, name="put_right"),
    path("declarations/<uuid:uid>/withdraw/", mine.withdraw, name="withdraw"),
    path("records/<uuid:uid>/again/", mine.again, name="again"),
    path("records/<uuid:uid>/object/", mine.object_to, name="object"),
    path("records/<uuid:uid>/correct/", mine.correct, name="correct"),
    path("objections/", objections.objections, name="objections"),
    path("objections/<uuid:uid>/", objections.objection, name="objection"),
    path("objections/<uuid:uid>/appeal/", objections.appeal, name="appeal"),
    path(
        "objections/<uuid:uid>/withdraw/",
        objections.withdraw_objection,
        name="withdraw_objection",
    ),
    path("publications/", publications.publications, name="publications"),
    path("publications/new/", publications.publish, name="publish"),
    path("publications/<uuid:uid>/", publications.publication, name="publication"),
    path("publications/<uuid:uid>/take-down/", publications.take_down, name="take_down"),
    path(
        "publications/<uuid:uid>/object/<int:number>/",
        publications.object_to_line,
        name="object_to_line",
    ),
]
