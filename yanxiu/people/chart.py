"""The organisation chart: who leads what, who answers for what, and where nobody does."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from yanxiu.people.gaps import Responsible, responsible
from yanxiu.people.models import (
    Membership,
    Organisation,
    Post,
    Responsibility,
    ResponsibilityHolder,
    Teacher,
    Unit,
)
from yanxiu.people.models.teacher import today

SHOWN = 200
"""Units, and organisations below, that one chart draws."""


@dataclass(frozen=True)
class Seat:
    """Somebody in a place of the chart, until when if the term is set.

    `uid` names the term of somebody who holds a duty of its own.
    """

    name: str
    ends_on: date | None = None
    rule: bool = False
    uid: UUID | None = None


@dataclass
class Duty:
    """A duty with those who fill it; `empty` places are nobody's."""

    row: Responsibility
    seats: list[Seat] = field(default_factory=list)

    @property
    def empty(self) -> int:
        """How many places are empty."""
        return max(0, self.row.places - len(self.seats))


@dataclass
class Body:
    """A unit of the chart: leaders, deputies, the number of members, its duties."""

    unit: Unit
    leaders: list[Seat] = field(default_factory=list)
    deputies: list[Seat] = field(default_factory=list)
    members: list[Seat] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many are in it."""
        return len(self.leaders) + len(self.deputies) + len(self.members)


@dataclass
class Chart:
    """Everything that one organisation's chart draws."""

    organisation: Organisation
    first: list[Responsible]
    research: list[Responsible]
    duties: list[Duty]
    bodies: list[Body]
    groups: list[tuple[str, list[Body]]]
    below: list[tuple[Organisation, list[Responsible], list[Responsible]]]
    above: list[Unit]


def chart(organisation: Organisation) -> Chart:
    """Draw `organisation` as of today; a fixed number of statements."""
    units = list(
        Unit.objects.filter(organisation=organisation, ends_on=None)
        .select_related("kind")
        .order_by("kind__order", "name")[:SHOWN]
    )
    bodies = _bodies(units)
    duties = _duties(organisation, bodies)
    for duty in duties:
        if duty.row.unit_id in bodies:
            bodies[duty.row.unit_id].duties.append(duty)
    below = list(organisation.children.order_by("path")[:SHOWN])
    everybody = [organisation, *below]
    first = responsible(everybody, Responsibility.Code.FIRST)
    research = responsible(everybody, Responsibility.Code.RESEARCH)
    return Chart(
        organisation,
        first=first.get(organisation.pk, []),
        research=research.get(organisation.pk, []),
        duties=[duty for duty in duties if duty.row.unit_id is None],
        bodies=[body for body in bodies.values() if body.unit.kind.governs],
        groups=_by_kind(body for body in bodies.values() if not body.unit.kind.governs),
        below=[(row, first.get(row.pk, []), research.get(row.pk, [])) for row in below],
        above=_above(organisation),
    )


def _bodies(units: list[Unit]) -> dict[int, Body]:
    """Return the units with who sits in them, by primary key; one statement."""
    bodies = {unit.pk: Body(unit) for unit in units}
    rows = Membership.objects.on(today()).filter(unit__in=bodies, teacher__is_active=True)
    for unit, duty, name, ends_on, rule in rows.order_by("teacher__pinyin", "pk").values_list(
        "unit", "duty", "teacher__name", "ends_on", "rule"
    ):
        body = bodies[unit]
        places = {"leader": body.leaders, "deputy": body.deputies}
        places.get(duty, body.members).append(Seat(name, ends_on, rule is not None))
    return bodies


def _duties(organisation: Organisation, bodies: dict[int, Body]) -> list[Duty]:
    """Return the duties of the organisation and its units with who fills them; two statements."""
    rows = Responsibility.objects.filter(organisation=organisation, retired=False, code="")
    duties = [Duty(row) for row in rows]
    held: dict[int, list[Seat]] = defaultdict(list)
    holders = ResponsibilityHolder.objects.on(today()).filter(
        responsibility__in=[duty.row for duty in duties], teacher__is_active=True
    )
    for pk, name, ends_on, uid in holders.values_list(
        "responsibility", "teacher__name", "ends_on", "uid"
    ):
        held[pk].append(Seat(name, ends_on, uid=uid))
    for duty in duties:
        body = bodies.get(duty.row.unit_id or 0)
        if duty.row.seat and body:
            duty.seats = {"leader": body.leaders, "deputy": body.deputies}.get(
                duty.row.seat, body.members
            )
        else:
            duty.seats = held[duty.row.pk]
    return duties


def duties_of(unit: Unit) -> list[Duty]:
    """Return the duties of one unit with who fills them; three statements."""
    rows = _duties(unit.organisation, _bodies([unit]))
    return [duty for duty in rows if duty.row.unit_id == unit.pk]


def _by_kind(bodies: Iterable[Body]) -> list[tuple[str, list[Body]]]:
    found: dict[str, list[Body]] = defaultdict(list)
    for body in bodies:
        found[body.unit.kind.name].append(body)
    return list(found.items())


def _above(organisation: Organisation) -> list[Unit]:
    """Return the governing bodies of the organisations above, which everybody below knows."""
    rows = Unit.objects.filter(
        organisation__in=organisation.lineage[:-1], ends_on=None, kind__governs__gt=""
    )
    return list(rows.select_related("organisation", "kind").order_by("organisation__path", "pk"))


def holders_by_function(organisation: Organisation, function: str) -> "list[Teacher]":
    """Return who holds a duty of `function` (教研, 宣传, 电教 …) here or below today."""
    holders = ResponsibilityHolder.objects.on(today()).filter(
        responsibility__organisation__path__startswith=organisation.path,
        responsibility__function=function,
        responsibility__retired=False,
    )
    rows = Teacher.objects.filter(pk__in=holders.values("teacher"), is_active=True)
    return list(rows.order_by("pinyin", "pk"))


def leading_posts(organisation: Organisation, day: date) -> "QuerySet[Post]":
    """Return the posts of leaders (干部岗位) here and below that are held on `day`.

    What leaders took part in is counted from these: a post is dated, so a past day is counted
    with the leaders of that day.
    """
    rows: QuerySet[Post] = Post.objects.on(day)
    return rows.filter(organisation__path__startswith=organisation.path, role__leading=True)
