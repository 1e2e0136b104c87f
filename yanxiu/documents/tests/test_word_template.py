"""A school's own template is understood or told why not, and filled with true data, safely."""

import io
import re
import time
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from yanxiu.documents.tests.templates import WORDS, a_docx, changed, faults, in_table, lines, of
from yanxiu.documents.word.template import (
    prepare,
)


def test_values_stand_in_their_places_by_name_or_code() -> None:
    template = prepare(
        of("{{ 学校 }}本期举行{{举行的 场次}}场，即{{ activities.sessions_held }}场。"), WORDS
    )

    filled = template.fill({"学校": "清河小学", "举行的场次": "18"}, {})

    assert template.fields == ("学校", "举行的场次")
    assert lines(filled) == ["清河小学本期举行18场，即18场。"]


def test_a_name_with_brackets_of_either_kind_is_the_same() -> None:
    template = prepare(of("{{分散(自学)研修人次}}和{{分散（自学）研修人次}}"), WORDS)

    assert lines(template.fill({"分散（自学）研修人次": "7"}, {})) == ["7和7"]


def test_lines_become_paragraphs_where_the_field_stands_alone() -> None:
    template = prepare(of("{{学校}}", "乙"), WORDS)

    assert lines(template.fill({"学校": "一段\n二段 & <三>"}, {})) == ["一段", "二段 & <三>", "乙"]


def test_what_is_missing_is_marked_on_yellow() -> None:
    filled = prepare(of("共{{举行的场次}}场"), WORDS).fill({"举行的场次": None}, {})

    (paragraph,) = Document(io.BytesIO(filled)).paragraphs
    assert paragraph.text == "共【待补：举行的场次】场"
    marked = [run.text for run in paragraph.runs if run.font.highlight_color]
    assert marked == ["【待补：举行的场次】"]


def test_zero_is_a_number_and_no_gap() -> None:
    assert lines(prepare(of("{{举行的场次}}"), WORDS).fill({"举行的场次": "0"}, {})) == ["0"]


def test_an_unknown_field_is_told_with_the_nearest_known_ones() -> None:
    (fault,) = prepare(of("前言", "本期{{ 举行场次 }}场"), WORDS).faults

    assert fault.nearest[0] == "举行的场次"
    assert "正文第2段" in fault.place
    assert "没有叫“举行场次”的字段" in fault.sentence


def test_a_field_cut_by_formatting_is_joined_and_told() -> None:
    template = prepare(of(["{", "{ 举行", "的场", "次 }", "}", "场"]), WORDS)

    assert not template.faults
    assert "已经自动接好" in template.notes[-1].sentence
    assert lines(template.fill({"举行的场次": "3"}, {})) == ["3场"]


def test_braces_of_a_chinese_keyboard_will_do() -> None:
    template = prepare(of("｛｛举行的场次｝｝场"), WORDS)

    assert lines(template.fill({"举行的场次": "3"}, {})) == ["3场"]
    assert any("全角" in one.sentence for one in template.notes)


@pytest.mark.parametrize(
    "paragraphs", [["{{ 举行", "的场次 }}"], ["{{ 举行的场次 }"], ["举行的场次 }}"]]
)
def test_a_field_that_cannot_be_joined_is_told(paragraphs: list[str]) -> None:
    assert "括号没有成对" in faults(prepare(of(*paragraphs), WORDS))[0]


def test_a_row_is_repeated_for_each_row_of_its_table() -> None:
    template = prepare(
        in_table(
            ["序", "主题", "时间"],
            ["{{场次明细.序号}}", "{{场次明细.主题}}", "{{ 场次明细.时间 }}"],
            ["合计", "{{举行的场次}}", ""],
        ),
        WORDS,
    )
    rows = [{"主题": "估算", "时间": "3月2日"}, {"主题": "图形", "时间": "3月9日"}]

    filled = template.fill({"举行的场次": "2"}, {"场次明细": rows})

    assert lines(filled) == [
        "序 | 主题 | 时间", "1 | 估算 | 3月2日", "2 | 图形 | 3月9日", "合计 | 2 | ",
    ]  # fmt: skip
    assert lines(template.fill({"举行的场次": "0"}, {})) == [
        "序 | 主题 | 时间", " | 本期没有记录。 | ", "合计 | 0 | ",
    ]  # fmt: skip


