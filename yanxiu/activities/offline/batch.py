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

from yanxiu.activities.offline.refusals import BatchTooLarge, BatchUnreadable

MOST = 2000
"""Items in one request; our page sends fifty at a time."""

LARGEST = 2**63 - 1
LONGEST_NAME = 40
MARGIN = timedelta(hours=1)
"""How long before the beginning and after the end of a session a tap can be meant."""

NONSENSE = (ValueError, KeyError, TypeError, AttributeError, OverflowError)
UNREADABLE = "这一条读不懂，没有记入，还留在设备上。请照着名字在点名表里补记。"


@dataclass(frozen=True)
class Sent:
    """One tap as the device states it; times in milliseconds since 1970 by the device's clock.

    Attributes:
        key: made by the device; the tap is taken once under it.
        order: counts the taps of one device upwards, whatever its clock does.
        at: the device's clock at the tap.
        offset: what the device believed it had to add to its clock to get ours, if it knew.
        teacher: who was marked, or
        name: somebody who stands on no list, as typed.
        state: the mark; "" takes the mark away again.
        saw: the mark that the host had in sight.
    """

    key: UUID
    order: int
    at: int
    offset: int | None
    teacher: UUID | None
    name: str
    state: str
    saw: str


@dataclass(frozen=True)
class Batch:
    """What one device sent: its taps in its own order, and by key what made no sense.

    `clock` is the device's clock at sending.
    """

    device: UUID
    clock: int
    taps: list[Sent]
    refused: dict[str, str] = field(default_factory=dict)


def read_batch(body: bytes, states: frozenset[str]) -> Batch:
    """Read the body of a request.

    Args:
        body: JSON `{device, clock, items: [{key, order, at, offset, teacher | name, state, saw}]}`.
        states: the marks there are.

    Raises:
        BatchUnreadable: it is no such JSON.
        BatchTooLarge: it holds more than MOST items.
    """
    try:
        sent = json.loads(body)
        device, clock, items = UUID(str(sent["device"])), _whole(sent["clock"]), sent["items"]
    except (*NONSENSE, RecursionError) as problem:
        raise BatchUnreadable from problem
    if not isinstance(items, list):
        raise BatchUnreadable
    if len(items) > MOST:
        raise BatchTooLarge(MOST)
    taps: dict[UUID, Sent] = {}
    refused: dict[str, str] = {}
    for item in items:
        try:
            tap = _tap(item, states)
        except NONSENSE:
            key = str(item.get("key", "")) if isinstance(item, dict) else ""
            refused[key[:LONGEST_NAME]] = UNREADABLE
        else:
            taps.setdefault(tap.key, tap)
    return Batch(device, clock, sorted(taps.values(), key=lambda tap: tap.order), refused)


def _tap(item: Mapping[str, Any], states: frozenset[str]) -> Sent:
    """Read one item.

    Raises:
        One of NONSENSE.
    """
    teacher, name = item.get("teacher"), " ".join(str(item.get("name") or "").split())
    state, saw, offset = item["state"], item.get("saw", ""), item.get("offset")
    name.encode()  # half a surrogate pair is no text, and no database takes it
    order = _whole(item["order"])
    if state not in states or saw not in states or order < 0:
        raise ValueError(state)
    if bool(teacher) == bool(name) or len(name) > LONGEST_NAME or "\0" in name:
        raise ValueError(name)
    return Sent(
        key=UUID(str(item["key"])),
        order=order,
        at=_whole(item["at"]),
        offset=None if offset is None else _whole(offset),
        teacher=UUID(str(teacher)) if teacher else None,
        name=name,
        state=str(state),
        saw=str(saw),
    )


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(value)
    whole = int(value)
    if abs(whole) > LARGEST:
        raise ValueError(value)
    return whole


def moment_of(tap: Sent, clock: int, *, starts_at: datetime, ends_at: datetime,
              received_at: datetime) -> datetime:  # fmt: skip
    """Return when the tap happened by our clock, as far as it can be true.

    The device's statement is corrected by the offset that it measured before the tap or, where it
    had measured none, by how far its clock is off now. What still lies outside the session (with
    MARGIN) or in the future is brought to the nearest moment inside.
    """
    ours = int(received_at.timestamp() * 1000)
    corrected = tap.at + (ours - clock if tap.offset is None else tap.offset)
    latest = min(ends_at + MARGIN, received_at)
    earliest = min(starts_at - MARGIN, latest)
    first, last = (int(moment.timestamp() * 1000) for moment in (earliest, latest))
    if corrected <= first:
        return earliest
    if corrected >= last:
        return latest
    return datetime.fromtimestamp(corrected / 1000, UTC)
