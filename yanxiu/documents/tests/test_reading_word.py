"""A Word document is read as it looks: headings, counted numbers, tables, nothing deleted."""

import io
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from yanxiu.documents.outline import Outline
from yanxiu.documents.reading import read

LEVELS = (
    ("chineseCounting", "%1、", ""),
    ("decimal", "%2.", ""),
    ("decimal", "%1.%2.%3", "<w:isLgl/>"),
)


def saved(document: Any) -> Outline:
    stream = io.BytesIO()
    document.save(stream)
    return read(stream.getvalue(), name="计划.docx")


def with_list(document: Any) -> None:
    """Give `document` a list (number 90) that counts 一、 and 1. by itself."""
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'{legal}<w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, (style, pattern, legal) in enumerate(LEVELS)
    )
    part = document.part.numbering_part.element
    part.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>')
    )
    part.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    )


def listed(document: Any, text: str, depth: int) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    number = f'<w:ilvl w:val="{depth}"/><w:numId w:val="90"/>'
    properties.append(parse_xml(f"<w:numPr {nsdecls('w')}>{number}</w:numPr>"))


def test_numbers_counted_by_word_become_text_and_begin_again_below_each_heading() -> None:
    document = Document()
    with_list(document)
    for text, depth in [
        ("目标", 0),
        ("听课", 1),
        ("读书", 1),
        ("安排", 0),
        ("三月", 1),
        ("深处", 2),
    ]:
        listed(document, text, depth)

    lines = saved(document).lines

    assert [line.text for line in lines] == [
        "一、目标", "1.听课", "2.读书", "二、安排", "1.三月", "2.1.1深处",
    ]  # fmt: skip
    assert all(line.automatic for line in lines)


def test_headings_and_titles_have_their_level() -> None:
    document = Document()
    document.add_paragraph("校本研修计划", style="Title")
    document.add_heading("目标", level=1)
    document.add_heading("听课", level=2)
    document.add_paragraph("正文")

    assert [line.level for line in saved(document).lines] == [0, 1, 2, None]


def test_a_table_stands_in_its_place_with_merged_cells_repeated() -> None:
    document = Document()
    document.add_paragraph("前")
    table = document.add_table(rows=3, cols=2)
    for row, texts in zip(
        table.rows, [("月份", "内容"), ("三月", "启动"), ("", "听课")], strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    document.add_paragraph("后")

    outline = saved(document)

    assert [line.number for line in outline.lines] == [1, 2, 3, 4, 5]
    assert outline.lines[3].text == "听课"
    assert [row[0].strip() for row in outline.tables[0].rows] == ["月份", "三月", "三月"]
    assert outline.tables[0].first == 2


def test_deleted_text_is_gone_and_inserted_text_is_there() -> None:
    document = Document()
    paragraph = document.add_paragraph("每人")
    for tag, inner in (("del", "<w:delText>两</w:delText>"), ("ins", "<w:t>三</w:t>")):
        change = f'<w:{tag} {nsdecls("w")} w:id="1" w:author="a"><w:r>{inner}</w:r></w:{tag}>'
        paragraph._p.append(parse_xml(change))
    paragraph.add_run("篇")

    assert saved(document).lines[0].text == "每人三篇"


def test_a_line_broken_by_hand_is_two_lines() -> None:
    document = Document()
    document.add_paragraph("语文:周三下午\n数学:周四下午")

    assert [line.text for line in saved(document).lines] == ["语文:周三下午", "数学:周四下午"]


def raw(text: str) -> Any:
    """A run of the paragraph, as XML."""
    return parse_xml(text.replace(" ", f" {nsdecls('w')} ", 1))


def test_headers_footers_and_contents_are_left_out_and_that_is_said() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "枫桥小学"
    contents = document.styles.add_style("TOC 1", 1)
    document.add_paragraph("一、目标\t3", style=contents)
    document.add_paragraph("一、目标")

    outline = saved(document)

    assert [line.text for line in outline.lines] == ["一、目标"]
    assert outline.remarks == ("页眉、页脚没有读。", "目录没有读，标题以正文为准。")


def test_a_text_box_is_read_once_below_its_paragraph() -> None:
    document = Document()
    paragraph = document.add_paragraph("封面")
    inner = "<w:txbxContent><w:p><w:r><w:t>枫桥小学研修计划</w:t></w:r></w:p></w:txbxContent>"
    box = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent>"
    )
    paragraph._p.append(raw(f"<w:r >{box}</w:r>"))

    outline = saved(document)

    assert [line.text for line in outline.lines] == ["封面", "枫桥小学研修计划"]
    assert outline.remarks == ("1 个文本框里的文字读在所在段落之后。",)


def test_hidden_text_is_left_out_and_a_reading_aid_is_no_text() -> None:
    document = Document()
    document.add_paragraph("听课").add_run("（范例）").font.hidden = True
    aid, base = "<w:r><w:t>yán</w:t></w:r>", "<w:r><w:t>研</w:t></w:r>"
    ruby = f"<w:ruby><w:rt>{aid}</w:rt><w:rubyBase>{base}</w:rubyBase></w:ruby>"
    document.paragraphs[0]._p.append(raw(f"<w:r >{ruby}</w:r>"))

    outline = saved(document)

    assert outline.lines[0].text == "听课研"
    assert outline.remarks == ("隐藏的文字没有读。",)


def test_paragraphs_whose_mark_was_deleted_are_one_and_deleted_rows_are_gone() -> None:
    document = Document()
    mark = document.add_paragraph("每人")._p.get_or_add_pPr()
    mark.append(raw('<w:rPr ><w:del w:id="1" w:author="a"/></w:rPr>'))
    document.add_paragraph("两篇")
    table = document.add_table(rows=2, cols=1)
    table.cell(0, 0).text, table.cell(1, 0).text = "留", "删"
    table.rows[1]._tr.get_or_add_trPr().append(raw('<w:del w:id="2" w:author="a"/>'))

    outline = saved(document)

    assert [line.text for line in outline.lines] == ["每人两篇", "留"]
    assert outline.remarks == ("文中有修订，按全部接受修订后的文字读。",)


def test_a_box_or_a_table_inside_a_cell_belongs_to_the_cell() -> None:
    document = Document()
    cell = document.add_table(rows=1, cols=2).cell(0, 0)
    cell.text = "内容"
    cell.add_table(rows=1, cols=1).cell(0, 0).text = "听课"

    assert saved(document).tables[0].rows == (("内容\n听课", ""),)
