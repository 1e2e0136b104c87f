"""Where a teacher stands, what was done, and what comes next."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from yanxiu.agenda.models import Occasion
from yanxiu.agenda.queries import occasions_of
from yanxiu.audit.models import TrailLine
from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import Span
from yanxiu.ledger.models import Record
from yanxiu.ledger.queries import TeacherStanding, standings
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.rules.standing import Counted, RequirementStanding
from yanxiu.people.models import Organisation, Teacher
from yanxiu.places.table import Link, links
from yanxiu.portfolio.words import kind_word, role_word
from yanxiu.terms.models import Term

HOURS_VIEWED: Final = "portfolio.hours-viewed"
COMING: Final = 6
ROWS_SHOWN: Final = 12
AHEAD: Final = timedelta(days=60)
TAKING_PART: Final = frozenset({"attendee", "observer"})


def views_of(teacher: Teacher) -> "QuerySet[TrailLine]":
    """Return who looked at the hours of `teacher`, newest first."""
    return TrailLine.objects.filter(
        source_kind=Teacher.SOURCE_KIND, source_id=teacher.uid, verb=HOURS_VIEWED
    ).order_by("-at", "-id")


@dataclass(frozen=True)
class Behind:
    """One record behind a requirement: what it earned and what of it counts."""

    record: Record
    counted: Counted | None
    unit: str

    @property
    def is_cut(self) -> bool:
        """Whether less counts than was earned."""
        return self.counted is not None and self.counted.counted < self.counted.earned


@dataclass(frozen=True)
class Asked:
    """One requirement with the newest records behind it."""

    requirement: RequirementStanding
    rows: list[Behind]
    more: int


@dataclass(frozen=True)
class Section:
    """Where a teacher stands under one scheme; `parts` are told but not asked for."""

    scheme: Scheme
    reached: TeacherStanding
    main: RequirementStanding | None
    asked: list[Asked]
    parts: list[Asked]
    cut: Decimal
    cut_unit: str
    cut_records: int


def main_requirement(each: TeacherStanding) -> RequirementStanding | None:
    """Return the first requirement of the year in hours or credits, else the first of all."""
    asked = each.standing.requirements
    yearly = [one for one in asked if one.scope == "year" and one.unit in {"hour", "credit"}]
    return next(iter(yearly or asked), None)


def sections(
    teacher: Teacher, organisation: Organisation, term: Term | None, day: date
) -> list[Section]:
    """Return where `teacher` stands on `day` under each scheme; four statements."""
    found = standings(teacher, organisation, day, semester=term.span if term else None)
    shown: set[UUID] = set()
    for each in found:
        for asked in each.standing.requirements:
            shown.update(asked.record_uids[-ROWS_SHOWN:])
    records = {row.uid: row for row in Record.objects.filter(uid__in=shown)}
    return [_section(each, records) for each in found]


def _section(each: TeacherStanding, records: dict[UUID, Record]) -> Section:
    year = each.standing.year.span
    cut = [
        line
        for line in each.standing.counted.values()
        if line.counted < line.earned and line.earned_on in year
    ]
    asked = [_asked(one, each, records) for one in each.standing.requirements]
    return Section(
        scheme=each.scheme,
        reached=each,
        main=main_requirement(each),
        asked=[one for one in asked if one.requirement.severity != "info"],
        parts=[one for one in asked if one.requirement.severity == "info"],
        cut=sum((line.earned - line.counted for line in cut), Decimal(0)),
        cut_unit=each.scheme.unit_label(cut[0].unit) if cut else "",
        cut_records=len(cut),
    )


def _asked(
    requirement: RequirementStanding, each: TeacherStanding, records: dict[UUID, Record]
) -> Asked:
    newest = requirement.record_uids[-ROWS_SHOWN:]
    counted = each.standing.counted
    rows = [
        Behind(records[uid], counted.get(uid), _unit_of(each.scheme, counted.get(uid)))
        for uid in reversed(newest)
        if uid in records
    ]
    return Asked(requirement, rows, len(requirement.record_uids) - len(newest))


def _unit_of(scheme: Scheme, counted: Counted | None) -> str:
    return scheme.unit_label(counted.unit) if counted else ""


@dataclass(frozen=True)
class Done:
    """What a teacher did in a span, kindly counted."""

    times: int = 0
    active: list[tuple[str, int]] = field(default_factory=list)
    kinds: list[tuple[str, int]] = field(default_factory=list)


def done_in(teacher: Teacher, span: Span) -> Done:
    """Return what `teacher` did in `span`; one statement."""
    rows = Record.objects.filter(
        teacher=teacher,
        withdrawn_at=None,
        happened_on__gte=span.start,
        happened_on__lt=span.end,
    ).values_list("kind", "role", "source_kind", "source_id")
    roles: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    things: set[tuple[str, UUID]] = set()
    for kind, role, source_kind, source_id in rows:
        if (source_kind, source_id) not in things:
            kinds[kind_word(kind)] += 1
        things.add((source_kind, source_id))
        if role not in TAKING_PART:
            roles[role_word(role)] += 1
    return Done(len(things), roles.most_common(), kinds.most_common(3))


@dataclass(frozen=True)
class Coming:
    """Something on the agenda; `url` is "" where the reader may not open it."""

    occasion: Occasion
    url: str


def coming(teacher: Teacher, now: datetime, day: date) -> list[Coming]:
    """Return what is planned for `teacher` next; one statement and one per kind of source."""
    rows = occasions_of(teacher, Span(day, day + AHEAD))
    planned = list(
        rows.filter(state=Occasion.State.PLANNED, starts_at__gt=now).order_by("starts_at")[:COMING]
    )
    sources = {row.pk: Source(row.source_kind, row.source_id) for row in planned}
    found = links(sources.values(), teacher)
    nowhere = Link("", "", "")
    return [Coming(row, found.get(sources[row.pk], nowhere).url) for row in planned]
