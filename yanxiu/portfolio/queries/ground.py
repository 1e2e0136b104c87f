"""What a page of hours has to know about one person beside the records, in one statement."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import BigIntegerField, Case, CharField, QuerySet, Value, When
from django.db.models.functions import Cast

from yanxiu.kernel.spans import moment_at
from yanxiu.ledger import persons
from yanxiu.ledger.models import Transfer, YearClosing, YearSnapshot
from yanxiu.ledger.persons import told
from yanxiu.ledger.queries.exemptions import WORDS
from yanxiu.ledger.queries.looks import look_word, looks_at
from yanxiu.ledger.rules.persons import Person
from yanxiu.people.models import Membership, Organisation, Teacher
from yanxiu.people.models.organisation import held_on
from yanxiu.terms.models import Term

UNIT, LOOK, CLOSED, BROUGHT = "unit", "look", "closed", "brought"
LOOKS_BACK: Final = timedelta(days=60)
MET: Final = "met"


@dataclass(frozen=True)
class Look:
    """Somebody looked at the hours of this person."""

    actor_name: str
    verb: str
    at: datetime

    @property
    def what(self) -> str:
        """What was looked at, in words."""
        return look_word(self.verb)


@dataclass(frozen=True)
class Excused:
    """减免 as a page tells it; `ends_on` is None while it is open."""

    name: str
    document: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class ClosedYear:
    """年度登记: whether the requirements of a closed year were met."""

    scheme: str
    met: bool
    starts_on: date
    ends_on: date
    closed_at: datetime | None


@dataclass(frozen=True)
class Brought:
    """转入: what somebody brings from elsewhere, and how far it is."""

    issuer: str
    state: str
    entered_at: datetime


@dataclass
class Ground:
    """One person on one day: who it is for the rules, and what else the page tells."""

    person: Person
    term: Term | None = None
    units: list[tuple[int, str]] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    exemptions: list[Excused] = field(default_factory=list)
    closed: list[ClosedYear] = field(default_factory=list)
    brought: list[Brought] = field(default_factory=list)


def ground_of(teacher: Teacher, organisation: Organisation | None, on: date) -> Ground:
    """Return what is known about `teacher` on `on`; one statement."""
    first, *others = [*persons.parts([teacher.pk]), *_parts(teacher, organisation, on)]
    rows = list(first.union(*others, all=True))
    found = Ground(persons.grounds_from(rows, [teacher])[teacher.pk].person(on))
    for what, _whose, code, word, starts, ends, at in rows:
        match what:
            case persons.EXEMPT:
                name = str(WORDS.get(code, code))
                found.exemptions.append(Excused(name, word, starts, ends))
            case "unit":
                found.units.append((int(code), word))
            case "look":
                found.looks.append(Look(word, code, at))
            case "closed":
                found.closed.append(ClosedYear(code, word == MET, starts, ends, at))
            case "brought":
                found.brought.append(Brought(word, code, at))
    found.looks.sort(key=lambda one: one.at, reverse=True)
    found.closed.sort(key=lambda one: one.starts_on, reverse=True)
    begun = [term for term in persons.terms_from(rows) if term.starts_on <= on]
    found.term = begun[0] if begun else None
    return found


def _parts(teacher: Teacher, organisation: Organisation | None, on: date) -> list["QuerySet[Any]"]:
    seats = Membership.objects.filter(held_on(on), teacher=teacher)
    looks = looks_at(teacher).filter(at__gte=moment_at(on - LOOKS_BACK))
    closed = YearSnapshot.objects.filter(teacher=teacher, closing__state=YearClosing.State.CLOSED)
    closed_days = ("closing__starts_on", "closing__ends_on")
    brought = Transfer.objects.filter(teacher=teacher, state=Transfer.State.WAITING)
    is_met = Case(When(met=True, then=Value(MET)), default=Value(""), output_field=CharField())
    nobody = Value(teacher.pk, BigIntegerField())
    found = [
        told(seats, UNIT, code=Cast("unit_id", CharField()), word="duty"),
        told(looks, LOOK, whose=nobody, code="verb", word="actor_name", days=None, at="at"),
        told(
            closed, CLOSED, code="closing__scheme", word=is_met, days=closed_days,
            at="closing__closed_at",
        ),
        told(brought, BROUGHT, code="state", word="issuer", days=None, at="entered_at"),
    ]  # fmt: skip
    if organisation:
        found.append(persons.terms_part(organisation))
    return found
