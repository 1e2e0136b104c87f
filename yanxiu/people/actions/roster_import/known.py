"""Who and what is there already, loaded in a constant number of statements."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from yanxiu.people.models import (
    Membership,
    Organisation,
    Post,
    SameNameDecision,
    Teacher,
    Tier,
    TierHolding,
    Unit,
)
from yanxiu.people.roster.groups import core
from yanxiu.texts import keys

Item = TypeVar("Item")
key = lru_cache(maxsize=16_384)(keys.key)
"""Names and schools are compared several times each."""
_AT_ONCE = 800
"""Values in one statement: SQLite takes a limited number."""


def chunks(items: Iterable[Item], size: int = _AT_ONCE) -> Iterator[list[Item]]:
    """Yield `items` in lists of at most `size`."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


@dataclass
class KnownTeacher:
    """One teacher with what is held today inside the reach of the import."""

    row: Teacher
    posts: list[Post] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    tiers: set[str] = field(default_factory=set)

    def posts_in(self, school: Organisation) -> list[Post]:
        """Return the living posts in `school`."""
        return [post for post in self.posts if post.organisation_id == school.pk]

    def job_number_in(self, school: Organisation) -> str:
        """Return the job number that `school` gave, or nothing."""
        return next((post.job_number for post in self.posts_in(school) if post.job_number), "")


@dataclass
class Known:
    """The organisation of an import with all below it; without one, nothing is known."""

    organisation: Organisation | None = None
    schools: dict[str, Organisation] = field(default_factory=dict)
    teachers: dict[int, KnownTeacher] = field(default_factory=dict)
    by_job: dict[tuple[int, str], KnownTeacher] = field(default_factory=dict)
    by_phone: dict[str, KnownTeacher] = field(default_factory=dict)
    by_name: dict[tuple[int, str], list[KnownTeacher]] = field(
        default_factory=lambda: defaultdict(list)
    )
    foreign_phones: set[str] = field(default_factory=set)
    units: dict[int, list[Unit]] = field(default_factory=lambda: defaultdict(list))
    tiers: dict[str, Tier] = field(default_factory=dict)
    decisions: dict[str, int | None] = field(default_factory=dict)

    def unit(self, school: Organisation, kind: str, name: str) -> Unit | None:
        """Return the living unit that a roster calls `name`, however it is written."""
        wanted = core(name)
        for unit in self.units.get(school.pk, ()):
            if unit.kind.code == kind and core(unit.name) == wanted:
                return unit
        return next((unit for unit in self.units.get(school.pk, ()) if unit.name == name), None)


def load(organisation: Organisation, phones: Iterable[str]) -> Known:
    """Return what is known in `organisation` and below, and whose `phones` are taken elsewhere."""
    known = Known(organisation)
    within = Q(organisation__path__startswith=organisation.path)
    _load_schools(known)
    _load_teachers(known, Post.objects.filter(within, ends_on=None))
    _load_units(known, within)
    _load_tiers(known)
    decided = SameNameDecision.objects.filter(organisation=organisation)
    known.decisions = dict(decided.values_list("mark", "teacher_id"))
    _load_phones(known, sorted({phone for phone in phones if phone not in known.by_phone}))
    return known


def _load_schools(known: Known) -> None:
    top = known.organisation
    if top is None:
        return
    rows = Organisation.objects.filter(path__startswith=top.path).order_by("-path")
    known.schools = {key(row.name): row for row in rows}
    known.schools[key(top.name)] = top


def _load_teachers(known: Known, posts: "QuerySet[Post]") -> None:
    teachers = Teacher.objects.defer("password").filter(
        Exists(posts.filter(teacher=OuterRef("pk")))
    )
    known.teachers = {row.pk: KnownTeacher(row) for row in teachers}
    for post in posts.select_related("role").order_by("role__order", "pk"):
        teacher = known.teachers[post.teacher_id]
        teacher.posts.append(post)
        if post.job_number:
            known.by_job[post.organisation_id, post.job_number] = teacher
        same_name = known.by_name[post.organisation_id, key(teacher.row.name)]
        if teacher not in same_name:
            same_name.append(teacher)
    known.by_phone = {
        teacher.row.phone: teacher for teacher in known.teachers.values() if teacher.row.phone
    }


def _load_units(known: Known, within: Q) -> None:
    for unit in Unit.objects.filter(within, ends_on=None).select_related("kind"):
        known.units[unit.organisation_id].append(unit)
    living = Membership.objects.filter(
        Q(
            unit__organisation__path__startswith=known.organisation.path
            if known.organisation
            else ""
        )
    ).filter(ends_on=None, unit__ends_on=None, rule=None)
    for membership in living.select_related("unit__kind"):
        if membership.teacher_id in known.teachers:
            known.teachers[membership.teacher_id].memberships.append(membership)


def _load_tiers(known: Known) -> None:
    top = known.organisation
    if top is None:
        return
    upwards = top.lineage
    mine = Q(organisation=None) | Q(organisation__in=upwards)
    for tier in Tier.objects.filter(mine | Q(organisation__path__startswith=top.path)):
        known.tiers.setdefault(tier.name, tier)
    for teacher, name in TierHolding.objects.filter(ends_on=None).values_list(
        "teacher_id", "tier__name"
    ):
        if teacher in known.teachers:
            known.teachers[teacher].tiers.add(name)


def _load_phones(known: Known, phones: Sequence[str]) -> None:
    for chunk in chunks(phones):
        taken = Teacher.objects.filter(phone__in=chunk).values_list("phone", flat=True)
        known.foreign_phones.update(phone for phone in taken if phone)
