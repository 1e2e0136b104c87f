"""Through which steps a record goes, and at which organisation each of them is taken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from yanxiu.kernel.amounts import PLACES
from yanxiu.kernel.spans import day_of
from yanxiu.ledger.facts import facts_of
from yanxiu.ledger.models import Record
from yanxiu.ledger.queries.schemes import scheme_of
from yanxiu.ledger.rules.calendars import Calendar
from yanxiu.ledger.rules.facts import measure_of
from yanxiu.ledger.rules.process import (
    CENTRAL_SCHOOL,
    COUNTY,
    SCHOOL_ALONE,
    YEAR_END,
    Appeal,
    Chain,
    ChainStep,
    chain_for,
    chain_named,
)
from yanxiu.ledger.rules.refusals import SchemeUnknown
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.people.models import Organisation

USUAL_MINUTES = Decimal(45)
"""The length of one 课时 where no scheme says another."""

_NAMES = {CENTRAL_SCHOOL: ("中心",), COUNTY: ("县", "教育局", "进修学校", "旗")}
_WHOLE_NAMES = {COUNTY: ("区", "市辖区", "市", "区县")}
"""By what an organisation of a level is known: its level is named by the people of the place."""


@dataclass(frozen=True)
class Way:
    """The chain of one record and the scheme that says so; None for a declaration without one."""

    chain: Chain
    scheme: Scheme | None = None


def way_of(record: Record, schemes: Sequence[Scheme]) -> Way | None:
    """Return the chain of a new record: of the first scheme in force that has one for it."""
    facts = None
    for scheme in schemes:
        if not scheme.recognition:
            continue
        facts = facts or facts_of(record)
        chain = chain_for(scheme.recognition, facts)
        if chain:
            return Way(chain, scheme)
    return None


class Ways:
    """The chains that records were put on, each version of a scheme looked up once."""

    def __init__(self, known: Iterable[Scheme] = ()) -> None:
        """Know the schemes that were read already, so that they cost no statement."""
        self._schemes = {(scheme.id, scheme.version): scheme for scheme in known}

    def of(self, record: Record) -> Way:
        """Return the chain of `record`, by the version of the scheme of that time.

        Raises:
            SchemeUnknown: there is no such version, or it has no such chain.
        """
        if not record.chain:
            return Way(SCHOOL_ALONE)
        key = record.chain_scheme, record.chain_version
        if key not in self._schemes:
            self._schemes[key] = scheme_of(*key)
        scheme = self._schemes[key]
        found = chain_named(scheme.recognition, record.chain)
        if found is None:
            raise SchemeUnknown(f"{scheme.id} {scheme.version} {record.chain}", [scheme.id])
        return Way(found, scheme)


def kept_way(record: Record) -> Way:
    """Return the chain that one record was put on."""
    return Ways().of(record)


def step_of(way: Way, record: Record) -> int:
    """Return the place of the step that the record waits for; the end if it waits for none."""
    for place, step in enumerate(way.chain.steps):
        if step.step == record.waiting_step:
            return place
    return len(way.chain.steps)


@dataclass
class Ladder:
    """The organisations above some; one statement for all of them, however many."""

    _rows: dict[int, Organisation] = field(default_factory=dict)

    @classmethod
    def over(cls, organisations: Iterable[Organisation]) -> "Ladder":
        """Load what stands above `organisations`."""
        known = {row.pk: row for row in organisations}
        missing = {pk for row in known.values() for pk in row.lineage} - set(known)
        if missing:
            known |= Organisation.objects.in_bulk(list(missing))
        return cls(known)

    def place(self, organisation: Organisation, by: str) -> Organisation:
        """Return where the step of level `by` is taken for a record of `organisation`.

        That is the nearest superior of that kind. Where the place has none of the kind, the next
        superior stands in for the central school and the topmost one for the county, so that no
        step is skipped.
        """
        upwards = [self._rows[pk] for pk in reversed(organisation.lineage)]
        if by not in {CENTRAL_SCHOOL, COUNTY}:
            return organisation
        for row in upwards[1:]:
            if _is_level(row, by):
                return row
        if by == COUNTY:
            return upwards[-1]
        return upwards[1] if len(upwards) > 1 else organisation


def _is_level(row: Organisation, by: str) -> bool:
    name = row.level_name
    return name in _WHOLE_NAMES.get(by, ()) or any(part in name for part in _NAMES[by])


def due_day(step: ChainStep, scheme: Scheme | None, happened_on: date, at: datetime) -> date | None:
    """Return until when a step that begins to wait at `at` is due; None if nothing is said."""
    today = day_of(at)
    begins = today
    if step.when == YEAR_END and scheme:
        begins = max(today, Calendar(scheme.cycle).span("year", happened_on).end)
    days = step.days(today)
    return None if days is None else begins + timedelta(days=days)


def told_amount(record: Record, scheme: Scheme | None) -> Decimal:
    """Return how much a record tells in its own measure, whatever was recognised of it."""
    measure = measure_of(facts_of(record))
    if measure == "hour" and record.stated is None:
        length = scheme.minutes_per_hour.on(record.happened_on) if scheme else None
        hours = Fraction(record.minutes or 0) / Fraction(length or USUAL_MINUTES)
        exact = Decimal(hours.numerator) / Decimal(hours.denominator)
        return exact.quantize(PLACES, ROUND_DOWN)
    told: dict[str, Decimal | None] = {
        "hour": record.stated, "lesson": record.lessons, "day": record.days,
        "character": record.characters, "item": record.items,
    }  # fmt: skip
    found = told[measure]
    return Decimal(1) if found is None else found


def standing_amount(record: Record, scheme: Scheme | None) -> Decimal:
    """Return what was last found right of a record, or what it tells if nobody said otherwise."""
    return told_amount(record, scheme) if record.recognised is None else record.recognised


def most_amount(record: Record, scheme: Scheme | None) -> Decimal:
    """Return the most that a step can recognise: what was claimed, or what the record tells."""
    told = told_amount(record, scheme)
    return told if record.claimed is None else max(told, record.claimed)


def appeal_for(record: Record, schemes: Sequence[Scheme]) -> tuple[Appeal, Scheme] | None:
    """Return by which rules one can object: of its own scheme, else of the first that has some."""
    own = kept_way(record).scheme if record.chain else None
    for scheme in [own, *schemes] if own else schemes:
        if scheme and scheme.appeal:
            return scheme.appeal, scheme
    return None
