"""Keeping what an observer notes, from one device or several, without losing a word."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import transaction

from yanxiu.kernel.refusals import BadInput
from yanxiu.observation.actions.taking import NewMark, NewRating, NewText, Saved, Taking
from yanxiu.observation.models import Mark, Observation, ObservationText
from yanxiu.observation.permissions import may_write_observation
from yanxiu.people.access import require
from yanxiu.people.models import Teacher

HAND_IN: Final = "hand_in_observation"
"""The task of an observer who has begun and not handed in."""

MOST_MARKS = 2000
MOST_CHARACTERS = 20_000
LONGEST = 6 * 60 * 60
"""No lesson is longer than six hours; a moment beyond is a clock gone wrong."""

REPLY = ObservationText.Name.REPLY
OWN_TEXTS = tuple(name for name in ObservationText.Name.values if name != REPLY)
"""The texts that the observer writes; the reply is the presenter's."""


def held(observation: Observation) -> Observation:
    """Return the observation with its row locked, so that two devices take turns."""
    return (
        Observation.objects.select_for_update(of=("self",))
        .select_related("lesson__teacher", "lesson__kind", "observer", "organisation", "rubric")
        .get(pk=observation.pk)
    )


@transaction.atomic
def save_marks(
    observation: Observation,
    marks: Sequence[NewMark],
    *,
    device: str,
    by: Teacher,
    at: datetime,
) -> Saved:
    """Take the moments of one device; each counts once, however often it is sent.

    Of two devices that changed the same mark the later change stands, and the other is kept as a
    conflict until the person has chosen. What arrives after handing in changes nothing and waits
    as a conflict too.

    Args:
        observation: in any state.
        marks: what was noted, changed or taken away.
        device: which device or page sends it; "" for a page without script.
        by: the observer.
        at: when it arrived, aware.

    Raises:
        NotAllowed: it is somebody else's.
        BadInput: a mark makes no sense, or there are too many.
    """
    require(may_write_observation, by, observation)
    observation = held(observation)
    for mark in marks:
        _check_mark(mark)
    known = {
        mark.uid: mark
        for mark in Mark.objects.filter(uid__in=[mark.uid for mark in marks]).select_for_update()
    }
    if any(mark.observation_id != observation.pk for mark in known.values()):
        raise BadInput("有一条记录属于另一节课，没有保存。请刷新页面再试，写的还在这台设备上。")
    fresh = {mark.uid for mark in marks} - known.keys()
    if fresh and len(fresh) + observation.marks.count() > MOST_MARKS:
        raise BadInput(f"一节课的片段超过了{MOST_MARKS}条，没有再存。请整理后再记。")
    taking = Taking(observation, device, at, observation.is_open)
    for sent in marks:
        taking.mark(known, sent)
    _touch(observation, at)
    return taking.saved


def _check_mark(mark: NewMark) -> None:
    if mark.side not in Mark.Side.values or not 0 <= mark.at_second <= LONGEST:
        raise BadInput("有一条片段的时间或类别认不出来，没有保存。请刷新页面再试。")
    if len(mark.text) > MOST_CHARACTERS:
        raise BadInput("有一条片段太长，存不下，没有保存。请分成几条。")


@transaction.atomic
def save_texts(
    observation: Observation,
    texts: Sequence[NewText],
    *,
    device: str = "",
    by: Teacher,
    at: datetime,
) -> Saved:
    """Keep the observer's texts; one written upon an older edition never overwrites.

    Where a text was changed elsewhere meanwhile, what stands stays, what was typed is kept as a
    conflict, and the caller shows both.

    Raises:
        NotAllowed: it is somebody else's.
        BadInput: there is no such text, or it is too long.
    """
    require(may_write_observation, by, observation)
    observation = held(observation)
    for text in texts:
        if text.name not in OWN_TEXTS:
            raise BadInput("有一段文字认不出是哪一栏，没有保存。请刷新页面再试。")
    return save_texts_of(observation, texts, device=device, at=at, is_open=observation.is_open)


def save_texts_of(
    observation: Observation,
    texts: Sequence[NewText],
    *,
    device: str,
    at: datetime,
    is_open: bool,
) -> Saved:
    """Keep texts on an observation that is held by the caller, who has asked for permission."""
    known = {row.name: row for row in observation.texts.all()}
    taking = Taking(observation, device, at, is_open)
    for sent in texts:
        if len(sent.text) > MOST_CHARACTERS:
            raise BadInput(f"一栏最多{MOST_CHARACTERS}字，超过了，没有保存。写的还在这一页。")
        taking.text(known, sent)
    _touch(observation, at)
    return taking.saved


@transaction.atomic
def save_ratings(
    observation: Observation,
    ratings: Sequence[NewRating],
    *,
    device: str = "",
    by: Teacher,
    at: datetime,
) -> Saved:
    """Keep answers to items of the rubric that the observation uses.

    Raises:
        NotAllowed: it is somebody else's.
        BadInput: there is no rubric, or no such item or level in it.
    """
    require(may_write_observation, by, observation)
    observation = held(observation)
    if ratings and observation.rubric is None:
        raise BadInput("这份听课记录没有选量表，评分没有保存。请先选一份量表。")
    items = observation.rubric.sheet.items if observation.rubric else {}
    known = {row.item: row for row in observation.ratings.all()}
    taking = Taking(observation, device, at, observation.is_open)
    for sent in ratings:
        item = items.get(sent.item)
        if item is None or not (sent.level is None or 0 <= sent.level < len(item.levels)):
            raise BadInput("有一条评分和现在的量表对不上，没有保存。请刷新页面再评。")
        points = Decimal(0) if sent.level is None else item.levels[sent.level].points
        taking.rating(known, sent, points)
    _touch(observation, at)
    return taking.saved


def _touch(observation: Observation, at: datetime) -> None:
    if observation.is_open:
        Observation.objects.filter(pk=observation.pk).update(changed_at=at)
