"""The pages of a school's own templates."""

from django.urls import URLPattern, URLResolver, path

from yanxiu.reports.views import template_filling, templates

app_name = "templates"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", templates.templates, name="templates"),
    path("new/", templates.new, name="new"),
    path("fields/", templates.fields, name="fields"),
    path("starter.docx", templates.starter, name="starter"),
    path("<uuid:uid>/", templates.template, name="template"),
    path("<uuid:uid>/version/", templates.version, name="version"),
    path("<uuid:uid>/withdraw/", templates.withdraw, name="withdraw"),
    path("<uuid:uid>/fill/", template_filling.fill, name="fill"),
    path("versions/<uuid:uid>/use/", templates.use, name="use"),
    path("versions/<uuid:uid>/sample.docx", templates.sample, name="sample"),
]