def test_a_paragraph_is_repeated_too() -> None:
    template = prepare(of("活动：", "{{场次明细.序号}}.{{场次明细.主题}}", "完"), WORDS)

    filled = template.fill({}, {"场次明细": [{"主题": "估算"}, {"主题": "图形"}]})

    assert lines(filled) == ["活动：", "1.估算", "2.图形", "完"]


def test_blocks_choose_and_repeat() -> None:
    template = prepare(
        of(
            "{% if 举行的场次 %}", "有{{举行的场次}}场", "{% else %}", "没有", "{% endif %}",
            "{% for 场 in 场次明细 %}", "题：{{场.主题}}", "时：{{场.时间}}", "{% endfor %}",
            "{% if not 举行的场次 %}无{% else %}有{% endif %}",
        ),
        WORDS,
    )  # fmt: skip
    rows = {"场次明细": [{"主题": "估算", "时间": "三月"}]}

    assert lines(template.fill({"举行的场次": "2"}, rows)) == [
        "有2场", "题：估算", "时：三月", "有",
    ]  # fmt: skip
    assert lines(template.fill({"举行的场次": "0"}, {})) == ["没有", "无"]


@pytest.mark.parametrize(
    ("paragraphs", "told"),
    [
        (["{% if 举行的场次 %}", "有"], "没有写结束"),
        (["有", "{% endif %}"], "没有和它成对"),
        (["有{% if 举行的场次 %}", "场", "{% endif %}"], "同一段里"),
        (["{% for 场 in 场次明细 %}", "{{场次明细.主题}}{{教师表.姓名}}", "{% endfor %}"], "再套"),
        (["{{场次明细.主题}}和{{教师表.姓名}}"], "一个表的列"),
        (["{{场次明细.地点}}"], "没有这一列"),
        (["{% for 场 in 没有的表 %}", "{{场.主题}}", "{% endfor %}"], "没有叫"),
        (["没有字段"], "没有找到字段"),
    ],
)
def test_what_does_not_fit_together_is_told(paragraphs: list[str], told: str) -> None:
    assert any(told in one for one in faults(prepare(of(*paragraphs), WORDS)))


LONG = "欧阳·买买提" * 20


@pytest.mark.parametrize(
    "value",
    ["甲 & 乙 <丙> \"丁\" '戊'", "“引”与《书》", LONG, "𠮷垚㼆", "两行\n一段", "\x00\x08坏\ufffe"],
)
def test_any_value_is_safe(value: str) -> None:
    filled = prepare(of("甲{{学校}}乙"), WORDS).fill({"学校": value}, {})

    clean = re.sub("[\x00\x08\ufffe]", "", value)
    assert lines(filled) == [f"甲{clean}乙"]


@pytest.mark.parametrize(
    ("around", "value", "wanted"),
    [
        ("《{{标题}}》", "读《论语》有感", "《读〈论语〉有感》"),
        ("《甲》{{标题}}", "读《论语》", "《甲》读《论语》"),
        ("“{{标题}}”", "谈“双减”", "“谈‘双减’”"),
        ("他说“见《{{标题}}》”", "“一”《二》", "他说“见《‘一’〈二〉》”"),
    ],
)
def test_marks_inside_titles_and_quotations_change(around: str, value: str, wanted: str) -> None:
    assert lines(prepare(of(around), WORDS).fill({"标题": value}, {})) == [wanted]


def slots(data: bytes, text: str) -> dict[str, str]:
    for run in Document(io.BytesIO(data)).element.body.iter(qn("w:r")):
        if "".join(one.text or "" for one in run.iter(qn("w:t"))) == text:
            fonts = run.find(qn("w:rPr")).find(qn("w:rFonts"))
            return {name.split("}")[1]: value for name, value in fonts.attrib.items()}
    raise AssertionError


