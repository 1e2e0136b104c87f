"""The official paper: page, fonts and numbers of GB/T 9704, read back from the file itself."""

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from yanxiu.documents.word import Gap, OfficialPaper
from yanxiu.documents.word.paper import column_widths

SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")


def opened(paper: OfficialPaper) -> Any:
    return docx.Document(io.BytesIO(paper.to_bytes()))


def fonts(style: Any) -> set[str]:
    named = style.element.rPr.find(qn("w:rFonts"))
    return {named.get(qn(f"w:{slot}")) for slot in SLOTS}


@pytest.fixture
def paper() -> OfficialPaper:
    paper = OfficialPaper("青石实验小学\n校本研修总结")
    paper.heading("一、基本情况", level=1)
    paper.heading("（一）活动", level=2)
    paper.heading("1.主题教研", level=3)
    paper.paragraph("本学期开展活动", Gap("活动次数"), "。")
    paper.table(["教研组", "次数"], [["数学教研组", "12"], ["语文教研组", Gap("次数")]])
    paper.signature("青石实验小学", "2027年1月20日")
    return paper


def test_the_page_has_the_measures_of_the_standard(paper: OfficialPaper) -> None:
    section = opened(paper).sections[0]

    millimetres = [
        round(length.mm)
        for length in (
            section.page_width, section.page_height, section.top_margin, section.bottom_margin,
            section.left_margin, section.right_margin,
        )
    ]  # fmt: skip
    assert millimetres == [210, 297, 37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("Heading 3", "仿宋_GB2312", 16),
        ("Normal", "仿宋_GB2312", 16),
        ("Table Text", "宋体", 12),
        ("Footer", "宋体", 14),
    ],
)
def test_all_four_font_slots_name_the_font(
    paper: OfficialPaper, style: str, font: str, size: int
) -> None:
    found = opened(paper).styles[style]

    assert fonts(found) == {font}
    assert found.font.size == Pt(size)
    assert found.font.bold is (style == "Table Head")


def test_no_theme_font_can_win_over_a_name(paper: OfficialPaper) -> None:
    with zipfile.ZipFile(io.BytesIO(paper.to_bytes())) as package:
        styles = package.read("word/styles.xml").decode()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        assert name not in styles


def test_the_body_is_indented_by_two_characters_on_28_points(paper: OfficialPaper) -> None:
    style = opened(paper).styles["Normal"]

    assert style.element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    assert style.paragraph_format.line_spacing == Pt(28)
    assert style.paragraph_format.widow_control is False


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(paper: OfficialPaper) -> None:
    document = opened(paper)
    section = document.sections[0]

    assert document.settings.odd_and_even_pages_header_footer is True
    for footer, side in ((section.footer, 2), (section.even_page_footer, 0)):
        assert footer.paragraphs[0].text == "— 1 —"
        assert footer.paragraphs[0].alignment == side
        assert "PAGE" in footer.paragraphs[0]._p.xml


def test_a_gap_is_seen_on_paper_and_known_to_the_writer(paper: OfficialPaper) -> None:
    marked = [
        run.text
        for paragraph in opened(paper).paragraphs
        for run in paragraph.runs
        if run.font.highlight_color
    ]

    assert marked == ["【待补：活动次数】"]
    assert [gap.what for gap in paper.gaps] == ["活动次数", "次数"]


def test_a_table_fills_the_type_area_and_repeats_its_head(paper: OfficialPaper) -> None:
    table = opened(paper).tables[0]

    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    assert abs(sum(column.width for column in table.columns) - Mm(156)) < Mm(1)
    assert table.rows[2].cells[1].text == "【待补：次数】"


def test_a_table_of_many_columns_is_set_smaller() -> None:
    paper = OfficialPaper("总结")
    paper.table([str(number) for number in range(9)], [["1"] * 8])

    cells = opened(paper).tables[0].rows[1].cells
    assert cells[0].paragraphs[0].runs[0].font.size == Pt(10.5)
    assert cells[8].text == ""


def test_a_column_is_centred_only_if_all_its_cells_are_short() -> None:
    paper = OfficialPaper("附表")
    rows_given = [["数学组", "估算"], ["语文组", "整本书阅读怎样推进和交流"], []]
    paper.table(["教研组", "主题"], rows_given)

    _head, *rows = opened(paper).tables[0].rows
    sides = [[cell.paragraphs[0].alignment for cell in row.cells] for row in rows]
    assert sides == [[WD_ALIGN_PARAGRAPH.CENTER, None]] * 3


def test_a_table_without_rows_says_so() -> None:
    paper = OfficialPaper("总结")
    paper.table(["甲"], [], empty="本学期没有公开课。")

    assert opened(paper).paragraphs[-1].text == "本学期没有公开课。"


@pytest.mark.parametrize(
    ("name", "right"),
    [("青石小学", ("650", "200")), ("青石镇中心小学校本研修办公室", ("200", "750"))],
)
def test_the_date_begins_two_characters_after_the_name(name: str, right: tuple[str, str]) -> None:
    paper = OfficialPaper("总结")
    paper.signature(name, "2027年1月20日")

    indents = [line._p.pPr.find(qn("w:ind")) for line in opened(paper).paragraphs[-2:]]
    assert tuple(indent.get(qn("w:rightChars")) for indent in indents) == right


def test_items_are_numbered_in_the_text() -> None:
    paper = OfficialPaper("总结")
    paper.items(["听课", ["读书：", Gap("书目")]], numbering="（1）")

    assert [line.text for line in opened(paper).paragraphs[-2:]] == [
        "（1）听课",
        "（2）读书：【待补：书目】",
    ]


def test_equal_content_gives_equal_bytes() -> None:
    first, second = OfficialPaper("总结"), OfficialPaper("总结")

    assert first.to_bytes() == second.to_bytes()
    with zipfile.ZipFile(io.BytesIO(first.to_bytes())) as package:
        assert {part.date_time[0] for part in package.infolist()} == {2000}


@settings(deadline=None, max_examples=30)
@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_text_gives_a_paper_that_opens(text: str) -> None:
    paper = OfficialPaper(text)
    paper.heading(text)
    paper.paragraph(text, Gap(text))
    paper.table([text], [[text]], caption=text)
    paper.signature(text, text)

    assert opened(paper).paragraphs


def test_a_day_has_room_in_its_column_even_in_a_font_with_wider_digits() -> None:
    rows = [("10月13日", "听课评课" * 20), ("9月1日", "集体备课" * 20)]
    day, _theme = column_widths(("日期", "主题"), rows, size=12)

    wide_digit, han = 0.64 * 12, 12
    assert day - 4 > (4 * wide_digit + 2 * han) * 25.4 / 72
