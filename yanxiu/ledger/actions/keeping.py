"""Keeping the rows that say where each teacher stands in step with the ledger."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from yanxiu.kernel.spans import day_of
from yanxiu.ledger.models import SchemeAdoption, StandingRow
from yanxiu.ledger.persons import Grounds, grounds_of, mark_of, persons_of
from yanxiu.ledger.queries.schemes import schemes_on
from yanxiu.ledger.queries.standing_rows import not_true, unkept
from yanxiu.ledger.queries.standings import TeacherStanding, standings_of
from yanxiu.ledger.rules.persons import Person
from yanxiu.ledger.rules.standing import RequirementStanding
from yanxiu.ledger.telling import behind_from, main_requirement, state_of
from yanxiu.people.models import Organisation, Teacher
from yanxiu.terms.queries import term_on

AT_ONCE = 100
"""So many teachers are reckoned between two writings, so that no lock is held for long."""

NO_SCHEME = ""
DAILY_MOST = 500

WRITTEN = (
    "version", "title", "requirement", "requirement_title", "period_starts_on", "period_ends_on",
    "unit_label", "recognised", "pending", "required", "missing", "state", "is_first",
    "behind_from", "all_met", "rest", "person", "reckoned", "reckoned_at", "holds_until",
)  # fmt: skip
"""What a reckoning writes; never `changes`, which may have gone on meanwhile."""


def stale(teachers: Iterable[Teacher | int], at: datetime) -> None:
    """Note that something of `teachers` (rows or primary keys) changed in the ledger.

    Call it in the transaction of the change; one statement. Rows that were reckoned before are
    shown as old until `refresh` has reckoned them again.
    """
    keys = {one if isinstance(one, int) else one.pk for one in teachers}
    if keys:
        _mark(StandingRow.objects.filter(teacher__in=keys), at)


def stale_below(organisation: Organisation, at: datetime) -> None:
    """Note that the rules of `organisation` changed, and so those of all below; one statement."""
    _mark(StandingRow.objects.filter(organisation__path__startswith=organisation.path), at)


def _mark(rows: "QuerySet[StandingRow]", at: datetime) -> None:
    rows.update(changes=F("changes") + 1, changed_at=at)


def refresh(
    limit: int | None = None,
    *,
    at: datetime,
    within: Q | None = None,
    step: Callable[[int, int, str], None] | None = None,
) -> int:
    """Reckon again what is not true on the day of `at`; return how many teachers were reckoned.

    Args:
        limit: at most so many teachers; None for all.
        at: when, aware.
        within: a condition on `organisation__…` and `teacher…`, to reckon a part alone.
        step: is told how many of how many are done, and at which school.
    """
    due = list(_due(day_of(at), within, limit))
    done, whole = 0, sum(len(teachers) for _school, teachers in due)
    for school, teachers in due:
        for start in range(0, len(teachers), AT_ONCE):
            if step:
                step(done, whole, school.name)
            some = teachers[start : start + AT_ONCE]
            reckon(school, some, at=at)
            done += len(some)
    return done


def keep_daily(now: datetime) -> None:
    """Note whose person changed, and reckon some of what is old; the pages do the rest."""
    mark_other_persons(now)
    refresh(DAILY_MOST, at=now)


def mark_other_persons(at: datetime) -> int:
    """Note whose tiers, posts or exemptions are not those of the last reckoning; return how many.

    The people's side of the house lies below the ledger and cannot tell it; so it is looked at
    once a day, and for the few of a page whenever one is opened.
    """
    found = 0
    for school in Organisation.objects.filter(standing_rows__isnull=False).distinct():
        rows = StandingRow.objects.filter(organisation=school).select_related("teacher")
        found += mark_others(list(rows), at)
    return found


def mark_others(rows: Sequence[StandingRow], at: datetime) -> int:
    """Note of which of `rows` (teachers loaded) the person is another by now; two statements."""
    persons = persons_of(list({row.teacher_id: row.teacher for row in rows}.values()), day_of(at))
    changed = {row.teacher_id for row in rows if mark_of(persons[row.teacher_id]) != row.person}
    stale(changed, at)
    return len(changed)


def _due(
    day: date, within: Q | None, limit: int | None
) -> Iterable[tuple[Organisation, list[Teacher]]]:
    """Yield each school with those of it to be reckoned, in the order of the tree."""
    asked = within or Q()
    pairs = list(
        StandingRow.objects.filter(asked, not_true(day))
        .order_by("organisation__path", "teacher_id")
        .values_list("organisation_id", "teacher_id")[:limit]
    )
    room = None if limit is None else max(0, limit - len(pairs))
    pairs += unkept(day, asked)[:room]
    by_school: dict[int, dict[int, None]] = defaultdict(dict)
    for school, teacher in pairs:
        by_school[school][teacher] = None
    people = Teacher.objects.in_bulk([teacher for keys in by_school.values() for teacher in keys])
    schools = Organisation.objects.filter(pk__in=by_school).order_by("path")
    for one in schools:
        yield one, [people[key] for key in by_school[one.pk]]


def reckon(school: Organisation, teachers: Sequence[Teacher], *, at: datetime) -> None:
    """Reckon `teachers` as those of `school` and keep the rows; a few statements.

    The rows are there, and their `changes` read, before the ledger is: what is posted meanwhile
    leaves the row behind again, and nothing is lost.
    """
    day = day_of(at)
    schemes = schemes_on(school, day)
    # A school without a scheme keeps a row that says so, or it would be asked about for ever.
    names = [scheme.id for scheme in schemes] or [NO_SCHEME]
    mine = StandingRow.objects.filter(organisation=school, teacher__in=teachers)
    with transaction.atomic():
        StandingRow.objects.bulk_create(
            [
                StandingRow(teacher=one, organisation=school, scheme=name)
                for one in teachers
                for name in names
            ],
            ignore_conflicts=True,
        )
        mine.exclude(scheme__in=names).delete()
    changes = {(row.teacher_id, row.scheme): row.changes for row in mine}
    term = term_on(school, day)
    grounds = grounds_of(teachers)
    found = standings_of(
        teachers,
        school,
        day,
        semester=term.span if term else None,
        persons={pk: one.person(day) for pk, one in grounds.items()},
    )
    reckoning = _Reckoning(school, day, at, grounds, changes, _next_scheme(school, day))
    rows = [row for teacher in teachers for row in reckoning.rows(teacher, found[teacher.pk])]
    StandingRow.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["teacher", "organisation", "scheme"],
        update_fields=WRITTEN,
    )


@dataclass(frozen=True)
class _Reckoning:
    """What the rows of one reckoning share."""

    school: Organisation
    day: date
    at: datetime
    grounds: dict[int, Grounds]
    changes: dict[tuple[int, str], int]
    next_scheme: date | None

    def rows(self, teacher: Teacher, found: Sequence[TeacherStanding]) -> Iterator[StandingRow]:
        """Yield the rows of one teacher, one for each scheme."""
        person = self.grounds[teacher.pk].person(self.day)
        if not found:
            yield self._row(teacher, person, NO_SCHEME, holds_until=self.next_scheme)
        for each in found:
            yield self._reached(teacher, person, each, is_first=each is found[0])

    def _row(self, teacher: Teacher, person: Person, scheme: str, **more: Any) -> StandingRow:
        # What is gone has no row any more; to make it anew does no harm.
        counted = self.changes.get((teacher.pk, scheme), 0)
        return StandingRow(
            teacher=teacher,
            organisation=self.school,
            scheme=scheme,
            person=mark_of(person),
            changes=counted,
            reckoned=counted,
            reckoned_at=self.at,
            **more,
        )

    def _reached(
        self, teacher: Teacher, person: Person, each: TeacherStanding, *, is_first: bool
    ) -> StandingRow:
        main = main_requirement(each)
        return self._row(
            teacher,
            person,
            each.scheme.id,
            version=each.scheme.version,
            title=each.scheme.title[:120],
            state=state_of(main),
            is_first=is_first,
            behind_from=behind_from(main) if main else None,
            all_met=each.standing.met,
            rest=[_told(one) for one in each.standing.requirements if one is not main],
            holds_until=self._holds_until(teacher, each),
            **_main(main),
        )

    def _holds_until(self, teacher: Teacher, each: TeacherStanding) -> date | None:
        """Return the next day on which the standing may differ though nothing is posted."""
        days = [one.span.end for one in each.standing.requirements]
        known = [self.grounds[teacher.pk].holds_until(self.day), self.next_scheme]
        days += [one for one in known if one]
        return min((one for one in days if one > self.day), default=None)


def _main(main: RequirementStanding | None) -> dict[str, Any]:
    if main is None:
        return {}
    return {
        "requirement": main.id[:80],
        "requirement_title": main.title[:120],
        "period_starts_on": main.span.start,
        "period_ends_on": main.span.end,
        "unit_label": main.unit_label,
        "recognised": main.recognised,
        "pending": main.pending,
        "required": main.required,
        "missing": main.missing,
    }


def _told(one: RequirementStanding) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "scope": one.scope_label,
        "unit": one.unit_label,
        "recognised": str(one.recognised),
        "pending": str(one.pending),
        "required": str(one.required),
        "missing": str(one.missing),
        "met": one.met,
        "severity": one.severity,
    }


def _next_scheme(school: Organisation, day: date) -> date | None:
    """Return the next day on which a scheme begins or ends to be in force; one statement."""
    rows = SchemeAdoption.objects.filter(organisation__in=school.lineage)
    days = [one for row in rows.values_list("starts_on", "ends_on") for one in row if one]
    return min((one for one in days if one > day), default=None)
