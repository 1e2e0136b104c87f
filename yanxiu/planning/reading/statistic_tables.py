"""Tables of numbers in a summary: 项目 | 上半年 | 下半年 | 合计, the unit in brackets."""

import re
from collections.abc import Iterator

from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.items import Item, Reading
from yanxiu.planning.reading.tables import Grid, cell, grids
from yanxiu.texts import numerals
from yanxiu.texts.quantities import UNITS

_NAMES = ("项目", "内容", "指标", "名称", "类别", "事项")
_TOTAL = ("合计", "总计", "共计", "全年", "总数", "小计")
_NO_COUNT = re.compile(r"序号|编号|年级|年份|年度|排名|名次|备注|学时|学分")
_PLANNED = re.compile(r"计划|目标|应|要求|上年|去年|同期")
_NUMBER = re.compile(rf"\s*(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>{UNITS})?\s*")
_NUMBERED = re.compile(r"(?:人|次|场|节|篇|项|课时|期|批)数")
_EMPTY = frozenset(["", "—", "-", "/", "——", "无"])
_UNIT = re.compile(rf"[(（](?:单位[:：]?)?(?P<unit>{UNITS})[)）]\s*$")
_SIGNS = {"％": "%"}


def statistic_lines(reading: Reading) -> frozenset[int]:
    """The lines of such tables, whose names are no contents."""
    return frozenset(found.line for found in read_statistic_tables(reading))


def read_statistic_tables(reading: Reading) -> Iterator[Finding]:
    """What was counted, one for each row: the total, or the only number; none without a unit."""
    if reading.kind != "summary":
        return
    for grid in grids(reading):
        name = grid.column(*_NAMES)
        if name is None and any(_NUMBERED.search(head) for head in grid.header[1:]):
            name = 0  # 队伍 | 对象 | 人数: what is counted stands first
        column = _counted(grid, name) if name is not None else None
        if column is None:
            continue
        for row in grid.rows:
            found = _quantity(reading, grid, row, cell(row, name), column)
            if found:
                yield found


def _counted(grid: Grid, name: int | None) -> int | None:
    """The column to be read: the total of all, or the only one that holds nothing but numbers."""
    numeric = [
        place
        for place, head in enumerate(grid.header)
        if place != name and not _NO_COUNT.search(head) and _is_numeric(grid, place)
    ]
    total = [place for place in numeric if any(word in grid.header[place] for word in _TOTAL)]
    if total:
        return total[-1]
    done = [place for place in numeric if not _PLANNED.search(grid.header[place])]
    return done[0] if len(done) == 1 and len(numeric) == 1 else None


def _is_numeric(grid: Grid, place: int) -> bool:
    told = [cell(row, place) for row in grid.rows]
    return any(_NUMBER.fullmatch(text) for text in told) and all(
        _NUMBER.fullmatch(text) or text in _EMPTY for text in told
    )


def _quantity(reading: Reading, grid: Grid, row: Item, name: str, column: int) -> Finding | None:
    told = _NUMBER.fullmatch(cell(row, column))
    bracketed = _UNIT.search(name)
    named = _UNIT.sub("", name).strip()
    headed = _UNIT.search(grid.header[column])
    beside = cell(row, grid.column("单位"))
    measured = beside if re.fullmatch(UNITS, beside) else None
    if told is None or not named or any(word in named for word in _TOTAL):
        return None
    unit = told["unit"] or (bracketed or headed or {"unit": measured})["unit"]
    value = numerals.number(told["number"])
    if unit is None or value is None:
        return None
    whole = int(value) if value == value.to_integral_value() else value
    line = row.line()
    written = reading.written[line.number]
    return Finding("quantity", named, whole, line.number, written, _SIGNS.get(unit, unit), "exact")
