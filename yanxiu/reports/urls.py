"""The pages of this app."""

from django.urls import path

from yanxiu.reports.views import (
    beginning,
    chronicles,
    county,
    demands,
    letters,
    publishing,
    summaries,
    writing,
)

app_name = "reports"

urlpatterns = [
    path("", summaries.summaries, name="summaries"),
    path("start/", summaries.start, name="start"),
    path("chronicles/", chronicles.chronicles, name="chronicles"),
    path("chronicles/<uuid:uid>.docx", chronicles.word, name="chronicle"),
    path("county/", county.county, name="county"),
    path("county/county.xlsx", county.sheet, name="county_sheet"),
    path("county/county.docx", county.word, name="county_word"),
    path("letters/", letters.letters, name="letters"),
    path("letters/new/", letters.letter_new, name="letter_new"),
    path("letters/<uuid:uid>/", letters.letter, name="letter"),
    path("letters/<uuid:uid>/edit/", letters.letter_edit, name="letter_edit"),
    path("letters/<uuid:uid>/issue/", letters.letter_issue, name="letter_issue"),
    path("letters/<uuid:uid>/withdraw/", letters.letter_withdraw, name="letter_withdraw"),
    path("letters/<uuid:uid>/letter.docx", letters.letter_word, name="letter_word"),
    path("begin/", beginning.begin, name="begin"),
    path("demands/ask/", demands.ask, name="ask"),
    path("demands/<uuid:uid>/", demands.demand, name="demand"),
    path("phrases/", publishing.phrases, name="phrases"),
    path("<uuid:uid>/", summaries.summary, name="summary"),
    path("<uuid:uid>/sections/", writing.sections, name="sections"),
    path("<uuid:uid>/paragraph/", writing.paragraph, name="paragraph"),
    path("<uuid:uid>/claim/", writing.claim, name="claim"),
    path("<uuid:uid>/history/", writing.history, name="history"),
    path("<uuid:uid>/compare/", writing.compare, name="compare"),
    path("<uuid:uid>/publish/", publishing.publish, name="publish"),
    path("<uuid:uid>/next/", publishing.next_steps, name="next"),
    path("<uuid:uid>/summary.html", publishing.web_page, name="web_page"),
    path("<uuid:uid>/prose/", summaries.prose, name="prose"),
    path("<uuid:uid>/submit/", summaries.submit, name="submit"),
    path("<uuid:uid>/approve/", summaries.approve, name="approve"),
    path("<uuid:uid>/return/", summaries.send_back, name="return"),
    path("<uuid:uid>/withdraw/", summaries.withdraw, name="withdraw"),
    path("<uuid:uid>/summary.docx", summaries.word, name="word"),
]
