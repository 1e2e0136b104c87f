"""Tables that give each year of a long plan its theme: 年度 | 主题 | 内容 | 学时."""

import re
from collections.abc import Iterator

from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.items import Item, Reading
from yanxiu.planning.reading.tables import Grid, cell, grids
from yanxiu.texts import numerals

_YEARS = ("年度", "年份", "学年", "时间")
_THEMES = ("主题", "专题", "重点")
_UNITS = ("学分", "学时", "课时")
_YEAR = re.compile(r"(?P<first>20\d\d)(?:[-—–~～至]\d{2,4})?(?:学?年度?)?")
_NTH = re.compile(rf"第({numerals.PATTERN})(?:学)?年度?\s*(?:[(（][^()（）]{{4,24}}[)）])?")


def read_year_tables(reading: Reading) -> Iterator[Finding]:
    """One theme for each row that names its year, with the credits or hours beside it."""
    for grid in grids(reading) if reading.kind == "plan" else ():
        when, what = grid.column(*_YEARS), grid.column(*_THEMES)
        years = [_year(cell(row, when)) for row in grid.rows]
        known = [year for year in years if year is not None]
        if when is None or what in {None, when} or len(known) < len(years) or len(known) < 2:  # noqa: PLR2004
            continue
        for row, year in zip(grid.rows, known, strict=True):
            yield from _row(reading, grid, row, cell(row, what), year - min(known) + 1)


def _year(text: str) -> int | None:
    """The calendar year of a row, or its number in the plan."""
    dated, counted = _YEAR.fullmatch(text), _NTH.fullmatch(text)
    number = numerals.number(counted[1]) if counted else None
    return int(dated["first"]) if dated else None if number is None else int(number)


def _row(reading: Reading, grid: Grid, row: Item, theme: str, year: int) -> Iterator[Finding]:
    column = grid.column(*_UNITS)
    head = "" if column is None else grid.header[column]
    amount = numerals.number(cell(row, column))
    unit = next((one for one in _UNITS if one in head), None)
    credit = amount if unit == "学分" else None
    value: dict[str, object] = {"year": year, "content": theme, "credits": credit}
    line = row.line()
    written = reading.written[line.number]
    if theme:
        yield Finding("theme", theme, value, line.number, written)
    if theme and amount is not None and unit:
        yield Finding("credit", theme, amount, line.number, written, unit, "exact")
