"""What a school has reached in a credit year: as it stands, and as it was frozen."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from yanxiu.kernel.amounts import plain
from yanxiu.kernel.spans import Span
from yanxiu.ledger.models import Entry, Record, YearClosing, YearSnapshot
from yanxiu.ledger.models.closings import name_of_year
from yanxiu.ledger.persons import grounds_from, parts, terms_from, terms_part
from yanxiu.ledger.queries.schemes import Adoptions
from yanxiu.ledger.queries.standings import Asked, standings_at
from yanxiu.ledger.rules.calendars import Calendar
from yanxiu.ledger.rules.persons import Person
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.rules.standing import RequirementStanding, Standing
from yanxiu.people.models import Organisation, Post, Teacher

Json = dict[str, Any]
FIRST_YEARS = 6
"""So many years back a school can close."""


@dataclass(frozen=True)
class Year:
    """One credit year of one scheme at one school."""

    school: Organisation
    scheme: Scheme
    span: Span
    adoptions: Adoptions | None = field(default=None, compare=False, repr=False)
    """What the school reckons by on the days of the year, where it is known already."""

    @property
    def name(self) -> str:
        """What people call it: 2025—2026年度, or 2025年度 where it is a calendar year."""
        return name_of_year(self.span)


def years_of(school: Organisation, on: date) -> list[Year]:
    """Return the credit years that `school` can close, newest first, each scheme in its turn.

    A scheme that was given up keeps the years that it governed to their end; one that it left
    unfinished is nobody's any more, for what was asked of it can no longer be done.
    """
    found = []
    adopted = Adoptions.of(school)
    for scheme, last in adopted.until(on):
        since = adopted.since(scheme.id)
        calendar = Calendar(scheme.cycle)
        span = calendar.span("year", last)
        for _each in range(FIRST_YEARS):
            if span.end <= since:
                break
            if last == on or span.last <= last:
                found.append(Year(school, scheme, span, adopted))
            span = calendar.span("year", date.fromordinal(span.start.toordinal() - 1))
    return found


def staff_of(school: Organisation, span: Span, on: date) -> "QuerySet[Teacher]":
    """Return who worked at `school` on the last day of the year (or today), by the alphabet."""
    day = min(span.last, on)
    posts = Post.objects.on(day).filter(
        teacher=OuterRef("pk"), organisation__path__startswith=school.path
    )
    return Teacher.objects.filter(Exists(posts)).order_by("pinyin", "pk")


def closings_of(school: Organisation, year: Year | None = None) -> "QuerySet[YearClosing]":
    """Return the rounds of `school`, newest first."""
    rows = YearClosing.objects.filter(organisation=school)
    if year is not None:
        rows = rows.filter(scheme=year.scheme.id, starts_on=year.span.start)
    return rows.order_by("-starts_on", "-round")


def waiting_in(school: Organisation, span: Span, people: Sequence[int]) -> "QuerySet[Record]":
    """Return living records of the year that nobody has decided upon, and returned ones."""
    rows = Record.objects.filter(
        teacher__in=people,
        organisation__path__startswith=school.path,
        withdrawn_at=None,
        happened_on__gte=span.start,
        happened_on__lt=span.end,
        state__in=[Record.State.WAITING, Record.State.RETURNED],
    )
    return rows.order_by("teacher__pinyin", "happened_on", "pk")


# ---- a standing as it is frozen ----
def reached(teachers: Sequence[Teacher], year: Year) -> dict[int, Json]:
    """Return what each of `teachers` has reached in `year`, as JSON; two statements.

    Requirements of a semester are asked at the end of each semester of the year.
    """
    first, *others = [*parts([one.pk for one in teachers]), terms_part(year.school)]
    rows = list(first.union(*others, all=True))
    grounds = grounds_from(rows, teachers)
    adoptions = year.adoptions or Adoptions.of(year.school)
    asked = [
        Asked(day, span, schemes, {pk: one.person(day) for pk, one in grounds.items()})
        for day, span in _semesters(year, [term.span for term in terms_from(rows)])
        if (schemes := [one for one in adoptions.on(day) if one.id == year.scheme.id])
    ]
    found: dict[int, Json] = {}
    for pk, standings in standings_at(teachers, asked) if asked else ():
        excused = _excused(grounds[pk].person(year.span.last), year.span)
        for [each] in standings:
            earlier = found.get(pk)
            found[pk] = as_json(each.standing, year.span, excused)
            if earlier:
                _add_earlier(found[pk], earlier)
    return found


def _excused(person: Person, year: Span) -> list[list[str]]:
    """Return the exemptions of `person` that touch the year."""
    return [
        [one.reason, one.span.start.isoformat(), one.span.end.isoformat()]
        for one in person.exemptions
        if one.span.start < year.end and one.span.end > year.start
    ]


def _semesters(year: Year, terms: Sequence[Span]) -> list[tuple[date, Span]]:
    """Return the last day and the days of each semester, the last alone where none is asked for.

    The last one is asked on the last day of the year, for what happened in the holidays.
    """
    calendar = Calendar(year.scheme.cycle, tuple(terms))
    found: list[Span] = []
    day = year.span.start
    while day < year.span.end:
        span = calendar.span("semester", day)
        if found and span == found[-1]:
            day = date.fromordinal(day.toordinal() + 1)
            continue
        found.append(span)
        day = max(span.end, date.fromordinal(day.toordinal() + 1))
    if not any(one.scope == "semester" for one in year.scheme.requirements):
        found = found[-1:]
    return [*((span.last, span) for span in found[:-1]), (year.span.last, found[-1])]


def _add_earlier(later: Json, earlier: Json) -> None:
    """Put the semester requirements of `earlier` before those of `later`."""
    old = [one for one in earlier["requirements"] if one["scope"] == "semester"]
    later["requirements"] = [*old, *later["requirements"]]
    later["met"] = later["met"] and all(_is_met(one) for one in old)


def as_json(standing: Standing, span: Span, exemptions: Sequence[Sequence[str]]) -> Json:
    """Return `standing` as plain values that are the same in every process."""
    asked = [_requirement(each, span) for each in standing.requirements]
    counted = [one for one in standing.counted.values() if one.earned_on in span]
    return {
        "scheme": standing.scheme,
        "version": standing.version,
        "digest": standing.digest,
        "title": standing.title,
        "on": standing.on.isoformat(),
        "requirements": asked,
        "met": all(_is_met(one) for one in asked),
        "year": _totals(standing.year),
        "cycle": _totals(standing.cycle),
        "records": len([one for one in counted if not one.pending]),
        "exemptions": [list(one) for one in exemptions],
    }


def _is_met(asked: Json) -> bool:
    return bool(asked["met"]) or not asked["due"] or asked["severity"] != "block"


def _requirement(each: RequirementStanding, span: Span) -> Json:
    return {
        "id": each.id,
        "title": each.title,
        "scope": each.scope,
        "scope_label": each.scope_label,
        "from": each.span.start.isoformat(),
        "to": each.span.end.isoformat(),
        "unit": each.unit,
        "unit_label": each.unit_label,
        "required": plain(each.required),
        "recognised": plain(each.recognised),
        "pending": plain(each.pending),
        "missing": plain(each.missing),
        "severity": each.severity,
        "due": span.start < each.span.end <= span.end,
        "met": each.met,
        "source": each.source,
    }


def _totals(totals: Any) -> Json:
    return {
        "from": totals.span.start.isoformat(),
        "to": totals.span.end.isoformat(),
        "hours": plain(totals.hours),
        "credits": plain(totals.credits),
        "pending_hours": plain(totals.pending_hours),
        "pending_credits": plain(totals.pending_credits),
    }


@dataclass(frozen=True)
class ReachedLine:
    """One teacher of a year: as frozen, or as it would be frozen now."""

    teacher: Teacher
    data: Json
    snapshot: YearSnapshot | None = None
    changes: int = 0

    @property
    def met(self) -> bool:
        """Whether all that is due in this year is met."""
        return bool(self.data.get("met"))

    @property
    def lacking(self) -> list[Json]:
        """What is due, blocks, and is not met."""
        return [one for one in self.data.get("requirements", []) if not _is_met(one)]

    @property
    def main(self) -> Json | None:
        """The first requirement of the year in hours or credits, else the first of all."""
        asked = self.data.get("requirements", [])
        yearly = [
            one for one in asked if one["scope"] == "year" and one["unit"] in {"hour", "credit"}
        ]
        return next(iter([*yearly, *asked]), None)


def lines_now(teachers: Sequence[Teacher], year: Year) -> list[ReachedLine]:
    """Return each of `teachers` as the year stands now, in their order."""
    found = reached(teachers, year)
    return [ReachedLine(one, found[one.pk]) for one in teachers if one.pk in found]


def lines_frozen(closing: YearClosing) -> list[ReachedLine]:
    """Return each teacher as frozen, with what changed since; two statements."""
    rows = closing.snapshots.select_related("teacher").order_by("teacher__pinyin", "teacher_id")
    later = changes_after(closing)
    return [
        ReachedLine(row.teacher, row.standing, row, later.get(row.teacher_id, 0)) for row in rows
    ]


def entries_after(closing: YearClosing) -> "QuerySet[Entry]":
    """Return entries of the year that were posted after the teacher's snapshot: 结算后变动."""
    rows: QuerySet[Entry] = Entry.objects.filter(
        teacher__year_snapshots__closing=closing,
        number__gt=F("teacher__year_snapshots__entries"),
        scheme=closing.scheme,
        earned_on__gte=closing.starts_on,
        earned_on__lt=closing.ends_on,
    )
    return rows


def changes_after(closing: YearClosing) -> dict[int, int]:
    """Return how many entries came after the closing, by teacher; one statement."""
    rows = entries_after(closing).order_by().values("teacher").annotate(times=Count("pk"))
    return {row["teacher"]: row["times"] for row in rows}
