"""The pages of calls for papers, below those of works."""

from django.urls import path

from yanxiu.works.calls.views import calls, entries, results, reviews

app_name = "calls"

urlpatterns = [
    path("", calls.home, name="home"),
    path("new/", calls.new, name="new"),
    path("reviews/", reviews.mine, name="reviews"),
    path("reviews/<uuid:uid>/", reviews.review, name="review"),
    path("reviews/<uuid:uid>/decline/", reviews.decline, name="decline"),
    path("reviews/<uuid:uid>/paper.pdf", reviews.paper_pdf, name="paper"),
    path("entries/<uuid:uid>/", entries.entry, name="entry"),
    path("entries/<uuid:uid>/withdraw/", entries.withdraw, name="withdraw"),
    path("entries/<uuid:uid>/blind.pdf", entries.blind_pdf, name="blind"),
    path("<uuid:uid>/", calls.call, name="call"),
    path("<uuid:uid>/edit/", calls.edit, name="edit"),
    path("<uuid:uid>/do/", calls.do, name="do"),
    path("<uuid:uid>/enter/", entries.enter, name="enter"),
    path("<uuid:uid>/entries/", entries.entries, name="entries"),
    path("<uuid:uid>/panel/", results.panel, name="panel"),
    path("<uuid:uid>/draw/", results.draw, name="draw"),
    path("<uuid:uid>/results/", results.results, name="results"),
    path("<uuid:uid>/results/announce/", results.announce, name="announce"),
    path("<uuid:uid>/results/results.xlsx", results.sheet, name="sheet"),
]
