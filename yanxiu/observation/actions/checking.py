"""Checking what was handed in, and returning it; the words of growth stay closed meanwhile."""

from datetime import datetime

from django.db import transaction

from yanxiu.agenda import actions as agenda
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.lessons import actions as lessons
from yanxiu.notices.actions import notify
from yanxiu.observation.actions.handing_in import withdraw_record
from yanxiu.observation.actions.keeping import HAND_IN, held
from yanxiu.observation.models import Observation
from yanxiu.observation.permissions import may_check_observation
from yanxiu.observation.refusals import WrongState
from yanxiu.people.access import require
from yanxiu.people.models import Teacher

State = Observation.State


def _handed_in(observation: Observation) -> Observation:
    observation = held(observation)
    if observation.state != State.HANDED_IN:
        raise WrongState("这份听课记录", str(observation.get_state_display()), "请刷新后再看。")
    return observation


@transaction.atomic
def check(observation: Observation, *, comment: str = "", by: Teacher, at: datetime) -> Observation:
    """Note that a record was looked at and is in order.

    Raises:
        NotAllowed: `by` neither leads the observer nor manages lessons, or is the observer.
        WrongState: it is not waiting to be checked.
    """
    require(may_check_observation, by, observation)
    observation = _handed_in(observation)
    observation.state = State.CHECKED
    _sign(observation, comment, by, at)
    trail.record(by, "observation.checked", observation, at=at)
    if comment.strip():
        _tell(observation, f"听课记录已检查：{observation.lesson.name}", at)
    return observation


@transaction.atomic
def check_all(rows: "list[Observation]", *, by: Teacher, at: datetime) -> int:
    """Check those of `rows` that wait and that `by` may check; return how many there were."""
    done = 0
    for row in rows:
        if row.state == State.HANDED_IN:
            check(row, by=by, at=at)
            done += 1
    return done


@transaction.atomic
def send_back(observation: Observation, *, comment: str, by: Teacher, at: datetime) -> Observation:
    """Return a record with a word on what is missing; its record waits until it comes again.

    Raises:
        NotAllowed: as above.
        BadInput: there is no word.
        WrongState: it is not waiting to be checked.
    """
    require(may_check_observation, by, observation)
    if not comment.strip():
        raise BadInput("退回要写一句希望怎样补充，没有退回。请写好再点。")
    observation = _handed_in(observation)
    observation.state = State.RETURNED
    _sign(observation, comment, by, at)
    withdraw_record(observation, because="听课记录退回补充", by=by, at=at)
    agenda.reopen_tasks(source_of(observation), kind=HAND_IN)
    lessons.forget_listener(observation.lesson, observation.observer, at=at)
    trail.record(
        by, "observation.returned", observation, at=at, detail={"comment": comment.strip()}
    )
    _tell(observation, f"听课记录请补充：{observation.lesson.name}", at)
    return observation


@transaction.atomic
def uncheck(observation: Observation, *, by: Teacher, at: datetime) -> Observation:
    """Take back that a record was checked.

    Raises:
        NotAllowed: as above.
        WrongState: it was not checked.
    """
    require(may_check_observation, by, observation)
    observation = held(observation)
    if observation.state != State.CHECKED:
        raise WrongState("这份听课记录", str(observation.get_state_display()))
    observation.state = State.HANDED_IN
    observation.checked_at, observation.checked_by_name, observation.check_comment = None, "", ""
    observation.save()
    trail.record(by, "observation.unchecked", observation, at=at)
    return observation


def _sign(observation: Observation, comment: str, by: Teacher, at: datetime) -> None:
    observation.checked_at, observation.checked_by_name = at, by.name
    observation.check_comment = comment.strip()[:200]
    observation.save()


def _tell(observation: Observation, title: str, at: datetime) -> None:
    notify(
        [observation.observer],
        kind="decision",
        title=title,
        source=source_of(observation),
        organisation=observation.organisation,
        at=at,
        text=observation.check_comment,
    )
