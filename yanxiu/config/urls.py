"""The addresses of the house: each app's own, under its name."""

from django.urls import include, path

urlpatterns = [
    path("", include("yanxiu.dashboard.urls")),
    path("", include("yanxiu.people.urls")),
    path("terms/", include("yanxiu.terms.urls")),
    path("schemes/", include("yanxiu.ledger.urls")),
    path("files/", include("yanxiu.attachments.urls")),
    path("plans/", include("yanxiu.planning.urls")),
    path("sessions/", include("yanxiu.activities.urls")),
    path("me/", include("yanxiu.portfolio.urls")),
    path("summaries/", include("yanxiu.reports.urls")),
]

handler404 = "yanxiu.ui.pages.not_found"
handler500 = "yanxiu.ui.pages.server_error"