def test_what_is_filled_has_a_font_in_all_four_slots() -> None:
    def write(document: Any) -> None:
        run = document.add_paragraph().add_run("{{学校}}")
        run.font.name, run.font.size = "Times New Roman", Pt(16)
        run._r.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
        document.styles["Normal"].element.get_or_add_rPr()
        half = document.add_paragraph().add_run("{{标题}}")
        half.font.name = "楷体_GB2312"

    template = prepare(a_docx(write), WORDS)
    filled = template.fill({"学校": "清河小学", "标题": "小结"}, {})

    assert slots(filled, "清河小学") == {
        "ascii": "Times New Roman", "hAnsi": "Times New Roman", "eastAsia": "仿宋_GB2312",
        "cs": "Times New Roman",
    }  # fmt: skip
    assert set(slots(filled, "小结")) == {"ascii", "hAnsi", "eastAsia", "cs"}


def test_a_font_without_an_east_asian_slot_is_told() -> None:
    def write(document: Any) -> None:
        document.add_paragraph().add_run("{{学校}}")
        defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}")
        defaults.getparent().remove(defaults)
        for style in document.styles.element.iter(qn("w:rFonts")):
            style.getparent().remove(style)

    template = prepare(a_docx(write), WORDS)

    assert "没有指定中文字体" in template.notes[0].sentence
    assert slots(template.fill({"学校": "甲"}, {}), "甲")["eastAsia"] == "宋体"


def test_headers_and_footers_are_filled_too() -> None:
    def write(document: Any) -> None:
        document.add_paragraph("{{标题}}")
        document.sections[0].header.paragraphs[0].text = "{{学校}}"
        document.sections[0].footer.paragraphs[0].text = "共{{举行的场次}}场"

    filled = prepare(a_docx(write), WORDS).fill(
        {"标题": "甲", "学校": "清河小学", "举行的场次": "3"}, {}
    )

    section = Document(io.BytesIO(filled)).sections[0]
    assert section.header.paragraphs[0].text == "清河小学"
    assert section.footer.paragraphs[0].text == "共3场"


def test_the_same_data_give_the_same_bytes() -> None:
    data = in_table(["{{场次明细.主题}}", "{{学校}}"])

    def once() -> bytes:
        return prepare(data, WORDS).fill({"学校": "甲"}, {"场次明细": [{"主题": "估算"}]})

    first = once()
    time.sleep(2.1)

    assert once() == first


def test_it_can_be_looked_at_with_sample_data() -> None:
    template = prepare(of("{{学校}}：{{场次明细.主题}}{{ 填写：主要经验 }}"), WORDS)

    assert template.asked == ["主要经验"]
    assert lines(template.sample()) == ["青石小学：估算（主要经验）", "青石小学：图形（主要经验）"]


def test_a_cell_never_loses_its_last_paragraph() -> None:
    data = in_table(["{{学校}}", "甲"])

    def block(text: bytes) -> bytes:
        def p(words: str) -> bytes:
            return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>".encode()

        cell = p("{% if 举行的场次 %}") + p("乙") + p("{% endif %}")
        return text.replace("<w:p><w:r><w:t>甲</w:t></w:r></w:p>".encode(), cell)

    filled = prepare(changed(data, word__document_xml=block), WORDS).fill({"学校": "甲"}, {})

    cells = Document(io.BytesIO(filled)).element.body.iter(qn("w:tc"))
    assert all(len(cell.findall(qn("w:p"))) >= 1 for cell in cells)


def test_it_is_a_document_that_python_docx_reads_with_spaces_kept() -> None:
    paragraph = OxmlElement("w:p")
    assert paragraph is not None
    assert lines(prepare(of(" 前 {{学校}} 后 "), WORDS).fill({"学校": "甲"}, {})) == [" 前 甲 后 "]
