"""At which level lessons were organised, as far as it is believed."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from yanxiu.lessons.models import Lesson
from yanxiu.lessons.permissions import may_check_level
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher

UNCHECKED = "unchecked"
"""Stands for the level of a lesson whose teacher says that it was organised above the school."""


def level_choices() -> list[tuple[str, Any]]:
    """Return what a list can be narrowed to: the levels, and what waits to be checked."""
    return [*Lesson.Level.choices, (UNCHECKED, _("级别待核对"))]


def level_stands() -> Q:
    """Return which lessons have a level that is believed; see `Lesson.level_stands`."""
    return Q(level__in=Lesson.LOCAL) | Q(level_confirmed_at__isnull=False)


def of_level(rows: "QuerySet[Any]", level: str) -> "QuerySet[Any]":
    """Return those of `rows` that were organised at `level`, all where it is empty.

    `UNCHECKED` asks for those of which that waits to be checked.
    """
    if level == UNCHECKED:
        return rows.exclude(level_stands())
    return rows.filter(level_stands(), level=level) if level else rows


def levels_waiting_for(teacher: Teacher) -> "QuerySet[Any] | None":
    """Return the given lessons whose level `teacher` is to check; None for who checks none."""
    if not teacher.leads and not teacher.holds("manage_lessons"):
        return None
    given = Lesson.objects.filter(state=Lesson.State.GIVEN).exclude(level_stands())
    return allowed(may_check_level, teacher, given)
