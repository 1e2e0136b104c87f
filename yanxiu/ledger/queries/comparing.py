"""What teachers did and where that puts them under a scheme; one teacher after the other.

Memory holds one batch of teachers, whatever the size of the place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from django.db.models import QuerySet

from yanxiu.ledger.facts import facts_of
from yanxiu.ledger.models import Record
from yanxiu.ledger.persons import persons_of, seen_by
from yanxiu.ledger.rules.counting import Earned
from yanxiu.ledger.rules.dependence import amounts_of
from yanxiu.ledger.rules.evaluating import Award, award
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.persons import ANYONE, Person
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.rules.standing import Standing, standing
from yanxiu.people.models import Organisation, Post, Teacher
from yanxiu.people.models.organisation import held_on

AT_ONCE: Final = 50
"""So many teachers are read together."""


@dataclass(frozen=True)
class Deeds:
    """One teacher, the school of today, and what was done; True with what is recognised."""

    teacher: Teacher
    school: int
    person: Person
    facts: list[tuple[Facts, bool]]


def reckon(scheme: Scheme, facts: Facts, person: Person) -> Award | None:
    """Return what `facts` of `person` earn under `scheme`."""
    return award(scheme, facts, seen_by(scheme, person))


def stand(
    scheme: Scheme,
    posted: Sequence[Earned],
    pending: Sequence[Earned],
    person: Person,
    on: date,
) -> Standing:
    """Return where `person` stands on `on`."""
    return standing(scheme, posted, pending, on=on, person=seen_by(scheme, person))


def teachers_below(organisation: Organisation, on: date) -> list[tuple[int, int]]:
    """Return (teacher, school) of all who hold a post in a school at or below it on `on`.

    By primary keys; who holds posts in two schools is counted once, where the first post is.
    """
    rows = Post.objects.filter(
        held_on(on), organisation__path__startswith=organisation.path, organisation__is_school=True
    )
    found: dict[int, int] = {}
    for teacher, school in rows.order_by("pk").values_list("teacher_id", "organisation_id"):
        found.setdefault(teacher, school)
    return sorted(found.items())


def deeds(pairs: Sequence[tuple[int, int]], since: date, on: date) -> Iterator[Deeds]:
    """Yield what each teacher of `pairs` did from `since` to `on`; a few statements a batch."""
    for start in range(0, len(pairs), AT_ONCE):
        schools = dict(pairs[start : start + AT_ONCE])
        teachers = Teacher.objects.in_bulk(list(schools))
        persons = persons_of(list(teachers.values()), on)
        rows = living_records().filter(
            teacher__in=schools, happened_on__gte=since, happened_on__lte=on
        )
        found: dict[int, list[tuple[Facts, bool]]] = {}
        for pk, own in groupby(
            rows.order_by("teacher_id", "happened_on", "pk").iterator(chunk_size=2000),
            key=lambda record: record.teacher_id,
        ):
            found[pk] = [_told(record, teachers[pk]) for record in own]
        for pk, teacher in teachers.items():
            yield Deeds(teacher, schools[pk], persons.get(pk, ANYONE), found.get(pk, []))


def living_records() -> "QuerySet[Record]":
    """Return the records that count or wait: not withdrawn, and not with the teacher again.

    What was returned has no award until it is handed in again, by no scheme.
    """
    return Record.objects.filter(withdrawn_at=None).exclude(state=Record.State.RETURNED)


def is_recognised(record: Record) -> bool:
    """Tell whether the final step has accepted `record`, so that what it earns is posted."""
    return record.state == Record.State.RECOGNISED


def earned_under(scheme: Scheme, done: Deeds) -> list[Earned | None]:
    """Return what each deed earns, in its order; None for what earns nothing.

    Alike deeds are reckoned once in a process, without their steps.
    """
    amounts = amounts_of(scheme)
    person = seen_by(scheme, done.person) if amounts.tiers else None
    found: list[Earned | None] = []
    for facts, _recognised in done.facts:
        given = amounts.of(facts, person)
        if given is None or not given.valid:
            found.append(None)
        else:
            found.append(Earned(facts, given.amount, given.unit, facts.on, facts.uid))
    return found


def _told(record: Record, teacher: Teacher) -> tuple[Facts, bool]:
    record.teacher = teacher
    return facts_of(record), is_recognised(record)
