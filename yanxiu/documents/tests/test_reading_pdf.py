"""A PDF with text gives what a reader sees: paragraphs across rows and pages, tables, headings."""

import zlib

import pytest

from yanxiu.documents.outline import Outline
from yanxiu.documents.reading import confined, read
from yanxiu.documents.reading.pdf import opening
from yanxiu.documents.reading.refusals import TooMuch, UnreadableFormat
from yanxiu.documents.tests.pdfs import LOCK, PICTURE, by_hand, turned, typeset, with_pages

SENTENCE = (
    "各教研组围绕一节研究课开展评议，先由执教者说明设计，再由同伴依据课堂记录提出问题，最后由组长"
    "归纳{}条可以马上试行的做法，并在下一周的课上加以检验。"
)
PARAGRAPHS = [SENTENCE.format(number) for number in range(1, 21)]
SCHEDULE = """#table(columns: (60pt, 1fr, 80pt),
  [月份], [内容], [负责],
  table.cell(rowspan: 2)[九月], [制订研修计划，召开启动会，确定各教研组的主题，并安排好次序。],
  [教导处],
  [骨干教师示范课], table.cell(rowspan: 2)[教科室],
  [十月], [同课异构 \\ 阶段小结],
  table.cell(colspan: 3)[安排如有变动，另行通知],
)"""
LINE = b"BT /F 12 Tf 72 700 Td (Plan of the term) Tj ET"


def pdf(source: str) -> Outline:
    return read(typeset(source), name="计划.pdf")


def texts(outline: Outline) -> list[str]:
    return [line.text for line in outline.lines]


def test_rows_and_pages_are_joined_and_margins_left_out() -> None:
    outline = pdf("\n\n".join(PARAGRAPHS))

    assert texts(outline) == PARAGRAPHS
    assert {line.page for line in outline.lines} == {1, 2}
    assert outline.remarks == ("页眉、页脚和页码没有读。",)


def test_headings_items_and_blanks_stay_apart() -> None:
    lines = ["一、工作目标", "1．读书。", "2．听课不少于20节", "组长：林知远　副组长：何静", "谢谢"]

    assert texts(pdf("\n\n".join(lines)))[-5:] == lines


def test_a_signature_and_a_day_on_the_right_are_two_lines() -> None:
    outline = pdf(SENTENCE + "\n\n#align(right)[枫桥镇中心学校]\n\n#align(right)[2026年9月1日]")

    assert texts(outline)[-2:] == ["枫桥镇中心学校", "2026年9月1日"]


def test_larger_print_is_a_heading_and_the_largest_the_title() -> None:
    title = "#align(center, text(size: 22pt)[枫桥小学教研工作计划])\n\n"
    heading = "#text(size: 15pt)[工作目标]\n\n"

    outline = pdf(title + "正文说明。\n\n" + heading + SENTENCE)

    assert [(line.text, line.level) for line in outline.lines if line.level is not None] == [
        ("枫桥小学教研工作计划", 0), ("工作目标", 2),
    ]  # fmt: skip


def test_a_ruled_table_gives_its_cells_with_merged_ones_repeated() -> None:
    outline = pdf("先看安排。\n\n" + SCHEDULE + "\n\n以上为安排。")

    assert outline.tables[0].rows == (
        ("月份", "内容", "负责"),
        ("九月", "制订研修计划，召开启动会，确定各教研组的主题，并安排好次序。", "教导处"),
        ("九月", "骨干教师示范课", "教科室"),
        ("十月", "同课异构\n阶段小结", "教科室"),
        ("安排如有变动，另行通知",) * 3,
    )
    place = outline.tables[0].first - 1
    assert texts(outline)[place - 1 : place + 1] == ["先看安排。", "月份\t内容\t负责"]
    assert texts(outline)[place + 3] == "十月\t同课异构\n阶段小结"
    assert texts(outline)[-1] == "以上为安排。"


