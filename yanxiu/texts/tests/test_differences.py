"""The difference of two texts reads as a person would tell it, and loses no character."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from yanxiu.texts.differences import (
    Change,
    Paragraph,
    carried,
    difference,
    measure,
    paragraphs_of,
    runs,
)

DRAFT = [
    "一、复习导入：出示三组算式，让学生口算。",
    "二、探究新知：把一张圆形纸片平均分成四份。",
    "三、巩固练习：完成课本第八页的习题。",
]


def _old(found: list[Paragraph]) -> list[str]:
    return [
        "".join(run.text for run in one.runs if run.change is not Change.ADDED)
        for one in found
        if one.before is not None
    ]


def _new(found: list[Paragraph]) -> list[str]:
    return [
        "".join(run.text for run in one.runs if run.change is not Change.REMOVED)
        for one in found
        if one.after is not None
    ]


def test_a_paragraph_with_some_words_changed_is_told_as_changed() -> None:
    after = [DRAFT[0], "二、探究新知：把一张正方形纸片平均分成四份。", DRAFT[2]]

    found = difference(DRAFT, after)

    assert [one.change for one in found] == [Change.SAME, Change.CHANGED, Change.SAME]
    told = [(run.change, run.text) for run in found[1].runs if run.change is not Change.SAME]
    assert told == [(Change.REMOVED, "圆"), (Change.ADDED, "正方")]


def test_what_came_and_what_went_stand_where_they_are_read() -> None:
    after = [DRAFT[0], "请学生先猜一猜，再动手验证。", *DRAFT[1:2]]

    found = difference(DRAFT, after)

    assert [one.change for one in found] == [
        Change.SAME, Change.ADDED, Change.SAME, Change.REMOVED
    ]  # fmt: skip


def test_single_characters_between_two_changes_are_not_islands() -> None:
    found = runs("先看图，再说话", "先读书，后写字")

    assert [run.change for run in found] == [Change.SAME, Change.REMOVED, Change.ADDED]


def test_a_number_changes_as_a_whole() -> None:
    found = runs("小组说（12分钟）", "小组说（15分钟）")

    assert [run.text for run in found] == ["小组说（", "12", "15", "分钟）"]


def test_the_departure_is_said_in_words_and_as_a_share() -> None:
    same, other = measure(difference(DRAFT, DRAFT)), measure(difference(DRAFT, ["全新的一段"]))

    assert (str(same), same.share) == ("一字未改", 0)
    assert str(other) == "增加 1 段，删去 3 段；约 100% 的文字不同"
    half = measure(difference(["甲乙丙丁戊己庚辛"], ["甲乙丙丁戊己庚壬"]))
    assert str(half) == "改了 1 段；约 12% 的文字不同"


def test_a_paragraph_keeps_its_name_through_changes_around_and_in_it() -> None:
    named = list(zip(("p1", "p2", "p3"), DRAFT, strict=True))

    after = ["新的开头。", DRAFT[0], DRAFT[1] + "再涂色。", "结束语。"]

    assert carried(named, after) == ["", "p1", "p2", ""]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.text("甲乙丙，。一二a ", min_size=1, max_size=12), max_size=8),
    st.lists(st.text("甲乙丙，。一二a ", min_size=1, max_size=12), max_size=8),
)
def test_both_texts_can_be_read_from_it_whole(before: list[str], after: list[str]) -> None:
    found = difference(before, after)

    assert (_old(found), _new(found)) == (before, after)
    assert 0 <= measure(found).share <= 1


def test_a_long_plan_is_compared_before_one_blinks() -> None:
    before = [f"第{n}段，{'请学生说一说自己的想法' * 9}。" for n in range(150)]
    after = [text.replace("说一说", "写一写") if n % 2 else text for n, text in enumerate(before)]

    start = time.process_time()
    found = difference(before, after)

    assert measure(found).changed == 75
    assert time.process_time() - start < 2


def test_paragraphs_are_lines_that_hold_anything() -> None:
    assert paragraphs_of("一\n\n　 二 \r\n") == ["一", "二"]
