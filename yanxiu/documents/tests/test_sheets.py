"""Workbooks for people: typed, printable, without formulas, equal bytes for equal content."""

import io
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from yanxiu.documents.sheets import SheetColumn, SheetContent, display_width, write_workbook
from yanxiu.documents.tables import read_tables

COLUMNS = (
    SheetColumn("姓名"),
    SheetColumn("次数", "integer"),
    SheetColumn("学时", "decimal", decimals=2),
    SheetColumn("日期", "day"),
    SheetColumn("签到", "moment"),
)
ROW = ("林晓", 3, Decimal("1.50"), date(2026, 9, 1), datetime(2026, 9, 1, 7, 5, tzinfo=UTC))


def content(*rows: tuple[object, ...], **more: object) -> SheetContent:
    return SheetContent(name="签到表", title="签到表", columns=COLUMNS, rows=rows, **more)  # type: ignore[arg-type]


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def test_it_writes_each_value_as_what_it_is() -> None:
    table = read_tables(write_workbook([content(ROW)]), name="x.xlsx")[0]

    assert table.rows[1] == ("姓名", "次数", "学时", "日期", "签到")
    assert table.rows[2] == ("林晓", 3, 1.5, date(2026, 9, 1), datetime(2026, 9, 1, 15, 5))  # noqa: DTZ001


def test_a_value_of_another_kind_is_written_as_text() -> None:
    row = ("0012", "请假", "缓", date(1899, 1, 1), None)

    table = read_tables(write_workbook([content(row)]), name="x.xlsx")[0]

    assert table.rows[2] == ("0012", "请假", "缓", "1899-01-01", None)


def test_no_data_becomes_a_formula_or_a_link() -> None:
    sheet = SheetContent(
        "=1+1", "=1+1", COLUMNS, [("=cmd|' /C calc'!A0", "@x", "+1", "-1", "http://x.cn")],
        notes=["=2+2"], closing=["=3+3"],
    )  # fmt: skip

    xml = part(write_workbook([sheet]), "xl/worksheets/sheet1.xml")

    assert "<f>" not in xml
    assert "<hyperlink" not in xml


def test_it_is_ready_to_print_on_a4() -> None:
    data = write_workbook([content(ROW, notes=["填表说明。"], landscape=True, freeze_columns=1)])
    xml = part(data, "xl/worksheets/sheet1.xml")

    assert 'paperSize="9"' in xml
    assert 'orientation="landscape"' in xml
    assert 'fitToHeight="0"' in xml
    assert re.search(r'<pane xSplit="1" ySplit="3"', xml)
    assert "第 &amp;P 页，共 &amp;N 页" in xml
    assert "$3:$3" in part(data, "xl/workbook.xml")


def test_an_empty_sheet_says_so() -> None:
    table = read_tables(write_workbook([content(empty="本场次无人签到")]), name="x.xlsx")[0]

    assert table.rows[-1][0] == "本场次无人签到"


def test_widths_follow_the_content_and_a_han_counts_two() -> None:
    sheet = SheetContent("表", "表", (SheetColumn("姓名"),), [("阿依古丽·买买提",)])

    xml = part(write_workbook([sheet]), "xl/worksheets/sheet1.xml")

    assert display_width("阿a\nab") == 3
    assert float(re.findall(r'<col [^>]*width="([\d.]+)"', xml)[0]) >= display_width(
        "阿依古丽·买买提"
    )


def test_equal_content_gives_equal_bytes() -> None:
    assert write_workbook([content(ROW)]) == write_workbook([content(ROW)])
    assert b"2000-01-01" in part(write_workbook([content()]), "docProps/core.xml").encode()


def test_sheet_names_are_made_possible_and_different() -> None:
    names = ["一/二:三", "一 二 三", "", "history", "长" * 40, "𠮷" * 20]

    data = write_workbook([SheetContent(name, "题", COLUMNS, []) for name in names])

    found = [table.sheet for table in read_tables(data, name="x.xlsx")]
    assert found == ["一 二 三", "一 二 三（2）", "工作表", "工作表（2）", "长" * 31, "𠮷" * 15]


VALUES = st.one_of(
    st.none(), st.text(), st.integers(), st.floats(), st.decimals(), st.dates(), st.booleans(),
    st.datetimes(), st.datetimes(timezones=st.just(UTC)),
)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.text(), st.lists(st.lists(VALUES, max_size=6), max_size=4))
def test_any_data_gives_a_workbook_that_opens(text: str, rows: list[list[object]]) -> None:
    sheet = SheetContent(text, text, COLUMNS, rows, notes=[text], closing=[text])  # type: ignore[arg-type]

    tables = read_tables(write_workbook([sheet, sheet]), name="x.xlsx")

    assert len(tables) == 2
