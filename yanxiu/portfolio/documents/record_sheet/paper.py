"""The record sheet as a workbook."""

from yanxiu.documents.sheets import SheetColumn, SheetContent, write_workbook
from yanxiu.kernel.amounts import plain
from yanxiu.portfolio.documents.record_sheet.data import RecordSheet


def workbook(sheet: RecordSheet) -> bytes:
    """Return the bytes of the workbook; the same sheet gives the same bytes."""
    columns = (
        SheetColumn("序号", "integer"),
        SheetColumn("日期", "day"),
        SheetColumn("类别"),
        SheetColumn("内容", width=36),
        SheetColumn("承担"),
        SheetColumn("时长（分钟）", "integer"),
        *(SheetColumn(f"{one.unit}（{one.scheme}）", "decimal", width=18) for one in sheet.columns),
        SheetColumn("依据"),
        SheetColumn("说明"),
    )
    rows = [
        (number, row.on, row.kind, row.title, row.role, row.minutes, *row.amounts, row.assurance,
         row.note)
        for number, row in enumerate(sheet.rows, 1)
    ]  # fmt: skip
    return write_workbook(
        [
            SheetContent(
                name="个人研修记录表",
                title="个人研修记录表",
                columns=columns,
                rows=rows,
                notes=notes(sheet),
                closing=["教师签名：　　　　　　　　　审核人：　　　　　　　　　日期："],
                empty="这段时间没有研修记录",
                landscape=True,
                freeze_columns=2,
            )
        ]
    )


def notes(sheet: RecordSheet) -> list[str]:
    """Return the lines of the head."""
    head = f"姓名：{sheet.name}　单位：{sheet.organisation or '—'}　时段：{sheet.period}"
    sums = "；".join(f"{one.scheme} {plain(one.total)} {one.unit}" for one in sheet.columns)
    lines = [head, f"共 {len(sheet.rows)} 条记录，单独计得合计：{sums or '无'}"]
    lines.append(
        "各条为单独计得的数；封顶、重复等跨记录的规定另行核算，以“我的学时”页为准。"
        f"　制表：{sheet.made_on.isoformat()}"
    )
    return lines
