"""Credits in tables: 研修项目 | 计分标准 | 学年上限, with every amount and the most that counts."""

import re
from collections.abc import Iterator

from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.items import Item, Reading
from yanxiu.planning.reading.tables import Grid, cell, grids
from yanxiu.texts import numerals
from yanxiu.texts.quantities import Quantity, find_quantities

_UNITS = {"学分": "学分", "分": "学分", "学时": "学时", "个学时": "学时", "课时": "学时"}
_NAMED = re.compile(r"项目|类别|类型|内容|活动|形式|名称|板块|事项")
_SCORED = re.compile(r"计分|赋分|记分|分值|标准|学分|学时|折算|认定|课时")
_MOST = re.compile(r"上限|封顶|最高|限额|至多")
_NO_SCORE = re.compile(r"材料|证明|依据|备注|说明|程序|单位|责任|时间|合计")
_BARE = re.compile(
    rf"\s*(?P<number>{numerals.PATTERN})\s*(?:[/／]\s*(?P<per>[次节篇项场个本])|分)?\s*"
)
_SUM = re.compile(r"[合总共小]\s*计")
_FOR_EACH = re.compile(r"每[次节篇项场个本人]")
_WHO = re.compile(r"(?P<who>[一-鿿]{2,8}?)(?:可?[计记得]|每[次节篇项场个本])?$")
_PARTS = re.compile(r"[，,；;、。\n]")
_ABOUT_CREDITS = re.compile(r"学分|学时|计分|赋分")


def read_credit_tables(reading: Reading) -> Iterator[Finding]:
    """Of a plan: one credit for each amount that a row gives, and one for the most of it."""
    for grid in grids(reading) if reading.kind == "plan" else ():
        columns = credit_columns(grid)
        for row in grid.rows if columns else ():
            name = " ".join(cell(row, 0).split())
            for column in columns if name and not _SUM.match(name) else ():
                yield from _cell(reading, grid, row, name, column)


def credit_columns(grid: Grid) -> tuple[int, ...]:
    """The columns that give credits or hours for what stands first in a row."""
    if not grid.header or not _NAMED.search(grid.header[0]):
        return ()
    told = {
        n for n, name in enumerate(grid.header)
        if n and (_SCORED.search(name) or _MOST.search(name)) and not _NO_SCORE.search(name)
    }  # fmt: skip
    told = {column for column in told if _gives(grid, column)}
    return tuple(sorted(told)) if any(not _MOST.search(grid.header[n]) for n in told) else ()


def _gives(grid: Grid, column: int) -> bool:
    """Whether the cells below this name are credits or hours, most of them at least."""
    told = [cell(row, column) for row in grid.rows]
    given = [text for text in told if tuple(_amounts(text, _unit_of(grid, column)))]
    return bool(given) and len(given) * 2 >= len([text for text in told if text])


def _unit_of(grid: Grid, column: int) -> str | None:
    """The unit of bare numbers: of the column's name, else none."""
    name = grid.header[column]
    return next((unit for unit in ("学分", "学时") if unit in name), None) or (
        "学分" if "学分" in grid.around and _ABOUT_CREDITS.search(name) else None
    )


def _amounts(text: str, unit: str | None) -> Iterator[tuple[Quantity, str, str]]:
    """Each amount with its unit and the words right before it."""
    bare = _BARE.fullmatch(text)
    if bare and unit:
        told = find_quantities(f"{bare['number']}{unit}")
        yield from ((one, unit, "") for one in told)
        return
    end = 0
    for quantity in find_quantities(text):
        if quantity.unit in _UNITS:
            before = _PARTS.split(text[end : quantity.start])[-1]
            yield quantity, _UNITS[quantity.unit], before.strip()
        end = quantity.end


def _cell(reading: Reading, grid: Grid, row: Item, name: str, column: int) -> Iterator[Finding]:
    most = bool(_MOST.search(grid.header[column]))
    line = row.line()
    for quantity, unit, before in _amounts(cell(row, column), _unit_of(grid, column)):
        who = _WHO.search(_FOR_EACH.sub("", before))
        said = f"{name}·{who['who']}" if who else f"{name}·最高{unit}" if most else name
        amount = quantity.value
        value = int(amount) if amount == amount.to_integral_value() else amount
        bound = "at_most" if most else quantity.qualifier
        period = "school_year" if most and "学年" in grid.header[column] else None
        written = reading.written[line.number]
        yield Finding("credit", said, value, line.number, written, unit, bound, period)
