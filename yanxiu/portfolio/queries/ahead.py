"""What comes next, what it would earn, and where that would lead by the end of the period."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from yanxiu.agenda.models import Occasion
from yanxiu.agenda.queries import occasions_of
from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import Span, day_of
from yanxiu.kernel.uids import new_uid
from yanxiu.ledger.facts import facts_of
from yanxiu.ledger.models import Record
from yanxiu.ledger.persons import seen_by
from yanxiu.ledger.queries import TeacherStanding
from yanxiu.ledger.queries.standings import Part, reckoned
from yanxiu.ledger.rules.evaluating import award
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.rules.standing import RequirementStanding
from yanxiu.ledger.telling import main_requirement
from yanxiu.people.models import Teacher
from yanxiu.places.table import Foreseen, Link, links
from yanxiu.portfolio.queries.hours import Hours

SHOWN: Final = 6
MOST: Final = 60
AHEAD: Final = timedelta(days=60)


@dataclass(frozen=True)
class Promise:
    """What taking part would earn under one scheme; `counts` is what caps and the like leave.

    `fills` are the requirements that are not met yet and to which it would add.
    """

    scheme: str
    amount: Decimal
    counts: Decimal
    unit: str
    fills: list[str]

    @property
    def is_cut(self) -> bool:
        """Whether less would count than is earned."""
        return self.counts < self.amount


@dataclass(frozen=True)
class Coming:
    """Something on the agenda; `url` is "" where the reader may not open it."""

    occasion: Occasion
    url: str
    promises: list[Promise] = field(default_factory=list)


@dataclass(frozen=True)
class Forecast:
    """Where somebody would stand at the end of a period if all goes as it is set now.

    `scheduled` is what `times` set activities would add, `pending` what waits; the sum of both and
    what is recognised may be less than its parts, for caps hold for all together.
    """

    requirement: RequirementStanding
    last_on: date
    recognised: Decimal
    pending: Decimal
    scheduled: Decimal
    times: int
    reached: Decimal
    missing: Decimal


@dataclass(frozen=True)
class Ahead:
    """What is planned next, how much more is set, and the forecast by scheme."""

    coming: list[Coming]
    more: int
    forecasts: dict[str, Forecast]

    @property
    def fills(self) -> bool:
        """Whether something shown would add to what is missing."""
        return any(one.fills for each in self.coming for one in each.promises)


def ahead(teacher: Teacher, hours: Hours, now: datetime) -> Ahead:
    """Return what comes next for `teacher`; one statement, and one for each kind of source."""
    day = day_of(now)
    # Known from the one statement; asked again for each of the two otherwise.
    teacher.units_today = hours.ground.units
    mains = [main_requirement(each) for each in hours.found]
    end = max([day + AHEAD, *(one.span.end for one in mains if one)])
    rows = occasions_of(teacher, Span(day, end))
    planned = list(
        rows.filter(state=Occasion.State.PLANNED, starts_at__gt=now).order_by("starts_at")[:MOST]
    )
    found = links((_source(row) for row in planned), teacher, foresee=True)
    foreseen = {
        row.pk: _as_record(teacher, row, found[_source(row)].foreseen)
        for row in planned
        if _source(row) in found
    }
    records = {pk: record for pk, record in foreseen.items() if record}
    promises: dict[int, list[Promise]] = {row.pk: [] for row in planned}
    forecasts = {}
    for each, main in zip(hours.found, mains, strict=True):
        if main is None:
            continue
        given, forecast = _foresee(teacher, hours, each, main, records)
        forecasts[each.scheme.id] = forecast
        for pk, promise in given.items():
            promises[pk].append(promise)
    nowhere = Link("", "", "")
    near = [row for row in planned if day_of(row.starts_at) < day + AHEAD]
    coming = [
        Coming(row, found.get(_source(row), nowhere).url, promises[row.pk]) for row in near[:SHOWN]
    ]
    return Ahead(coming, len(planned) - len(coming), forecasts)


def _source(row: Occasion) -> Source:
    return Source(row.source_kind, row.source_id)


def _as_record(teacher: Teacher, row: Occasion, told: Foreseen | None) -> Record | None:
    """Return the record that would be written; it is never saved."""
    if told is None:
        return None
    return Record(
        uid=new_uid(),
        teacher=teacher,
        kind=told.kind,
        role=told.role,
        title=row.title,
        happened_on=day_of(row.starts_at),
        happened_at=row.starts_at,
        written_at=row.ends_at,
        minutes=told.minutes,
        organiser_level=told.organiser_level,
        delivery_mode=told.delivery_mode,
        source_kind=row.source_kind,
        source_id=row.source_id,
    )


def _foresee(
    teacher: Teacher,
    hours: Hours,
    each: TeacherStanding,
    main: RequirementStanding,
    records: dict[int, Record],
) -> tuple[dict[int, Promise], Forecast]:
    """Reckon under one scheme as if every set activity of the period were attended."""
    scheme, last = each.scheme, main.span.last
    ahead_of = {pk: row for pk, row in records.items() if row.happened_on <= last}
    given = _awards(hours, scheme, ahead_of)
    then = each
    if given:
        parts = [*hours.parts, *given.values()]
        (then,) = reckoned(
            parts, teacher, [scheme], last, semester=hours.semester, person=hours.ground.person
        )
    reached = _same(then, main)
    both = main.recognised + main.pending
    whole = reached.recognised + reached.pending if reached else both
    promises = {
        pk: _promise(scheme, part, then, each.standing.requirements) for pk, part in given.items()
    }
    return promises, Forecast(
        requirement=main,
        last_on=last,
        recognised=main.recognised,
        pending=main.pending,
        scheduled=max(Decimal(0), whole - both),
        times=sum(1 for one in promises.values() if one.counts),
        reached=whole,
        missing=max(Decimal(0), main.required - whole),
    )


def _awards(hours: Hours, scheme: Scheme, records: dict[int, Record]) -> dict[int, Part]:
    person = seen_by(scheme, hours.ground.person)
    found = {}
    for pk, record in records.items():
        given = award(scheme, facts_of(record), person)
        if given and given.valid:
            found[pk] = Part(record, scheme.id, given.amount, given.unit, None)
    return found


def _same(then: TeacherStanding, main: RequirementStanding) -> RequirementStanding | None:
    found = (one for one in then.standing.requirements if one.id == main.id)
    return next((one for one in found if one.span == main.span), None)


def _promise(
    scheme: Scheme,
    part: Part,
    then: TeacherStanding,
    asked: Sequence[RequirementStanding],
) -> Promise:
    counted = then.standing.counted.get(part.record.uid)
    counts = counted.counted if counted else Decimal(0)
    behind = {one.id for one in then.standing.requirements if part.record.uid in one.record_uids}
    open_ones = [one for one in asked if one.severity != "info" and one.missing]
    return Promise(
        scheme=scheme.title,
        amount=part.amount,
        counts=counts,
        unit=scheme.unit_label(part.unit),
        fills=[one.title for one in open_ones if one.id in behind] if counts else [],
    )
