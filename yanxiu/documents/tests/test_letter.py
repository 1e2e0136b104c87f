"""A notice stands on the page of GB/T 9704: mark, number, red line, text, 版记, and no seal."""

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from docx import Document

from yanxiu.documents.word import Gap
from yanxiu.documents.word.letter import Letter, balanced, write_letter

LETTER = Letter(
    mark="白鹭洲中心校",
    number="白中校〔2031〕3号",
    title="关于举办“一课三磨”研讨活动的通知",
    to="各小学、教学点：",
    body=["现将有关事项通知如下。", "一、时间", "2031年10月15日。"],
    attachments=["议程", "名额分配"],
    signed_by="白鹭洲中心校",
    day="2031年9月28日",
    copies="县教研室",
    printed_by="白鹭洲中心校",
    printed_on="2031年9月28日",
)


@pytest.fixture(scope="module")
def xml() -> str:
    with zipfile.ZipFile(io.BytesIO(write_letter(LETTER))) as package:
        return package.read("word/document.xml").decode()


def lines_of(letter: Letter) -> list[tuple[str, str]]:
    found: Any = Document(io.BytesIO(write_letter(letter)))
    return [(one.style.name, one.text) for one in found.paragraphs if one.text]


def test_its_parts_stand_in_their_order() -> None:
    assert lines_of(LETTER) == [
        ("Letter Mark", "白鹭洲中心校"),
        ("Letter Number", "白中校〔2031〕3号"),
        ("Title", "关于举办“一课三磨”研讨活动的通知"),
        ("Body Flush", "各小学、教学点："),
        ("Normal", "现将有关事项通知如下。"),
        ("Heading 1", "一、时间"),
        ("Normal", "2031年10月15日。"),
        ("Normal", "附件：1. 议程"),
        ("Normal", "\u3000\u3000\u30002. 名额分配"),
        ("Signed", "白鹭洲中心校"),
        ("Signed", "2031年9月28日"),
    ]


def test_the_page_is_that_of_the_standard(xml: str) -> None:
    section: Any = Document(io.BytesIO(write_letter(LETTER))).sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)

    assert [round(one.mm) for one in margins] == [37, 35, 28, 26]
    assert re.search(r'<w:bottom w:val="single" w:sz="12" w:space="11" w:color="FF0000"/>', xml)


def test_mark_and_line_are_red_and_each_font_is_named_four_times() -> None:
    with zipfile.ZipFile(io.BytesIO(write_letter(LETTER))) as package:
        styles = package.read("word/styles.xml").decode()

    mark = re.search(r'w:styleId="LetterMark".*?</w:style>', styles, re.DOTALL)
    assert mark is not None
    assert 'w:color w:val="FF0000"' in mark[0]
    assert mark[0].count("方正小标宋简体") == 4
    assert "asciiTheme" not in styles


def test_the_foot_has_thick_rules_outside_and_a_thin_one_between(xml: str) -> None:
    foot = xml[xml.index("w:tblpPr") :]

    assert 'w:tblpYSpec="bottom"' in foot
    rules = re.findall(r'<w:(top|bottom) w:val="single" w:sz="(\d)"', foot)
    assert rules == [("top", "8"), ("top", "6"), ("bottom", "8")]
    assert "抄送：县教研室。" in foot
    assert "2031年9月28日印发" in foot


def test_there_is_no_picture_and_so_no_seal() -> None:
    with zipfile.ZipFile(io.BytesIO(write_letter(LETTER))) as package:
        assert not [name for name in package.namelist() if "media" in name]


def test_what_is_lacking_is_marked_and_nothing_is_made_up() -> None:
    bare = replace(LETTER, number=Gap("文号"), to=Gap("主送机关"), body=[], day=Gap("成文日期"))

    texts = [text for _style, text in lines_of(bare)]
    for gap in ("文号", "主送机关", "正文", "成文日期"):
        assert any(f"【待补：{gap}】" in text for text in texts)


def test_the_same_notice_gives_the_same_bytes() -> None:
    assert write_letter(LETTER) == write_letter(LETTER)


def test_a_long_title_is_broken_before_a_phrase() -> None:
    title = "关于举办“一课三磨”课堂教学研讨活动暨青年教师研究课展示的通知"

    assert balanced(title).split("\n") == [
        "关于举办“一课三磨”课堂教学研讨活动",
        "暨青年教师研究课展示的通知",
    ]
    assert balanced("关于研究课的通知") == "关于研究课的通知"
