"""Handing an observation in, and taking it back."""

import re
from datetime import datetime

from django.db import transaction

from yanxiu.agenda import actions as agenda
from yanxiu.audit import trail
from yanxiu.kernel.sources import source_of
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.actions.submitting import HANDED_IN
from yanxiu.ledger.models import Record
from yanxiu.lessons import actions as lessons
from yanxiu.notices.actions import notify
from yanxiu.observation import records
from yanxiu.observation.actions.keeping import HAND_IN, held
from yanxiu.observation.models import SAME_TIME, Advice, Observation, ObservationText
from yanxiu.observation.permissions import may_write_observation
from yanxiu.observation.refusals import (
    AlreadyActedUpon,
    HeardAtOnce,
    LessonCancelled,
    NothingNoted,
    ObservationClosed,
    TooEarly,
)
from yanxiu.observation.rules.rubrics import score
from yanxiu.people.access import require
from yanxiu.people.models import Teacher

State = Observation.State
Name = ObservationText.Name

LONGEST_WORD = 200

SAID = (Name.STRENGTHS, Name.WEAKNESSES, Name.SUGGESTIONS, Name.OVERALL, Name.OWN_LESSON)
_NUMBERED = re.compile(r"^\s*(?:[（(]?\d{1,2}[）).、．]|[一二三四五六七八九十]、|[-•·])\s*")


@transaction.atomic
def hand_in(
    observation: Observation,
    *,
    by: Teacher,
    at: datetime,
    ended_at: datetime | None = None,
    audience: str = "",
    same_time: str = "",
) -> Observation:
    """Hand an observation in: the presenter may read it, and the observer's part is recorded.

    Each paragraph of the suggestions becomes an advice that the presenter may take on. Sent twice
    it is handed in once.

    Args:
        observation: a draft, or a returned one.
        by: the observer.
        at: when, aware.
        ended_at: when the observer stopped the clock, if the device tells.
        audience: who may read it; without it as it stands.
        same_time: how two lessons were heard at one time, a sentence; whoever checks reads it.

    Raises:
        NotAllowed: it is somebody else's.
        HeardAtOnce: a record of a lesson at the same time is handed in, and nothing is said.
        TooEarly: the lesson has not begun.
        LessonCancelled: it did not take place.
        NothingNoted: there is neither a moment nor a text nor a rating.
    """
    require(may_write_observation, by, observation)
    at_once = _at_once(observation)
    observation = held(observation)
    if not observation.is_open:
        return observation
    lesson = observation.lesson
    if lesson.starts_at > at:
        raise TooEarly
    if lesson.state == lesson.State.CANCELLED:
        raise LessonCancelled
    texts = {row.name: row.text.strip() for row in observation.texts.all()}
    _refuse_empty(observation, texts)
    _explain(observation, at_once, same_time.strip()[:LONGEST_WORD], texts, at)
    observation.state, observation.handed_in_at = State.HANDED_IN, at
    observation.ended_at = ended_at or observation.ended_at
    if audience in Observation.Audience.values:
        observation.audience = audience
    reckon(observation)
    observation.save()
    _offer(observation, texts.get(Name.SUGGESTIONS, ""))
    has_comment = any(texts.get(name) for name in SAID)
    told = records.of_observation(observation, has_comment=has_comment)
    ledger.submit([told], by=by, at=at, step=HANDED_IN)
    lessons.note_listener(lesson, by, at=at)
    agenda.finish_tasks(source_of(observation), kind=HAND_IN, at=at)
    trail.record(by, "observation.handed-in", observation, at=at)
    notify(
        [lesson.teacher],
        kind="decision",
        title=f"{by.name}交了听课记录：{lesson.name}",
        source=source_of(observation),
        organisation=lesson.organisation,
        at=at,
    )
    return observation


def _at_once(observation: Observation) -> list[Observation]:
    """Return the observer's other records of lessons at this time, locked so that two take turns.

    Only what is handed in and took place counts; a lesson that begins as another ends does not.
    """
    lesson = observation.lesson
    rows = Observation.objects.filter(
        observer=observation.observer_id,
        lesson__starts_at__lt=lesson.ends_at,
        lesson__ends_at__gt=lesson.starts_at,
    )
    locked = rows.select_related("lesson__teacher").select_for_update(of=("self",)).order_by("pk")
    return [
        row
        for row in locked
        if row.pk != observation.pk
        and row.state in {State.HANDED_IN, State.CHECKED}
        and row.lesson.state != row.lesson.State.CANCELLED
    ]


