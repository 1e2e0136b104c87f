"""The golden vectors of real places come out, in small schemes made for them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from yanxiu.ledger.rules.tests.floors import counts, done, of, place, stand, told

YEAR = "requirements: [{requirement: yearly, title: 年度, source: 第六条, scope: year, min: 24}]\n"


def test_t4_twelve_half_days_are_six_credits_capped_to_four() -> None:
    rules = """
award_rules:
  - {rule: half-day, title: 集体备课, source: 第五条, for: {kind: [activity]}, per: item,
     rates: 0.5}
"""
    cap = "limits: [{limit: most, title: 集体备课, source: 第七条, scope: year, max: 4}]\n"
    scheme = place(YEAR + cap, rules=rules, unit="credit")

    result = stand(scheme, *(done(n, kind="activity") for n in range(1, 13)))

    assert result.year.credits == 4
    assert told(result, "yearly")[:2] == [
        "本年度 12 条已认定记录，单独计得 6 学分",
        "集体备课上限 4，减去 2",
    ]


def test_t6_the_same_lesson_at_school_and_at_district_gives_three_not_five() -> None:
    rules = """
award_rules:
  - {rule: open, title: 公开课, source: 第五条, for: {kind: [open_lesson]}, per: item,
     by: organiser_level, rates: {school: 2, county: 3},
     dedupe: {policy: highest, source: 第八条}}
"""
    scheme = place(YEAR, rules=rules, unit="credit")
    school = done(1, kind="open_lesson", organiser_level="school", content_key="分数")
    county = replace(done(2, kind="open_lesson", organiser_level="county"), content_key="分数")

    assert counts(stand(scheme, school, county)) == [0, 3]


def test_t9_two_hundred_hours_of_school_and_a_hundred_of_training_are_ten_and_ten() -> None:
    by_mode = """
  - {for: {delivery_mode: [school_based]}, hours_per_credit: 20, source: 第二条}
  - {hours_per_credit: 10, source: 第二条}
"""
    floors = """
requirements:
  - {requirement: school, title: 校本, source: 第六条, scope: cycle,
     for: {delivery_mode: [school_based]}, min: 10}
  - {requirement: training, title: 培训, source: 第六条, scope: cycle,
     for: {delivery_mode: [face_to_face]}, min: 10}
"""
    scheme = place(floors, unit="credit", conversions=by_mode)
    own = [done(n, 20, delivery_mode="school_based") for n in range(1, 11)]
    sent = [done(n, 20, delivery_mode="face_to_face") for n in range(11, 16)]

    result = stand(scheme, *own, *sent)

    assert (of(result, "school").recognised, of(result, "training").recognised) == (
        10,
        10,
    )
    assert result.cycle.credits == 20


def test_t14_a_hundred_and_thirty_hours_of_school_count_a_hundred_and_twenty() -> None:
    cap = """
limits:
  - {limit: school, title: 校本, source: 第七条, scope: cycle,
     for: {delivery_mode: [school_based]}, max: 120}
"""
    days = (date(year, 5, 1) for year in range(2020, 2025))
    records = [done(n, 26, delivery_mode="school_based", on=day) for n, day in enumerate(days, 1)]

    result = stand(place(cap), *records, on=date(2024, 12, 31))

    assert (result.cycle.hours, counts(result)[-1]) == (120, 16)


def test_t16_thirty_six_credits_with_fourteen_of_school_fail_the_school_floor_alone() -> None:
    floors = """
requirements:
  - requirement: total
    title: 总学分
    source: 第六条
    scope: cycle
    min: 36
    of_which:
      - {requirement: school, title: 校本, for: {organiser_level: [school]}, min: 15}
      - {requirement: municipal, title: 市级, for: {organiser_level: [municipal]}, min: 7}
"""
    one = "[{hours_per_credit: 1, source: 第二条}]"
    scheme = place(floors, unit="credit", conversions=one)
    records = [
        done(1, 14, organiser_level="school"),
        done(2, 22, organiser_level="municipal"),
    ]

    result = stand(scheme, *records)

    assert [(each.id, each.met) for each in result.requirements] == [
        ("total", True),
        ("school", False),
        ("municipal", True),
    ]
    assert (of(result, "school").missing, result.met) == (1, False)


def test_t18_four_county_lessons_give_eighteen_hours_counted_at_county_level() -> None:
    cross = """
requirements:
  - {requirement: county, title: 县级以上, source: 第六条, scope: cycle,
     for: {organiser_level: [county]}, min: 180}
  - {requirement: shown-lessons, title: 公开课节数, source: 第六条, scope: year, unit: item,
     for: {kind: [open_lesson]}, min: 1}
cross_credits:
  - {cross_credit: shown, title: 县级公开课, source: 第九条,
     for: {kind: [open_lesson], organiser_level: [county]},
     as: {organiser_level: county}, rates: 6, max: 18, scope: year}
"""
    lessons = [done(n, kind="open_lesson", organiser_level="county") for n in range(1, 5)]

    result = stand(place(cross), *lessons)

    assert of(result, "county").recognised == 18
    assert of(result, "shown-lessons").recognised == 4
    assert told(result, "county")[1:3] == [
        "县级公开课，加 24 学时",
        "县级公开课上限 18，减去 6",
    ]
    [note] = result.counted[lessons[0].uid].notes
    assert note.text == "“县级公开课”另计 6 学时（县级）"


def test_t19_three_absences_in_the_term_leave_nothing_of_the_item() -> None:
    void = """
attendance:
  nothing_for: [absent]
  for: {kind: [activity]}
  void: {scope: semester, from: {absent: 3}}
  source: 第十条
"""
    came = [done(n, kind="activity") for n in range(1, 10)]
    away = [done(n, kind="activity", attendance="absent") for n in range(10, 13)]
    other = done(13, 3)

    assert stand(place(void), *came, *away, other).year.hours == 3
    assert stand(place(void), *came, *away[1:], other).year.hours == Decimal(12)
