"""What gathers around one lesson: who listened, what was said, what was advised."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, QuerySet

from yanxiu.lessons.models import Lesson
from yanxiu.observation.models import Advice, LessonAccount, Observation, Remark
from yanxiu.observation.permissions import (
    HANDED_IN,
    may_account_for_lesson,
    may_appraise_lesson,
    may_observe_lesson,
    may_see_account,
    may_talk_about_lesson,
)
from yanxiu.observation.queries.reading import flagged
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher


@dataclass(frozen=True)
class Round:
    """The round of one lesson as a reader may see it.

    Attributes:
        records: the handed-in observations that the reader may read.
        mine: the reader's own, in any state.
        writing: how many have begun and not handed in.
        handed_in: how many have handed in.
    """

    records: list[Observation]
    mine: Observation | None
    writing: int
    handed_in: int


def round_of(lesson: Lesson, reader: Teacher) -> Round:
    """Return who listened to `lesson`, with the records this reader may read; one statement."""
    rows = flagged(
        Observation.objects.filter(lesson=lesson).select_related("observer"), reader
    ).order_by("handed_in_at", "pk")
    found = list(rows)
    for row in found:
        row.lesson = lesson
    given = [row for row in found if row.state in HANDED_IN]
    return Round(
        records=[row for row in given if row.reads],
        mine=next((row for row in found if row.observer_id == reader.pk), None),
        writing=len(found) - len(given),
        handed_in=len(given),
    )


def remarks_of(lesson: Lesson) -> "QuerySet[Remark]":
    """Return the talk about `lesson`, in its order."""
    return Remark.objects.filter(lesson=lesson).select_related("teacher")


def advice_for(teacher: Teacher) -> "QuerySet[Advice]":
    """Return what the presenter wants to try next, with where it came from."""
    rows = Advice.objects.filter(presenter=teacher, state=Advice.State.TAKEN)
    return rows.select_related("observation__observer", "observation__lesson")


def rights_in(lesson: Lesson, reader: Teacher) -> dict[str, bool]:
    """Return what `reader` may do about `lesson`; one statement."""
    rights = {
        "hears": may_observe_lesson,
        "talks": may_talk_about_lesson,
        "accounts": may_account_for_lesson,
        "appraises": may_appraise_lesson,
    }
    flags = {
        f"may_{name}": ExpressionWrapper(permission(reader), output_field=BooleanField())
        for name, permission in rights.items()
    }
    row = Lesson.objects.filter(pk=lesson.pk).annotate(**flags).values(*flags).first()
    return {name: bool(row and row[f"may_{name}"]) for name in rights}


def account_of(lesson: Lesson, reader: Teacher) -> LessonAccount | None:
    """Return the presenter's account of `lesson` if this reader may see it."""
    rows = LessonAccount.objects.filter(lesson=lesson)
    return allowed(may_see_account, reader, rows).first()


def section(lesson: Lesson, reader: Teacher) -> Mapping[str, Any] | None:
    """Return what the page of a lesson shows of observing it; two statements.

    How many listen and write is no secret, what they write is.
    """
    if lesson.state == Lesson.State.CANCELLED:
        return None
    found = round_of(lesson, reader)
    presents = reader.pk == lesson.teacher_id
    return {
        "round": found,
        "presents": presents,
        "advice": list(advice_for(reader)[:5]) if presents else [],
    }
