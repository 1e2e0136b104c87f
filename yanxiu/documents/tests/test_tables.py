"""Files become tables: by content, with true row numbers, without a formula being evaluated."""

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from yanxiu.documents.tables import LostDigits, Merge, read_tables
from yanxiu.documents.tables.cells import column_letters
from yanxiu.documents.tables.refusals import (
    NotATableFile,
    TableFileBroken,
    TableFileEmpty,
    TableFileProtected,
    TableFileTooLarge,
)
from yanxiu.kernel.refusals import Refusal


def workbook_bytes() -> bytes:
    buffer = io.BytesIO()
    workbook = Workbook(buffer, {"in_memory": True})
    workbook.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001
    sheet = workbook.add_worksheet("名单")
    sheet.write_string("B3", " 林晓 ")
    sheet.write_formula("B4", "=1+1", None, 2)
    sheet.write_string("B5", "=1+1")
    sheet.write_number("B6", 13800000001)
    sheet.write_number("B7", 990101199001011234)
    sheet.write_number("B8", 32994, workbook.add_format({"num_format": 14}))
    sheet.write_number("B9", 1989.1)
    sheet.merge_range("A10:A12", "数学组")
    workbook.add_worksheet("词表").hide()
    workbook.close()
    return buffer.getvalue()


def test_a_workbook_keeps_the_row_numbers_that_people_see() -> None:
    table = read_tables(workbook_bytes(), name="名单.xlsx")[0]

    seen = {number: row[1] for number, row in table.numbered()}
    assert seen[1] is None
    assert seen[3] == "林晓"
    assert seen[4] == 2
    assert seen[5] == "=1+1"
    assert (seen[6], type(seen[6])) == (13800000001, int)
    assert isinstance(seen[7], LostDigits)
    assert seen[8] == date(1990, 5, 1)
    assert seen[9] == 1989.1


def test_a_workbook_tells_merged_cells_and_hidden_sheets() -> None:
    shown, hidden = read_tables(workbook_bytes(), name="名单.xlsx")

    assert shown.merges == (Merge(10, 0, 12, 0),)
    assert (shown.hidden, hidden.hidden) == (False, True)


def test_the_content_counts_and_not_the_extension() -> None:
    assert read_tables(workbook_bytes(), name="名单.csv")[0].sheet == "名单"
    assert read_tables("姓名,工号\n林晓,1".encode(), name="名单.xlsx")[0].rows[1] == ("林晓", "1")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_is_read_in_every_usual_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    text = f"姓名{delimiter}工号\r\n\r\n欧阳晓䶮{delimiter}'0012\r\n"

    table = read_tables(text.encode(encoding), name="名单.txt")[0]

    assert table.rows == (("姓名", "工号"), (None, None), ("欧阳晓䶮", "0012"))


def test_text_keeps_quoted_lines_and_unwraps_forced_text() -> None:
    data = '姓名,地址,工号,电话\n林晓,"一,\n二","=""0012""",1.38E+10\n'.encode()

    row = read_tables(data, name="名单.csv")[0].rows[1]

    assert row[:3] == ("林晓", "一,\n二", "0012")
    assert row[3] == LostDigits("1.38E+10")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_one_damaged_character_does_not_spoil_the_list(encoding: str) -> None:
    data = ("姓名,工号\n" + "林晓,1\n" * 60).encode(encoding) + b"\xe4,2\n"

    rows = read_tables(data, name="名单.csv")[0].rows

    assert rows[1] == ("林晓", "1")
    assert "\ufffd" in str(rows[61][0])


def spread(cell: str) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook_bytes())) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.namelist():
            target.writestr(part, source.read(part).replace(b'r="B3"', cell.encode()))
    return buffer.getvalue()


@pytest.mark.parametrize("cell", ['r="XFD1048576"', "r = 'XFD1048576'", 'r="xfd1048576"'])
def test_two_cells_far_apart_are_refused_before_anything_is_allocated(cell: str) -> None:
    with pytest.raises(TableFileTooLarge):
        read_tables(spread(cell), name="名单.xlsx")


def test_a_package_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yanxiu.documents.tables.kinds.MAX_UNPACKED_BYTES", 1000)

    with pytest.raises(TableFileTooLarge):
        read_tables(workbook_bytes(), name="名单.xlsx")


def package_of(part: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr(part, "x")
    return buffer.getvalue()


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", TableFileEmpty),
        (b"\r\n \n", TableFileEmpty),
        (b"%PDF-1.7 ...", NotATableFile),
        (b"<html><table><tr><td>1</td></tr></table>", NotATableFile),
        (b"\x89PNG\r\n\x1a\n", NotATableFile),
        (package_of("word/document.xml"), NotATableFile),
        (package_of("xl/workbook.xml"), TableFileBroken),
        (workbook_bytes()[:-200], TableFileBroken),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le") * 40, TableFileProtected),
        (COMPOUND + b"\1" * 3000, TableFileBroken),
        (b"abcdefghij\0" * 40, NotATableFile),
    ],
)
def test_what_is_no_table_is_refused_in_a_whole_sentence(
    data: bytes, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal) as caught:
        read_tables(data, name="材料")

    assert "“材料”" in str(caught.value)
    assert str(caught.value).endswith("。")


@settings(deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8")))
def test_any_bytes_give_tables_or_a_refusal(data: bytes) -> None:
    try:
        tables = read_tables(data, name="材料")
    except Refusal:
        return
    assert all(len({len(row) for row in table.rows}) <= 1 for table in tables)


@settings(deadline=None)
@given(st.data())
def test_a_damaged_workbook_gives_tables_or_a_refusal(data: st.DataObject) -> None:
    whole = bytearray(workbook_bytes())
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at : at + 40] = data.draw(st.binary(max_size=40))
    try:
        tables = read_tables(bytes(whole), name="材料")
    except Refusal:
        return
    assert all(len({len(row) for row in table.rows}) <= 1 for table in tables)


def test_columns_are_named_as_in_the_spreadsheet() -> None:
    assert [column_letters(index) for index in (0, 25, 26, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
    ]
