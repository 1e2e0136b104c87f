"""Noticing what is written: every `save` and `delete` of a row that a search should find.

Who joins or leaves a group takes along what the group's leader may read: what is found of that
person is read anew too.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_migrate, post_save

from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import day_of
from yanxiu.people.models import Membership
from yanxiu.places.table import all_places
from yanxiu.places.writing import written_together
from yanxiu.search.actions import note_changed
from yanxiu.search.engines import engine

UNSEEN = frozenset({"last_login", "password", "language", "may_set_up"})
"""Columns that no search looks at, and that are written by themselves."""


def connect() -> None:
    """Listen to the rows of the house, and make the engine's table after the others."""
    post_save.connect(on_save, dispatch_uid="search noticed")
    post_delete.connect(on_delete, dispatch_uid="search noticed")
    written_together.connect(on_written, dispatch_uid="search noticed")
    post_migrate.connect(on_migrate, dispatch_uid="search prepared")


def on_save(instance: Any, *, raw: bool = False, update_fields: Any = None, **_more: Any) -> None:
    """Note a row that was saved."""
    written = frozenset(update_fields or ())
    if raw or (written and written <= UNSEEN):
        return
    _note(instance)


def on_written(rows: Iterable[Any], **_more: Any) -> None:
    """Note rows that were written together."""
    _note(*rows)


def on_delete(instance: Any, **_more: Any) -> None:
    """Note a row that was deleted."""
    _note(instance)


def on_migrate(sender: Any, **_more: Any) -> None:
    """Make the engine's table when those of this app have been made."""
    if getattr(sender, "label", "") == "search":
        engine().prepare()


def _note(*rows: Any) -> None:
    noted = [Source(row.SOURCE_KIND, row.uid) for row in rows if _is_searched(row)]
    moved = {row.teacher_id for row in rows if isinstance(row, Membership)}
    note_changed([*noted, *(_of_groups(moved) if moved else ())])


def _of_groups(teachers: set[int]) -> Iterator[Source]:
    """Give what other groups may read now that `teachers` have joined or left some."""
    for place in all_places().values():
        if place.grouped_by and place.text is not None:
            rows = place.rows().filter(**{f"{place.grouped_by}__in": teachers})
            yield from (Source(place.kind, uid) for uid in rows.values_list("uid", flat=True))


def note_turns_of_groups(now: datetime) -> None:
    """Note what is found of who joins or leaves a group today, or did yesterday.

    A change that was entered ahead of its day was noted when it was entered, and its audience is
    another only now. Yesterday too, for the machine of a school may have been off.
    """
    day = day_of(now)
    days = (day - timedelta(days=1), day)
    turning = Membership.objects.filter(Q(starts_on__in=days) | Q(ends_on__in=days))
    with transaction.atomic():
        note_changed(_of_groups(set(turning.values_list("teacher_id", flat=True))))


def _is_searched(row: Any) -> bool:
    kind = getattr(row, "SOURCE_KIND", "")
    place = all_places().get(kind) if kind else None
    if place is None or place.text is None:
        return False
    return place.searched is None or place.searched(row)
