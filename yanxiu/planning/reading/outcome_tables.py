"""What is to come of a project, as a table: 成果名称 | 形式 | 完成时间 | 负责人."""

import re
from collections.abc import Iterator

from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.gaps import GAP
from yanxiu.planning.reading.items import Item, Reading
from yanxiu.planning.reading.months import month_heading
from yanxiu.planning.reading.tables import Grid, cell, grids

_NAMED = re.compile(r"(?:预期|预计|主要|最终|阶段性?|研究)*成果(?:名称|题目|内容)?")
_WHEN, _WHO = ("完成", "时间", "日期"), ("负责", "承担", "完成人", "执笔")
_FORM = ("形式", "类别", "类型")


def outcome_lines(reading: Reading) -> frozenset[int]:
    """The lines of such tables, whose words are no contents and no rules."""
    return frozenset(row.line().number for _grid, _name, row in _rows(reading))


def read_outcome_tables(reading: Reading) -> Iterator[Finding]:
    """One outcome for each row; in a plan also when it is to be ready, and by whom."""
    for grid, name, row in _rows(reading):
        said, line = cell(row, name), row.line()
        if not said or GAP.search(said):
            continue
        yield Finding("outcome", said, said, line.number, reading.written[line.number])
        month = month_heading(cell(row, grid.column(*_WHEN)))
        if reading.kind == "plan" and month and month.unit == "month":
            value: dict[str, object] = {"month": month.number, "ordinal_in_month": 1}
            who = cell(row, grid.column(*_WHO))
            if who and not GAP.search(who):
                value["owner"] = who
            on = f"{month.year}-{month.number:02}" if month.year else None
            yield Finding(
                "schedule", said, value, line.number, reading.written[line.number], period=on
            )


def _rows(reading: Reading) -> Iterator[tuple[Grid, int, Item]]:
    """Each row of such a table with the column that names the outcome."""
    for grid in grids(reading):
        name = next((n for n, head in enumerate(grid.header) if _NAMED.fullmatch(head)), None)
        if name is not None and any(grid.column(*words) is not None for words in (_WHEN, _FORM)):
            yield from ((grid, name, row) for row in grid.rows)
