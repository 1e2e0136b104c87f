"""排期: a confirmed plan becomes a term of sessions, and its items find theirs."""

from datetime import date, time

import pytest
from django.urls import reverse

from yanxiu.activities.models import Session
from yanxiu.cast import MORNING, Cast, LogIn
from yanxiu.people.models import Teacher
from yanxiu.planning.models import Plan, PlanItem, Rhythm
from yanxiu.planning.queries import item_states
from yanxiu.terms.models import DayOff


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """A confirmed plan: maths on Thursdays, 综合组 to be agreed, one item in October."""
    made = Plan.objects.create(
        organisation=cast.school, term=cast.term, title="本学期研修计划",
        state=Plan.State.CONFIRMED, made_at=MORNING, confirmed_at=MORNING,
    )  # fmt: skip
    Rhythm.objects.create(
        plan=made, unit=cast.maths, name="数学", weekday=4, half_day="afternoon",
        starts_at=time(14, 30),
    )  # fmt: skip
    Rhythm.objects.create(plan=made, unit=cast.chinese, name="综合组")
    PlanItem.objects.create(plan=made, text="主题研讨：作业分层", month=date(2026, 10, 1))
    DayOff.objects.create(
        organisation=cast.school, name="国庆节", starts_on=date(2026, 10, 1),
        ends_on=date(2026, 10, 8),
    )  # fmt: skip
    return made


def address(plan: Plan, item: PlanItem | None = None) -> str:
    if item:
        return reverse("activities:schedule_item", args=[plan.uid, item.uid])
    return reverse("activities:schedule", args=[plan.uid])


def test_only_the_office_schedules(cast: Cast, plan: Plan, log_in: LogIn) -> None:
    seen = {
        name: log_in(teacher).get(address(plan)).status_code
        for name, teacher in cast.people.items()
    }

    assert [name for name, status in seen.items() if status == 200] == ["zhou"]
    assert set(seen.values()) == {200, 404}


def test_a_draft_is_not_scheduled(plan: Plan, zhou: Teacher, log_in: LogIn) -> None:
    Plan.objects.update(state=Plan.State.DRAFT)

    assert log_in(zhou).get(address(plan)).status_code == 404


def test_one_press_makes_the_term_and_tells_the_days_left_out(
    plan: Plan, zhou: Teacher, log_in: LogIn
) -> None:
    client = log_in(zhou)

    text = client.post(address(plan), follow=True).content.decode()

    made = Session.objects.count()
    assert made > 15
    assert f"新排 {made} 场：数学教研组 {made} 场" in text
    assert "10月1日（周四）" in text
    assert "没有要补的场次" in client.post(address(plan), follow=True).content.decode()
    assert Session.objects.count() == made


def test_a_unit_without_a_fixed_time_names_who_sets_it(
    cast: Cast, plan: Plan, zhou: Teacher, log_in: LogIn
) -> None:
    text = log_in(zhou).get(address(plan)).content.decode()

    assert "语文教研组没有固定时间" in text
    assert "请组长赵老师商量定好" in text
    assert f"?audience=unit-{cast.chinese.pk}" in text


def test_an_item_takes_over_a_session_of_its_month(
    plan: Plan, zhou: Teacher, log_in: LogIn
) -> None:
    client = log_in(zhou)
    client.post(address(plan))
    item = plan.planitems.get()
    session = Session.objects.get(title="数学教研组第6次教研活动")  # the Thursday after the holiday

    client.post(address(plan, item), {"link": "1", "session": str(session.uid)})

    session.refresh_from_db()
    assert session.title == item.text
    assert item_states(plan, date(2026, 10, 2))[0].state == "scheduled"
    assert item.text in client.get(address(plan)).content.decode()


def test_an_item_becomes_a_whole_school_session(plan: Plan, zhou: Teacher, log_in: LogIn) -> None:
    client = log_in(zhou)
    item = plan.planitems.get()
    form = client.get(address(plan, item)).context["form"]
    data = {
        "title": form["title"].value(), "kind": form["kind"].value(), "mode": "on_site",
        "day": "2026-10-21", "start": "14:30", "end": "16:00", "place": "报告厅",
    }  # fmt: skip

    client.post(address(plan, item), data)

    session = Session.objects.get()
    assert (session.unit, session.activity.plan_item) == (None, item)


def test_an_impossible_time_keeps_what_was_typed(plan: Plan, zhou: Teacher, log_in: LogIn) -> None:
    item = plan.planitems.get()
    data = {"title": "全校研讨", "day": "2026-10-21", "start": "16:00", "end": "15:00"}

    answer = log_in(zhou).post(address(plan, item), {**data, "place": "报告厅"})

    assert answer.status_code == 422
    assert "全校研讨" in answer.content.decode()


def test_a_foreign_session_cannot_be_taken(
    plan: Plan, session: Session, zhou: Teacher, log_in: LogIn
) -> None:
    Session.objects.update(starts_at="2026-11-15T02:00Z", ends_at="2026-11-15T03:00Z")
    item = plan.planitems.get()

    answer = log_in(zhou).post(address(plan, item), {"link": "1", "session": str(session.uid)})

    assert answer.status_code == 404
