"""Taking what a device noted offline, and what a page saves while somebody is typing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as filled
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
from yanxiu.observation.actions.setting_aside import set_aside
from yanxiu.observation.models import Mark, Observation, Rubric, RubricVersion
from yanxiu.observation.offline.batch import Batch
from yanxiu.observation.offline.queries import NOTE, RATE, Written, field, photos, written
from yanxiu.observation.permissions import may_see_rubric, may_write_observation
from yanxiu.people.access import allowed, require
from yanxiu.people.models import Teacher
from yanxiu.texts.numerals import whole_number

AT_ONCE = 50
"""Marks in one transaction, so that the write lock is never held long."""

LONGEST_NOTE = 200

PHOTO = "板书-"
"""How a photo is called; the minute follows."""


@dataclass
class Taken:
    """What became of a batch: the keys that need not be sent again, and by key what was wrong."""

    keys: list[str] = filled(default_factory=list)
    refused: dict[str, str] = filled(default_factory=dict)


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


@transaction.atomic
def _take_photos(
    observation: Observation, batch: Batch, *, by: Teacher, at: datetime
) -> dict[str, str]:
    """Keep the photos of moments, each once; return by key why one was not kept.

    The photo of a moment that came after handing in is kept with it: out of the record until the
    observer has taken that back and chosen it.
    """
    if not batch.photos:
        return {}
    observation = held(observation)
    known = photos(observation)
    refused: dict[str, str] = {}
    for mark in [*observation.marks.filter(uid__in=batch.photos), *_late(observation, batch, at)]:
        if mark.uid not in known:
            name = f"{PHOTO}{mark.at_second // 60}.jpg"
            try:
                keep_photo(observation, mark, batch.photos[mark.uid], name=name, by=by, at=at)
            except Refusal as refusal:
                same = (key for key, each in batch.marks.items() if each.uid == mark.uid)
                refused |= dict.fromkeys(same, str(refusal))
    return refused


def _late(observation: Observation, batch: Batch, at: datetime) -> list[Mark]:
    """Make a place, out of sight, for each photo whose moment waits to be chosen."""
    waiting = observation.conflicts.filter(mark_uid__in=batch.photos)
    uids = {uid for uid in waiting.values_list("mark_uid", flat=True) if uid}
    uids -= set(observation.marks.filter(uid__in=uids).values_list("uid", flat=True))
    sent = [mark for mark in batch.marks.values() if mark.uid in uids]
    return [
        Mark.objects.create(
            uid=mark.uid, observation=observation, at_second=mark.at_second, side=mark.side,
            text=mark.text, stage=mark.stage, deleted=True, device=batch.device,
            device_order=mark.order, changed_at=at,
        )
        for mark in {mark.uid: mark for mark in sent}.values()
    ]  # fmt: skip


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
    form: RubricVersion | None = None,
) -> tuple[bool, Written]:
    """Keep the texts and ratings of a page; one that does not know the newest changes nothing.

    Answers to another form than that of the record never become answers to other questions: where
    the item is the same they count, and else they are set aside in words.

    Args:
        observation: in any state; what arrives after handing in waits as a conflict.
        texts: by the name of the field; what is no field of any sheet is passed over.
        edition: the edition that the page knows.
        by: the observer.
        at: when, aware.
        form: the form of answers whose fields do not name one; without it that of the record.

    Returns:
        Whether it was kept, and what stands now.

    Raises:
        NotAllowed: it is somebody else's.
        BadInput: a text is too long, or a rating is not on the form.
    """
    require(may_write_observation, by, observation)
    observation = held(observation)
    texts = _on_its_form(observation, texts, form, by=by, at=at)
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
    ratings = _ratings(fresh, now, observation.rubric)
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


def _versions(keys: Iterable[int | None], by: Teacher) -> Iterable[RubricVersion]:
    """Return the forms that `keys` name and `by` may see."""
    wanted = [key for key in keys if key is not None]
    if not wanted:
        return ()
    seen = allowed(may_see_rubric, by, Rubric.objects.all()).values("pk")
    return RubricVersion.objects.filter(pk__in=wanted, rubric__in=seen)


def _on_its_form(
    observation: Observation,
    texts: Mapping[str, str],
    form: RubricVersion | None,
    *,
    by: Teacher,
    at: datetime,
) -> dict[str, str]:
    """Return the fields as the form of the record calls them; set aside what it does not ask."""
    mine = {name: text for name, text in texts.items() if not name.startswith((RATE, NOTE))}
    given: dict[int | None, dict[str, dict[str, str]]] = {}
    usual = form.pk if form else observation.rubric_id
    for name, text in texts.items():
        kind = next((each for each in (RATE, NOTE) if name.startswith(each)), "")
        if kind:
            first, _colon, rest = name.removeprefix(kind).partition(":")
            of, code = (whole_number(first), rest) if rest else (usual, first)
            given.setdefault(of, {}).setdefault(code, {})[kind] = text
    own = given.pop(observation.rubric_id, {})
    for version in _versions(given, by):
        aside = {}
        for code, answer in given[version.pk].items():
            level, note = answer.get(RATE, ""), answer.get(NOTE, "")
            sheet = observation.rubric.sheet if observation.rubric else None
            if sheet is None or not sheet.asks_the_same(version.sheet, code):
                aside[code] = (whole_number(level), note[:LONGEST_NOTE])
            elif not any(own.get(code, {}).values()):
                own[code] = answer
            elif own[code] != answer:
                aside[code] = (whole_number(level), note[:LONGEST_NOTE])
        set_aside(observation, version, aside, at=at)
    for code, answer in own.items():
        for kind, text in answer.items():
            mine[field(kind, observation.rubric, code)] = text
    return mine


def _ratings(fresh: Mapping[str, str], now: Written, form: RubricVersion | None) -> list[NewRating]:
    """Return the answers to items of which level or note are new."""
    found = []
    for item in now.items:
        names = (field(RATE, form, item), field(NOTE, form, item))
        if any(name in fresh for name in names):
            level, note = (fresh.get(name, now.texts[name]) for name in names)
            found.append(NewRating(item, whole_number(level), note, now.editions.get(item, 0)))
    return found


def from_form(form: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of a posted sheet as texts."""
    return {str(name): str(value) for name, value in form.items()}
