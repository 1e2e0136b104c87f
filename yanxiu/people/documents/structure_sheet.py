"""The structure of a staff as a workbook."""

from collections.abc import Sequence
from datetime import date

from yanxiu.documents.sheets import SheetColumn, SheetContent, Value, write_workbook
from yanxiu.people.staff import Share, Structure


def structure_sheet(name: str, day: date, structure: Structure, low_share: int) -> bytes:
    """Return three sheets: shares, matrix by number, matrix by share; low cells are named."""
    matrix: list[list[Value]] = [
        [row.subject, row.total, *(cell.count for cell in row.cells), _low(structure, row.cells)]
        for row in structure.matrix
    ]
    shares = [
        (kind, one.label, one.count, one.percent)
        for kind, rows in (
            ("年龄", [structure.young, *structure.ages]),
            ("学历", [structure.college, *structure.educations]),
            ("职称", structure.titles),
        )
        for one in rows
    ]
    made = f"统计日：{day.isoformat()}　教师 {structure.total} 人"
    return write_workbook(
        [
            SheetContent(
                name="结构",
                title=f"{name}教师队伍结构",
                notes=[made, "由名册算出；没有登记出生年月或学历的不计入相应的百分比。"],
                columns=[
                    SheetColumn("项目"),
                    SheetColumn("分段", width=20),
                    SheetColumn("人数", "integer"),
                    SheetColumn("占比（%）", "decimal", decimals=1),
                ],
                rows=shares,
            ),
            SheetContent(
                name="学科×称号×年龄",
                title=f"{name}学科、称号与年龄",
                notes=[made, f"占本学科不到 {low_share}% 的格写在最后一栏；按主学科计，一人一次。"],
                columns=[
                    SheetColumn("学科"),
                    SheetColumn("人数", "integer"),
                    *(SheetColumn(head, "integer", width=16) for head in structure.heads),
                    SheetColumn("偏低的格", width=40),
                ],
                rows=matrix,
                landscape=True,
            ),
        ]
    )


def _low(structure: Structure, cells: Sequence[Share]) -> str:
    return "；".join(head for head, cell in zip(structure.heads, cells, strict=True) if cell.is_low)
