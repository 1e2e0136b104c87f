"""A rhythm of some times a month: typed, read from a plan, and shown in the calendar."""

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.refusals import BadInput
from yanxiu.people.models import Teacher
from yanxiu.planning import actions
from yanxiu.planning.models import Plan, Rhythm
from yanxiu.planning.wording import when_words

DOCUMENT = """清河小学2026—2027学年第一学期校本研修计划
一、工作目标
1．人人上好研究课。
二、活动时间
数学教研组：每月两次，周一下午
语文教研组：每月3次周五上午
英语教研组：周三下午
"""


@pytest.fixture
def twice(plan: Plan, cast: Cast, zhou: Teacher) -> Rhythm:
    """The maths group meets twice a month on Mondays."""
    return actions.add_rhythm(
        plan, unit=cast.maths, weekday=1, half_day="afternoon", times_a_month=2,
        because="调整", by=zhou, at=MORNING,
    )  # fmt: skip


def test_the_form_takes_the_times_a_month(office: Client, plan: Plan, cast: Cast) -> None:
    rhythm = plan.rhythms.filter(weekday=3).first()
    assert rhythm
    address = reverse("planning:rhythm", args=[plan.uid, rhythm.uid])
    given = {
        "unit": cast.maths.pk, "weekday": "1", "minutes": "80", "every_weeks": "1",
        "times_a_month": "2",
    }  # fmt: skip

    office.post(address, given)

    rhythm.refresh_from_db()
    assert rhythm.times_a_month == 2
    assert "每月2次，周一" in office.get(reverse("planning:plan", args=[plan.uid])).content.decode()
    assert office.post(address, {**given, "times_a_month": "6"}).status_code == 422


def test_more_than_a_month_has_is_refused(plan: Plan, cast: Cast, zhou: Teacher) -> None:
    with pytest.raises(BadInput, match="最多5天"):
        actions.add_rhythm(
            plan, unit=cast.maths, weekday=1, half_day="", times_a_month=6, because="调整",
            by=zhou, at=MORNING,
        )  # fmt: skip


def test_the_calendar_shows_only_the_days_it_meets(
    office: Client, plan: Plan, twice: Rhythm
) -> None:
    plan.rhythms.exclude(pk=twice.pk).delete()

    page = office.get(reverse("planning:month", args=[plan.uid, "2026-10"])).content.decode()

    # October 2026 has four Mondays.
    assert page.count("数学教研组") == 2


def test_odd_and_even_weeks_and_the_place_come_into_the_plan(cast: Cast, zhou: Teacher) -> None:
    said = (
        "云桥小学2026年秋季学期校本研修计划\n一、时间安排\n"
        "数学组：单周周四下午第二节，地点录播教室。\n语文组：周三下午，地点：二楼会议室。\n"
        "英语组：双周周二下午。\n"
    )
    (proposal,) = actions.read_proposals(
        cast.school, said.encode(), name="计划.txt", by=zhou, at=MORNING
    )
    actions.accept_rest(proposal, by=zhou, at=MORNING)
    read = actions.confirm_proposal(proposal, by=zhou, at=MORNING)

    rows = read.rhythms.values_list("name", "weekday", "every_weeks", "from_week", "place")
    assert set(rows) == {
        ("数学组", 4, 2, 1, "录播教室"), ("语文组", 3, 1, 1, "二楼会议室"), ("英语组", 2, 2, 2, ""),
    }  # fmt: skip
    english = read.rhythms.get(name="英语组")
    assert when_words(english) == "每2周的周二（从第2周起）下午"


def test_a_plan_that_says_how_often_a_month_is_read_so(cast: Cast, zhou: Teacher) -> None:
    (proposal,) = actions.read_proposals(
        cast.school, DOCUMENT.encode(), name="计划.txt", by=zhou, at=MORNING
    )
    actions.accept_rest(proposal, by=zhou, at=MORNING)
    read = actions.confirm_proposal(proposal, by=zhou, at=MORNING)

    assert dict(read.rhythms.values_list("name", "times_a_month")) == {
        "数学教研组": 2, "语文教研组": 3, "英语教研组": None,
    }  # fmt: skip
