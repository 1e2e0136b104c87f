"""Every file is either read into an outline or refused with a sentence that says what to do."""

import io
import re
import zipfile

import pytest
from docx import Document

from yanxiu.documents.reading import read
from yanxiu.documents.reading.refusals import DamagedFile, TooLarge, UnreadableFormat
from yanxiu.kernel.refusals import Refusal

TEXT = "溪口小学校本研修计划\n\n一、目标\n提高课堂质量。"


def a_docx(**parts: bytes) -> bytes:
    """A small Word file, with some of its parts replaced or added."""
    whole = io.BytesIO()
    Document().save(whole)
    changed = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return changed.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_read_in_any_encoding_of_schools(encoding: str) -> None:
    outline = read(TEXT.encode(encoding), name="计划.txt")

    assert [(line.number, line.text) for line in outline.lines] == [
        (1, "溪口小学校本研修计划"), (2, ""), (3, "一、目标"), (4, "提高课堂质量。"),
    ]  # fmt: skip


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_an_editor_counts_them(ending: str) -> None:
    outline = read(f"甲{ending}{ending}乙\u2028丙".encode(), name="a.txt")

    assert [line.text for line in outline.lines] == ["甲", "", "乙\u2028丙"]


def test_a_text_keeps_what_looks_like_a_tag_and_repairs_radicals() -> None:
    outline = read("学习<中⼩学教师职业道德规范>".encode(), name="a.txt")

    assert outline.lines[0].text == "学习<中小学教师职业道德规范>"


def test_the_content_counts_more_than_the_name() -> None:
    assert read(a_docx(), name="计划.txt").lines == ()
    with pytest.raises(UnreadableFormat, match=r"不是 Word 文档"):
        read(TEXT.encode(), name="计划.docx")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "旧版"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (bytes(range(256)) * 4, "编码"),
        (a_docx(**{"word/vbaProject.bin": b"x"}), "宏"),
    ],
)
def test_another_format_is_refused_with_a_way_out(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFormat, match=words) as refusal:
        read(data, name="a")

    assert re.search("另存为|取消密码", str(refusal.value))


def test_an_entity_in_a_word_file_is_refused() -> None:
    markup = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    )

    with pytest.raises(DamagedFile, match="不安全"):
        read(a_docx(**{"word/document.xml": markup}), name="a.docx")


def test_a_zip_bomb_is_refused_without_unpacking_it() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", b"<x/>")
        for number in range(6):
            package.writestr(f"{number}", b"\0" * (40 * 1024 * 1024))
        package.writestr("word/document.xml", b"<x/>")

    with pytest.raises(DamagedFile, match="异常巨大"):
        read(packed.getvalue(), name="a.docx")


@pytest.mark.parametrize("cut", [40, 400, 4000, -30])
def test_a_torn_word_file_is_refused(cut: int) -> None:
    with pytest.raises(Refusal):
        read(a_docx()[:cut], name="a.docx")


def test_a_workbook_is_no_document() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("xl/workbook.xml", b"<x/>")

    with pytest.raises(UnreadableFormat, match="Excel"):
        read(packed.getvalue(), name="a.docx")


def test_a_file_over_the_limit_is_refused() -> None:
    with pytest.raises(TooLarge, match="20 MB"):
        read(b"a" * (20 * 1024 * 1024 + 1), name="a.txt")


def test_a_web_page_gives_headings_lists_and_tables_without_scripts() -> None:
    page = (
        "<html><head><title>站名</title><style>p{}</style></head><body><h2>一、目标</h2>"
        "<script>alert('x')</script><ol><li>读书&amp;写作</li><li>听课</li></ol>"
        "<table><tr><th>月份</th><th>内容</th></tr><tr><td>三月</td><td>启动</td></tr></table>文末</body>"
    )

    outline = read(page.encode(), name="计划.html")

    assert [line.text for line in outline.lines] == [
        "一、目标", "1.读书&写作", "2.听课", "月份\t内容", "三月\t启动", "文末",
    ]  # fmt: skip
    assert outline.lines[0].level == 2
    assert outline.tables[0].rows == (("月份", "内容"), ("三月", "启动"))
    assert outline.tables[0].first == 4


def test_markdown_is_read_without_its_signs_under_its_own_line_numbers() -> None:
    text = (
        "# 枫桥小学研修计划\n\n## 一、目标\n- **听课**20节\n> 1. 反思____篇\n\n"
        "|月份|内容|\n|---|:-:|\n|三月|启动|\n完"
    )

    outline = read(text.encode(), name="计划.md")

    assert [(line.number, line.text, line.level) for line in outline.lines if line.text] == [
        (1, "枫桥小学研修计划", 1), (3, "一、目标", 2), (4, "听课20节", None),
        (5, "1. 反思____篇", None),
        (7, "月份\t内容", None), (9, "三月\t启动", None), (10, "完", None),
    ]  # fmt: skip
    assert outline.tables[0].rows == (("月份", "内容"), ("三月", "启动"))
    assert outline.tables[0].first == 7


def test_a_table_copied_with_tabs_has_its_cells_and_lines_as_written() -> None:
    said = "一、安排\n周次\t时间\t内容\n1\t2.23\t制订计划\n2\t3.2\n日期：\t3月\n"

    outline = read(said.encode(), name="安排.txt")

    assert [line.cells for line in outline.lines[1:4]] == [
        ("周次", "时间", "内容"), ("1", "2.23", "制订计划"), ("2", "3.2", ""),
    ]  # fmt: skip
    assert [line.text for line in outline.lines[:5]] == said.splitlines()
    assert outline.tables[0].first == 2
    assert not outline.lines[4].cells
