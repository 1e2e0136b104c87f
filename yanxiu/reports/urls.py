"""The pages of this app."""

from django.urls import path

from yanxiu.reports import views

app_name = "reports"

urlpatterns = [
    path("", views.summaries, name="summaries"),
    path("start/", views.start, name="start"),
    path("<uuid:uid>/", views.summary, name="summary"),
    path("<uuid:uid>/prose/", views.prose, name="prose"),
    path("<uuid:uid>/submit/", views.submit, name="submit"),
    path("<uuid:uid>/approve/", views.approve, name="approve"),
    path("<uuid:uid>/return/", views.send_back, name="return"),
    path("<uuid:uid>/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:uid>/summary.docx", views.word, name="word"),
]
