"""A standing adds up what counts, and says what was cut, what waits and what is missing."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from yanxiu.kernel.amounts import credit_amount, hours
from yanxiu.kernel.spans import Span
from yanxiu.ledger.rules.amounts import for_display
from yanxiu.ledger.rules.loading import loads
from yanxiu.ledger.rules.standing import RequirementStanding, Standing, standing
from yanxiu.ledger.rules.tests.made_up import (
    FORTY_HOURS,
    HANDBOOK,
    MADE_UP,
    OCTOBER,
    earned,
    record,
)


def _of(result: Standing, name: str) -> RequirementStanding:
    return next(each for each in result.requirements if each.id == name)


def test_three_and_not_five_is_explained() -> None:
    school = record(1, "open_lesson", role="presenter", organiser_level="school", content_key="甲")
    county = replace(school, uid=UUID(int=2), organiser_level="county", on=date(2025, 11, 20))

    result = standing(HANDBOOK, [earned(school), earned(county)], on=date(2025, 12, 1))

    yearly = _of(result, "yearly")
    assert yearly.recognised == 3
    assert [step.text for step in yearly.steps] == [
        "本学年 2 条已认定记录，单独计得 5 学分",
        "同一内容只计最高，减去 2",
        "已认定 3，待认定 0，要求 24，还差 21 学分",
    ]
    text = result.counted[school.uid].steps[-1].text
    assert text == "同一内容只计最高一次：已计 2025-11-20 的 3"


def test_conversion_divides_the_whole_sum_once() -> None:
    posted = [earned(record(n), FORTY_HOURS) for n in range(1, 47)]
    yearly = _of(standing(FORTY_HOURS, posted, on=OCTOBER), "yearly")
    assert yearly.recognised == Decimal("2.3")
    assert "46 ÷ 20 = 2.3 学分" in [step.text for step in yearly.steps]


def test_a_third_of_an_hour_is_not_lost_three_times() -> None:
    scheme = loads(MADE_UP.replace("hours_per_credit: 10", "hours_per_credit: 3"))
    posted = [replace(earned(record(n)), unit="hour", amount=Decimal(1)) for n in range(1, 4)]
    assert _of(standing(scheme, posted, on=OCTOBER), "yearly").recognised == 1


def test_recognised_pending_and_missing_make_up_what_is_required() -> None:
    posted, pending = [earned(record(1))], [earned(record(2, minutes=30))]
    yearly = _of(standing(HANDBOOK, posted, pending, on=OCTOBER), "yearly")
    amounts = (yearly.recognised, yearly.pending, yearly.missing)
    assert amounts == (Decimal(1), Decimal("0.5"), Decimal("22.5"))
    assert (yearly.met, yearly.recognised_percent, yearly.pending_percent) == (False, 4, 2)
    assert yearly.record_uids == (UUID(int=1), UUID(int=2))


def test_pending_ones_are_shown_as_they_would_count() -> None:
    posted = [earned(record(n)) for n in range(1, 13)]
    thirteenth = record(13, on=OCTOBER + timedelta(days=1))
    result = standing(HANDBOOK, posted, [earned(thirteenth)], on=date(2025, 12, 1))
    counted = result.counted[thirteenth.uid]
    assert (counted.pending, counted.earned, counted.counted) == (True, Decimal(1), Decimal(0))
    assert counted.steps[-1].text == "教研组活动每学年上限 12：1 → 0"


def test_what_is_missing_is_never_negative() -> None:
    posted = [earned(record(n), FORTY_HOURS) for n in range(1, 60)]
    yearly = _of(standing(FORTY_HOURS, posted, on=OCTOBER), "hours_yearly")
    assert (yearly.recognised, yearly.missing, yearly.recognised_percent) == (
        Decimal(59),
        Decimal(0),
        100,
    )


def test_what_was_earned_later_is_not_looked_at() -> None:
    later = earned(record(on=OCTOBER + timedelta(days=1)))
    assert standing(HANDBOOK, [later], on=OCTOBER).counted == {}


def test_a_day_lies_in_a_semester_a_year_and_a_cycle_at_once() -> None:
    result = standing(HANDBOOK, [], on=date(2026, 8, 31))
    assert result.semester.span == Span(date(2026, 2, 1), date(2026, 9, 1))
    assert result.year.span == Span(date(2025, 9, 1), date(2026, 9, 1))
    assert result.cycle.span == Span(date(2025, 9, 1), date(2030, 9, 1))
    before = standing(HANDBOOK, [], on=date(2025, 8, 31)).cycle
    assert before.span == Span(date(2020, 9, 1), date(2025, 9, 1))


def test_holidays_belong_to_the_term_before_them() -> None:
    term = Span(date(2025, 9, 1), date(2026, 1, 20))
    proof = frozenset({"comment"})
    seen = [
        record(n, "lesson_observation", lessons=Decimal(9), evidence=proof, on=day)
        for n, day in enumerate((OCTOBER, date(2026, 1, 25)), start=1)
    ]
    posted = [earned(each) for each in seen]
    result = standing(HANDBOOK, posted, on=date(2026, 1, 28), semester=term)
    observe = _of(result, "observe")
    assert (observe.span, observe.recognised) == (term, Decimal(18))
    assert result.year.credits == 2


def test_totals_are_given_in_hours_and_in_credits() -> None:
    posted = [earned(record(n), FORTY_HOURS) for n in range(1, 8)]
    year = standing(FORTY_HOURS, posted, [earned(record(9), FORTY_HOURS)], on=OCTOBER).year
    assert (year.hours, year.credits) == (hours(7), credit_amount("0.35"))
    assert (year.pending_hours, year.pending_credits) == (hours(1), credit_amount("0.05"))


def test_tiers_take_the_highest_of_their_minimums() -> None:
    both = standing(HANDBOOK, [], on=OCTOBER, tiers=["new_teacher", "group_leader"])
    assert _of(both, "observe").required == 25


def test_display_never_rounds_up_to_what_is_not_reached() -> None:
    assert for_display(Decimal("1.9999")) == "1.99"
    assert for_display(Decimal("2.5000")) == "2.5"
