"""All slips of a file that do not follow from each other are told at once, each with its line."""

import pytest

from yanxiu.ledger.rules.loading import loads
from yanxiu.ledger.rules.refusals import SchemeUnreadable
from yanxiu.ledger.rules.tests.made_up import MADE_UP

GATE = "gates: [{gate: a, title: 甲, source: 甲, records: {kind: [paper]}, need: yearly}]\n"


def _slips(text: str) -> list[tuple[int, str]]:
    with pytest.raises(SchemeUnreadable) as refused:
        loads(text, "甲")
    first = refused.value
    assert str(first).count("\n") == len(first.others)
    return [(each.line, each.read) for each in (first, *first.others)]


def test_three_slips_in_three_places_are_told_in_the_order_of_their_lines() -> None:
    wrong = MADE_UP.replace("per: item", "per: piece").replace("max: 12", "max: twelve")
    wrong = wrong.replace("scope: year, min: 24", "scope: decade, min: 24")
    assert [read for _, read in _slips(wrong)] == ["读到“decade”", "读到“twelve”", "读到“piece”"]


def test_a_section_that_must_be_there_does_not_hide_the_others() -> None:
    wrong = MADE_UP.replace("step: 0.5", "step: half").replace("max: 12", "max: twelve")
    assert [read for _, read in _slips(wrong)] == ["读到“half”", "读到“twelve”"]
    missing = MADE_UP.replace("title: 虚构方案\n", "", 1).replace("max: 12", "max: twelve")
    assert [read for _, read in _slips(missing)] == ["缺少键“title”", "读到“twelve”"]


def test_what_only_follows_from_a_slip_is_not_told() -> None:
    wrong = MADE_UP.replace("scope: year, min: 24", "scope: decade, min: 24") + GATE
    assert [read for _, read in _slips(wrong)] == ["读到“decade”"]
    labels = MADE_UP.replace("kind: {research_activity", "kinds: {research_activity")
    assert [read for _, read in _slips(labels)] == ["不认识键“kinds”"]


def test_an_authors_order_is_written_as_a_number() -> None:
    words = "labels:\n  author_order: {first: 第一作者, second: 第二作者}\n"
    wrong = MADE_UP.replace("labels:\n", words)
    with pytest.raises(SchemeUnreadable, match="读到“first”。署名次序写成带引号的数字"):
        loads(wrong)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("min: ≥24", "只写 24：min 就是不少于，max 就是不多于"),
        ("min: 24，", "只写 24：用半角"),
        ("min: ２４", "只写 24：用半角"),
        ("min: {2025-09-01：24}", "冒号用半角，后面空一格，如 2025-09-01: 24"),
        ("min：24", "冒号用半角，后面空一格，如 min: 24"),
    ],
)
def test_full_width_signs_are_refused_with_the_right_spelling(typed: str, right: str) -> None:
    with pytest.raises(SchemeUnreadable) as refused:
        loads(MADE_UP.replace("min: 24", typed, 1))
    assert right in refused.value.right
