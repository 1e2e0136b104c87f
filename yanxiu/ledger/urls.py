"""The pages of this app."""

from django.urls import URLPattern, URLResolver, path

from yanxiu.ledger import views
from yanxiu.ledger.views import reckonings, trying, writing

app_name = "ledger"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.schemes, name="schemes"),
    path("<uuid:uid>/end/", views.end, name="end"),
    path("<uuid:uid>/take-back/", views.take_back, name="take_back"),
    path("<uuid:uid>/reckon/", reckonings.reckon, name="reckon"),
    path("new/", writing.new, name="scheme_new"),
    path("files/<uuid:uid>/", writing.scheme, name="scheme"),
    path("files/<uuid:uid>/scheme.yaml", writing.download, name="scheme_yaml"),
    path("files/<uuid:uid>/publish/", writing.publish, name="scheme_publish"),
    path("files/<uuid:uid>/withdraw/", writing.withdraw, name="scheme_withdraw"),
    path("files/<uuid:uid>/drop/", writing.drop, name="scheme_drop"),
    path("files/<uuid:uid>/try/", trying.try_out, name="scheme_try"),
    path("files/<uuid:uid>/teacher/", trying.person, name="scheme_person"),
    path("files/<uuid:uid>/cases/", trying.cases, name="scheme_cases"),
    path("files/<uuid:uid>/compare/", reckonings.compare, name="scheme_compare"),
    path("reckonings/<uuid:uid>/", reckonings.found, name="reckoning"),
    path("reckonings/<uuid:uid>/sheet.xlsx", reckonings.sheet, name="reckoning_sheet"),
    path("reckonings/<uuid:uid>/post/", reckonings.post, name="reckoning_post"),
    path("reckonings/<uuid:uid>/drop/", reckonings.drop, name="reckoning_drop"),
]
