"""Whose training a reader looks at: the own school, all of it or the groups one leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from yanxiu.activities.models import Tag
from yanxiu.activities.permissions import may_see_tag
from yanxiu.kernel.spans import Span
from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.models import Membership, Organisation, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.terms.queries import term_on


@dataclass(frozen=True)
class Reader:
    """The reader's school; `among` narrows to the members of led groups, None is everybody."""

    teacher: Teacher
    organisation: Organisation
    among: "QuerySet[Teacher] | None"

    @property
    def manages(self) -> bool:
        """Whether the reader sets up trainings for the whole school."""
        return _reaches(self.teacher, self.organisation, "manage_sessions")


def _reaches(teacher: Teacher, organisation: Organisation, right: str) -> bool:
    return any(organisation.path.startswith(path) for path in teacher.reach_paths(right))


def own_school(request: TeacherRequest) -> Organisation:
    """Return the school of the reader's first post, or 404 without any."""
    organisation: Organisation | None = request.teacher.organisation
    if organisation is None:
        raise Http404
    return organisation


def manager_of(request: TeacherRequest) -> Organisation:
    """Return the reader's school if the reader manages its sessions, else 404."""
    organisation = own_school(request)
    if not _reaches(request.teacher, organisation, "manage_sessions"):
        raise Http404
    return organisation


def reader_of(request: TeacherRequest) -> Reader:
    """Return whose training by name this reader may look at, or 404."""
    teacher, organisation = request.teacher, own_school(request)
    if _reaches(teacher, organisation, "see_hours"):
        return Reader(teacher, organisation, None)
    if not teacher.leads:
        raise Http404
    members = Membership.objects.on(today()).filter(unit__in=teacher.leads)
    return Reader(teacher, organisation, Teacher.objects.filter(pk__in=members.values("teacher")))


def leads_or_sees(teacher: Teacher) -> bool:
    """Tell whether lists by name are open to this reader at all."""
    return bool(teacher.leads) or teacher.holds("see_hours")


PERIODS = ("term", "year", "all")
FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2100, 1, 1)
YEAR_BEGINS = 9


def period_of(organisation: Organisation, code: str, on: date) -> Span:
    """Return the days of a period: this term, this school year, or all there is."""
    if code == "all":
        return Span(FIRST_DAY, LAST_DAY)
    term = term_on(organisation, on) if code != "year" else None
    if term:
        return term.span
    year = on.year if on.month >= YEAR_BEGINS else on.year - 1
    return Span(date(year, YEAR_BEGINS, 1), date(year + 1, YEAR_BEGINS, 1))


def tags_for(teacher: Teacher, on: date) -> "QuerySet[Tag]":
    """Return the tags in use that this reader may put on something."""
    rows: QuerySet[Tag] = Tag.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on
    ).select_related("classification")
    return allowed(may_see_tag, teacher, rows).order_by("classification__order", "order", "id")


def grouped_tags(tags: "QuerySet[Tag]") -> list[tuple[str, list[tuple[str, str]]]]:
    """Return tags as a select offers them, by classification."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for tag in tags:
        groups.setdefault(tag.classification.name, []).append((f"tag:{tag.uid}", tag.name))
    return list(groups.items())


def nonempty(*groups: tuple[str, Sequence[Any]]) -> list[tuple[str, Sequence[Any]]]:
    """Return those of `groups` that have something to offer."""
    return [group for group in groups if group[1]]
