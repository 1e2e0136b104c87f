"""Quotas in tables: a row for each task (项目, 数量, 时间), or for each circle of teachers."""

import re
from collections.abc import Iterator
from dataclasses import replace

from yanxiu.planning.reading.circles import CIRCLE, circle_in
from yanxiu.planning.reading.credit_tables import credit_columns
from yanxiu.planning.reading.crossed_tables import Asked, crossed
from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.frequencies import PERIOD
from yanxiu.planning.reading.items import Item, Reading
from yanxiu.planning.reading.names import name_of
from yanxiu.planning.reading.phrases import bare, clauses
from yanxiu.planning.reading.quotas import amounts_of
from yanxiu.planning.reading.tables import Grid, cell, grids
from yanxiu.texts.quantities import Quantity, find_quantities

_AMOUNT = (
    "数量",
    "次数",
    "节数",
    "篇数",
    "最低",
    "不少于",
    "指标",
    "要求",
    "定额",
    "完成量",
    "标准",
)
_TASK = ("项目", "任务", "内容", "名称", "类别", "工作", "事项")
_CIRCLE = ("对象", "人员", "教师类别", "教师", "层次", "岗位", "职务", "身份", "类型")
_WHEN = re.compile(r"月份?$|周次|日期|进度")
_SOMEBODY = re.compile(
    rf"(?:{CIRCLE}|(?:指导|被?帮扶|新任?|结对)?(?:教师|老师)|[甲乙]方|学校|组长|组员|教研组|备课组)(?:[的之]?(?:职责|任务|要求|义务))?"
)
_SEVERAL = 2
_SPANS = {"学期": "term", "学年": "school_year", "月": "month", "周": "week", "年": "year"}
_RECKONED = re.compile(r"(?:以|按)(学期|学年|月|周|年)计")
_PROSE = re.compile(r"[。；;\n]|.{16}|每")
_SENTENCES = re.compile("[，,；;。]")
_MEASURED = re.compile(r"[节篇次本场份项册堂天个]")


def read_quota_tables(reading: Reading) -> Iterator[Finding]:
    """One quota for each amount that a table of tasks asks for."""
    for grid in grids(reading):
        dated = any(_WHEN.search(name) for name in grid.header)
        if dated or grid.column("学时", "学分") == 0 or credit_columns(grid):
            continue
        amount, task = grid.column(*_AMOUNT), grid.column(*_TASK)
        asked = crossed(grid)
        if asked:
            yield from _crossed(reading, grid, asked)
        elif amount is not None and task is not None and amount != task:
            yield from _tasks(reading, grid, task, amount)
        elif _is_of_duties(grid):
            yield from _duties(reading, grid)
        elif grid.header and any(word in grid.header[0] for word in _CIRCLE):
            yield from _circles(reading, grid)


def _tasks(reading: Reading, grid: Grid, task: int, amount: int) -> Iterator[Finding]:
    per = circle_in(grid.around) or "teacher"
    for row in grid.rows:
        name, text = cell(row, task), cell(row, amount)
        found = find_quantities(text)
        if name and _SENTENCES.search(text):
            yield from _told(reading, row, name, text)
        elif found and name:
            period = _period(" ".join((*_texts(row), grid.around)))
            yield _finding(reading, row, name, found[0], period, circle_in(name) or per)


def _told(reading: Reading, row: Item, task: str, text: str) -> Iterator[Finding]:
    """行政每周2节，教师每学期18节: what a cell asks in sentences; what has no name is the task."""
    for found in amounts_of(reading, row, text, None):
        own = found.name.strip()
        named = own if own and own != found.unit else task
        whom = found.per or "teacher" if found.kind == "quota" else found.per
        yield replace(found, name=named, per=whom)


def _crossed(reading: Reading, grid: Grid, asked: tuple[Asked, ...]) -> Iterator[Finding]:
    """What a table asks of each circle; in a summary the amount of each, and the sum."""
    period = _period("。".join((grid.around, *grid.header)))
    for one in asked if reading.kind == "summary" else (each for each in asked if each.per):
        name = one.name if reading.kind == "plan" else f"{one.per}{one.name}"
        yield _finding(reading, one.row, name, one.quantity, period, one.per)


def _circles(reading: Reading, grid: Grid) -> Iterator[Finding]:
    period = _period(grid.around)
    for row in grid.rows:
        circle = cell(row, 0)
        for column in range(1, len(grid.header)):
            found = () if _PROSE.search(cell(row, column)) else find_quantities(cell(row, column))
            measured = found and _MEASURED.search(found[0].unit)
            if circle and measured and grid.header[column]:
                yield _finding(reading, row, grid.header[column], found[0], period, circle)


def _is_of_duties(grid: Grid) -> bool:
    """Whether each column but the first is headed by somebody: 项目 | 师傅 | 徒弟."""
    told = grid.header[1:]
    if len(told) < _SEVERAL or not all(_SOMEBODY.fullmatch(name) for name in told):
        return False
    return any(_PROSE.search(text) for row in grid.rows for text in _texts(row)[1:])


def _duties(reading: Reading, grid: Grid) -> Iterator[Finding]:
    """What stands in the cells is a sentence about who heads the column."""
    for row in grid.rows:
        line = row.line()
        for column, who in enumerate(grid.header[1:], start=1):
            text = cell(row, column)
            asked = tuple(amounts_of(reading, row, text, who))
            yield from asked
            for clause in clauses(text):
                said = bare(clause.text)
                plain = len(said) > _SEVERAL and not find_quantities(said)
                if plain or (len(said) > _SEVERAL and not asked):  # 提前三天交师傅审阅
                    written = reading.written[line.number]
                    yield Finding("rule", said, said, line.number, written)


def _texts(row: Item) -> tuple[str, ...]:
    return row.paragraph.lines[0].cells


def _period(text: str) -> str | None:
    said = _RECKONED.search(text)
    if said:
        return _SPANS[said[1]]
    match = PERIOD.search(text)
    return match.lastgroup if match else None


def _finding(  # noqa: PLR0917 - the parts of one quota
    reading: Reading, row: Item, task: str, quantity: Quantity, period: str | None, per: str
) -> Finding:
    line = row.line()
    amount = quantity.value
    value = int(amount) if amount == amount.to_integral_value() else amount
    plan = reading.kind == "plan"
    return Finding(
        "quota" if plan else "quantity",
        (name_of("", task, quantity.unit) if plan else "") or task,
        value,
        line.number,
        reading.written[line.number],
        quantity.unit,
        quantity.qualifier,
        period if plan else None,
        per=per if plan else None,
    )
