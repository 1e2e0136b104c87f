"""The pages of this app."""

from django.urls import URLPattern, URLResolver, path

from yanxiu.portfolio.views import hours, overview, records

app_name = "portfolio"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", hours.hours, name="hours"),
    path("records/", records.records, name="records"),
    path("records.xlsx", records.sheet, name="sheet"),
    path("records/<uuid:uid>/", records.record, name="record"),
    path("teachers/", overview.overview, name="overview"),
    path("teachers/<uuid:uid>/", overview.teacher, name="teacher"),
]
