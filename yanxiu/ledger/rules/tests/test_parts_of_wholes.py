"""What is said of a whole holds for its parts, and a requirement ends when it says so."""

from datetime import date

from yanxiu.kernel.spans import Span
from yanxiu.ledger.rules.persons import Exempt, Person
from yanxiu.ledger.rules.tests.floors import done, of, place, stand, told

PROJECT = """
requirements:
  - requirement: project
    title: 专项
    source: 第六条
    scope: career
    count_from: 2021-09-01
    count_to: 2022-08-31
    for: {kind: [training]}
    min: 50
    of_which:
      - {requirement: practical, title: 其中实践, for: {theme: [skills]}, MORE}
"""
FLOOR, HALF = (PROJECT.replace("MORE", more) for more in ("min: 30", "min_share: 1/2"))
YEARLY = """
requirements:
  - requirement: yearly
    title: 年度
    source: 第六条
    scope: year
    min: 90
    of_which: [{requirement: face, title: 面授, for: {delivery_mode: [face_to_face]}, min: 60}]
exemptions:
  - {reason: maternity, title: 产假, effect: pro_rate, requirements: [yearly], source: 第七条}
  - {reason: study, title: 脱产, effect: waive, requirements: [yearly], source: 第七条}
"""
HALF_A_YEAR = Span(date(2021, 1, 1), date(2021, 7, 1))
END = date(2023, 12, 31)


def test_a_part_counts_only_the_days_that_its_whole_counts() -> None:
    before, during, after = (
        done(number, 10, theme="skills", on=day)
        for number, day in enumerate(
            (date(2021, 8, 31), date(2021, 9, 1), date(2022, 9, 1)), start=1
        )
    )
    last = done(4, 10, theme="skills", on=date(2022, 8, 31))
    result = stand(place(FLOOR), before, during, after, last, on=END)
    assert [each.recognised for each in result.requirements] == [20, 20]
    assert of(result, "practical").missing == 10


def test_only_days_that_count_fill_it() -> None:
    practical = of(stand(place(FLOOR), on=END), "practical")
    assert practical.deadline == date(2022, 8, 31)
    days = (date(2021, 8, 31), date(2021, 9, 1), date(2022, 9, 1))
    assert [practical.fills(done(1, theme="skills", on=day)) for day in days] == [
        False, True, False,
    ]  # fmt: skip


def test_a_share_within_a_whole_is_a_share_of_the_whole() -> None:
    day = date(2021, 10, 1)
    records = [
        done(1, 20, theme="skills", on=day),
        done(2, 20, theme="ethics", on=day),
        done(3, 40, kind="activity", on=day),
    ]
    practical = of(stand(place(HALF), *records, on=END), "practical")
    assert (practical.required, practical.recognised, practical.missing) == (20, 20, 0)


def test_what_is_taken_off_a_whole_is_taken_off_its_parts() -> None:
    less, none = (
        stand(place(YEARLY), person=Person(exemptions=(Exempt(reason, HALF_A_YEAR),)))
        for reason in ("maternity", "study")
    )
    assert [each.required for each in less.requirements] == [45, 30]
    assert ([each.required for each in none.requirements], none.met) == ([0, 0], True)


def test_a_named_requirement_of_the_cycle_loses_its_months_too() -> None:
    total = "  - {requirement: total, title: 周期, source: 第六条, scope: cycle, min: 100}\n"
    named = YEARLY.replace("exemptions:", f"{total}exemptions:")
    named = named.replace("requirements: [yearly]", "requirements: [yearly, total]")
    away = Person(exemptions=(Exempt("maternity", HALF_A_YEAR),))
    result = stand(place(named), person=away)
    assert [each.required for each in result.requirements] == [45, 30, 90]
    assert "产假：减去 6 个月，100 × 54/60 = 90" in told(result, "total")
