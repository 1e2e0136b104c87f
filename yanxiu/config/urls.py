"""The addresses of the house: each app's own, under its name."""

from django.urls import include, path

urlpatterns = [
    # First, because hundreds sign in there within a minute.
    path("sessions/", include("yanxiu.activities.urls")),
    path("", include("yanxiu.dashboard.urls")),
    path("", include("yanxiu.people.urls")),
    path("", include("yanxiu.activities.offline.urls")),
    path("terms/", include("yanxiu.terms.urls")),
    path("schemes/", include("yanxiu.ledger.urls")),
    path("files/", include("yanxiu.attachments.urls")),
    path("notices/", include("yanxiu.notices.urls")),
    path("jobs/", include("yanxiu.jobs.urls")),
    path("calendar/", include("yanxiu.agenda.urls")),
    path("rules/", include("yanxiu.regulations.urls")),
    path("plans/", include("yanxiu.planning.urls")),
    path("training/", include("yanxiu.training.urls")),
    path("lessons/", include("yanxiu.lessons.urls")),
    path("preparation/", include("yanxiu.preparation.urls")),
    path("observation/", include("yanxiu.observation.urls")),
    path("works/", include("yanxiu.works.urls")),
    path("books/", include("yanxiu.books.urls")),
    path("questions/", include("yanxiu.question_setting.urls")),
    path("search/", include("yanxiu.search.urls")),
    path("originality/", include("yanxiu.originality.urls")),
    path("recognition/", include("yanxiu.recognition.urls")),
    path("verification/", include("yanxiu.verification.urls")),
    path("certificates/", include("yanxiu.certificates.urls")),
    path("me/", include("yanxiu.portfolio.urls")),
    path("summaries/", include("yanxiu.reports.urls")),
    path("documents/templates/", include("yanxiu.reports.template_urls")),
    path("documents/drafting/", include("yanxiu.reports.drafting.urls")),
]

handler404 = "yanxiu.ui.pages.not_found"
handler500 = "yanxiu.ui.pages.server_error"
