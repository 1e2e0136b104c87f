"""Reading what a device sends; plain Python.

One item that makes no sense is handed back with a sentence and never keeps the others from being
taken.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from yanxiu.observation.actions import NewMark
from yanxiu.observation.actions.keeping import LONGEST, MOST_CHARACTERS
from yanxiu.observation.models import Mark
from yanxiu.observation.offline.pictures import picture_from
from yanxiu.observation.offline.refusals import BatchTooLarge, BatchUnreadable
from yanxiu.ui.incoming import storable

MOST = 500
"""Items in one request; our page sends fifty at a time."""

LARGEST = 2**53 - 1
"""No number of a browser is exact beyond this."""

LONGEST_STAGE = 40
LONGEST_KEY = 40
LONG_AGO = timedelta(days=60)
"""A clock that says more than this is wrong."""

NONSENSE = (ValueError, KeyError, TypeError, AttributeError, OverflowError)
UNREADABLE = "这一条读不懂，没有存，还留在这台设备上。请照着它重新记一条。"
TOO_LONG = "这一条太长，没有存，还留在这台设备上。请分成几条。"


@dataclass(frozen=True)
class Timed:
    """That the lesson began, or ended, at a moment."""

    began_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class Batch:
    """What one device sent, in its own order; by key what made no sense.

    `marks` and `times` are by the key under which the device waits for an answer, `photos` by the
    uid of their mark.
    """

    device: str
    marks: dict[str, NewMark]
    times: dict[str, Timed]
    photos: dict[UUID, bytes] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


def read_batch(body: bytes, *, received_at: datetime) -> Batch:
    """Read the body of a request.

    Args:
        body: JSON `{device, clock, items}`. An item `{key, order, at, offset, …}` is a mark
            `{uid, at_second, side, text, stage, deleted, edition, photo}` or a time
            `{began | ended}`; times in milliseconds since 1970 by the device's clock.
        received_at: when it arrived, aware.

    Raises:
        BatchUnreadable: it is no such JSON.
        BatchTooLarge: it holds more than MOST items.
    """
    try:
        sent = json.loads(body)
        device, clock, items = str(UUID(str(sent["device"]))), _whole(sent["clock"]), sent["items"]
        items = [dict(item) for item in items]
    except (*NONSENSE, RecursionError) as problem:
        raise BatchUnreadable from problem
    if len(items) > MOST:
        raise BatchTooLarge(MOST)
    batch = Batch(device, {}, {})
    late = int(received_at.timestamp() * 1000) - clock
    for item in sorted(items, key=lambda item: item.get("order") if _is_whole(item) else 0):
        key = str(item.get("key"))[:LONGEST_KEY]
        try:
            _read(batch, key, item, late, received_at)
        except NONSENSE:
            batch.refused[key] = TOO_LONG if _is_too_long(item) else UNREADABLE
    return batch


def _is_whole(item: Mapping[str, Any]) -> bool:
    return isinstance(item.get("order"), int)


def _is_too_long(item: Mapping[str, Any]) -> bool:
    return isinstance(item.get("text"), str) and len(item["text"]) > MOST_CHARACTERS


def _read(
    batch: Batch, key: str, item: Mapping[str, Any], late: int, received_at: datetime
) -> None:
    """Put one item where it belongs.

    Raises:
        One of NONSENSE.
    """
    UUID(key)
    known = item.get("offset")
    off = late if known is None else _whole(known)
    if "began" in item or "ended" in item:
        batch.times[key] = Timed(
            *(
                None if item.get(name) is None else _moment(item[name], off, received_at)
                for name in ("began", "ended")
            )
        )
        return
    text, stage = storable(str(item.get("text") or "")), storable(str(item.get("stage") or ""))
    at_second, side = _whole(item["at_second"]), item["side"]
    if len(text) > MOST_CHARACTERS or side not in Mark.Side.values or not 0 <= at_second <= LONGEST:
        raise ValueError(side)
    uid = UUID(str(item["uid"]))
    if item.get("photo"):
        batch.photos[uid] = picture_from(str(item["photo"]))
    batch.marks[key] = NewMark(
        uid=uid,
        at_second=at_second,
        side=str(side),
        text=text,
        stage=stage[:LONGEST_STAGE],
        order=_count(item["order"]),
        deleted=bool(item.get("deleted")),
        edition=_count(item.get("edition") or 0),
        changed_at=_moment(item["at"], off, received_at),
    )


def _moment(value: Any, off: int, received_at: datetime) -> datetime:
    """Return a moment of the device by our clock; never in the future, never long ago."""
    corrected = (_whole(value) + off) / 1000
    first, last = (received_at - LONG_AGO).timestamp(), received_at.timestamp()
    return datetime.fromtimestamp(min(max(corrected, first), last), UTC)


def _count(value: Any) -> int:
    number = _whole(value)
    if number < 0:
        raise ValueError(value)
    return number


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(value)
    whole = int(value)
    if abs(whole) > LARGEST:
        raise ValueError(value)
    return whole