def _explain(
    observation: Observation,
    others: list[Observation],
    why: str,
    texts: dict[str, str],
    at: datetime,
) -> None:
    """Keep how two lessons were heard at once; what was said once is not asked again.

    Raises:
        HeardAtOnce: nothing is said.
    """
    if not others:
        observation.texts.filter(name=SAME_TIME).delete()
        return
    if why:
        ObservationText.objects.update_or_create(
            observation=observation, name=SAME_TIME, defaults={"text": why, "changed_at": at}
        )
    elif not texts.get(SAME_TIME):
        raise HeardAtOnce(others)


def _refuse_empty(observation: Observation, texts: dict[str, str]) -> None:
    if any(texts.get(name) for name in SAID):
        return
    if observation.marks.filter(deleted=False).exists():
        return
    if observation.ratings.filter(level__isnull=False).exists():
        return
    raise NothingNoted


def reckon(observation: Observation) -> None:
    """Write what the ratings come to, by the version that was filled."""
    observation.score, observation.grade = None, ""
    if observation.rubric is None:
        return
    given = {
        row.item: row.points
        for row in observation.ratings.all()
        if row.level is not None and row.item in observation.rubric.sheet.items
    }
    test = getattr(observation, "instant_test", None)
    found = score(observation.rubric.sheet, given, test.share if test else None)
    if found:
        observation.score, observation.grade = found.total, found.grade


def paragraphs_of(text: str) -> list[str]:
    """Return the suggestions of a text, one a paragraph, without their numbers."""
    lines = [_NUMBERED.sub("", line).strip() for line in text.splitlines()]
    return [line[:500] for line in lines if line]


def _offer(observation: Observation, text: str) -> None:
    """Offer each suggestion as an advice; what was offered before and is still said stays."""
    wanted = paragraphs_of(text)
    standing = list(observation.advice.all())
    gone = [row for row in standing if row.state == Advice.State.OFFERED and row.text not in wanted]
    Advice.objects.filter(pk__in=[row.pk for row in gone]).delete()
    said = {row.text for row in standing}
    Advice.objects.bulk_create(
        Advice(observation=observation, presenter=observation.lesson.teacher, text=line)
        for line in dict.fromkeys(wanted)
        if line not in said
    )


@transaction.atomic
def take_back(observation: Observation, *, by: Teacher, at: datetime) -> Observation:
    """Take an observation back to write on, as long as nobody has worked with it.

    Raises:
        NotAllowed: it is somebody else's.
        ObservationClosed: it is not handed in.
        AlreadyActedUpon: somebody has checked it, replied to it or taken advice from it.
    """
    require(may_write_observation, by, observation)
    observation = held(observation)
    if observation.state == State.CHECKED:
        raise AlreadyActedUpon("这份听课记录已经检查过")
    if observation.state != State.HANDED_IN:
        raise ObservationClosed(str(observation.get_state_display()))
    if observation.texts.filter(name=Name.REPLY).exclude(text="").exists():
        raise AlreadyActedUpon("授课教师已经回应")
    if observation.advice.exclude(state=Advice.State.OFFERED).exists():
        raise AlreadyActedUpon("授课教师已经看过建议并作了决定")
    observation.state = State.DRAFT
    observation.save(update_fields=["state"])
    withdraw_record(observation, because="听课人收回听课记录", by=by, at=at)
    agenda.reopen_tasks(source_of(observation), kind=HAND_IN)
    lessons.forget_listener(observation.lesson, observation.observer, at=at)
    trail.record(by, "observation.taken-back", observation, at=at)
    return observation


def withdraw_record(observation: Observation, *, because: str, by: Teacher, at: datetime) -> None:
    """Withdraw what was recorded of the observer's part."""
    standing = Record.objects.filter(
        source_kind=Observation.SOURCE_KIND, source_id=observation.uid, withdrawn_at=None
    )
    for record in standing:
        ledger.withdraw(record, because=because, by=by, at=at)
