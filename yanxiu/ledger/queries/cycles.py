"""Frozen years side by side: what a cycle of each teacher amounts to."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from yanxiu.kernel.spans import Span
from yanxiu.ledger.models import Entry, YearClosing, YearSnapshot
from yanxiu.ledger.rules.calendars import Calendar
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.people.models import Organisation, Teacher


@dataclass(frozen=True)
class FrozenYear:
    """What a list needs of one snapshot; the totals are as JSON has them."""

    uid: Any
    met: bool
    year: dict[str, str]
    cycle: dict[str, str]
    exemptions: Sequence[Sequence[str]]


@dataclass(frozen=True)
class CycleLine:
    """One teacher over a cycle: the frozen years in their order, None where none is frozen."""

    teacher: Teacher
    years: Sequence[FrozenYear | None]
    changes: int
    spans: Sequence[Span] = ()

    @property
    def own_cycle(self) -> Span | None:
        """The days of the teacher's own cycle as last frozen, None if it is that of the place."""
        last = next((one for one in reversed(self.years) if one), None)
        if last is None or not self.spans:
            return None
        cycle = Span(*(date.fromisoformat(last.cycle[name]) for name in ("from", "to")))
        place = Span(self.spans[0].start, self.spans[-1].end)
        return cycle if cycle != place else None

    @property
    def total(self) -> tuple[Decimal, Decimal]:
        """Hours and credits of the cycle as the last frozen year says."""
        last = next((one for one in reversed(self.years) if one), None)
        if last is None:
            return Decimal(0), Decimal(0)
        return Decimal(last.cycle["hours"]), Decimal(last.cycle["credits"])

    @property
    def met(self) -> bool | None:
        """Whether every year and the cycle are met; None while a year is not closed.

        Of an own cycle the years that touch it are asked, and it must be over by the last of them.
        """
        asked = self.years
        if own := self.own_cycle:
            if own.end > self.spans[-1].end:
                return None
            pairs = zip(self.years, self.spans, strict=True)
            asked = [year for year, span in pairs if span.end > own.start]
        if any(one is None for one in asked):
            return None
        return all(one.met for one in asked if one)

    @property
    def exemptions(self) -> list[list[str]]:
        """What the teacher was excused from, each once."""
        found = [tuple(each) for one in self.years if one for each in one.exemptions]
        return [list(each) for each in dict.fromkeys(found)]


def cycle_years(scheme: Scheme, on: date) -> list[Span]:
    """Return the credit years of the cycle that contains `on`."""
    calendar = Calendar(scheme.cycle)
    cycle = calendar.span("cycle", on)
    found: list[Span] = []
    day = cycle.start
    while day < cycle.end:
        found.append(calendar.span("year", day))
        day = found[-1].end
    return found


def _snapshots(
    schools: "QuerySet[Organisation]", scheme: str, spans: Sequence[Span]
) -> "QuerySet[YearSnapshot]":
    rows: QuerySet[YearSnapshot] = YearSnapshot.objects.filter(
        closing__organisation__in=schools,
        closing__scheme=scheme,
        closing__state=YearClosing.State.CLOSED,
        closing__starts_on__in=[span.start for span in spans],
    )
    return rows


def cycle_people(
    schools: "QuerySet[Organisation]", scheme: str, spans: Sequence[Span]
) -> "QuerySet[Teacher]":
    """Return everybody with a frozen year at one of `schools`, by the alphabet."""
    own = _snapshots(schools, scheme, spans).order_by().filter(teacher=OuterRef("pk"))
    return Teacher.objects.filter(Exists(own)).order_by("pinyin", "pk")


def cycle_lines(
    people: Sequence[Teacher],
    schools: "QuerySet[Organisation]",
    scheme: str,
    spans: Sequence[Span],
) -> list[CycleLine]:
    """Return the frozen years of each of `people`, in their order; two statements."""
    rows = _snapshots(schools, scheme, spans).filter(teacher__in=[one.pk for one in people])
    found: defaultdict[int, dict[date, FrozenYear]] = defaultdict(dict)
    columns = rows.order_by("closing__closed_at").values_list(
        "teacher_id", "closing__starts_on", "uid", "met", "standing__year", "standing__cycle",
        "standing__exemptions",
    )  # fmt: skip
    for teacher, start, *told in columns:
        found[teacher][start] = FrozenYear(*told)
    later = _changes(rows)
    return [
        CycleLine(
            one, [found[one.pk].get(span.start) for span in spans], later.get(one.pk, 0), spans
        )
        for one in people
    ]


def _changes(rows: "QuerySet[YearSnapshot]") -> dict[int, int]:
    """Return how many entries came after the snapshots of their year, by teacher."""
    closing = "teacher__year_snapshots__closing__"
    entries = Entry.objects.filter(
        teacher__year_snapshots__in=rows.order_by().values("pk"),
        number__gt=F("teacher__year_snapshots__entries"),
        scheme=F(f"{closing}scheme"),
        earned_on__gte=F(f"{closing}starts_on"),
        earned_on__lt=F(f"{closing}ends_on"),
    ).order_by()
    counted = entries.values("teacher").annotate(times=Count("pk", distinct=True))
    return {one["teacher"]: one["times"] for one in counted}
