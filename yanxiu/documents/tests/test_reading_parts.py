"""One file may hold several documents, with broken lines and what a web site put around them."""

from pathlib import Path

import pytest

from yanxiu.documents.outline import Outline, in_simplified
from yanxiu.documents.reading import read
from yanxiu.documents.reading.marks import read_mark
from yanxiu.documents.reading.paragraphs import paragraphs
from yanxiu.documents.reading.parts import parts

BODY = "一、目标\n提高课堂质量。\n二、措施\n每周研讨一次。\n"


def outline(text: str) -> Outline:
    return in_simplified(read(text.encode(), name="a.txt"))


def joined(text: str) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(outline(text).lines)]


@pytest.mark.parametrize(
    ("text", "style", "ordinal"),
    [
        ("一、目标", "han", 1), ("（十二）听课", "han-bracket", 12), ("1.读书", "arabic", 1),
        ("10、读书", "arabic", 10),
        ("(3)、听课", "arabic-bracket", 3), ("2)听课", "arabic-half", 2), ("⑵听课", "circled", 2),
        ("②听课", "circled", 2), ("a.听课", "letter", 1),
        ("第二部分 目标", "chapter", 2), ("1.2 听课", "decimal", 2),
    ],
)  # fmt: skip
def test_typed_numbers_are_recognised(text: str, style: str, ordinal: int) -> None:
    mark = read_mark(text)

    assert mark is not None
    assert (mark.style, mark.ordinal) == (style, ordinal)


@pytest.mark.parametrize(
    "text", ["2.5学分", "一次活动", "2026年", "第一次教研", "三月份:", "ipad一台", ""]
)
def test_other_beginnings_are_no_numbers(text: str) -> None:
    assert read_mark(text) is None


def test_a_sentence_broken_over_lines_is_joined_without_a_space() -> None:
    text = "我们建立了制度。各组按要求认真制定了符合本\n\n组实际的计划。\n下一段。"

    assert joined(text) == ["我们建立了制度。各组按要求认真制定了符合本组实际的计划。", "下一段。"]


def test_headings_items_and_months_are_never_joined() -> None:
    text = "主要目标\n立足课堂,\n一、读书\n听课。评课\n三月份:\n语文:周三下午"

    assert joined(text) == text.split("\n")


def test_a_role_broken_inside_its_label_is_joined() -> None:
    text = "1、组\n\n长:__ 校长 负责全面\n2、副组长:__\n副校长 负责教学"

    assert joined(text) == ["1、组长:__ 校长 负责全面", "2、副组长:__ 副校长 负责教学"]


def test_a_place_in_a_joined_paragraph_leads_back_to_its_line() -> None:
    (paragraph,) = paragraphs(outline("做了很多。但是各组,\n\n还要努力。").lines)

    assert [paragraph.line_at(paragraph.text.index(word)).number for word in ("做", "还")] == [1, 3]


def test_documents_of_a_collection_are_told_apart_by_their_counted_titles() -> None:
    head = "某某范文网\n研修工作计划\n研修工作计划\n"
    text = head + "研修工作计划1\n一、目标\n甲。\n研修工作计划2\n一、目标\n乙。\n相关推荐"

    found = parts(outline(text))

    assert [(part.title, part.first, part.last) for part in found] == [
        ("研修工作计划1", 4, 6),
        ("研修工作计划2", 7, 9),
    ]


def test_numbers_that_begin_again_below_a_title_open_a_document() -> None:
    text = "松岗小学研修计划\n一、目标\n甲\n二、措施\n乙\n松岗小学研修总结\n一、成绩\n丙"

    assert [part.first for part in parts(outline(text))] == [1, 6]


@pytest.mark.parametrize(
    ("first", "second", "title"),
    [
        ("校本研修工作计划集\n篇一：校本研修计划", "篇二：校本研修计划", "校本研修计划"),
        ("小学研修计划集锦\n【篇一】小学研修计划", "【篇二】小学研修计划", "小学研修计划"),
        ("教研工作总结\n范文1", "范文2", "教研工作总结"),
        ("校本研修计划 篇1", "校本研修计划 篇2", "校本研修计划 篇2"),
        ("语文组2026年教研计划", "数学组2026年教研计划", "数学组2026年教研计划"),
    ],
)
def test_documents_are_told_apart_however_they_are_counted(
    first: str, second: str, title: str
) -> None:
    found = parts(outline(f"{first}\n{BODY}{second}\n{BODY}"))

    assert len(found) == 2
    assert found[1].title == title
    assert found[0].last == found[1].first - 1


def test_the_name_of_a_school_above_a_title_belongs_to_the_title() -> None:
    text = f"松岗小学\n2026年春季研修总结\n{BODY}枫桥小学\n2026年秋季研修计划\n{BODY}"

    assert [(part.headers, part.first) for part in parts(outline(text))] == [
        (("松岗小学",), 1), (("枫桥小学",), 7),
    ]  # fmt: skip


@pytest.mark.parametrize(("title", "count"), [("枫桥小学教研组工作计划", 2), ("教研组工作计划", 1)])
def test_where_chapters_are_counted_in_digits_a_title_must_say_whose_it_is(
    title: str, count: int
) -> None:
    text = f"校本研修计划\n1.目标\n甲\n2.措施\n乙\n{title}\n1.目标\n丙"

    assert len(parts(outline(text))) == count


def test_what_a_template_site_puts_around_a_paper_is_dropped() -> None:
    text = (
        f"首页 > 教案 > 计划\n校本研修计划\n来源：网络 作者：佚名\n{BODY}以上内容仅供大家参考\n"
        "【校本研修计划】相关文章：\n1.教研计划2-03\n2.研修总结5-06\n下载全文"
    )

    (part,) = parts(outline(text))

    assert (part.title, part.lines[-1].text) == ("校本研修计划", "每周研讨一次。")
    assert [line.number for line in part.metadata] == [3]


def test_a_section_about_sources_is_no_boilerplate() -> None:
    text = f"校本研修计划\n{BODY}三、相关推荐\n向教师推荐两本书。\n供各组参考。\n资料来源：图书室"

    assert len(parts(outline(text))[0].lines) == 8


def test_an_item_that_names_a_summary_opens_nothing() -> None:
    text = "松岗小学研修计划\n一、目标\n甲\n二、安排\n六月份:\n学校研修工作总结\n三、保障\n乙"

    assert len(parts(outline(text))) == 1


def test_metadata_and_boilerplate_stand_apart() -> None:
    head = "扎根课堂\n发布时间:2025/1/2 作者:管理员 浏览量:8次\n扎根课堂\n"
    text = head + "——松岗小学研修总结\n正文。\n京公网安备1号"

    (part,) = parts(outline(text))

    assert (part.title, part.headers, part.first, part.last) == (
        "扎根课堂",
        ("松岗小学研修总结",),
        1,
        5,
    )
    assert [line.number for line in part.metadata] == [2]


def test_the_samples_are_split_as_expected(samples: Path) -> None:
    found = {
        path.stem: [(part.first, part.last) for part in parts(outline(path.read_text("utf-8")))]
        for path in sorted((samples / "documents").glob("*.txt"))
    }

    assert found["term-plans-traditional"] == [(7, 75), (77, 165)]
    assert found["central-school-summary"] == [(3, 53), (57, 89)]
    assert found["annual-summary-2025"] == [(1, 40)]
    assert found["town-summary-radicals"] == [(1, 22)]


def test_an_empty_file_has_no_document() -> None:
    assert parts(outline(" \n\n")) == ()
