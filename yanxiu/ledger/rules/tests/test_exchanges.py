"""Requirements help each other only as written: gates, substitution, carry-over, making up."""

from datetime import date
from typing import Any

import pytest

from yanxiu.ledger.rules.persons import Person
from yanxiu.ledger.rules.refusals import SchemeUnreadable
from yanxiu.ledger.rules.tests.floors import DAY, counts, done, of, place, stand, told

PAIR = """
requirements:
  - {requirement: major, title: 专业必修, source: 第六条, scope: year,
     for: {subject_kind: [major]}, min: 10}
  - {requirement: elective, title: 选修, source: 第六条, scope: year,
     for: {subject_kind: [elective]}, min: 10}
"""
YEARLY = """
requirements:
  - {requirement: yearly, title: 年度, source: 第六条, scope: year, min: 24}
"""
BOTH_WAYS = """
substitutions:
  - {from: major, to: elective, source: 第九条}
  - {from: elective, to: major, source: 第九条}
"""


def test_only_surplus_is_substituted_and_only_in_one_direction() -> None:
    scheme = place(
        f"{PAIR}substitutions: [{{from: major, to: elective, max: 3, source: 第九条}}]\n"
    )
    much = [done(1, 15, subject_kind="major"), done(2, 6, subject_kind="elective")]

    result = stand(scheme, *much)
    elective = of(result, "elective")

    assert (elective.recognised, elective.missing, elective.borrowed) == (9, 1, 3)
    assert of(result, "major").recognised == 15
    assert "“专业必修”超出部分抵 3" in told(result, "elective")
    back = stand(scheme, done(1, 6, subject_kind="major"), done(2, 15, subject_kind="elective"))
    assert of(back, "major").missing == 4


def test_a_ring_of_substitutions_is_refused() -> None:
    with pytest.raises(SchemeUnreadable, match="互相抵充"):
        place(PAIR + BOTH_WAYS)


def test_a_bonus_counts_only_after_the_base_is_complete() -> None:
    gate = """
requirements:
  - {requirement: base, title: 基础学时, source: 第六条, scope: cycle,
     except: {kind: [paper]}, min: 30}
gates:
  - {gate: bonus, title: 奖励学时, source: 第九条, records: {kind: [paper]}, need: base}
"""
    paper = done(1, kind="paper")
    closed, opened = (stand(place(gate), paper, done(2, hours)) for hours in (29, 30))
    assert (counts(closed), counts(opened)) == ([0, 29], [4, 30])
    whole = place(gate.replace("except: {kind: [paper]}, ", ""))
    assert counts(stand(whole, paper, done(2, 28))) == [0, 28]
    text = closed.counted[paper.uid].steps[-1].text
    assert text == "奖励学时：先决要求未达到，暂不计；达到后自动计入"


def test_a_bonus_displaces_nothing_of_the_base_under_a_common_cap() -> None:
    capped = """
requirements:
  - {requirement: base, title: 基础, source: 第六条, scope: year, except: {kind: [paper]}, min: 5}
gates: [{gate: bonus, title: 奖励, source: 第九条, records: {kind: [paper]}, need: base}]
limits: [{limit: most, title: 每年, source: 第七条, scope: year, max: 10}]
"""
    assert counts(stand(place(capped), done(1, kind="paper"), done(2, 8))) == [2, 8]


def test_surplus_goes_to_the_next_year_of_the_cycle_up_to_its_cap() -> None:
    scheme = place(YEARLY + "carry_over: {requirement: yearly, max: 5, source: 第九条}\n")
    rich = done(1, 34, on=date(2023, 5, 1))

    next_year = stand(scheme, rich, done(2, 10, on=date(2024, 5, 1)), on=date(2024, 12, 31))
    new_cycle = stand(scheme, done(1, 34, on=date(2024, 5, 1)), on=date(2025, 12, 31))

    assert of(next_year, "yearly").recognised == 15
    assert "上一期（2023-01-01 起）超出部分结转 5" in told(next_year, "yearly")
    assert of(new_cycle, "yearly").recognised == 0


