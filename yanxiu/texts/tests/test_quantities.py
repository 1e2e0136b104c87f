"""A quantity is a number with its unit and with how sure the writer was."""

from decimal import Decimal

import pytest

from yanxiu.texts.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("听课不少于20节", 20, "节", "at_least"),
        ("至少阅读一本及以上", 1, "本", "at_least"),
        ("聽課不少於2節", 2, "节", "at_least"),
        ("最少要有一天", 1, "天", "at_least"),
        ("4节以上的研究课", 4, "节", "at_least"),
        ("历时40个工作日之多", 40, "个工作日", "at_least"),
        ("展示课五十余节", 50, "节", "more_than"),
        ("超过30人次", 30, "人次", "more_than"),
        ("约30人次", 30, "人次", "about"),
        ("不超过3项", 3, "项", "at_most"),
        ("一篇读书心得", 1, "篇", "exact"),
        ("不低于 80 %", 80, "%", "at_least"),
        ("百分之八十以上", 80, "%", "at_least"),
        ("15 %", 15, "%", "exact"),
        ("提高5个百分点", 5, "个百分点", "exact"),
        ("二十余节", 20, "节", "more_than"),
        ("30 余节", 30, "节", "more_than"),
        ("十余万字", 100_000, "字", "more_than"),
        ("上百节", 100, "节", "at_least"),
        ("近百人次", 100, "人次", "about"),
        ("一两个重点领域", 1, "个", "about"),
        ("4次（含）以上", 4, "次", "at_least"),
        ("10次（含10次）以上", 10, "次", "at_least"),
        ("不宜少于3篇", 3, "篇", "at_least"),
        ("少于3篇", 3, "篇", "at_most"),
        ("不足20节", 20, "节", "at_most"),
        ("逾60篇", 60, "篇", "more_than"),
        ("共计120节次", 120, "节次", "exact"),
        ("结成12对师徒", 12, "对", "exact"),
        ("超市购书3本", 3, "本", "exact"),
        ("附近3所学校", 3, "所", "exact"),
    ],
)
def test_it_reads(text: str, value: int, unit: str, qualifier: str) -> None:
    (quantity,) = find_quantities(text)

    assert (quantity.value, quantity.unit, quantity.qualifier) == (Decimal(value), unit, qualifier)
    assert text[quantity.start : quantity.end] == quantity.text


@pytest.mark.parametrize(
    "text",
    [
        *("第一次教研", "第十二次", "十分重要", "2026年", "X场", "统一阅卷", "多次", "第3—5周"),
        *(
            "几十节",
            "数百人",
            "百节好课",
            "千字文",
            "三分之二以上",
            "五个一",
            "一对一帮扶",
            "一系列",
        ),
    ],
)
def test_ordinals_adverbs_years_gaps_and_the_unknown_are_none(text: str) -> None:
    assert find_quantities(text) == ()


def test_a_qualifier_belongs_to_the_next_number_only() -> None:
    found = find_quantities("至少听课20节，反思5篇")

    assert [quantity.qualifier for quantity in found] == ["at_least", "exact"]


@pytest.mark.parametrize(
    ("text", "low", "high", "qualifier"),
    [
        ("听课3—5篇", 3, 5, "at_least"),
        ("三至五篇", 3, 5, "at_least"),
        ("三篇到五篇", 3, 5, "at_least"),
        ("约3-5篇", 3, 5, "about"),
        ("写2、3篇", 2, 3, "about"),
    ],
)
def test_a_range_keeps_both_ends(text: str, low: int, high: int, qualifier: str) -> None:
    (quantity,) = find_quantities(text)

    assert (quantity.value, quantity.upper) == (Decimal(low), Decimal(high))
    assert quantity.qualifier == qualifier
    assert text[quantity.start : quantity.end] == quantity.text


def test_the_number_of_an_item_is_no_end_of_a_range() -> None:
    (quantity,) = find_quantities("2、3篇论文")

    assert (quantity.value, quantity.upper) == (Decimal(3), None)


def test_an_hour_and_a_half_is_that() -> None:
    (quantity,) = find_quantities("每次一个半小时")

    assert (quantity.value, quantity.unit) == (Decimal("1.5"), "小时")
