"""Reading across calls, entries and reviews."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Prefetch, Q, QuerySet

from yanxiu.people.models import Teacher
from yanxiu.works.models import BlindReview, CallEntry, CallForPapers, Work, WorkAuthor
from yanxiu.works.permissions import HANDED_IN, may_own_work

State = BlindReview.State
FAR_APART = 15
"""In hundredths of all points: reviewers who differ by more should talk, or a third one reads."""


@dataclass(frozen=True)
class Judged:
    """One paper as the office sees it when it decides: by number, with what the panel says."""

    entry: CallEntry
    reviews: Sequence[BlindReview]
    mean: Decimal | None
    is_far_apart: bool

    @property
    def authors(self) -> list[WorkAuthor]:
        """The authors in their order; nothing that a reviewer sees asks for them."""
        return list(self.entry.work.authors.all())

    @property
    def waiting(self) -> int:
        """How many reviews are still to come."""
        return sum(review.state == State.ASSIGNED for review in self.reviews)


def judged(call: CallForPapers) -> list[Judged]:
    """Return each paper with its reviews, those most liked first; three statements."""
    reviews: defaultdict[int, list[BlindReview]] = defaultdict(list)
    rows = BlindReview.objects.filter(entry__call=call).select_related("reviewer")
    for review in rows.order_by("assigned_at", "id"):
        reviews[review.entry_id].append(review)
    points = sum(one.most for one in call.criteria.all())
    found = []
    entries = call.entries.filter(withdrawn_at=None).select_related("organisation", "work__kind")
    for entry in entries.prefetch_related(AUTHORS).order_by("number", "id"):
        scored = [one.total for one in reviews[entry.pk] if one.state == State.SCORED]
        # A zero is a score like any other.
        totals = [total for total in scored if total is not None]
        mean = None
        if totals:
            whole = Decimal(sum(totals)) / len(totals)
            mean = whole.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
        apart = bool(totals) and (max(totals) - min(totals)) * 100 > FAR_APART * points
        found.append(Judged(entry, reviews[entry.pk], mean, apart))
    # Papers are put in order to choose among them; persons are not, no name stands here.
    return sorted(found, key=_place)


def _place(one: Judged) -> tuple[Decimal, int]:
    """Return where a paper stands: by its mean from above, what nobody has scored at the end."""
    return -(Decimal(-1) if one.mean is None else one.mean), one.entry.number or 0


AUTHORS = Prefetch("work__authors", queryset=WorkAuthor.objects.order_by("order", "id"))


def entries_of(call: CallForPapers) -> "QuerySet[CallEntry]":
    """Return what was entered, with its authors, oldest first."""
    rows: QuerySet[CallEntry] = call.entries.filter(withdrawn_at=None)
    joined = rows.select_related("organisation", "teacher", "work__kind")
    return joined.prefetch_related(AUTHORS).order_by("entered_at", "id")


def with_counts(calls: "QuerySet[CallForPapers]") -> "QuerySet[CallForPapers]":
    """Add how many papers were entered, as `papers`."""
    active = Q(entries__withdrawn_at=None)
    return calls.annotate(papers=Count("entries", filter=active, distinct=True))


def works_to_enter(call: CallForPapers, teacher: Teacher) -> "QuerySet[Work]":
    """Return the works that `teacher` may enter: written or handed in, of the kinds asked for."""
    rows: QuerySet[Work] = Work.objects.filter(
        may_own_work(teacher),
        dropped_at=None,
        state__in=[*Work.WRITTEN, *HANDED_IN],
    ).exclude(title="")
    kinds = [kind.pk for kind in call.kinds.all()]
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return rows.select_related("kind").order_by("-saved_at", "-id")


def words_to_authors(entry: CallEntry) -> list[str]:
    """Return what the reviewers wrote to the authors, in an order that tells nobody's turn."""
    rows = BlindReview.objects.filter(entry=entry, state=State.SCORED).exclude(comment="")
    return sorted(rows.values_list("comment", flat=True))


@dataclass(frozen=True)
class Load:
    """What one reviewer has: given, done, given back."""

    name: str
    given: int
    done: int
    declined: int


def loads(call: CallForPapers, members: Sequence[Teacher]) -> list[Load]:
    """Return what each of the panel has; one statement."""
    rows = BlindReview.objects.filter(entry__call=call).values_list("reviewer", "state")
    counted: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for reviewer, state in rows:
        counted[reviewer][state] += 1
    return [
        Load(
            one.name,
            counted[one.pk][State.ASSIGNED] + counted[one.pk][State.SCORED],
            counted[one.pk][State.SCORED],
            counted[one.pk][State.DECLINED],
        )
        for one in members
    ]