def test_what_was_carried_is_not_carried_again() -> None:
    scheme = place(YEARLY + "carry_over: {requirement: yearly, source: 第九条}\n")
    years = [done(n, hours, on=date(2020 + n, 5, 1)) for n, hours in ((1, 44), (2, 20), (3, 10))]
    second, third = (stand(scheme, *years, on=date(year, 12, 31)) for year in (2022, 2023))
    assert (of(second, "yearly").borrowed, of(third, "yearly").borrowed) == (4, 0)


def test_a_year_can_be_made_up_until_a_day_and_nothing_counts_twice() -> None:
    scheme = place(YEARLY + "make_up: {until: 01-31, source: 第九条}\n")
    records = [
        done(1, 20, on=date(2021, 5, 1)),
        done(2, 6, on=date(2022, 1, 20)),
        done(3, 9, on=date(2022, 2, 20)),
    ]

    old = stand(scheme, *records, on=date(2022, 3, 1), around=date(2021, 12, 31))
    new = stand(scheme, *records, on=date(2022, 3, 1))

    assert (of(old, "yearly").recognised, of(new, "yearly").recognised) == (24, 11)
    assert of(old, "yearly").deadline == date(2022, 1, 31)
    assert "至 2022-01-31 补修 4" in told(old, "yearly")


def test_without_making_up_a_year_ends_with_its_last_day() -> None:
    scheme = place(YEARLY + "make_up: {allowed: false, source: 第九条}\n")
    late = done(1, 24, on=date(2022, 1, 1))
    result = stand(scheme, late, on=date(2022, 3, 1), around=date(2021, 12, 31))
    yearly = of(result, "yearly")
    assert (yearly.recognised, yearly.missing, yearly.deadline) == (
        0,
        24,
        date(2021, 12, 31),
    )


def test_a_cross_credit_takes_the_room_that_caps_left_and_displaces_nothing() -> None:
    cross = """
limits:
  - {limit: lessons, title: 公开课, source: 第七条, scope: year, for: {kind: [open_lesson]}, max: 0}
  - {limit: county, title: 县级, source: 第七条, scope: year,
     for: {organiser_level: [county]}, max: 10}
cross_credits:
  - {cross_credit: shown, title: 公开课另计, source: 第九条, for: {kind: [open_lesson]},
     as: {organiser_level: county}, rates: 6}
"""
    shown, sent = done(1, kind="open_lesson"), done(2, 8, organiser_level="county")
    result = stand(place(cross), shown, sent)
    assert (counts(result), result.year.hours) == ([0, 8], 10)


def test_a_bundle_earns_if_every_part_is_there() -> None:
    bundle = """
requirements:
  - {requirement: lessons, title: 听课, source: 第六条, scope: semester, unit: lesson,
     for: {kind: [observation]}, min: 3}
bundles:
  - bundle: term
    title: 学期基本任务
    source: 第九条
    scope: semester
    parts:
      - {for: {kind: [activity]}, unit: hour, min: 2}
      - {for: {kind: [observation]}, unit: lesson, min: 3}
    earns: 2
    as: {delivery_mode: school_based}
"""
    seen = [done(n, kind="observation") for n in range(1, 4)]
    whole = stand(place(bundle), *seen, done(4, 2, kind="activity"), around=DAY)
    part = stand(place(bundle), *seen[1:], done(4, 2, kind="activity"))
    assert (whole.year.hours, part.year.hours) == (4, 2)
    assert of(whole, "lessons").recognised == 3
    [note] = [note for each in whole.counted.values() for note in each.notes]
    assert note.text == "“学期基本任务”各项齐备，计 2 学时"


SERIES = """
requirements:
  - {requirement: yearly, title: 年度, source: 第六条, scope: year, min: 20}
bundles:
  - bundle: series
    title: 系列
    source: 第九条
    scope: year
    parts:
      - {for: {kind: [observation], theme: [ethics]}, unit: item, min: 1}
      - {for: {kind: [observation], theme: [skills]}, unit: item, min: 1}
    earns: 4
    as: {kind: paper}
"""
ONCE = SERIES.replace(
    "bundles:",
    "  - {requirement: once, title: 一次系列, source: 第六条, scope: cycle, unit: record,\n"
    "     for: {kind: [paper]}, min: 1}\nbundles:",
)
GATED = "gates: [{gate: g, title: 结业, source: 第九条, records: {kind: [paper]}, need: yearly}]\n"


