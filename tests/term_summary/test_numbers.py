"""Every number is counted, and none is told differently from the rows behind it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.term_summary.conftest import LATER, count, hold, rows_of
from yanxiu.conftest import MORNING, Cast
from yanxiu.figures.table import all_figures
from yanxiu.people.models import Teacher
from yanxiu.planning import actions as planning
from yanxiu.planning.models import Goal, Plan, Quota
from yanxiu.reports.actions import summaries as actions
from yanxiu.reports.documents.term_summary import filling, plan_part
from yanxiu.reports.documents.term_summary.filling import fill
from yanxiu.reports.documents.term_summary.writing import to_text
from yanxiu.reports.models import Summary

pytestmark = pytest.mark.django_db


SESSIONS = "SELECT COUNT(*) FROM activities_session"
MARKS = (
    "SELECT COUNT(*) FROM activities_attendance JOIN activities_session"
    " ON activities_session.id = session_id AND closed_at IS NOT NULL"
)
COUNTS = {
    "activities.sessions_planned": SESSIONS,
    "activities.sessions_held": SESSIONS + " WHERE closed_at IS NOT NULL",
    "activities.sessions_cancelled": SESSIONS + " WHERE cancelled_at IS NOT NULL",
    "activities.minutes_missing": "SELECT COUNT(*) FROM activities_session WHERE closed_at"
    " IS NOT NULL AND id NOT IN (SELECT session_id FROM activities_minutes)",
    "activities.expected": MARKS + " WHERE expected",
    "activities.attendances": MARKS + " WHERE state IN ('present', 'late')",
    "activities.absences": MARKS + " WHERE state = 'absent'",
    "people.teachers": "SELECT COUNT(DISTINCT teacher_id) FROM people_post"
    " WHERE organisation_id = (SELECT organisation_id FROM reports_summary)",
    "planning.items": "SELECT COUNT(*) FROM planning_planitem",
    "planning.items_overdue": "SELECT COUNT(*) FROM planning_planitem WHERE month < '2026-11-01'",
}


def test_its_numbers_are_those_of_the_database(summary: Summary) -> None:
    numbers = fill(summary, LATER).numbers

    assert {code: numbers[code, ""].value for code in COUNTS} == {
        code: count(statement) for code, statement in COUNTS.items()
    }


def test_it_tells_every_figure_of_the_house(summary: Summary) -> None:
    stated = {code for code, _unit in fill(summary, LATER).numbers}

    assert stated == set(all_figures()) - filling.NOT_TOLD


def test_the_figures_it_asks_for_by_name_exist(summary: Summary) -> None:
    assert [gap.key for gap in fill(summary, LATER).gaps if gap.key.startswith("figure:")] == []


def test_it_lists_each_held_session_with_who_was_expected_and_came(summary: Summary) -> None:
    assert rows_of(fill(summary, LATER), "sessions") == [
        ["9月17日", "数学教研组", "估算从哪里开始", "2", "2"],
        ["10月15日", "数学教研组", "错题怎样再用", "2", "1"],
        ["11月12日", "数学教研组", "图形的运动", "2", "2"],
    ]


def test_it_tells_what_became_of_each_item_of_the_plan(summary: Summary) -> None:
    assert rows_of(fill(summary, LATER), "items") == [
        ["9月", "新教师亮相课", "已过期"],
        ["12月", "期末小结会", "未到"],
    ]


def test_it_tells_how_often_each_unit_met(cast: Cast, summary: Summary) -> None:
    hold(cast, date(2026, 11, 19), "zhao", title="整本书怎样读", group="chinese")

    assert rows_of(fill(summary, LATER), "rhythms") == [["数学教研组", "每周四下午", "3场", "3场"]]


def test_a_goal_without_an_indicator_is_named_so(summary: Summary) -> None:
    assert "1. 让每次研讨都有可用的结论。（未设指标）" in to_text(fill(summary, LATER))


def test_what_is_asked_of_each_teacher_is_multiplied_openly(summary: Summary) -> None:
    [row] = rows_of(fill(summary, LATER), "quotas")

    gap = "【待补：“跟岗学习”的完成数量】"
    assert row == ["跟岗学习", "每位教师每学期不少于15节", "6人", "90节", gap]


def test_a_quota_is_counted_by_the_figure_whose_name_only_says_the_unit_too(
    summary: Summary, plan: Plan, zhou: Teacher
) -> None:
    asked: dict[str, Any] = {"amount": Decimal(10), "by": zhou, "at": MORNING}
    planning.add_quota(plan, name="听课", unit_of_measure="节", **asked)
    planning.add_quota(plan, name="听课", unit_of_measure="分钟", **asked)

    told = [row[4] for row in rows_of(fill(summary, LATER), "quotas")[1:]]

    assert told == ["0节", "【待补：“听课”的完成数量】"]


def test_a_plan_of_the_school_year_is_answered_beside_that_of_the_term(
    cast: Cast, summary: Summary, zhou: Teacher
) -> None:
    year = planning.start_plan(
        cast.school, cast.term, "学年校本研修规划", period=Plan.Period.SCHOOL_YEAR,
        by=zhou, at=MORNING,
    )  # fmt: skip
    planning.add_goal(year, text="三年内人人上好研究课", by=zhou, at=MORNING)
    planning.confirm_plan(year, by=zhou, at=MORNING)

    text = to_text(fill(summary, LATER))

    assert "执行《第一学期校本研修计划》《学年校本研修规划》。" in text
    assert text.count("按月安排的事项共") == 1
    assert "三年内人人上好研究课" in text


def test_what_is_asked_per_month_is_not_multiplied(cast: Cast, plan: Plan, zhou: Teacher) -> None:
    planning.add_quota(
        plan,
        name="读书交流",
        amount=Decimal(1),
        unit_of_measure="次",
        per=Quota.Per.UNIT,
        period=Quota.Period.MONTH,
        by=zhou,
        at=MORNING,
    )
    summary = actions.start_summary(cast.school, cast.term, by=zhou, at=LATER)

    assert rows_of(fill(summary, LATER), "quotas")[1][2:4] == ["每个教研组", "不折算合计"]


def test_overdue_items_and_missing_minutes_are_told_as_problems(summary: Summary) -> None:
    text = to_text(fill(summary, LATER))

    assert "过期未办的计划事项1项；缺活动记录的场次3场；取消的场次0场。" in text
    assert "过期未办的事项：2026年9月“新教师亮相课”（已过期）。" in text


def test_the_whole_document_is_reckoned_with_few_statements(
    summary: Summary, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    # Each figure once, and few besides: the paper grows with the table of figures.
    with django_assert_max_num_queries(len(all_figures()) + 30):
        fill(summary, LATER)


def test_titles_inside_a_title_take_single_brackets() -> None:
    titles = ["《读《论语》》", "《论语》与《诗经》", "学期计划"]

    assert [plan_part._inside_title(title) for title in titles] == [
        "读〈论语〉",
        "〈论语〉与〈诗经〉",
        "学期计划",
    ]


def test_a_number_left_open_is_not_printed_as_none(summary: Summary, plan: Plan) -> None:
    Quota.objects.filter(plan=plan).update(amount=0, is_open=True)

    (row,) = rows_of(fill(summary, LATER), "quotas")

    assert row[1] == "每位教师每学期，数量自定"
    assert row[3] == "数量自定"


def test_a_chosen_figure_speaks_for_a_goal_and_a_quota(summary: Summary, plan: Plan) -> None:
    Goal.objects.filter(plan=plan).update(figure="activities.sessions_held", target=Decimal(20))
    Quota.objects.filter(plan=plan).update(figure="activities.sessions_held")
    document = fill(summary, LATER)

    held = str(document.numbers["activities.sessions_held", ""])
    assert f"目标值20，实际{held}" in to_text(document)
    assert rows_of(document, "quotas")[0][4] == held
