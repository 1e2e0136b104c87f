"""Of whom less is asked, and from when: exemptions, probation, retirement, personal cycles."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from yanxiu.kernel.spans import Span
from yanxiu.ledger.rules.persons import Exempt, Opening, Person
from yanxiu.ledger.rules.refusals import SchemeUnreadable
from yanxiu.ledger.rules.tests.floors import done, of, place, stand, told

FLOORS = """
requirements:
  - {requirement: yearly, title: 年度, source: 第六条, scope: year, min: 48}
  - {requirement: total, title: 周期, source: 第六条, scope: cycle, min: 360}
"""
REASONS = """
exemptions:
  - {reason: maternity, title: 产假, effect: pro_rate, source: 第十条}
  - {reason: secondment, title: 援派, effect: waive_year, least_days: 90, source: 第十条}
  - {reason: sick, title: 长病假, effect: extend_cycle, least_days: 90, source: 第十条}
  - {reason: retiring, title: 周期内退休, effect: waive, scopes: [cycle],
     at_retirement: true, source: 第十条}
"""
HEADS = """
requirements:
  - {requirement: head, title: 任职, source: 第八条, scope: first_year, who: [new_head], min: 300}
"""
LONG_SICKNESS = """
exemptions:
  - {reason: sick, title: 病假, effect: pro_rate, least_days: 90, source: 第十条}
"""
SPRING = Span(date(2021, 2, 1), date(2021, 7, 20))


def _away(reason: str, span: Span = SPRING) -> Person:
    return Person(exemptions=(Exempt(reason, span),))


def test_months_of_leave_are_taken_off_the_year_but_not_off_the_cycle() -> None:
    result = stand(place(FLOORS + REASONS), person=_away("maternity"))
    assert (of(result, "yearly").required, of(result, "total").required) == (24, 360)
    assert "产假：减去 6 个月，48 × 6/12 = 24" in told(result, "yearly")


def test_two_leaves_at_once_are_taken_off_once() -> None:
    both = Person(exemptions=(Exempt("maternity", SPRING), Exempt("maternity", SPRING)))
    assert of(stand(place(FLOORS + REASONS), person=both), "yearly").required == 24
    ten_days = Exempt("maternity", Span(date(2021, 3, 1), date(2021, 3, 11)))
    twice = Person(exemptions=(ten_days, ten_days))
    assert of(stand(place(FLOORS + REASONS), person=twice), "yearly").required == 48


def test_a_year_is_waived_if_the_reason_lasts_long_enough() -> None:
    scheme = place(FLOORS + REASONS)
    short = Span(date(2021, 2, 1), date(2021, 4, 1))
    yearly = of(stand(scheme, person=_away("secondment")), "yearly")
    assert (yearly.required, yearly.waived, yearly.met) == (0, "援派", True)
    assert of(stand(scheme, person=_away("secondment", short)), "yearly").required == 48


def test_illness_moves_the_end_of_the_cycle_and_the_next_begins_later() -> None:
    scheme = place(FLOORS + REASONS)
    one = stand(scheme, person=_away("sick"))
    two = stand(scheme, person=_away("sick"), on=date(2025, 8, 1))
    assert one.cycle.span == Span(date(2020, 1, 1), date(2025, 7, 1))
    assert two.cycle.span == Span(date(2025, 7, 1), date(2030, 1, 1))


def test_who_retires_within_the_cycle_owes_no_cycle_but_still_the_year() -> None:
    scheme = place(FLOORS + REASONS)
    leaving = stand(scheme, person=Person(retires_on=date(2024, 9, 1)))
    staying = stand(scheme, person=Person(retires_on=date(2026, 9, 1)))
    assert [each.required for each in leaving.requirements] == [48, 0]
    assert [each.required for each in staying.requirements] == [48, 360]


def test_probation_has_hours_of_its_own_which_count_for_no_cycle() -> None:
    track = """
  - {requirement: induction, title: 入职培训, source: 第八条, scope: probation, min: 180,
     outside_cycle: true, of_which: [{requirement: practical, title: 其中实践,
     for: {theme: [skills]}, min: 80}]}
