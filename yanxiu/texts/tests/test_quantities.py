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
    ],
)
def test_it_reads(text: str, value: int, unit: str, qualifier: str) -> None:
    (quantity,) = find_quantities(text)

    assert (quantity.value, quantity.unit, quantity.qualifier) == (Decimal(value), unit, qualifier)
    assert text[quantity.start : quantity.end] == quantity.text


@pytest.mark.parametrize(
    "text", ["第一次教研", "第十二次", "十分重要", "2026年", "X场", "统一阅卷", "多次"]
)
def test_ordinals_adverbs_years_and_gaps_are_none(text: str) -> None:
    assert find_quantities(text) == ()


def test_a_qualifier_belongs_to_the_next_number_only() -> None:
    found = find_quantities("至少听课20节，反思5篇")

    assert [quantity.qualifier for quantity in found] == ["at_least", "exact"]
