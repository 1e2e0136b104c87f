"""The list of the certificates in one package, as a workbook."""

from collections.abc import Sequence

from yanxiu.certificates.models import Certificate
from yanxiu.certificates.queries.facts import Asked
from yanxiu.documents.sheets import SheetColumn, SheetContent, write_workbook

COLUMNS = (
    SheetColumn("序号", "integer"),
    SheetColumn("姓名"),
    SheetColumn("工号"),
    SheetColumn("编号"),
    SheetColumn("学时", "decimal"),
    SheetColumn("学分", "decimal"),
    SheetColumn("文件"),
    SheetColumn("验证码"),
    SheetColumn("文件的 SHA-256"),
)
WITHOUT = "没有已认定的学时，未出具"


def workbook(
    issued: Sequence[tuple[Certificate, str]], without: Sequence[str], asked: Asked
) -> bytes:
    """Return the list: who got which certificate in which file, and who got none.

    Args:
        issued: each certificate with the name of its file.
        without: the names of those who have nothing to certify.
        asked: for which days.
    """
    rows = [
        (
            number,
            one.content["name"],
            one.content["job_number"],
            one.shown_number,
            one.hours,
            one.credits,
            name,
            one.shown_code,
            one.sha256,
        )
        for number, (one, name) in enumerate(issued, start=1)
    ]
    rest = [("", name, "", "", None, None, WITHOUT, "", "") for name in without]
    note = (
        f"{asked.span.start} 至 {asked.span.last}，截至 {asked.as_of}；"
        f"出具 {len(issued)} 份，没有学时可证明的 {len(without)} 人。"
    )
    sheet = SheetContent(
        name="学时证明清单",
        title=f"{asked.organisation.name}学时证明清单",
        columns=COLUMNS,
        rows=[*rows, *rest],
        notes=(note,),
        landscape=True,
        freeze_columns=2,
    )
    return write_workbook([sheet])
