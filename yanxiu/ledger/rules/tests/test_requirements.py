"""Floors inside floors, shares, maximums, and what would fill what is missing."""

from datetime import date
from decimal import Decimal

from yanxiu.ledger.rules.standing import would_add
from yanxiu.ledger.rules.tests.floors import done, earned_by, of, place, stand, told

NESTED = """
requirements:
  - requirement: skills
    title: 技能
    source: 第六条
    scope: cycle
    for: {theme: [skills]}
    min: 10
    of_which:
      - requirement: skills-county
        title: 技能中县级
        for: {organiser_level: [county]}
        min: 4
        of_which:
          - {requirement: skills-county-online, title: 其中网络,
             for: {delivery_mode: [online]}, min: 2}
"""


def test_a_floor_inside_a_floor_asks_for_both_dimensions_at_once() -> None:
    both = {"theme": "skills", "organiser_level": "county"}
    records = [
        done(1, 6, theme="skills", organiser_level="school"),
        done(2, 5, theme="ethics", organiser_level="county", delivery_mode="online"),
        done(3, 3, **both),
        done(4, 1, **both, delivery_mode="online"),
    ]
    result = stand(place(NESTED), *records)
    assert [(each.recognised, each.parent) for each in result.requirements] == [
        (10, ""),
        (4, "skills"),
        (1, "skills-county"),
    ]


def test_it_says_which_records_would_fill_it() -> None:
    deep = of(stand(place(NESTED)), "skills-county-online")
    right = done(1, theme="skills", organiser_level="county", delivery_mode="online")
    assert deep.fills(right)
    assert not deep.fills(done(1, organiser_level="county", delivery_mode="online"))
    late = done(
        1,
        theme="skills",
        organiser_level="county",
        delivery_mode="online",
        on=date(2026, 1, 1),
    )
    assert not deep.fills(late)


def test_a_least_share_says_how_much_more_it_takes() -> None:
    share = """
requirements:
  - {requirement: major, title: 专业占比, source: 第六条, scope: year,
     for: {subject_kind: [major]}, min_share: 2/3}
"""
    records = [done(1, 10, subject_kind="major"), done(2, 20, subject_kind="elective")]
    major = of(stand(place(share), *records), "major")
    assert (major.recognised, major.required, major.missing) == (10, 20, 30)
    assert "总体也跟着增加，所以比 10 多" in major.steps[-1].text
    filled = of(stand(place(share), *records, done(3, 30, subject_kind="major")), "major")
    assert (filled.met, filled.missing) == (True, 0)


def test_too_much_is_told_and_not_cut() -> None:
    most = """
requirements:
  - {requirement: online, title: 网络, source: 第六条, scope: year,
     for: {delivery_mode: [online]}, max: 10}
  - {requirement: half, title: 网络占比, source: 第六条, scope: year,
     for: {delivery_mode: [online]}, max_share: 1/2}
"""
    result = stand(place(most), done(1, 12, delivery_mode="online"), done(2, 4))
    assert (result.year.hours, result.met) == (16, True)
    assert [(each.excess, each.met) for each in result.requirements] == [(2, True), (4, True)]
    assert "超出“不应多于”的部分 2 学时，只提示，不扣" in told(result, "online")


def test_some_are_asked_for_more_and_some_for_nothing() -> None:
    floors = """
requirements:
  - {requirement: novices, title: 新教师, source: 第六条, scope: year, who: [novice], min: 60}
  - {requirement: others, title: 其他教师, source: 第六条, scope: year, not_who: [novice], min: 40}
  - {requirement: recent, title: 新规后, source: 第六条, scope: cycle,
     count_from: 2021-06-01, min: 9}
"""
    scheme = place(floors)
    records = [done(1, 10), done(2, 5, on=date(2021, 9, 1))]
    novice, other = (stand(scheme, *records, tiers=tiers) for tiers in (["novice"], []))
    assert [each.id for each in novice.requirements] == ["novices", "recent"]
    assert [each.id for each in other.requirements] == ["others", "recent"]
    assert of(other, "recent").recognised == 5


def test_it_is_known_what_planned_activities_would_add() -> None:
    cap = """
requirements: [{requirement: yearly, title: 年度, source: 第六条, scope: year, min: 24}]
limits: [{limit: most, title: 每年, source: 第七条, scope: year, max: 20}]
"""
    scheme = place(cap)
    posted, pending, planned = (
        earned_by(scheme, [done(n, hours)]) for n, hours in ((1, 8), (2, 4), (3, 10))
    )
    end = date(2021, 12, 31)
    assert would_add(scheme, posted, pending, planned, on=end) == {"yearly": Decimal(8)}
