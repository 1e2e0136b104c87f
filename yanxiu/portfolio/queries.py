"""Records and hours as the pages of this app tell them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from yanxiu.agenda.models import Occasion
from yanxiu.agenda.queries import occasions_of
from yanxiu.audit.models import TrailLine
from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import Span
from yanxiu.ledger.models import Award, Entry, RecognitionStep, Record
from yanxiu.ledger.queries import TeacherStanding, standings, standings_of, with_entries
from yanxiu.ledger.rules.evaluating import Step
from yanxiu.ledger.rules.loading import shipped_version
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.rules.standing import Counted, RequirementStanding
from yanxiu.people.models import Organisation, Teacher
from yanxiu.places.table import Link, links
from yanxiu.portfolio.words import attendance_word, kind_word, level_word, role_word
from yanxiu.terms.models import Term
from yanxiu.terms.queries import term_on

HOURS_VIEWED: Final = "portfolio.hours-viewed"
COMING: Final = 6
ROWS_SHOWN: Final = 12
AHEAD: Final = timedelta(days=60)
SETTLING_DAYS: Final = 28
"""So long after the beginning of a year nobody is behind."""
TAKING_PART: Final = frozenset({"attendee", "observer"})


def views_of(teacher: Teacher) -> "QuerySet[TrailLine]":
    """Return who looked at the hours of `teacher`, newest first."""
    return TrailLine.objects.filter(
        source_kind=Teacher.SOURCE_KIND, source_id=teacher.uid, verb=HOURS_VIEWED
    ).order_by("-at", "-id")


# ---- hours ----
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


# ---- records ----
@dataclass(frozen=True)
class Amount:
    """What one record earned by one scheme; `state` is posted, pending, void or reversed.

    `counted` is what of it counts together with all other records, None where nobody asked.
    """

    amount: Decimal
    unit: str
    scheme: str
    state: str
    counted: Decimal | None = None

    @property
    def is_cut(self) -> bool:
        """Whether less counts than was earned."""
        return self.state == "posted" and self.counted is not None and self.counted < self.amount


@dataclass
class Line:
    """One record of a list."""

    record: Record
    amounts: list[Amount] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """What the kind is called."""
        return kind_word(self.record.kind)

    @property
    def role(self) -> str:
        """What the part is called."""
        return role_word(self.record.role)


def own_records(
    teacher: Teacher, *, span: Span | None = None, kind: str = ""
) -> "QuerySet[Record]":
    """Return the records of `teacher`, newest first, withdrawn ones too."""
    rows = Record.objects.filter(teacher=teacher)
    if span:
        rows = rows.filter(happened_on__gte=span.start, happened_on__lt=span.end)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.order_by("-happened_on", "-id")


def kinds_of(teacher: Teacher) -> list[tuple[str, str]]:
    """Return the kinds that `teacher` has records of, with their words."""
    codes = Record.objects.filter(teacher=teacher).order_by().values_list("kind", flat=True)
    return sorted(((code, kind_word(code)) for code in codes.distinct()), key=lambda one: one[1])


def awards_of(rows: Iterable[Record]) -> "QuerySet[Any]":
    """Return the awards of `rows`, of each scheme the latest round first, with their entries."""
    awards = Award.objects.filter(record__in=[row.pk for row in rows])
    return with_entries(awards).order_by("scheme", "-round")


Counting = dict[tuple[str, UUID], Decimal]
"""What counts of a record under a scheme, by the scheme's id and the record's uid."""


def counting(
    teacher: Teacher, organisation: Organisation | None, day: date, *, semester: Span | None
) -> Counting:
    """Return what counts of each record of `teacher` on `day`; two statements."""
    if organisation is None:
        return {}
    return counts_in(standings_of([teacher], organisation, day, semester=semester)[teacher.pk])


def counts_in(found: Iterable[TeacherStanding]) -> Counting:
    """Return what counts of each record by each scheme."""
    return {
        (each.scheme.id, uid): one.counted
        for each in found
        for uid, one in each.standing.counted.items()
    }


def lines(rows: Sequence[Record], counted: Counting | None = None) -> list[Line]:
    """Return a page of records with what each earned and what of it counts; one statement."""
    known = counted or {}
    found = {row.pk: Line(row) for row in rows}
    by_record: defaultdict[int, dict[str, Award]] = defaultdict(dict)
    for award in awards_of(rows):
        by_record[award.record_id].setdefault(award.scheme, award)
    for pk, awards in by_record.items():
        record = found[pk].record
        found[pk].amounts = [
            amount_of(award, record, known.get((award.scheme, record.uid)))
            for award in awards.values()
        ]
    return list(found.values())


def amount_of(award: Any, record: Record, counted: Decimal | None = None) -> Amount:
    """Say what `award` (of `awards_of`) came to."""
    scheme = shipped_version(award.scheme, award.version)
    posted: Decimal | None = award.posted
    if record.withdrawn_at or award.is_reversed:
        state = "reversed"
    elif not award.valid:
        state = "void"
    else:
        state = "pending" if posted is None else "posted"
    return Amount(
        amount=award.amount if posted is None else posted,
        unit=scheme.unit_label(award.unit),
        scheme=scheme.title,
        state=state,
        counted=counted,
    )


# ---- the office's overview ----
@dataclass(frozen=True)
class Progress:
    """How one teacher stands in the year under one scheme."""

    requirement: RequirementStanding
    behind: bool


def progress(found: Iterable[TeacherStanding], day: date) -> list[Progress]:
    """Return the main requirement of each scheme, and whether help may be welcome."""
    mains = (main_requirement(each) for each in found)
    return [Progress(one, is_behind(one, day)) for one in mains if one]


def is_behind(requirement: RequirementStanding, day: date) -> bool:
    """Tell whether recognised and pending are behind the elapsed part of the period."""
    span = requirement.span
    passed = (day - span.start).days
    if passed < SETTLING_DAYS:
        return False
    reached = requirement.recognised + requirement.pending
    return reached * (span.end - span.start).days < requirement.required * passed


def steps_of(record: Record) -> "QuerySet[RecognitionStep]":
    """Return the decisions about `record` in their order."""
    return RecognitionStep.objects.filter(record=record).order_by("at", "id")


# ---- why one record earns what it earns ----
@dataclass(frozen=True)
class Reckoning:
    """What one scheme made of one record, with its entries and what of it counts."""

    scheme: Scheme
    award: Award
    amount: Amount
    steps: list[dict[str, str]]
    entries: list[Entry]
    counted: Counted | None
    counted_unit: str

    @property
    def is_cut(self) -> bool:
        """Whether less counts than was earned."""
        return self.counted is not None and self.counted.counted < self.counted.earned

    @property
    def cuts(self) -> list[Step]:
        """The steps that took something off; the first only repeats what was earned."""
        return list(self.counted.steps[1:]) if self.counted else []


@dataclass(frozen=True)
class Told:
    """All that the page of one record says beside the record itself."""

    kind: str
    role: str
    level: str
    attendance: str
    link: Link | None
    steps: list[RecognitionStep]
    reckonings: list[Reckoning]


def told(record: Record, reader: Teacher, day: date) -> Told:
    """Return what is known about `record`, whose teacher and organisation are loaded."""
    source = Source(record.source_kind, record.source_id)
    return Told(
        kind=kind_word(record.kind),
        role=role_word(record.role),
        level=level_word(record.organiser_level),
        attendance=attendance_word(record.attendance) if record.attendance else "",
        link=links([source], reader).get(source),
        steps=list(steps_of(record)),
        reckonings=_reckonings(record, max(day, record.happened_on)),
    )


def _reckonings(record: Record, day: date) -> list[Reckoning]:
    term = term_on(record.organisation, record.happened_on)
    semester = term.span if term else None
    stands = standings(record.teacher, record.organisation, day, semester=semester)
    counted = {each.scheme.id: each.standing.counted.get(record.uid) for each in stands}
    entries: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in Entry.objects.filter(record=record).select_related("reverses").order_by("number"):
        entries[entry.award_id].append(entry)
    return [
        _reckoning(award, record, entries[award.pk], counted.get(award.scheme))
        for award in awards_of([record])
    ]


def _reckoning(
    award: Any, record: Record, entries: list[Entry], counted: Counted | None
) -> Reckoning:
    scheme = shipped_version(award.scheme, award.version)
    living = award.posted is not None and not award.is_reversed
    return Reckoning(
        scheme=scheme,
        award=award,
        amount=amount_of(award, record),
        steps=award.steps,
        entries=entries,
        counted=counted if living and award.valid else None,
        counted_unit=scheme.unit_label(award.unit),
    )
