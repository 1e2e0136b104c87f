"""The pages of this app."""

from django.urls import path

from yanxiu.reports.views import summaries

app_name = "reports"

urlpatterns = [
    path("", summaries.summaries, name="summaries"),
    path("start/", summaries.start, name="start"),
    path("<uuid:uid>/", summaries.summary, name="summary"),
    path("<uuid:uid>/prose/", summaries.prose, name="prose"),
    path("<uuid:uid>/submit/", summaries.submit, name="submit"),
    path("<uuid:uid>/approve/", summaries.approve, name="approve"),
    path("<uuid:uid>/return/", summaries.send_back, name="return"),
    path("<uuid:uid>/withdraw/", summaries.withdraw, name="withdraw"),
    path("<uuid:uid>/summary.docx", summaries.word, name="word"),
]
