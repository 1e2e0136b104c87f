"""Taking what a device noted offline, and what a page saves while somebody is typing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from yanxiu.kernel.refusals import Refusal
from yanxiu.observation.actions import (
    NewRating,
    NewText,
    keep_photo,
    save_marks,
    save_ratings,
    save_texts,
)
from yanxiu.observation.actions.keeping import OWN_TEXTS, held
from yanxiu.observation.models import Observation
from yanxiu.observation.offline.batch import Batch
from yanxiu.observation.offline.queries import NOTE, RATE, Written, photos, written
from yanxiu.observation.permissions import may_write_observation
from yanxiu.people.access import require
from yanxiu.people.models import Teacher
from yanxiu.texts.numerals import whole_number

AT_ONCE = 50
"""Marks in one transaction, so that the write lock is never held long."""

PHOTO = "板书-"
"""How a photo is called; the minute follows."""


@dataclass
class Taken:
    """What became of a batch: the keys that need not be sent again, and by key what was wrong."""

    keys: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def take_marks(observation: Observation, batch: Batch, *, by: Teacher, at: datetime) -> Taken:
    """Take what one device noted; each thing counts once, however often it is sent.

    Args:
        observation: in any state; what arrives after handing in waits as a conflict.
        batch: what the device sent.
        by: the observer.
        at: when it arrived, aware.

    Raises:
        NotAllowed: it is somebody else's.
        BadInput: there are more marks than any lesson has.
    """
    require(may_write_observation, by, observation)
    taken = Taken(refused=dict(batch.refused))
    _take_times(observation, batch, at)
    taken.keys += batch.times
    marks = list(batch.marks.items())
    for first in range(0, len(marks), AT_ONCE):
        some = marks[first : first + AT_ONCE]
        save_marks(observation, [mark for _key, mark in some], device=batch.device, by=by, at=at)
        taken.keys += [key for key, _mark in some]
    taken.refused |= _take_photos(observation, batch, by=by, at=at)
    taken.keys = [key for key in taken.keys if key not in taken.refused]
    return taken


def _take_photos(
    observation: Observation, batch: Batch, *, by: Teacher, at: datetime
) -> dict[str, str]:
    """Keep the photos whose moments stand, each once; return by key why one was not kept."""
    if not batch.photos:
        return {}
    keys = {mark.uid: key for key, mark in batch.marks.items()}
    known, refused = photos(observation), {}
    for mark in observation.marks.filter(uid__in=batch.photos, deleted=False):
        if mark.uid not in known:
            name = f"{PHOTO}{mark.at_second // 60}.jpg"
            try:
                keep_photo(observation, mark, batch.photos[mark.uid], name=name, by=by, at=at)
            except Refusal as refusal:
                refused[keys[mark.uid]] = str(refusal)
    return refused


@transaction.atomic
def _take_times(observation: Observation, batch: Batch, at: datetime) -> None:
    """Let the watch of the observer say when the lesson began and ended, the last word counting."""
    if not batch.times:
        return
    observation = held(observation)
    if not observation.is_open:
        return
    for timed in batch.times.values():
        observation.began_at = timed.began_at or observation.began_at
        observation.ended_at = timed.ended_at or observation.ended_at
    if observation.ended_at and observation.ended_at < observation.began_at:
        observation.ended_at = None
    observation.changed_at = at
    observation.save(update_fields=["began_at", "ended_at", "changed_at"])


@transaction.atomic
def save_written(
    observation: Observation,
    texts: Mapping[str, str],
    *,
    edition: int,
    by: Teacher,
    at: datetime,
) -> tuple[bool, Written]:
    """Keep the texts and ratings of a page; one that does not know the newest changes nothing.

    Args:
        observation: in any state; what arrives after handing in waits as a conflict.
        texts: by the name of the field; what is no field of the sheet is passed over.
        edition: the edition that the page knows.
        by: the observer.
        at: when, aware.

    Returns:
        Whether it was kept, and what stands now.

    Raises:
        NotAllowed: it is somebody else's.
        BadInput: a text is too long, or a rating is not on the form.
    """
    require(may_write_observation, by, observation)
    observation = held(observation)
    now = written(observation)
    fresh = {
        name: text
        for name, text in texts.items()
        if name in now.texts and now.texts[name] != _plain(text)
    }
    if not fresh:
        return True, now
    if edition < now.edition and observation.is_open:
        return False, now
    save_texts(observation, _texts(fresh, now), by=by, at=at)
    ratings = _ratings(fresh, now)
    if ratings:
        save_ratings(observation, ratings, by=by, at=at)
    return True, written(observation)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")


def _texts(fresh: Mapping[str, str], now: Written) -> list[NewText]:
    return [
        NewText(name, _plain(fresh[name]), now.editions.get(name, 0))
        for name in OWN_TEXTS
        if name in fresh
    ]


def _ratings(fresh: Mapping[str, str], now: Written) -> list[NewRating]:
    """Return the answers to items of which level or note are new."""
    found = []
    for item in now.items:
        names = (f"{RATE}{item}", f"{NOTE}{item}")
        if any(name in fresh for name in names):
            level, note = (fresh.get(name, now.texts[name]) for name in names)
            found.append(NewRating(item, whole_number(level), note, now.editions.get(item, 0)))
    return found


def from_form(form: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of a posted sheet as texts."""
    return {str(name): str(value) for name, value in form.items()}
