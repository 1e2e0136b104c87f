"""Goals on the staff, what a school writes of it, and where its bands lie."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import require
from yanxiu.people.models import (
    Organisation,
    Teacher,
    WorkforceGoal,
    WorkforceNote,
    WorkforceSetting,
)
from yanxiu.people.permissions import may_shape_staff


@transaction.atomic
def keep_setting(
    organisation: Organisation, facts: Mapping[str, int], *, by: Teacher, at: datetime
) -> WorkforceSetting:
    """Say who counts as young and senior and which share is low.

    Raises:
        NotAllowed: `by` does not shape the staff of `organisation`.
        BadInput: the ages contradict each other.
    """
    require(may_shape_staff, by, organisation)
    if facts["senior_from"] < facts["young_below"]:
        raise BadInput("老教师的年龄比青年教师的上限还低，没有保存。请核对两个年龄。")
    row, _fresh = WorkforceSetting.objects.update_or_create(
        organisation=organisation, defaults=dict(facts)
    )
    trail.record(by, "people.staff-setting-kept", organisation, at=at, detail=dict(facts))
    return row


@transaction.atomic
def write_note(
    organisation: Organisation, text: str, figures: Mapping[str, Any], *, by: Teacher, at: datetime
) -> WorkforceNote:
    """Keep what people make of the structure, beside the numbers of the day.

    Raises:
        NotAllowed: `by` does not shape the staff of `organisation`.
    """
    require(may_shape_staff, by, organisation)
    note = WorkforceNote.objects.create(
        organisation=organisation, text=text, figures=dict(figures), written_on=day_of(at),
        written_by_name=by.name,
    )  # fmt: skip
    trail.record(by, "people.staff-note-written", organisation, at=at)
    return note


@transaction.atomic
def keep_goal(
    organisation: Organisation,
    facts: Mapping[str, Any],
    *,
    by: Teacher,
    at: datetime,
    goal: WorkforceGoal | None = None,
) -> WorkforceGoal:
    """Set a goal for the staff, or change one.

    Raises:
        NotAllowed: `by` does not shape the staff of `organisation`.
    """
    require(may_shape_staff, by, organisation)
    goal = goal or WorkforceGoal(organisation=organisation)
    for name, value in facts.items():
        setattr(goal, name, value)
    goal.save()
    trail.record(by, "people.staff-goal-kept", organisation, at=at, detail={"goal": goal.text})
    return goal


@transaction.atomic
def drop_goal(goal: WorkforceGoal, *, by: Teacher, at: datetime) -> None:
    """Take a goal away.

    Raises:
        NotAllowed: `by` does not shape the staff of its organisation.
    """
    require(may_shape_staff, by, goal.organisation)
    detail = {"goal": goal.text}
    trail.record(by, "people.staff-goal-dropped", goal.organisation, at=at, detail=detail)
    goal.delete()
