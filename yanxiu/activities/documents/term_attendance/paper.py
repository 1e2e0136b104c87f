"""The attendance of a term as a workbook."""

from yanxiu.activities.documents.term_attendance.data import FORMS, STATES, Grid, TermAttendance
from yanxiu.documents.sheets import SheetColumn, SheetContent, write_workbook


def workbook(sheet: TermAttendance) -> bytes:
    """Return the bytes of the workbook; the same attendance gives the same bytes."""
    return write_workbook([_total(sheet), *(_grid(sheet, grid) for grid in sheet.grids)])


def _total(sheet: TermAttendance) -> SheetContent:
    columns = [
        SheetColumn("姓名"),
        SheetColumn("应记场次", "integer"),
        *(SheetColumn(label, "integer") for _code, label in STATES),
        *(SheetColumn(f"{label}（分钟）", "integer") for _code, label in FORMS),
    ]
    rows: list[tuple[str | int, ...]] = [
        (
            one.name,
            sum(one.states.values()),
            *(one.states.get(code, 0) for code, _label in STATES),
            *(one.minutes.get(code, 0) for code, _label in FORMS),
        )
        for one in sheet.people
    ]
    return SheetContent(
        name="汇总",
        title=f"{sheet.organisation}{sheet.term}研修考勤汇总",
        columns=columns,
        rows=rows,
        notes=["只含已关闭的场次；分钟是到场（含迟到）的时长，按集中、分组、分散分列。"],
        empty="这个学期还没有关闭的场次",
        landscape=True,
        freeze_columns=1,
    )


def _grid(sheet: TermAttendance, grid: Grid) -> SheetContent:
    return SheetContent(
        name=grid.name,
        title=f"{sheet.organisation}{grid.name}考勤（{sheet.term}）",
        columns=[SheetColumn("姓名"), *(SheetColumn(head) for head in grid.heads)],
        rows=[(name, *states) for name, states in grid.lines],
        landscape=True,
        freeze_columns=1,
    )
