"""The attendance sheet as a workbook."""

from yanxiu.activities.documents.attendance_sheet.data import AttendanceSheet
from yanxiu.documents.sheets import SheetColumn, SheetContent, write_workbook

COLUMNS = (
    SheetColumn("序号", "integer"),
    SheetColumn("姓名"),
    SheetColumn("角色"),
    SheetColumn("考勤"),
    SheetColumn("方式"),
    SheetColumn("时间", "moment"),
    SheetColumn("说明"),
    SheetColumn("签名", width=14),
)


def workbook(sheet: AttendanceSheet) -> bytes:
    """Return the bytes of the workbook; the same sheet gives the same bytes."""
    rows = [
        (number, one.name, one.part, one.state, one.how, one.at, one.note, "")
        for number, one in enumerate(sheet.names, 1)
    ]
    return write_workbook(
        [
            SheetContent(
                name="签到表",
                title=f"{sheet.organisation}{sheet.kind}签到表",
                columns=COLUMNS,
                rows=rows,
                notes=notes(sheet),
                empty="没有应到人员",
                freeze_columns=2,
            )
        ]
    )


def notes(sheet: AttendanceSheet) -> list[str]:
    """Return the lines of the head."""
    counts = f"应到 {sheet.expected} 人　实到 {sheet.came} 人"
    if not sheet.is_final:
        counts += "　（场次尚未关闭，以关闭后的考勤为准）"
    return [
        f"主题：{sheet.title}",
        f"时间：{sheet.when}　地点：{sheet.place or '未填'}",
        f"参加范围：{sheet.audience}　主持人：{sheet.hosts or '未定'}",
        counts,
        f"缺席及原因：{sheet.absences or '无'}",
    ]
