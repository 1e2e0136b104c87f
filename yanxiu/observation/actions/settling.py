"""Choosing where two devices wrote different things, and what a school has agreed on."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from yanxiu.agenda import actions as agenda
from yanxiu.agenda.models import Task
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.uids import new_uid
from yanxiu.observation.actions.keeping import HAND_IN, held
from yanxiu.observation.actions.setting_aside import change_form
from yanxiu.observation.models import (
    Mark,
    MarkConflict,
    Observation,
    ObservationSetting,
    ObservationText,
    Rating,
    RubricVersion,
)
from yanxiu.observation.permissions import may_write_observation
from yanxiu.observation.refusals import AlreadyActedUpon, ObservationClosed
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher

Outcome = MarkConflict.Outcome
MANAGE = "manage_lessons"


@transaction.atomic
def settle(conflict: MarkConflict, *, outcome: str, by: Teacher, at: datetime) -> MarkConflict:
    """Choose between what stands and what came, or keep both, one below the other.

    Raises:
        NotAllowed: the observation is somebody else's.
        ObservationClosed: it is handed in; it has to be taken back before its words change.
    """
    require(may_write_observation, by, conflict.observation)
    observation = held(conflict.observation)
    conflict = MarkConflict.objects.select_for_update().get(pk=conflict.pk)
    if conflict.settled_at:
        return conflict
    if outcome != Outcome.THERE:
        if not observation.is_open:
            raise ObservationClosed(str(observation.get_state_display()))
        _put(observation, conflict, both=outcome == Outcome.BOTH, at=at)
    conflict.outcome, conflict.settled_at = outcome, at
    conflict.save(update_fields=["outcome", "settled_at"])
    trail.record(by, "observation.conflict-settled", conflict, at=at, detail={"chose": outcome})
    return conflict


def _put(observation: Observation, conflict: MarkConflict, *, both: bool, at: datetime) -> None:
    if conflict.mark_uid:
        _put_mark(observation, conflict, both=both, at=at)
    elif conflict.name.startswith("rating:"):
        _put_rating(observation, conflict, at)
    else:
        row = observation.texts.filter(name=conflict.name).first() or ObservationText(
            observation=observation, name=conflict.name, edition=0
        )
        came = conflict.came["text"]
        row.text = "\n".join(filter(None, [row.text, came])) if both else came
        _next(row, at)


def _put_mark(
    observation: Observation, conflict: MarkConflict, *, both: bool, at: datetime
) -> None:
    uid = conflict.mark_uid or new_uid()
    row = observation.marks.filter(uid=uid).first() or Mark(
        uid=uid, observation=observation, edition=0, at_second=0
    )
    before = row.text if row.pk and not row.deleted else ""
    for name, value in conflict.came.items():
        setattr(row, name, value)
    if both:
        row.text, row.deleted = "\n".join(filter(None, [before, conflict.came["text"]])), False
    _next(row, at)


def _put_rating(observation: Observation, conflict: MarkConflict, at: datetime) -> None:
    code = conflict.name.removeprefix("rating:")
    row = observation.ratings.filter(item=code).first() or Rating(
        observation=observation, item=code, edition=0
    )
    row.level, row.note = conflict.came.get("level"), conflict.came.get("note", "")
    item = observation.rubric.sheet.items.get(code) if observation.rubric else None
    row.points = Decimal(0)
    if row.level is not None:
        if item is None or not item.level_name(row.level):
            raise BadInput("这条评分和现在的量表对不上，没有换。请照着它重新评，再点留下原来的。")
        row.points = item.levels[row.level].points
    _next(row, at)


def _next(row: Any, at: datetime) -> None:
    row.edition, row.changed_at, row.device, row.device_order = row.edition + 1, at, "", 0
    row.save()


@transaction.atomic
def set_facts(
    observation: Observation,
    *,
    kind: str = "",
    rubric: RubricVersion | None = None,
    pupils: int | None = None,
    audience: str = "",
    by: Teacher,
    at: datetime,
) -> Observation:
    """Change how one listens, with which form, and who may read it.

    Answers that another form asks no more are set aside in words, for the observer to choose.

    Raises:
        NotAllowed: it is somebody else's.
        ObservationClosed: it is handed in.
    """
    require(may_write_observation, by, observation)
    observation = held(observation)
    if not observation.is_open:
        raise ObservationClosed(str(observation.get_state_display()))
    if kind in Observation.Kind.values:
        observation.kind = kind
    if audience in Observation.Audience.values:
        observation.audience = audience
    if pupils is not None:
        observation.pupils = pupils
    if rubric is not None and rubric.pk != observation.rubric_id:
        change_form(observation, rubric, at=at)
    observation.changed_at = at
    observation.save()
    return observation


@transaction.atomic
def drop(observation: Observation, *, by: Teacher, at: datetime) -> None:
    """Throw a draft away that was begun by mistake.

    Raises:
        NotAllowed: it is somebody else's.
        ObservationClosed: it is no draft.
        AlreadyActedUpon: it was handed in once; others may remember it.
    """
    require(may_write_observation, by, observation)
    observation = held(observation)
    if observation.state != Observation.State.DRAFT:
        raise ObservationClosed(str(observation.get_state_display()))
    if observation.handed_in_at:
        raise AlreadyActedUpon("这份听课记录交过一次")
    agenda.finish_tasks(source_of(observation), kind=HAND_IN, at=at, state=Task.State.DROPPED)
    trail.record(by, "observation.dropped", observation, at=at)
    observation.delete()


@transaction.atomic
def save_setting(
    organisation: Organisation,
    *,
    check_days: int,
    hand_in_days: int,
    empty_phrases: str,
    by: Teacher,
    at: datetime,
) -> ObservationSetting:
    """Keep what a school has agreed on for observing.

    Raises:
        NotAllowed: `by` does not manage lessons there.
    """
    require_right(by, MANAGE, organisation)
    setting, _fresh = ObservationSetting.objects.update_or_create(
        organisation=organisation,
        defaults={
            "check_days": check_days,
            "hand_in_days": hand_in_days,
            "empty_phrases": empty_phrases.strip(),
        },
    )
    trail.record(by, "observation.setting-saved", setting, at=at)
    return setting
