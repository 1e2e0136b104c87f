"""Where a teacher stands, requirement by requirement, and what was done."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from yanxiu.kernel.spans import Span
from yanxiu.ledger.models import Record
from yanxiu.ledger.queries import TeacherStanding
from yanxiu.ledger.queries.schemes import schemes_on
from yanxiu.ledger.queries.standings import Part, own_rows, reckoned
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.rules.standing import Counted, RequirementStanding
from yanxiu.ledger.telling import main_requirement
from yanxiu.ledger.wording import kind_word, role_word
from yanxiu.people.models import Organisation, Teacher
from yanxiu.portfolio.queries.ground import Ground, ground_of

ROWS_SHOWN: Final = 12
TAKING_PART: Final = frozenset({"attendee", "observer"})


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
class Cut:
    """What one rule (a cap, counting once, a threshold) took off the records of a year."""

    title: str
    source: str
    amount: Decimal
    unit: str
    records: int


@dataclass(frozen=True)
class Section:
    """Where a teacher stands under one scheme; `parts` are told but not asked for."""

    scheme: Scheme
    reached: TeacherStanding
    main: RequirementStanding | None
    asked: list[Asked]
    parts: list[Asked]
    cuts: list[Cut]
    cut: Decimal
    cut_unit: str
    cut_records: int
    cycle_from: date | None = None
    read: UUID | None = None
    """The written scheme, where the reader may open it."""

    @property
    def is_own_cycle(self) -> bool:
        """Whether the scheme counts cycles from a day of each teacher's own."""
        return self.scheme.cycle.anchor == "personal"

    @property
    def cycle(self) -> Span:
        """The days of the running cycle, which may be the teacher's own."""
        return self.reached.standing.cycle.span

    @property
    def year(self) -> tuple[Decimal, Decimal, str]:
        """What counts in the year, what waits beside it, and the unit of the scheme."""
        totals, unit = self.reached.standing.year, self.scheme.unit
        if unit == "credit":
            return totals.credits, totals.pending_credits, self.scheme.unit_label(unit)
        return totals.hours, totals.pending_hours, self.scheme.unit_label("hour")


@dataclass(frozen=True)
class Done:
    """What a teacher did in a span, kindly counted; the kinds add up to the times.

    `waiting` of the times are not decided about yet.
    """

    times: int = 0
    active: list[tuple[str, int]] = field(default_factory=list)
    kinds: list[tuple[str, int]] = field(default_factory=list)
    waiting: int = 0


@dataclass(frozen=True)
class Hours:
    """All that the page of one person's hours stands on."""

    ground: Ground
    schemes: Sequence[Scheme]
    found: Sequence[TeacherStanding]
    records: Sequence[Record]
    parts: Sequence[Part]

    @property
    def semester(self) -> Span | None:
        """The school's term."""
        return self.ground.term.span if self.ground.term else None


def hours_of(teacher: Teacher, organisation: Organisation | None, day: date) -> Hours:
    """Return where `teacher` stands on `day` and the records behind it; three statements."""
    ground = ground_of(teacher, organisation, day)
    schemes = schemes_on(organisation, day) if organisation else []
    records, parts = own_rows(teacher, day)
    semester = ground.term.span if ground.term else None
    found = reckoned(parts, teacher, schemes, day, semester=semester, person=ground.person)
    return Hours(ground, schemes, found, records, parts)


def sections(hours: Hours) -> list[Section]:
    """Return what the page tells of each scheme; no statement."""
    records = {row.uid: row for row in hours.records}
    cycle_from = hours.ground.person.cycle_from
    return [_section(each, records, cycle_from) for each in hours.found]


def _section(
    each: TeacherStanding, records: dict[UUID, Record], cycle_from: date | None
) -> Section:
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
        cuts=_cuts(each.scheme, cut),
        cut=sum((line.earned - line.counted for line in cut), Decimal(0)),
        cut_unit=each.scheme.unit_label(cut[0].unit) if cut else "",
        cut_records=len(cut),
        cycle_from=cycle_from,
    )


def _cuts(scheme: Scheme, lines: Iterable[Counted]) -> list[Cut]:
    """Say which rule took how much of how many records."""
    found: dict[tuple[str, str], Cut] = {}
    for line in lines:
        for cut in line.cuts:
            if cut.removed <= 0:
                continue
            key = (cut.title, line.unit)
            before = found.get(key) or Cut(
                cut.title, cut.source, Decimal(0), scheme.unit_label(line.unit), 0
            )
            found[key] = replace(
                before, amount=before.amount + cut.removed, records=before.records + 1
            )
    return list(found.values())


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


def done_in(records: Iterable[Record], span: Span) -> Done:
    """Return what was done in `span`; no statement."""
    roles: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    things: set[tuple[str, UUID]] = set()
    decided: set[tuple[str, UUID]] = set()
    for row in records:
        if row.happened_on not in span:
            continue
        thing = (row.source_kind, row.source_id)
        if thing not in things:
            kinds[kind_word(row.kind)] += 1
        things.add(thing)
        if row.state == Record.State.RECOGNISED:
            decided.add(thing)
        if row.role not in TAKING_PART:
            roles[role_word(row.role)] += 1
    waiting = len(things - decided)
    return Done(len(things), roles.most_common(), kinds.most_common(), waiting)
