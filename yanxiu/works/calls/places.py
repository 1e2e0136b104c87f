"""The kinds of source that calls own; what reviewers are shown never leads to an author."""

from django.urls import reverse

from yanxiu.places.table import Place
from yanxiu.works.models import BlindReview, CallEntry, CallForPapers
from yanxiu.works.permissions import may_review, may_see_call, may_see_entry

PLACES = [
    Place(
        kind=CallForPapers.SOURCE_KIND,
        name="征集",
        rows=CallForPapers.objects.all,
        title=lambda row: row.title,
        url=lambda row: reverse("works:calls:call", args=[row.uid]),
        seen_by=may_see_call,
        text=lambda row: f"{row.title}\n{row.text}",
        day=lambda row: row.closes_on,
    ),
    Place(
        kind=CallEntry.SOURCE_KIND,
        name="参评作品",
        rows=lambda: CallEntry.objects.select_related("call"),
        title=lambda row: f"《{row.title}》参加“{row.call.title}”",
        url=lambda row: reverse("works:calls:entry", args=[row.uid]),
        seen_by=may_see_entry,
    ),
    Place(
        kind=BlindReview.SOURCE_KIND,
        name="匿名评审",
        rows=lambda: BlindReview.objects.select_related("entry__call"),
        title=lambda row: f"{row.entry.number or 0:02d}号作品 · {row.entry.call.title}",
        url=lambda row: reverse("works:calls:review", args=[row.uid]),
        seen_by=may_review,
    ),
]