def test_a_table_cut_by_a_page_break_is_one_table() -> None:
    rows = "".join(f"[第{number}周], [主题研讨]," for number in range(1, 61))

    outline = pdf(f"#table(columns: 2, table.header[周次][内容], {rows})")

    (table,) = outline.tables
    assert [row[0] for row in table.rows] == ["周次", *(f"第{n}周" for n in range(1, 61))]


def test_columns_without_rules_are_a_table_too() -> None:
    source = "#grid(columns: (160pt, 160pt), row-gutter: 8pt, [周次], [内容], [第一周], [开题])"

    assert pdf(source).tables[0].rows == (("周次", "内容"), ("第一周", "开题"))


@pytest.mark.parametrize("angle", [0, 90, 180, -90])
def test_a_page_that_was_turned_is_read_all_the_same(angle: int) -> None:
    data = typeset(f"#rotate({angle}deg, reflow: true)[#block(width: 400pt)[{SENTENCE}{SCHEDULE}]]")

    assert SENTENCE in texts(read(data, name="a"))
    assert texts(read(turned(data), name="a")) == texts(read(data, name="a"))


def test_a_watermark_across_the_page_is_not_mixed_into_the_text() -> None:
    mark = "#place(center + horizon, rotate(-45deg, text(size: 60pt)[内部资料]))"

    assert texts(pdf(mark + SENTENCE))[-1] == SENTENCE


def test_a_table_of_contents_is_left_out_and_that_is_said() -> None:
    outline = pdf(
        "目　录\n\n一、目标.................1\n\n二、措施.................3\n\n正文在此。"
    )

    assert texts(outline)[-1] == "正文在此。"
    assert not any("措施" in text or "目　录" in text for text in texts(outline))
    assert "目录没有读，标题以正文为准。" in outline.remarks


def test_radicals_are_repaired() -> None:
    assert texts(pdf("⼯作⽬标：提⾼⼩学课堂质量。"))[-1] == "工作目标：提高小学课堂质量。"


def test_a_script_inside_is_never_run_and_the_text_is_read() -> None:
    script = b"/OpenAction<</S/JavaScript/JS(while\\(1\\){})>>"

    assert texts(read(by_hand(LINE, catalogue=script), name="a.pdf")) == ["Plan of the term"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (by_hand(b"q 595 0 0 842 0 0 cm /I Do Q", extra=PICTURE), "扫描件.*文字识别"),
        (by_hand(LINE, trailer=LOCK), "打开密码.*取消密码"),
        (typeset("甲乙丙丁")[:3000], "损坏"),
        (typeset("甲乙丙丁")[:-200], "损坏"),
        (b"%PDF-1.7 ...", "损坏"),
        (by_hand(b"BT /F 12 Tf 9 700 Td (" + b"\x01\x02\x03\x04" * 30 + b") Tj ET"), "扫描件|乱码"),
    ],
)
def test_what_holds_no_readable_text_is_refused_with_a_way_out(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFormat, match=words):
        read(data, name="a.pdf")


def test_a_pdf_of_five_hundred_pages_is_refused_with_the_limit() -> None:
    with pytest.raises(TooMuch, match=r"有 500 页.*最多读 300 页"):
        read(with_pages(500), name="a.pdf")


def test_a_pdf_that_unpacks_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    bounds = confined.Bounds(
        seconds=8, cpu_seconds=2, memory=opening.BOUNDS.memory, output=1_000_000
    )
    monkeypatch.setattr(opening, "BOUNDS", bounds)
    packed = zlib.compress(b"BT /F 9 Tf 9 9 Td (abc abc abc) Tj ET " * 3_000_000)
    bomb = by_hand(packed, filtered=b"/Filter/FlateDecode")
    assert len(bomb) < 1_000_000

    with pytest.raises(TooMuch, match="时间或内存"):
        read(bomb, name="a.pdf")