probation: {months: 12, outside_cycle: true, source: 第八条}
"""
    scheme = place(FLOORS + track)
    novice = Person(joined_on=date(2021, 1, 1))
    records = [
        done(1, 60, theme="skills"),
        done(2, 40),
        done(3, 30, on=date(2022, 5, 1)),
    ]

    first = stand(scheme, *records, person=novice)
    second = stand(scheme, *records, person=novice, on=date(2022, 12, 31))

    assert [each.recognised for each in first.requirements] == [0, 0, 100, 60]
    assert of(first, "yearly").required == 0
    assert (of(second, "yearly").recognised, of(second, "total").recognised) == (30, 30)
    assert of(second, "induction").missing == 80


def test_what_counts_for_no_year_is_under_no_cap_of_a_year() -> None:
    track = """
requirements:
  - {requirement: induction, title: 入职培训, source: 第八条, scope: probation, min: 180,
     outside_cycle: true}
year_band: {max: 144, source: 第七条}
probation: {months: 12, source: 第八条}
"""
    novice = Person(joined_on=date(2021, 1, 1))
    result = stand(place(track), done(1, 90), done(2, 90), person=novice)
    assert (of(result, "induction").met, result.year.hours) == (True, 0)


def test_a_new_head_has_a_year_from_the_day_of_the_post() -> None:
    person = Person(tiers=frozenset(("new_head",)), since=(("new_head", date(2021, 3, 1)),))
    result = stand(place(HEADS), done(1, 90), done(2, 5, on=date(2021, 2, 1)), person=person)
    assert of(result, "head").span == Span(date(2021, 3, 1), date(2022, 3, 1))
    assert of(result, "head").recognised == 90
    assert stand(place(HEADS)).requirements == ()


def test_a_personal_cycle_begins_on_the_day_of_the_certificate() -> None:
    scheme = place(FLOORS, anchor="personal")
    person = Person(cycle_from=date(2018, 6, 15))
    assert stand(scheme, person=person).cycle.span == Span(date(2018, 6, 15), date(2023, 6, 15))
    assert stand(scheme).cycle.span == Span(date(2020, 1, 1), date(2025, 1, 1))


def test_a_credit_year_from_february_ends_on_the_last_of_january() -> None:
    scheme = place(FLOORS, start="02-01")
    records = [done(1, 10, on=date(2022, 1, 31)), done(2, 5, on=date(2022, 2, 1))]
    assert stand(scheme, *records, on=date(2022, 1, 31)).year.hours == 10
    assert stand(scheme, *records, on=date(2022, 2, 1)).year.hours == 5


def test_what_another_place_recognised_counts_and_is_told() -> None:
    opening = Opening(
        UUID(int=9), date(2021, 3, 1), Decimal(120), "hour", "外县转入",
        (("delivery_mode", "online"),),
    )  # fmt: skip
    result = stand(place(FLOORS), done(1, 10), person=Person(opening=(opening,)))
    assert of(result, "total").recognised == 130
    assert "转入：外县转入，加 120 学时" in told(result, "total")


def test_who_is_not_eligible_is_asked_for_nothing() -> None:
    scheme = place(FLOORS + "year_band: {min: 12, source: 第六条}\n"
                   "eligibility: {not_who: [novice], source: 第一条}\n")  # fmt: skip
    novice = stand(scheme, done(1, 5), person=Person(tiers=frozenset(["novice"])))
    assert (novice.requirements, novice.met) == ((), True)
    assert len(stand(scheme, done(1, 5)).requirements) == 3


def test_a_year_waived_takes_its_part_off_the_cycle_where_that_is_said() -> None:
    away = Span(date(2021, 1, 1), date(2022, 1, 1))
    both = REASONS.replace("least_days: 90", "scopes: [year, cycle], least_days: 90", 1)
    result = stand(place(FLOORS + both), person=_away("secondment", away))
    assert [each.required for each in result.requirements] == [0, 288]
    assert "援派：减去 12 个月，360 × 48/60 = 288" in told(result, "total")


def test_whoever_retires_within_the_cycle_may_be_spared_every_year_of_it() -> None:
    spared = REASONS.replace("scopes: [cycle],\n     at_retirement: true", "at_retirement: cycle")
    scheme = place(FLOORS + spared)
    leaving = stand(scheme, person=Person(retires_on=date(2024, 9, 1)))
    staying = stand(scheme, person=Person(retires_on=date(2025, 1, 1)))
    assert [each.required for each in leaving.requirements] == [0, 0]
    assert [each.required for each in staying.requirements] == [48, 360]


def test_what_does_not_divide_is_told_as_nearly() -> None:
    short = Span(date(2021, 3, 10), date(2021, 4, 25))
    floors = FLOORS.replace("min: 48", "min: 20")
    result = stand(place(floors + REASONS), person=_away("maternity", short))
    assert "产假：减去 2 个月，20 × 10/12 ≈ 16.6666" in told(result, "yearly")


def test_of_what_is_not_divided_into_months_none_are_taken_off() -> None:
    ever = "requirements: [{requirement: ever, title: 甲, source: 甲, scope: career, min: 3}]\n"
    less = "{reason: away, title: 甲, effect: pro_rate, requirements: [ever], source: 甲}"
    with pytest.raises(SchemeUnreadable, match="没有月份可减"):
        place(f"{ever}exemptions: [{less}]\n")


def test_it_is_told_why_a_record_of_the_probation_counts_for_no_year() -> None:
    track = """
  - {requirement: induction, title: 入职培训, source: 第八条, scope: probation, min: 180,
     for: {theme: [skills]}, outside_cycle: true}
