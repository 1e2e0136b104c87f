"""What can be met is never called a contradiction; what nobody can meet is always found."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yanxiu.ledger.rules.checking import CONTRADICTION, Finding, findings
from yanxiu.ledger.rules.checking.inequalities import Bound, least_against, solve
from yanxiu.ledger.rules.loading import loads

THEMES, FORMS = ("moral", "skill", "it"), ("centralised", "school_based", "distance")
YEARS = 5
HEAD = """id: made-up-matrix
version: "1"
title: 虚构矩阵
source: 虚构办法
effective_from: 2026-01-01
unit: hour
time: {minutes_per_hour: 60, source: 第一条}
conversions: []
rounding: {step: 0.5, mode: floor, at: award, source: 第一条}
cycle: {years: 5, year_start: 01-01, first_year: 2026, semester_starts: [01-01, 07-01], source: 一}
labels:
  unit: {hour: 学时}
  kind: {outside_training: 外出培训}
  theme: {moral: 师德, skill: 技能, it: 信息}
  delivery_mode: {centralised: 集中, school_based: 校本, distance: 远程}
award_rules:
  - {rule: training, title: 培训, source: 二, for: {kind: [outside_training]}, per: hour, rates: 1}
"""

Cells = dict[tuple[str, str], int]
"""Hours of an average year by theme and form."""


def _for(theme: str = "", form: str = "") -> str:
    parts = [f"theme: [{theme}]"] * bool(theme) + [f"delivery_mode: [{form}]"] * bool(form)
    return f"for: {{{', '.join(parts)}}}, " if parts else ""


def _matrix(least: dict[tuple[str, str], Any], most: dict[tuple[str, str], Any], band: str) -> str:
    """Return a scheme with floors of a cycle and caps of a year, by theme and form."""
    floors = [
        f"  - {{requirement: least-{theme}-{form}, title: 至少{theme}{form}, source: 三, "
        f"scope: cycle, {_for(theme, form)}min: {number}}}"
        for (theme, form), number in least.items()
    ]
    caps = [
        f"  - {{limit: most-{theme}-{form}, title: 至多{theme}{form}, source: 四, "
        f"scope: year, {_for(theme, form)}max: {number}}}"
        for (theme, form), number in most.items()
    ]
    rows = ["requirements:", *floors] * bool(floors) + ["limits:", *caps] * bool(caps)
    return HEAD + "\n".join([*rows, band]) + "\n"


def _told(text: str) -> list[Finding]:
    codes = {"never-all-met", "sample-person-short"}
    return [
        each for each in findings(loads(text), text)
        if each.code in codes or each.weight == CONTRADICTION
    ]  # fmt: skip


def _sum(cells: Cells, theme: str = "", form: str = "") -> int:
    return sum(
        hours
        for (own_theme, own_form), hours in cells.items()
        if theme in ("", own_theme) and form in ("", own_form)
    )


PLACES = [(theme, form) for theme in ("", *THEMES) for form in ("", *FORMS)]
CELLS = st.fixed_dictionaries({
    (theme, form): st.integers(0, 12) for theme in THEMES for form in FORMS
})  # fmt: skip
SOME = st.sets(st.sampled_from(PLACES), min_size=1, max_size=8)


@given(CELLS, SOME, SOME, st.data())
@settings(deadline=None, max_examples=40)
def test_what_somebody_has_done_is_never_called_a_contradiction(
    cells: Cells, asked: set[Any], capped: set[Any], data: Any
) -> None:
    slack = st.integers(0, 3)
    least = {
        place: max(0, _sum(cells, *place) * YEARS - data.draw(slack)) for place in sorted(asked)
    }
    most = {place: _sum(cells, *place) + data.draw(slack) + 1 for place in sorted(capped)}
    whole = _sum(cells)
    band = f"year_band: {{min: {max(0, whole - 2)}, max: {whole + 1}, source: 五}}"
    told = _told(_matrix(least, most, band))
    assert [each.text for each in told if each.weight == CONTRADICTION] == []


@given(CELLS, SOME, st.integers(1, 30))
@settings(deadline=None, max_examples=25)
def test_what_nobody_can_do_is_found_and_sure(cells: Cells, asked: set[Any], more: int) -> None:
    """Floors of all themes together above what five years let count."""
    least: dict[Any, int] = {place: _sum(cells, *place) * YEARS for place in sorted(asked)}
    least |= {(theme, ""): _sum(cells, theme) * YEARS + more for theme in THEMES}
    band = f"year_band: {{max: {_sum(cells) or 0.1}, source: 五}}"
    told = _told(_matrix(least, {}, band))
    assert any(each.weight == CONTRADICTION for each in told)


BAND = "year_band: {min: 10, max: 60, source: 四}"
FLOORS = {
    ("", ""): 100, ("moral", ""): 30, ("moral", "centralised"): 10, ("moral", "school_based"): 5,
    ("skill", ""): 40, ("skill", "centralised"): 20, ("skill", "school_based"): 8,
    ("", "centralised"): 40, ("", "school_based"): 30,
}  # fmt: skip


@pytest.mark.parametrize(
    ("least", "most", "band"),
    [
        pytest.param(FLOORS, {}, BAND, id="themes and forms under a band"),
        pytest.param(FLOORS, {("", "centralised"): 8}, BAND, id="one form tight every year"),
        pytest.param(FLOORS, {("moral", ""): 6, ("skill", ""): 8}, BAND, id="themes tight"),
        pytest.param({("", ""): 300}, {("", "distance"): 20}, BAND, id="all years full"),
        pytest.param({("", form): 100 for form in FORMS}, {}, BAND, id="forms fill the band"),
        pytest.param(
            {(theme, form): 33 for theme in THEMES for form in FORMS}, {}, BAND, id="nine cells"
        ),
    ],
)
def test_a_matrix_that_can_be_met_is_met(least: Any, most: Any, band: str) -> None:
    assert _told(_matrix(least, most, band)) == []


@pytest.mark.parametrize(
    ("least", "most", "band", "names"),
    [
        pytest.param(
            {("", "centralised"): 151, ("", "distance"): 150}, {}, BAND,
            "“至少centralised”、“至少distance”、“每年”", id="two forms over the band",
        ),
        pytest.param(
            {("moral", "centralised"): 30, ("moral", "distance"): 30}, {("moral", ""): 11}, BAND,
            "至多moral", id="two cells over the cap of their theme",
        ),
        pytest.param(
            {("moral", "distance"): 26}, {("", "distance"): 5}, BAND,
            "至少moraldistance", id="a cell over the cap of its form",
        ),
        pytest.param(
            {(theme, form): 34 for theme in THEMES for form in FORMS}, {}, BAND,
            "“每年”", id="nine cells over the band",
        ),
    ],
)  # fmt: skip
def test_a_matrix_that_nobody_can_meet_is_a_contradiction(
    least: Any, most: Any, band: str, names: str
) -> None:
    told = _told(_matrix(least, most, band))
    assert told
    assert {each.weight for each in told} == {CONTRADICTION}
    assert any(names in each.text or each.code == "floor-above-caps" for each in told)


def test_where_something_may_help_that_is_not_reckoned_it_is_a_doubt() -> None:
    """Surplus may fill the one form, so that it is not sure that nobody can."""
    least = {("", "centralised"): 151, ("", "distance"): 150}
    text = _matrix(least, {}, BAND) + (
        "substitutions:\n  - {from: least--distance, to: least--centralised, max: 5, source: 六}\n"
    )
    told = _told(text)
    assert {each.weight for each in told} == {"doubt"}
    assert "也不能断定没有" in told[0].text


def test_what_is_cut_off_each_record_is_not_taken_for_what_it_earns() -> None:
    # Three themes of four hours fill the year to its twelve; forty at once would count for six.
    least = {(theme, ""): 20 for theme in THEMES}
    text = _matrix(least, {}, "year_band: {max: 12, source: 五}")
    at_most_six = text.replace("rates: 1}", "rates: 1, event_cap: 6}")
    half_more = "multiply: [{by: organiser_level, rates: {county: 1.5}, source: 二}]"
    paid_more = text.replace("rates: 1}", f"rates: 1, {half_more}, event_cap: 6}}").replace(
        "labels:", "labels:\n  organiser_level: {county: 县级}"
    )

    assert _told(at_most_six) == []
    assert _told(paid_more) == []


def test_semesters_are_filled_one_by_one() -> None:
    text = _matrix({}, {}, "") + (
        "requirements:\n  - {requirement: term, title: 学期, source: 三, scope: semester,"
        " min: 20}\nlimits:\n  - {limit: whole, title: 五年, source: 四, scope: cycle, max: 200}\n"
    )
    assert _told(text) == []
    assert _told(text.replace("max: 200", "max: 199"))[0].weight == CONTRADICTION


def test_a_minimum_of_each_tier_is_tried() -> None:
    text = _matrix({}, {}, "year_band: {max: 60, source: 四}") + (
        "requirements:\n  - {requirement: all, title: 总, source: 三, scope: year,"
        " min: {senior: 61, other: 40}}\n"
    )
    text = text.replace("labels:\n", "labels:\n  tier: {senior: 高级}\n")
    assert [each.where for each in _told(text)] == ["all"]
    assert _told(text.replace("61", "60")) == []


def _bound(weights: dict[int, int], number: int, *, is_least: bool) -> Bound:
    exactly = {place: Fraction(weight) for place, weight in weights.items()}
    return Bound(f"{weights}", "", exactly, Fraction(number), is_least)


def test_numbers_are_found_as_small_as_may_be() -> None:
    found = solve(2, [_bound({0: 1, 1: 2}, 6, is_least=True), _bound({1: 1}, 2, is_least=False)])
    assert found is not None
    assert found.numbers == (Fraction(2), Fraction(2))


def test_only_what_is_against_it_is_told() -> None:
    cap, floor = _bound({0: 1}, 3, is_least=False), _bound({0: 1}, 4, is_least=True)
    found = solve(2, [_bound({1: 1}, 1, is_least=True), cap, floor])
    assert found is not None
    assert found.numbers is None
    assert list(least_against(2, found.against)) == [cap, floor]
