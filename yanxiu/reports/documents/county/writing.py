"""The table of all schools as an official paper and as a workbook."""

from decimal import Decimal

from yanxiu.documents.sheets import SheetColumn, SheetContent, Value, write_workbook
from yanxiu.documents.word import OfficialPaper
from yanxiu.reports.documents.county.data import CountyTable
from yanxiu.ui.wording import figure_text

NOTE = (
    "各校按所属和建立的先后排列，不按数字排序。合计由同一数据项在上级范围内直接统计："
    "按人计的数据项里，同一位教师在两所学校任职只算一人，直接在上级任职的人也算在内，所以合计可能和各校相加不同。"
)


def to_word(table: CountyTable) -> bytes:
    """Return the table as a docx file; the same table gives the same bytes."""
    paper = OfficialPaper(table.title, subtitle=f"（{table.period}）")
    paper.table(_head(table), _rows(table), empty="下面还没有学校。")
    paper.paragraph(NOTE)
    paper.heading("数据项的含义")
    paper.items([f"{one.name}（{one.unit}）：{one.meaning}" for one in table.columns])
    return paper.to_bytes()


def _head(table: CountyTable) -> list[str]:
    body = ["所属"] if table.several_bodies else []
    return [*body, "学校", *(f"{one.name}\n（{one.unit}）" for one in table.columns)]


def _rows(table: CountyTable) -> list[list[str]]:
    if not table.rows:
        return []
    several = table.several_bodies
    rows = [
        [*([row.under] if several else []), row.name, *map(figure_text, row.values)]
        for row in table.rows
    ]
    total = [*([""] if several else []), "合计", *map(figure_text, table.totals)]
    return [*rows, total]


def to_workbook(table: CountyTable) -> bytes:
    """Return the table as an xlsx file, with the meaning of each figure on a second sheet."""
    columns = (
        SheetColumn("所属"),
        SheetColumn("学校"),
        *(SheetColumn(f"{one.name}（{one.unit}）", "decimal", decimals=_places(table, index))
          for index, one in enumerate(table.columns)),
    )  # fmt: skip
    rows: list[list[Value]] = [[row.under, row.name, *row.values] for row in table.rows]
    main = SheetContent(
        name="各校统计",
        title=table.title.replace("\n", ""),
        columns=columns,
        rows=[*rows, ["", "合计", *table.totals]] if rows else [],
        notes=(table.period, NOTE),
        empty="下面还没有学校。",
        landscape=True,
        freeze_columns=2,
    )
    meanings = SheetContent(
        name="数据项的含义",
        title="数据项的含义",
        columns=(SheetColumn("数据项"), SheetColumn("单位"), SheetColumn("含义")),
        rows=[[one.name, one.unit, one.meaning] for one in table.columns],
    )
    return write_workbook([main, meanings])


def _places(table: CountyTable, index: int) -> int:
    """Return how many decimals a column shows: none where all its numbers are whole."""
    numbers: list[Decimal] = [row.values[index] for row in table.rows]
    return 0 if all(one == one.to_integral_value() for one in numbers) else 2
