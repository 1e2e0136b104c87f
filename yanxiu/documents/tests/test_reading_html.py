"""A web page gives its text in order, without what stands around it."""

import pytest

from yanxiu.documents.outline import Outline
from yanxiu.documents.reading import read
from yanxiu.documents.reading.refusals import DamagedFile


def page(body: str, name: str = "a.html") -> Outline:
    return read(f"<html><body>{body}</body></html>".encode(), name=name)


def texts(body: str) -> list[str]:
    return [line.text for line in page(body).lines]


def test_what_surrounds_the_text_and_what_is_hidden_is_left_out() -> None:
    body = (
        "<nav>首页</nav><header><h1>枫桥小学研修计划</h1></header><!-- 注 --><p hidden>甲</p>"
        "<div style='display: none'>乙</div><select><option>丙</option></select>"
        "<p>正文<b>在</b>此</p>"
        "<footer>版权</footer>"
    )

    assert texts(body) == ["枫桥小学研修计划", "正文在此"]


def test_a_book_title_in_angle_brackets_is_no_tag() -> None:
    assert texts("<p>学习<中小学教师职业道德规范>后交流</p>") == [
        "学习<中小学教师职业道德规范>后交流"
    ]


def test_numbers_of_lists_are_those_a_browser_shows() -> None:
    body = "<ol start=3><li>读书</li><li>二、听课</li></ol><ul><li>评课</li></ul>"

    assert texts(body) == ["3.读书", "二、听课", "评课"]


def test_merged_cells_are_repeated_and_written_once() -> None:
    body = (
        "<table><tr><th>月份</th><th colspan=2>内容</th></tr>"
        "<tr><td rowspan=2>三月</td><td>启动</td><td>培训</td></tr>"
        "<tr><td>听课</td><td>评课</td></tr>"
        "</table>"
    )

    outline = page(body)

    assert outline.tables[0].rows == (
        ("月份", "内容", "内容"), ("三月", "启动", "培训"), ("三月", "听课", "评课"),
    )  # fmt: skip
    assert [line.text for line in outline.lines] == ["月份\t内容", "三月\t启动\t培训", "听课\t评课"]


def test_a_table_that_only_arranges_the_page_is_none() -> None:
    inner = "<table><tr><td>甲</td><td>乙</td></tr></table>"
    body = f"<table><tr><td><p>一、目标</p>{inner}</td></tr></table>"

    assert texts(body) == ["一、目标", "甲\t乙"]
    assert len(page(body).tables) == 1


def test_a_page_saved_under_the_name_of_a_word_file_is_read() -> None:
    assert [line.text for line in page("<p>一、目标</p>", name="计划.doc").lines] == ["一、目标"]


def test_lines_of_preformatted_text_stay_lines() -> None:
    assert texts("<pre>一、目标\n读书</pre>") == ["一、目标", "读书"]


@pytest.mark.parametrize("piece", ["<div>", "<table><tr><td>", "<ol><li>"])
def test_endless_nesting_is_refused(piece: str) -> None:
    with pytest.raises(DamagedFile, match="嵌套过深"):
        page(piece * 50_000)
