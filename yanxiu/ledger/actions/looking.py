"""What a look at somebody's hours leaves behind."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from yanxiu.audit.models import TrailLine
from yanxiu.kernel.spans import day_of, moment_at
from yanxiu.ledger.queries.looks import LOOKS
from yanxiu.people.models import Teacher

FEW = 1000
"""Up to so many are named one by one; of more all looks of the day are asked for."""


def note_look(
    teachers: Sequence[Teacher],
    verb: str,
    *,
    by: Teacher,
    at: datetime,
    detail: Mapping[str, Any] | None = None,
) -> int:
    """Leave a line that `by` looks at each of `teachers`: one a day for each reader and kind.

    The caller has found them by a permission. One's own looks leave none. Two statements, the
    second only where a line is new, however many they are; the lines stand together or not at all.

    Args:
        teachers: whose hours are looked at.
        verb: the kind of look, one of `LOOKS`.
        by: who looks.
        at: when, aware.
        detail: what more the person may want to know, such as the title of a paper.

    Returns:
        How many lines are new.
    """
    if verb not in LOOKS:
        raise KeyError(verb)
    others = {one.uid: one for one in teachers if one.pk != by.pk}
    if not others:
        return 0
    today = TrailLine.objects.filter(
        source_kind=Teacher.SOURCE_KIND, verb=verb, actor_uid=by.uid, at__gte=moment_at(day_of(at))
    )
    if len(others) <= FEW:
        today = today.filter(source_id__in=list(others))
    known = set(today.values_list("source_id", flat=True))
    new = [uid for uid in others if uid not in known]
    if new:
        TrailLine.objects.bulk_create(
            TrailLine(
                at=at,
                actor_uid=by.uid,
                actor_name=by.name,
                verb=verb,
                source_kind=Teacher.SOURCE_KIND,
                source_id=uid,
                detail=dict(detail or {}),
            )
            for uid in new
        )
    return len(new)
