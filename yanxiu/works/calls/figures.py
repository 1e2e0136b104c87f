"""The numbers that calls for papers give to reports and dashboards.

A call that is not announced yet is in none of them: while papers are read, nobody learns from a
number who has sent one.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from yanxiu.figures.table import Cell, Figure, Scope, lies_in
from yanxiu.people.narrowing import narrow
from yanxiu.ui.wording import day_text
from yanxiu.works.models import CallEntry, CallForPapers
from yanxiu.works.models.outcomes import Level
from yanxiu.works.permissions import may_see_entry

LEVELS = (
    ("school", "校级", (Level.GROUP, Level.SCHOOL, Level.CENTRAL_SCHOOL, Level.CLUSTER)),
    ("county", "区县级", (Level.COUNTY,)),
    ("above", "市级以上", (Level.MUNICIPAL, Level.PROVINCIAL, Level.NATIONAL)),
)
"""The levels that reports tell apart: end of the code, name, and what belongs to it."""

COLUMNS = ("交稿截止", "作者", "题目", "征集", "级别", "结果")


def entered_in(scope: Scope) -> "QuerySet[CallEntry]":
    """Return the papers of calls that closed within `scope` and are announced."""
    rows = CallEntry.objects.filter(
        call__state=CallForPapers.State.ANNOUNCED,
        call__closes_on__gte=scope.span.start,
        call__closes_on__lt=scope.span.end,
        withdrawn_at=None,
    )
    found: QuerySet[CallEntry] = narrow(rows, scope, day="call__closes_on")
    return found


def _only(wanted: Q) -> Callable[[Scope], "QuerySet[CallEntry]"]:
    return lambda scope: entered_in(scope).filter(wanted)


def _cells(row: CallEntry) -> Sequence[Cell]:
    return (
        Cell(day_text(row.call.closes_on, year=True)),
        Cell(row.teacher.name),
        Cell(row.title, CallEntry.SOURCE_KIND, row.uid),
        Cell(row.call.title),
        Cell(str(row.call.get_level_display())),
        Cell(str(row.get_prize_display()) or ("选送" if row.is_chosen else "")),
    )


def _figure(code: str, name: str, meaning: str, wanted: Q) -> Figure:
    return Figure(
        code=f"works.{code}",
        name=name,
        meaning=meaning,
        unit="份",
        rows=_only(wanted),
        columns=COLUMNS,
        cells=_cells,
        seen_by=may_see_entry,
        opened=lambda found: found.select_related("teacher", "call").order_by(
            "call__closes_on", "pk"
        ),
        place=lies_in("organisation"),
    )


def _with_levels(code: str, name: str, meaning: str, wanted: Q) -> list[Figure]:
    """Return the number of all, and one for each level of the call."""
    return [
        _figure(code, name, f"{meaning}。", wanted),
        *(
            _figure(
                f"{code}_{end}",
                f"{name}（{level}）",
                f"{meaning}，只算{level}的征集。",
                wanted & Q(call__level__in=codes),
            )
            for end, level, codes in LEVELS
        ),
    ]


FIGURES: list[Any] = [
    *_with_levels(
        "entered",
        "参评的作品",
        "交稿截止日在所选范围内、已经公布结果的征集收到的作品；收回的不算",
        Q(),
    ),
    *_with_levels(
        "awarded",
        "评出等次的作品",
        "参评的作品里公布时评了等次的",
        ~Q(prize=""),
    ),
    _figure("chosen", "选送的作品", "参评的作品里公布时选定往上送的。", Q(is_chosen=True)),
]
