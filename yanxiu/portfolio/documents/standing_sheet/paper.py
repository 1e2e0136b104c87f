"""The list as a workbook: in the order of the tree and of names, nobody is ranked."""

from collections.abc import Sequence
from datetime import date

from yanxiu.documents.sheets import SheetColumn, SheetContent, Value, write_workbook
from yanxiu.ledger.models import StandingRow
from yanxiu.portfolio.queries.overview import Person

COLUMNS = (
    SheetColumn("序号", "integer"),
    SheetColumn("学校", width=20),
    SheetColumn("姓名"),
    SheetColumn("方案", width=24),
    SheetColumn("要求", width=24),
    SheetColumn("单位"),
    SheetColumn("应达到", "decimal"),
    SheetColumn("已认定", "decimal"),
    SheetColumn("待认定", "decimal"),
    SheetColumn("还差", "decimal"),
    SheetColumn("情况"),
)


def workbook(people: Sequence[Person], *, place: str, narrowed: str, old: int, on: date) -> bytes:
    """Return the bytes of the workbook.

    Args:
        people: who stands in it, in order.
        place: the school or the organisation above.
        narrowed: to which state the list is narrowed, in words.
        old: how many changed and are not reckoned yet; it is said in the head.
        on: the day.
    """
    pairs = [(one, row) for one in people for row in one.rows]
    rows = [_cells(number, one, row) for number, (one, row) in enumerate(pairs, 1)]
    notes = [
        f"范围：{place}　情况：{narrowed}　共 {len(people)} 人　日期：{on.isoformat()}",
        "按学校和姓名拼音排列，不排名次。名单里的每一位都会在“谁看过我的学时”里看到这次下载。",
    ]
    if old:
        notes.append(f"有 {old} 人刚有变动，正在重新计算，这份名单里的数可能不是最新的。")
    return write_workbook(
        [
            SheetContent(
                name="教师学时",
                title="教师学时情况",
                columns=COLUMNS,
                rows=rows,
                notes=notes,
                empty="没有符合条件的教师",
                landscape=True,
                freeze_columns=3,
            )
        ]
    )


def _cells(number: int, one: Person, row: StandingRow) -> tuple[Value, ...]:
    return (
        number,
        one.organisation.name,
        one.teacher.name,
        row.title or "还没有采用方案",
        row.requirement_title,
        row.unit_label,
        row.required,
        row.recognised,
        row.pending,
        row.missing,
        str(row.get_state_display()) if row.scheme else "",
    )
