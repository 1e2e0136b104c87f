"""Tables that cross what is asked with of whom: 听课（节） | 30 | 20, or a row for each school."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yanxiu.planning.reading.circles import CIRCLE
from yanxiu.planning.reading.items import Item
from yanxiu.planning.reading.tables import Grid, cell
from yanxiu.texts import numerals
from yanxiu.texts.quantities import UNITS, Quantity, find_quantities

_SOMEBODY = re.compile(
    rf"{CIRCLE}|教师|老师|教职工|员工|干部|领导|校长|园长|组长|主任|骨干|名师|带头人|新[手秀进]|成熟|专家|青年|周?岁|教龄"
)
_COLLECTIVE = re.compile(
    r"学校|单位|校区|片区|教研组|备课组|年级|学科|组别|部门|园所|园名|学段|级部|对象|人员|教师|层次|类别|岗位"
)
_MEASURE = re.compile(
    rf"(?P<name>.*?)(?:[(（](?:单位[:：]?)?(?:不少于|至少)?(?P<unit>{UNITS})(?:数)?(?:[/／]?(?:人|[每学]?学?[期年]))?[)）]|[/／](?P<slashed>{UNITS}))$"
)
_COUNTED = re.compile(
    r"(?P<name>[一-鿿]{2,8}?)(?P<unit>[节次篇场项本册份期])数(?:量)?(?:[(（][^()（）]*[)）])?"
)
_CELL = re.compile(
    rf"(?P<bound>≥|＞=|>=|不少于|不低于|至少|最少|约)?\s*(?P<number>{numerals.PATTERN})\s*(?P<unit>{UNITS})?"
    r"(?P<after>及?以上|左右)?\s*(?:[(（][^()（）]{1,12}[)）])?"
)
_NOTHING = re.compile(r"[—\-–－/／\\×无〇零0]*|不作?要求|不限|自愿|自定|免|酌情|鼓励")
_SUM = re.compile(r"[合总共小]\s*计|总数")
_STAFF = re.compile(
    r"教师数|教职工数?|人数|班级?数|学生|在编|年龄|序号|编号|分值|权重|得分|学[分时]$"
)
_SIGNS = dict.fromkeys(("≥", "＞=", ">="), "不少于")
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """One amount of a crossed table: in which row, of what, how much, and of whom.

    `per` is "" in the row that adds up the others.
    """

    row: Item
    name: str
    quantity: Quantity
    per: str


def crossed(grid: Grid) -> tuple[Asked, ...]:
    """All amounts of a table that crosses things with people or schools, () of any other."""
    if len(grid.header) < _FEWEST:
        return ()
    things_down = tuple(_things_down(grid))
    return things_down or tuple(_things_across(grid))


def _things_down(grid: Grid) -> Iterator[Asked]:
    """项目 | 新教师 | 骨干教师: a row for each thing, a column for each circle."""
    columns = [n for n, name in enumerate(grid.header) if n and _SOMEBODY.search(name)]
    if len(columns) < _FEWEST or not _are_amounts(grid, columns):
        return
    for row in grid.rows:
        name, unit = _thing(cell(row, 0))
        for column in columns:
            amount = _amount(cell(row, column), unit)
            if name and amount and not _STAFF.search(name):
                yield Asked(row, name, amount, grid.header[column])


def _things_across(grid: Grid) -> Iterator[Asked]:
    """学校 | 公开课（节） | 小课题（项）: a row for each school, a column for each thing."""
    things = {n: _thing(name) for n, name in enumerate(grid.header) if n}
    columns = [n for n, (name, unit) in things.items() if name and unit and not _STAFF.search(name)]
    if not columns or not _COLLECTIVE.search(grid.header[0]) or not _are_amounts(grid, columns):
        return
    for row in grid.rows:
        who = cell(row, 0)
        for column in columns if who else ():
            name, unit = things[column]
            amount = _amount(cell(row, column), unit)
            if amount:
                yield Asked(row, name, amount, "" if _SUM.match(who) else who)


def _are_amounts(grid: Grid, columns: list[int]) -> bool:
    """Whether nothing stands in these columns but amounts, or words for none."""
    told = [cell(row, column) for row in grid.rows for column in columns]
    return any(_CELL.fullmatch(text) for text in told) and all(
        _CELL.fullmatch(text) or _NOTHING.fullmatch(text) for text in told
    )


def _thing(text: str) -> tuple[str, str | None]:
    """Name and unit of 听课（节）, 听课节数 or 听课/节; without a unit the whole is the name."""
    said = "".join(text.split())
    match = _MEASURE.fullmatch(said)
    if match:
        return match["name"], match["unit"] or match["slashed"]
    counted = _COUNTED.fullmatch(said)
    return (counted["name"], counted["unit"]) if counted else (said, None)


def _amount(text: str, unit: str | None) -> Quantity | None:
    match = _CELL.fullmatch(text)
    measured = match and (match["unit"] or unit)
    if not match or not measured:
        return None
    bound = _SIGNS.get(match["bound"] or "", match["bound"] or "")
    found = find_quantities(f"{bound}{match['number']}{measured}{match['after'] or ''}")
    return found[0] if len(found) == 1 and found[0].value else None