probation: {months: 12, PART source: 第八条}
"""
    novice = Person(joined_on=date(2021, 1, 1))
    records = [done(1, 60, theme="skills"), done(2, 40)]
    part, whole = (
        stand(place(FLOORS + track.replace("PART", said)), *records, person=novice)
        for said in ("", "outside_cycle: true,")
    )
    assert (part.year.hours, of(part, "yearly").required) == (40, 48)
    assert (whole.year.hours, of(whole, "yearly").required) == (0, 0)
    said = [[note.text for note in each.notes] for each in whole.counted.values()]
    assert said[1] == ["在试用期内，不计入年度和周期，只计入试用期等要求"]
    told_of = [note.text for each in part.counted.values() for note in each.notes]
    assert told_of == ["计入“入职培训”，不再计入年度和周期"]


def test_a_leave_over_new_year_is_as_long_as_it_is_and_takes_its_months_off_each_year() -> None:
    scheme = place(FLOORS + LONG_SICKNESS)
    hundred = _away("sick", Span(date(2021, 11, 12), date(2022, 2, 20)))
    two_short = Person(exemptions=(
        Exempt("sick", Span(date(2021, 11, 12), date(2021, 12, 31))),
        Exempt("sick", Span(date(2022, 1, 3), date(2022, 2, 20))),
    ))  # fmt: skip

    assert of(stand(scheme, person=hundred), "yearly").required == 40
    assert of(stand(scheme, person=hundred, on=date(2022, 12, 31)), "yearly").required == 40
    assert of(stand(scheme, person=two_short), "yearly").required == 48


def test_two_leaves_that_touch_are_one_and_several_of_one_year_add_up() -> None:
    scheme = place(FLOORS + LONG_SICKNESS)
    touching = Person(exemptions=(
        Exempt("sick", Span(date(2021, 11, 12), date(2022, 1, 1))),
        Exempt("sick", Span(date(2022, 1, 1), date(2022, 2, 20))),
    ))  # fmt: skip
    apart = Person(exemptions=(
        Exempt("sick", Span(date(2021, 2, 1), date(2021, 3, 20))),
        Exempt("sick", Span(date(2021, 5, 1), date(2021, 6, 20))),
    ))  # fmt: skip

    assert of(stand(scheme, person=touching), "yearly").required == 40
    assert of(stand(scheme, person=apart), "yearly").required < 48


@pytest.mark.parametrize(
    ("said", "first", "after", "waived"),
    [
        ("", date(2021, 12, 20), date(2022, 1, 6), {2021}),  # a fortnight frees one year, not two
        ("", date(2021, 12, 30), date(2022, 1, 20), {2022}),
        ("", date(2021, 9, 1), date(2022, 9, 1), {2022}),
        ("", date(2021, 9, 1), date(2023, 2, 1), {2022}),
        ("least_days: 180,", date(2021, 9, 20), date(2022, 4, 10), {2021}),
        ("least_days: 180,", date(2021, 9, 20), date(2022, 1, 10), set()),
        ("least_days: 90,", date(2021, 9, 1), date(2022, 9, 1), {2021, 2022}),
        ("least_days: 1,", date(2021, 12, 20), date(2022, 1, 6), {2021, 2022}),
    ],
)
def test_a_secondment_frees_the_years_that_it_takes_up(
    said: str, first: date, after: date, waived: set[int]
) -> None:
    reason = f"""