def _series(first: int = 1) -> list[Any]:
    themes = ("ethics", "skills")
    return [done(first + n, kind="observation", theme=each) for n, each in enumerate(themes)]


def test_what_a_bundle_makes_is_one_record_where_records_are_counted() -> None:
    whole, part = (of(stand(place(ONCE), *each), "once") for each in (_series(), _series()[:1]))

    assert (whole.recognised, whole.met) == (1, True)
    assert (part.recognised, part.met) == (0, False)
    assert "已认定记录中计 1 " in whole.steps[0].text


def test_what_a_bundle_makes_waits_at_the_gate_of_its_category() -> None:
    scheme = place(SERIES + GATED)
    closed, opened = (stand(scheme, *_series(), done(9, hours)) for hours in (19, 20))
    assert (closed.year.hours, opened.year.hours) == (19, 24)
    assert stand(scheme, *_series()).year.hours == 0


def test_what_a_bundle_makes_does_not_open_its_own_gate() -> None:
    assert stand(place(SERIES + GATED), *_series(), done(9, 17)).year.hours == 17


def test_hours_in_another_category_wait_at_its_gate() -> None:
    cross = """
requirements:
  - {requirement: yearly, title: 年度, source: 第六条, scope: year, min: 20}
cross_credits:
  - {cross_credit: shown, title: 公开课另计, source: 第九条, for: {kind: [open_lesson]},
     as: {kind: paper}, rates: 6}
"""
    shown = done(1, kind="open_lesson")
    closed, opened = (stand(place(cross + GATED), shown, done(2, n)) for n in (19, 20))
    assert (closed.year.hours, opened.year.hours) == (19, 26)


def test_a_bundle_earns_once_unless_more_times_are_written() -> None:
    twice, more = [*_series(), *_series(3)], [*_series(), *_series(3), *_series(5)]
    again = SERIES.replace("earns: 4", "earns: 4\n    times: 2")
    assert stand(place(SERIES), *twice).year.hours == 4
    assert [stand(place(again), *some).year.hours for some in (_series(), twice, more)] == [4, 8, 8]
    assert stand(place(again), *twice[:3]).year.hours == 4, "each time every part anew"
    counted = stand(place(again), *twice).counted.values()
    notes = [note.text for one in counted for note in one.notes]
    assert notes == ["“系列”第 1 次各项齐备，计 4 学时", "“系列”第 2 次各项齐备，计 4 学时"]


def test_what_is_asked_for_ever_has_no_year_before_it_and_is_not_made_up() -> None:
    ever = """
requirements:
  - {requirement: ever, title: 专项, source: 第六条, scope: career, min: 5}
  - {requirement: yearly, title: 年度, source: 第六条, scope: year, min: 24}
carry_over: {requirement: yearly, source: 第九条}
make_up: {until: 01-31, source: 第九条}
"""
    person = Person(cycle_from=date(2020, 3, 1))
    result = stand(place(ever, anchor="personal"), done(1, 6), person=person)
    assert (of(result, "ever").recognised, of(result, "ever").met) == (6, True)


def test_what_is_made_up_after_the_year_opens_the_gate_of_that_year() -> None:
    scheme = place("""
requirements:
  - {requirement: ethics, title: 师德, source: 第六条, scope: year, for: {theme: [ethics]}, min: 6}
  - {requirement: skills, title: 技能, source: 第六条, scope: cycle, for: {theme: [skills]}, min: 9}
gates:
  - {gate: g, title: 先师德, source: 第九条, records: {theme: [skills]}, need: ethics}
make_up: {until: 03-01, source: 第八条}
""")
    skills = done(1, 20, theme="skills", on=date(2021, 5, 1))
    ethics = done(2, 6, theme="ethics", on=date(2022, 2, 1))

    before = stand(scheme, skills, on=date(2022, 2, 20))
    after = stand(scheme, skills, ethics, on=date(2022, 2, 20))

    assert (counts(before), counts(after)) == ([0], [20, 6])
    assert of(after, "skills").recognised == 20
