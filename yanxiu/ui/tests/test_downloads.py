"""A file goes out under its own name, in any script, and says what it is."""

from urllib.parse import unquote

from yanxiu.documents.sheets import SheetColumn, SheetContent
from yanxiu.ui.downloads import TYPES, download, workbook


def test_a_name_in_chinese_arrives_whole() -> None:
    answer = download(b"%PDF", "学时证明 王老师/2026.pdf")

    _kind, _star, name = answer["Content-Disposition"].partition("filename*=UTF-8''")
    assert unquote(name) == "学时证明 王老师/2026.pdf"
    assert "/" not in name
    assert answer["Content-Type"] == "application/pdf"


def test_sheets_go_out_as_a_workbook() -> None:
    sheet = SheetContent(
        name="名单", title="名单", columns=(SheetColumn("姓名"),), rows=[("王老师",)]
    )

    answer = workbook("名单", sheet)

    assert answer["Content-Type"] == TYPES["xlsx"]
    assert answer.content.startswith(b"PK")
    assert answer["Content-Disposition"].endswith(".xlsx")
