"""What lies beyond a cap is dropped, spilled or held; shares and years are capped, too."""

from datetime import date
from decimal import Decimal
from typing import Any

from yanxiu.ledger.rules.tests.floors import counts, done, of, place, stand, told

YEAR = "requirements: [{requirement: yearly, title: 年度, source: 第六条, scope: year, min: 24}]\n"
ROUNDED = """
award_rules:
  - {rule: timed, title: 培训, source: 第五条, for: {kind: [training]}, per: hour, rates: 1,
     rounding: {step: 2, mode: floor, at: AT, source: 第三条}}
  - {rule: paper, title: 论文, source: 第五条, for: {kind: [paper]}, per: item, rates: 5.5,
     rounding: {step: 2, mode: floor, at: AT, source: 第三条}}
"""
SCHOOL = "{delivery_mode: [school_based]}"


def _limit(text: str) -> str:
    return f"{YEAR}limits:\n  - {{limit: most, title: 校本, source: 第七条, {text}}}\n"


def test_what_is_spilled_counts_elsewhere_and_says_so() -> None:
    self_study = """
requirements:
  - {requirement: self, title: 自主, source: 第六条, scope: year,
     for: {delivery_mode: [self_study]}, min: 5}
limits:
  - {limit: most, title: 校本, source: 第七条, scope: year, for: {delivery_mode: [school_based]},
     max: 10, overflow: {spill: {delivery_mode: self_study}}}
"""
    scheme = place(self_study)
    record = done(1, 13, delivery_mode="school_based")

    result = stand(scheme, record)

    assert (of(result, "self").recognised, result.year.hours) == (3, 13)
    assert counts(result) == [10]
    assert result.counted[record.uid].steps[-1].text == "超出“校本”的 3 转计为自主"
    assert told(result, "self")[0] == "超出“校本”转来，加 3 学时"


def test_what_is_held_counts_in_the_next_year_of_the_cycle_and_in_no_later_cycle() -> None:
    scheme = place(_limit(f"scope: year, for: {SCHOOL}, max: 10, overflow: hold"))
    early = done(1, 13, delivery_mode="school_based", on=date(2023, 5, 1))
    late = done(2, 13, delivery_mode="school_based", on=date(2024, 5, 1))

    before = stand(scheme, early, on=date(2023, 12, 31))
    after = stand(scheme, early, on=date(2024, 3, 1))
    new_cycle = stand(scheme, early, late, on=date(2025, 3, 1))

    assert (before.year.hours, after.year.hours) == (10, 3)
    assert (new_cycle.year.hours, counts(new_cycle)) == (0, [10, 7])
    assert after.counted[early.uid].steps[-1].text == "超出“校本”的 3 留到 2024-01-01 起的一期"


def test_what_is_held_again_and_again_keeps_the_cap_of_each_term_in_any_order_of_writing() -> None:
    term = "{requirement: term, title: 学期, source: 第六条, scope: semester, min: 6}"
    held = f"scope: semester, for: {SCHOOL}, max: 6, overflow: hold"
    scheme = place(
        f"requirements: [{term}]\nlimits: [{{limit: most, title: 校本, source: 第七条, {held}}}]\n"
    )
    days = (date(2020, 1, 5), date(2020, 1, 25), date(2020, 2, 14))
    ends = (date(2020, 8, 20), date(2021, 1, 20), date(2021, 8, 20), date(2022, 1, 20))

    for numbers in ((1, 2, 3), (3, 2, 1), (2, 3, 1)):
        records = [
            done(number, 8, delivery_mode="school_based", on=day)
            for number, day in zip(numbers, days, strict=True)
        ]
        reached = [of(stand(scheme, *records, on=end), "term").recognised for end in ends]
        assert reached == [6, 6, 6, 0], numbers


def test_what_is_spilled_still_fits_under_a_cap_written_before() -> None:
    limits = """
limits:
  - {limit: self, title: 自主, source: 第七条, scope: year,
     for: {delivery_mode: [self_study]}, max: 2}
  - {limit: school, title: 校本, source: 第七条, scope: year, for: {delivery_mode: [school_based]},
     max: 10, overflow: {spill: {delivery_mode: self_study}}}
"""
    records = [
        done(1, 1, delivery_mode="self_study"),
        done(2, 15, delivery_mode="school_based"),
    ]
    assert stand(place(limits), *records).year.hours == 12


def test_a_third_of_all_is_half_of_the_rest() -> None:
    scheme = place(_limit(f"scope: year, for: {SCHOOL}, max_share: 1/3"))
    records = [
        done(1, 30, delivery_mode="school_based"),
        done(2, 20, delivery_mode="online"),
    ]

    result = stand(scheme, *records)

    assert counts(result) == [10, 20]
    assert "校本占比上限 1/3，减去 20" in told(result, "yearly")


def test_a_share_of_another_sum_does_not_look_at_its_own() -> None:
    online = "max_share: 0.5, max_share_of: {for: {delivery_mode: [online]}}"
    scheme = place(_limit(f"scope: year, for: {SCHOOL}, {online}"))
    records = [
        done(1, 30, delivery_mode="school_based"),
        done(2, 20, delivery_mode="online"),
    ]
    assert counts(stand(scheme, *records)) == [10, 20]


