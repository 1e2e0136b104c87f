"""Trying a scheme out before it is published: made-up records, cases, and a teacher's own year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from yanxiu.kernel.spans import Span
from yanxiu.ledger.facts import facts_of
from yanxiu.ledger.persons import person_of
from yanxiu.ledger.queries.comparing import is_recognised, living_records, reckon, stand
from yanxiu.ledger.rules.calendars import Calendar
from yanxiu.ledger.rules.cases import Case, Outcome, cases_in, run, untried
from yanxiu.ledger.rules.checking import CONTRADICTION, DOUBT, NOTE, Finding, findings
from yanxiu.ledger.rules.counting import Earned
from yanxiu.ledger.rules.evaluating import Award
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.persons import ANYONE
from yanxiu.ledger.rules.refusals import SchemeUnreadable
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.rules.standing import Standing
from yanxiu.people.models import Teacher

NOBODY = UUID(int=0)
WEIGHTS = (CONTRADICTION, DOUBT, NOTE)
"""In this order findings are shown; those of a weight as they stand in the text."""


@dataclass(frozen=True)
class Checked:
    """What a text says: a scheme with what to look at, or the slip that keeps it from being one."""

    scheme: Scheme | None
    slip: SchemeUnreadable | None
    findings: tuple[Finding, ...] = ()

    @property
    def slips(self) -> tuple[SchemeUnreadable, ...]:
        """All slips that do not follow from one another, by their lines."""
        return (self.slip, *self.slip.others) if self.slip else ()


@dataclass(frozen=True)
class Tried:
    """One case and what it came to."""

    case: Case
    outcome: Outcome


@dataclass(frozen=True)
class OwnYear:
    """One teacher's records of a year under a scheme: what each earns, and where that leads."""

    teacher: Teacher
    span: Span
    lines: list[tuple[Any, Award | None]]
    standing: Standing


def checked(text: str, parse: Any) -> Checked:
    """Return what `parse` makes of `text`, with what an officer should look at."""
    try:
        scheme = parse(text)
    except SchemeUnreadable as slip:
        return Checked(None, slip)
    found = sorted(findings(scheme, text), key=lambda one: WEIGHTS.index(one.weight))
    return Checked(scheme, None, tuple(found))


def made_up(scheme: Scheme, given: Mapping[str, Any]) -> Award | None:
    """Return what a made-up record earns; `given` are the fields of `RecordForm`."""
    told = {name: value for name, value in given.items() if value not in (None, "", [])}
    for name in ("minutes", "absent_minutes"):
        if name in told:
            told[name] = int(told[name])
    evidence = frozenset(told.pop("evidence", ()))
    facts = Facts(uid=NOBODY, teacher_uid=NOBODY, evidence=evidence, claimed_on=told["on"], **told)
    return reckon(scheme, facts, ANYONE)


def run_cases(scheme: Scheme, text: str) -> list[Tried]:
    """Run the cases written in `text`.

    Raises:
        SchemeUnreadable: a slip in the cases, with its line.
    """
    if not text.strip():
        return []
    return [Tried(case, run(case, scheme)) for case in cases_in(text, "算例")]


def without_case(scheme: Scheme, tried: list[Tried]) -> list[str]:
    """Return what the scheme says and no case shows."""
    return untried(scheme, [one.outcome for one in tried])


def own_year(scheme: Scheme, teacher: Teacher, on: date) -> OwnYear:
    """Return what the records of `teacher` would be under `scheme`; a few statements.

    The standing looks at the whole cycle, the lines at the year of `on` alone.
    """
    person = person_of(teacher, on)
    calendar = Calendar(scheme.cycle)
    span = calendar.span("year", on)
    rows = living_records().filter(
        teacher=teacher, happened_on__gte=calendar.span("cycle", on).start, happened_on__lte=on
    )
    posted: list[Earned] = []
    pending: list[Earned] = []
    lines = []
    for record in rows.order_by("happened_on", "pk"):
        record.teacher = teacher
        facts = facts_of(record)
        given = reckon(scheme, facts, person)
        if span.start <= record.happened_on < span.end:
            lines.append((record, given))
        if given is not None and given.valid:
            (posted if is_recognised(record) else pending).append(Earned.of(facts, given))
    return OwnYear(teacher, span, lines, stand(scheme, posted, pending, person, on))


def worth(given: Award | None) -> Decimal:
    """Return what an award is worth, 0 if it is void."""
    return given.amount if given and given.valid else Decimal(0)
