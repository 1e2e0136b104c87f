"""Writing the trail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from yanxiu.audit.kept import insert
from yanxiu.audit.models import TrailLine
from yanxiu.kernel.sources import Sourced


class Actor(Protocol):
    """Whoever acts: a teacher, or the administrator at the console."""

    uid: UUID
    name: str


def record(
    by: Actor | None,
    verb: str,
    thing: Sourced,
    *,
    at: datetime,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Add one line to the trail of `thing`; `by` is None for a deed at the console.

    Args:
        by: who acts.
        verb: what was done, `app.thing-done`.
        thing: what it was done to.
        at: when, aware.
        detail: what a later reader needs to know, as JSON values; no secrets.
    """
    line = TrailLine(
        at=at,
        actor_uid=by.uid if by else None,
        actor_name=by.name if by else "控制台",
        verb=verb,
        source_kind=thing.SOURCE_KIND,
        source_id=thing.uid,
        detail=dict(detail or {}),
    )
    insert(line)
