"""How many of each school have reached what is asked, and who has not, from the kept rows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    FilteredRelation,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast

from yanxiu.ledger.models import StandingRow
from yanxiu.ledger.queries.standing_rows import not_true, working
from yanxiu.people.models import Organisation, Post, Teacher, TierHolding, Unit
from yanxiu.people.models.organisation import held_on
from yanxiu.people.models.teacher import below
from yanxiu.people.queries import TeacherFilter, teachers
from yanxiu.people.staff.who import tiers_for

Choice = tuple[str, str]
"""What a list can be narrowed to: the code in the address and the word."""

AT_A_TIME: Final = 2000

State = StandingRow.State


@dataclass(frozen=True)
class Wanted:
    """To what a list is narrowed; "" means all.

    Attributes:
        path: of the organisation, with all below it.
        reach: paths of the organisations whose hours the reader may see.
        state: one of `StandingRow.State`, or `help` for those who may need it.
    """

    path: str
    reach: Sequence[str]
    text: str = ""
    unit: str = ""
    tier: str = ""
    state: str = ""

    def posts(self, day: date) -> "QuerySet[Post]":
        """Return the posts of today of those who are asked for."""
        rows = Post.objects.filter(
            held_on(day),
            below(list(self.reach), "organisation__"),
            organisation__path__startswith=self.path,
            organisation__is_school=True,
            teacher__is_active=True,
        )
        if self.text or self.unit:
            found = teachers(Teacher.objects.all(), TeacherFilter(text=self.text, unit=self.unit))
            rows = rows.filter(teacher__in=found.order_by().values("pk"))
        if self.tier:
            held = TierHolding.objects.on(day).filter(tier__name=self.tier)
            rows = rows.filter(teacher__in=held.values("teacher"))
        return rows


@dataclass
class SchoolLine:
    """One school: how many work there and how they stand under one scheme."""

    organisation: Organisation
    people: int = 0
    states: Counter[str] = field(default_factory=Counter)
    behind: int = 0
    old: int = 0

    @property
    def met(self) -> int:
        """How many have reached what is asked."""
        return self.states[State.MET]

    @property
    def waiting(self) -> int:
        """How many will have once what waits is recognised."""
        return self.states[State.WAITING]

    @property
    def missing(self) -> int:
        """How many lack something."""
        return self.states[State.MISSING]

    @property
    def exempt(self) -> int:
        """Of how many nothing is asked."""
        return self.states[State.EXEMPT]


@dataclass(frozen=True)
class County:
    """All schools of a reach in the order of the tree, under one scheme of those in force."""

    lines: list[SchoolLine]
    schemes: list[tuple[str, str]]
    scheme: str
    old: int
    ends_on: date | None = None

    @property
    def total(self) -> SchoolLine:
        """All schools together."""
        whole = SchoolLine(Organisation())
        for line in self.lines:
            whole.people += line.people
            whole.behind += line.behind
            whole.states += line.states
        return whole


def county(
    schools: Sequence[Organisation],
    wanted: Wanted,
    day: date,
    *,
    scheme: str = "",
    order: Sequence[str] = (),
) -> County:
    """Return how the teachers of `schools` stand; one statement, however many they are.

    Without `scheme`, the one by which most are reckoned; of several the first in `order`, that in
    which they were adopted.
    """
    here = Q(teacher__standing_rows__organisation=F("organisation"))
    counted = (
        wanted.posts(day)
        .annotate(kept=FilteredRelation("teacher__standing_rows", condition=here))
        .order_by()
        .values_list("organisation_id", "kept__scheme", "kept__title", "kept__state")
        .annotate(
            people=Count("teacher", distinct=True),
            behind=Count("teacher", distinct=True, filter=Q(kept__behind_from__lte=day)),
            old=Count("teacher", distinct=True, filter=_old("kept__", day)),
            ends_on=Max("kept__period_ends_on"),
        )
    )
    rows = list(counted)
    of_scheme: Counter[tuple[str, str]] = Counter()
    for _school, code, title, _state, people, *_rest in rows:
        if code:
            of_scheme[code, title] += people
    place = {code: number for number, code in enumerate(order)}
    most = sorted(of_scheme.items(), key=lambda one: (-one[1], place.get(one[0][0], len(place))))
    known = [code for (code, _title), _people in most]
    chosen = scheme if scheme in known else next(iter(known), "")
    lines = {one.pk: SchoolLine(one) for one in schools}
    ends: set[date] = set()
    for school, code, _title, state, people, behind, old_ones, ends_on in rows:
        line = lines.get(school)
        if line is None:
            continue
        if code is None:
            line.people += people
            line.old += people
        elif code in (chosen, ""):
            line.people += people
            line.states[state] += people
            line.behind += behind
            line.old += old_ones
            ends |= {ends_on} if ends_on else set()
    old = sum(line.old for line in lines.values())
    return County(list(lines.values()), sorted(of_scheme), chosen, old, max(ends, default=None))


def _old(prefix: str, day: date) -> Q:
    overtaken = ~Q(**{f"{prefix}changes": F(f"{prefix}reckoned")})
    return overtaken | Q(**{f"{prefix}holds_until__lte": day})


def old_ones(wanted: Wanted, day: date) -> int:
    """Return how many of those asked for have no true row; one statement."""
    true = StandingRow.objects.filter(
        ~not_true(day),
        teacher=OuterRef("teacher"),
        organisation=OuterRef("organisation"),
        is_first=True,
    )
    rows = wanted.posts(day).filter(~Exists(true)).order_by()
    return rows.values("teacher", "organisation").distinct().count()


@dataclass(frozen=True)
class Person:
    """One teacher of one school, with the row of each scheme."""

    teacher: Teacher
    organisation: Organisation
    rows: list[StandingRow]

    @property
    def may_need_help(self) -> bool:
        """Whether the teacher is behind under any scheme."""
        return any(row.is_behind for row in self.rows)


def persons(wanted: Wanted, day: date) -> "QuerySet[StandingRow]":
    """Return the first row of each person asked for, in the order of the tree and of names."""
    rows = StandingRow.objects.filter(
        working(day),
        below(list(wanted.reach), "organisation__"),
        organisation__path__startswith=wanted.path,
        organisation__is_school=True,
        is_first=True,
    )
    if wanted.text or wanted.unit or wanted.tier:
        rows = rows.filter(teacher__in=wanted.posts(day).order_by().values("teacher"))
    if wanted.state:
        same = StandingRow.objects.filter(
            teacher=OuterRef("teacher"), organisation=OuterRef("organisation")
        )
        asked = Q(behind_from__lte=day) if wanted.state == "help" else Q(state=wanted.state)
        rows = rows.filter(Exists(same.filter(asked)))
    return in_order(rows)


def in_order(rows: "QuerySet[StandingRow]") -> "QuerySet[StandingRow]":
    """Return `rows` in the order of the tree and of names, never of hours."""
    return rows.order_by("organisation__path", "teacher__pinyin", "teacher_id")


def of_page(keys: "QuerySet[Any]") -> list[StandingRow]:
    """Return the rows of `keys`, a page of primary keys, with teacher and organisation.

    The keys alone are sorted among thousands, the wide rows only among those of the page.
    """
    rows = StandingRow.objects.filter(pk__in=keys).select_related("teacher", "organisation")
    return list(in_order(rows))


def people(firsts: Sequence[StandingRow]) -> list[Person]:
    """Return the persons of `firsts` with all their rows; one statement for each 2,000."""
    rows: dict[tuple[int, int], list[StandingRow]] = {}
    for start in range(0, len(firsts), AT_A_TIME):
        some = firsts[start : start + AT_A_TIME]
        several = StandingRow.objects.filter(
            teacher__in={row.teacher_id for row in some},
            organisation__in={row.organisation_id for row in some},
        )
        asked = {(row.teacher_id, row.organisation_id) for row in some}
        for row in several.order_by("-is_first", "title", "pk"):
            if (row.teacher_id, row.organisation_id) in asked:
                rows.setdefault((row.teacher_id, row.organisation_id), []).append(row)
    return [
        Person(row.teacher, row.organisation, rows.get((row.teacher_id, row.organisation_id), []))
        for row in firsts
    ]


def choices(organisation: Organisation, day: date) -> tuple[list[Choice], list[Choice]]:
    """Return the units of `organisation`, and the tiers that it knows and somebody holds."""
    units = (
        Unit.objects.filter(organisation=organisation, ends_on=None)
        .order_by()
        .annotate(
            what=Value("unit", CharField()),
            code=Cast("uid", CharField()),
            word=F("name"),
            place=F("kind__order"),
        )
        .values_list("what", "place", "code", "word")
    )
    held = TierHolding.objects.on(day).filter(tier=OuterRef("pk"))
    tiers = (
        tiers_for(organisation)
        .filter(Exists(held))
        .order_by()
        .annotate(
            what=Value("tier", CharField()),
            code=F("name"),
            word=F("name"),
            place=F("order"),
        )
        .values_list("what", "place", "code", "word")
    )
    rows = sorted(units.union(tiers))
    return (
        [(str(UUID(code)), word) for what, _place, code, word in rows if what == "unit"],
        list(dict.fromkeys((code, word) for what, _p, code, word in rows if what == "tier")),
    )