def test_a_year_has_a_floor_and_a_ceiling() -> None:
    scheme = place("year_band: {min: 48, max: 144, source: 第七条}\n")
    little, much = (stand(scheme, done(1, hours)) for hours in (40, 150))
    assert (of(little, "year_band").missing, much.year.hours) == (8, 144)


def test_a_cap_is_only_for_those_it_is_written_for() -> None:
    scheme = place(_limit("scope: year, who: [novice], max: 10"))
    assert stand(scheme, done(1, 13)).year.hours == 13
    assert stand(scheme, done(1, 13), tiers=["novice"]).year.hours == 10


def test_a_cap_of_a_day_holds_all_events_of_it() -> None:
    scheme = place(_limit("scope: day, max: 8"))
    records = [done(1, 6), done(2, 6), done(3, 6, on=date(2021, 5, 11))]
    assert counts(stand(scheme, *records)) == [6, 2, 6]


def test_sums_are_rounded_where_the_place_rounds_sums() -> None:
    records = [done(1, minutes=80), done(2, minutes=80), done(3, kind="paper")]

    by_rule, by_year = (
        stand(place(YEAR, rules=ROUNDED.replace("AT", at)), *records)
        for at in ("category", "period")
    )

    assert (by_rule.year.hours, by_year.year.hours) == (6, 8)
    assert "合计取整，减去 2.1666" in told(by_rule, "yearly")


def test_rounding_up_never_lifts_a_sum_above_its_cap() -> None:
    cap = "limits: [{limit: most, title: 每年, source: 第七条, scope: year, max: 7}]\n"
    up = ROUNDED.replace("AT", "period").replace("floor", "ceiling")
    result = stand(place(YEAR + cap, rules=up), done(1, minutes=80), done(2, kind="paper"))
    assert result.year.hours == 7


def test_three_thirds_rounded_together_make_one() -> None:
    third = ROUNDED.replace("AT", "period").replace("step: 2", "step: 0.25").replace("5.5", "1/3")
    scheme = place(YEAR, rules=third)

    result = stand(scheme, *(done(n, kind="paper") for n in range(1, 4)))

    assert result.year.hours == 1
    assert stand(scheme, done(1, kind="paper")).year.hours == Decimal("0.25")
    assert stand(scheme, done(1, minutes=14)).year.hours == 0, "what is really less stays less"


HELD = """
requirements: [{requirement: yearly, title: 年度, source: 第六条, scope: year, min: 24}]
limits:
  - {limit: cycle, title: 周期, source: 第七条, scope: cycle, for: {kind: [training]}, max: 50}
  - {limit: day, title: 一天, source: 第七条, scope: day, for: {kind: [training]}, max: 8}
  - {limit: most, title: 每年, source: 第七条, scope: year, for: {kind: [training]}, max: 20,
     overflow: hold}
"""


def _five_days() -> list[Any]:
    return [done(n, 9, on=date(2021, 5, n)) for n in range(1, 6)]


def test_what_is_held_was_not_done_on_the_day_for_which_it_counts() -> None:
    result = stand(place(HELD), *_five_days(), on=date(2022, 12, 31))
    assert result.year.hours == 20
    assert counts(result) == [8, 8, 4, 0, 0]


def test_what_is_held_takes_no_room_twice_under_a_cap_that_saw_it() -> None:
    later = done(9, 8, on=date(2023, 5, 1))
    result = stand(place(HELD), *_five_days(), later, on=date(2023, 12, 31))
    assert (result.year.hours, result.cycle.hours) == (5, 45)


def test_what_is_held_does_not_make_up_the_year_that_it_overflowed() -> None:
    scheme = place(HELD + "make_up: {until: 01-31, source: 第九条}\n")
    result = stand(scheme, *_five_days(), on=date(2022, 12, 31))
    assert of(result, "yearly").recognised == 20


CREDITS = """
requirements:
  - {requirement: total, title: 学分, source: 第六条, scope: cycle, unit: credit, min: 20}
  - {requirement: ethics, title: 师德, source: 第六条, scope: cycle, unit: credit,
     for: {theme: [ethics]}, min: 2}
round_credits: {step: 0.5, mode: floor, source: 第三条}
"""


def test_credits_are_rounded_when_hours_have_been_added_up_and_converted() -> None:
    records = [done(1, 22), done(2, 22, theme="ethics")]
    result = stand(place(CREDITS), *records)
    assert [each.recognised for each in result.requirements] == [4, 2]
    assert (result.cycle.credits, result.cycle.hours, counts(result)) == (4, 44, [22, 22])
    assert "学分合计 4.4 按 0.5 取整（舍）→ 4" in told(result, "total")


def test_so_many_of_a_kind_count_and_those_are_the_best_of_them() -> None:
    scheme = place(_limit("scope: year, for: {kind: [training]}, max_items: 2"))
    records = [done(1, 3), done(2, 13), done(3, 8)]

    result = stand(scheme, *records)

    assert counts(result) == [0, 13, 8]
    assert counts(stand(scheme, *records[:2])) == [3, 13]
    said = result.counted[records[0].uid].steps[-1].text
    assert said.startswith("校本至多 2 ")
    assert said.endswith("计最高的：3 → 0")


def test_a_record_of_several_items_counts_for_those_that_are_free() -> None:
    scheme = place(_limit("scope: year, for: {kind: [training]}, max_items: 2"))

    assert counts(stand(scheme, done(1, 9, items=3), done(2, 4))) == [6, 0]