exemptions:
  - {{reason: secondment, title: 支教, effect: waive_year, scopes: [year, cycle],
     {said} source: 第十条}}
"""
    scheme, person = place(FLOORS + reason), _away("secondment", Span(first, after))

    free = {
        year for year in range(2020, 2025)
        if not of(stand(scheme, person=person, on=date(year, 12, 31)), "yearly").required
    }  # fmt: skip
    assert free == waived
    assert of(stand(scheme, person=person), "total").required == 360 - 72 * len(waived)


def test_a_month_of_leave_does_not_turn_one_course_into_none() -> None:
    counted = """
requirements:
  - {requirement: course, title: 一门课, source: 甲, scope: cycle, unit: record, min: 1}
  - {requirement: lessons, title: 听课, source: 甲, scope: year, unit: lesson, min: 10}
exemptions:
  - {reason: maternity, title: 产假, effect: pro_rate, scopes: [year, cycle], ROUND source: 甲}
"""
    away = _away("maternity", Span(date(2021, 3, 1), date(2021, 4, 1)))
    usual = stand(place(counted.replace("ROUND", "")), person=away)
    cut = "rounding: {step: 1, mode: floor},"
    less = stand(place(counted.replace("ROUND", cut)), person=away)

    assert [each.required for each in usual.requirements] == [1, 10]
    assert [each.required for each in less.requirements] == [0, 9]


def test_what_is_left_to_be_done_is_rounded_as_the_place_says() -> None:
    floors = FLOORS.replace("min: 48", "min: 20")
    reason = """
exemptions:
  - {reason: maternity, title: 产假, effect: pro_rate,
     rounding: {step: 1, mode: half_up}, source: 第十条}
"""
    away = _away("maternity", Span(date(2021, 3, 10), date(2021, 4, 25)))
    result = stand(place(floors + reason), person=away)

    assert of(result, "yearly").required == 17
    assert "产假：减去 2 个月，20 × 10/12 ≈ 17" in told(result, "yearly")


NEWCOMERS = """
exemptions:
  - {reason: newly_joined, title: 新入职, effect: EFFECT, before_joining: true, source: 第十条}
"""
SEPTEMBER = Person(joined_on=date(2021, 9, 1))


def test_whoever_joins_in_september_is_asked_for_four_months_of_the_year() -> None:
    scheme = place(FLOORS + NEWCOMERS.replace("EFFECT", "pro_rate"))

    first, next_year = (
        stand(scheme, person=SEPTEMBER, on=on) for on in (date(2021, 12, 31), date(2022, 12, 31))
    )

    assert [of(each, "yearly").required for each in (first, next_year)] == [16, 48]
    assert of(first, "total").required == 360
    assert "新入职：减去 8 个月，48 × 4/12 = 16" in told(first, "yearly")
    unknown = stand(scheme, person=Person(), on=date(2021, 12, 31))
    assert of(unknown, "yearly").required == 48


def test_what_is_left_for_a_newcomer_is_rounded_as_the_place_says_and_the_cycle_too() -> None:
    text = "pro_rate, scopes: [year, cycle], rounding: {step: 1, mode: half_up}"
    scheme = place(FLOORS.replace("48", "50") + NEWCOMERS.replace("EFFECT", text))

    result = stand(scheme, person=SEPTEMBER)

    assert (of(result, "yearly").required, of(result, "total").required) == (17, 240)


def test_the_year_of_joining_may_be_free_if_most_of_it_was_over() -> None:
    scheme = place(FLOORS + NEWCOMERS.replace("EFFECT", "waive_year"))
    spring = Person(joined_on=date(2021, 3, 1))

    assert of(stand(scheme, person=SEPTEMBER), "yearly").required == 0
    assert of(stand(scheme, person=spring), "yearly").required == 48
    free = place(FLOORS + NEWCOMERS.replace("EFFECT", "waive_year, least_days: 1"))
    assert of(stand(free, person=spring), "yearly").required == 0
    assert of(stand(free, person=spring, on=date(2022, 6, 1)), "yearly").required == 48


@pytest.mark.parametrize("text", ["waive", "extend_cycle", "pro_rate, least_days: 30"])
def test_what_makes_no_sense_before_joining_is_refused(text: str) -> None:
    with pytest.raises(SchemeUnreadable, match="before_joining"):
        place(FLOORS + NEWCOMERS.replace("EFFECT", text))
