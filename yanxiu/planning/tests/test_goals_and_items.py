"""Goals with indicators, items with owner, days and audience, steps, and years with warnings."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from yanxiu.agenda.models import Task
from yanxiu.cast import MORNING, Cast
from yanxiu.people.models import Teacher, Tier
from yanxiu.planning import actions
from yanxiu.planning.models import ItemEvent, Plan, PlanItem, Quota, month_after
from yanxiu.planning.queries import in_state, state_of
from yanxiu.planning.refusals import KeyFieldsFull
from yanxiu.planning.views.goals import tree_of, warnings_of

State = PlanItem.State
DAYS = st.dates(date(2026, 7, 1), date(2027, 6, 30))


@pytest.fixture
def draft(cast: Cast, zhou: Teacher) -> Plan:
    return actions.start_plan(cast.school, cast.term, "手写计划", by=zhou, at=MORNING)


def url(name: str, *parts: Any) -> str:
    return reverse(f"planning:{name}", args=[getattr(part, "uid", part) for part in parts])


# ---- goals ----
def test_a_goal_is_measured_by_a_figure(office: Client, draft: Plan) -> None:
    office.post(
        url("add", draft, "goal"),
        {
            "text": "人人参加研修", "figure": "ledger.records", "target": "10",
            "deadline": "2027-01-15", "beneficiary": "teachers", "tags": "学会学习，学会反思",
        },
    )  # fmt: skip

    goal = draft.goals.get()
    assert (goal.indicator, goal.tags) == ("研修记录", ["学会学习", "学会反思"])
    page = office.get(url("goals", draft)).content.decode()
    for words in ("现在", "研修记录", "学会反思", "还差一些"):
        assert words in page


def test_a_goal_without_indicator_is_marked(office: Client, draft: Plan, zhou: Teacher) -> None:
    actions.add_goal(draft, text="政治坚定、勤于育人", by=zhou, at=MORNING)

    assert "未设指标" in office.get(url("plan", draft)).content.decode()


def test_goals_stand_as_a_tree(cast: Cast, draft: Plan, zhou: Teacher) -> None:
    tier = Tier.objects.create(organisation=cast.school, name="骨干教师")
    whole = actions.add_goal(draft, text="建设队伍", level="overall", by=zhou, at=MORNING)
    part = actions.add_goal(draft, text="提升素养", parent=whole, by=zhou, at=MORNING)
    actions.add_goal(
        draft, text="带徒弟", level="tier", tier=tier, parent=part, by=zhou, at=MORNING
    )

    assert [depth for _goal, depth in tree_of(draft.goals.all())] == [0, 1, 2]


def test_key_fields_are_at_most_two(draft: Plan, zhou: Teacher) -> None:
    for text in ("阅读教学", "科创教育"):
        actions.add_goal(draft, text=text, level="field", by=zhou, at=MORNING)

    with pytest.raises(KeyFieldsFull):
        actions.add_goal(draft, text="体育", level="field", by=zhou, at=MORNING)


def test_items_count_for_their_goal(office: Client, draft: Plan, zhou: Teacher) -> None:
    goal = actions.add_goal(draft, text="课题带动", projects="小课题一", by=zhou, at=MORNING)
    for text in ("开题", "中期"):
        item = actions.add_item(draft, text=text, month=10, goal=goal, by=zhou, at=MORNING)
    actions.finish_item(item, on=date(2026, 10, 14), note="", by=zhou, at=MORNING)

    assert "为它安排的事项完成 1 / 2 项" in office.get(url("goals", draft)).content.decode()


# ---- items ----
def test_a_span_of_months_is_due_until_its_last_day(office: Client, draft: Plan) -> None:
    office.post(url("add", draft, "item"), {"text": "读书", "month": "10", "until": "12"})

    item = draft.planitems.get()
    assert (item.month, item.last_on) == (date(2026, 10, 1), date(2026, 12, 31))
    states = [state_of(item, [], date(2026, month, 15)) for month in (9, 10, 12)]
    assert states == [State.PLANNED, State.DUE, State.DUE]
    assert state_of(item, [], date(2027, 1, 1)) == State.OVERDUE


def test_an_item_recurs_over_months_each_with_its_own_state(office: Client, draft: Plan) -> None:
    office.post(
        url("add", draft, "item"), {"text": "检查", "month": "9", "until": "12", "repeats": "on"}
    )

    items = list(draft.planitems.order_by("month"))
    assert [item.month.month for item in items] == [9, 10, 11, 12]
    assert len({item.series for item in items}) == 1


def test_an_item_for_a_tier_names_it(office: Client, cast: Cast, draft: Plan) -> None:
    tier = Tier.objects.create(organisation=cast.school, name="新教师")
    asked = {"text": "汇报课", "on": "2026-10-20", "audience": "tier"}
    assert office.post(url("add", draft, "item"), asked).status_code == 422
    office.post(url("add", draft, "item"), {**asked, "tier": tier.pk})

    item = draft.planitems.get()
    assert (item.tier, item.on, item.month) == (tier, date(2026, 10, 20), date(2026, 10, 1))
    assert "新教师" in office.get(url("plan", draft)).content.decode()


def test_the_owner_is_given_the_task_when_the_plan_is_in_force(
    client: Client, draft: Plan, zhou: Teacher, wang: Teacher
) -> None:
    item = actions.add_item(draft, text="写方案", month=10, owner=wang, by=zhou, at=MORNING)
    assert not Task.objects.exists()
    actions.confirm_plan(draft, by=zhou, at=MORNING)
    assert Task.objects.get(teacher=wang).due_on == date(2026, 10, 31)

    client.force_login(wang)
    client.post(url("item", draft, item), {"do": "done", "done_on": "2026-10-14"})
    assert Task.objects.get(teacher=wang).state == Task.State.DONE


def test_steps_have_owner_day_and_state(office: Client, draft: Plan, zhou: Teacher) -> None:
    item = actions.add_item(draft, text="开放周", month=10, by=zhou, at=MORNING)
    office.post(
        url("item", draft, item),
        {"do": "step", "step": "排课表", "step_owner": "王老师", "step_due": "2026-10-10"},
    )
    step = item.steps.get()
    assert "排课表" in office.get(url("plan", draft)).content.decode()

    office.post(url("item", draft, item), {"do": "step_done", "step_uid": step.uid})
    step.refresh_from_db()
    assert step.done_on is not None
    wrong = office.post(url("item", draft, item), {"do": "step_done", "step_uid": "x"})
    assert wrong.status_code == 404


@given(
    month=DAYS,
    length=st.integers(0, 120),
    open_ended=st.booleans(),
    today=DAYS,
    events=st.sets(st.sampled_from(ItemEvent.State.values)),
    done=st.booleans(),
    dropped=st.booleans(),
)
def test_an_item_is_in_one_state_whatever_happens(
    month: date, length: int, *, open_ended: bool, today: date, events: set[str], done: bool,
    dropped: bool,
) -> None:  # fmt: skip
    first = month.replace(day=1)
    last = None if open_ended else date.fromordinal(first.toordinal() + length)
    item = PlanItem(
        month=first, last_on=last, done_on=first if done else None,
        dropped_because="停办" if dropped else "",
    )  # fmt: skip
    told = [ItemEvent(state=state) for state in events]
    end = last or date.fromordinal(month_after(first).toordinal() - 1)
    expected = (
        State.DROPPED if dropped
        else State.DONE if done or "held" in events
        else State.SCHEDULED if "scheduled" in events
        else State.MISSED if "missed" in events
        else State.PLANNED if today < first
        else State.DUE if today <= end
        else State.OVERDUE
    )  # fmt: skip

    assert state_of(item, told, today) == expected


@pytest.mark.parametrize("last_on", [None, date(2026, 10, 10), date(2026, 12, 31)])
@pytest.mark.parametrize(
    "today", [date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 11), date(2027, 1, 1)]
)
def test_the_database_says_the_same_as_the_page(
    draft: Plan, zhou: Teacher, last_on: date | None, today: date
) -> None:
    item = actions.add_item(draft, text="事", month=10, by=zhou, at=MORNING)
    PlanItem.objects.update(last_on=last_on)
    item.refresh_from_db()
    found = [
        state for state in State.values if PlanItem.objects.filter(in_state(state, today)).exists()
    ]

    assert found == [state_of(item, [], today)]


# ---- years and quotas ----
def test_odd_credits_are_warned_of_and_saved(office: Client, cast: Cast, zhou: Teacher) -> None:
    plan = actions.start_plan(
        cast.school, cast.term, "五年规划", period="five_years", credits_total=Decimal(10),
        credits_least=Decimal(2), hours_yearly=Decimal(40), hours_per_credit=Decimal(20),
        by=zhou, at=MORNING,
    )  # fmt: skip
    for amount in ("2", "2.5", "2.5", "2.5", "0.5"):
        given = {"theme": "一年的主题", "credits": amount}
        assert office.post(url("add", plan, "year"), given).status_code == 302

    warned = [bool(warnings_of(plan, row)) for row in plan.yearrows.all()]
    assert warned == [False, True, True, True, True]
    page = office.get(url("goals", plan)).content.decode()
    assert "少于计划自己定的每年最低 2 学分" in page
    assert "不一致" not in page


def test_a_quota_of_every_two_weeks_is_taken_as_read(cast: Cast, zhou: Teacher) -> None:
    text = "清河小学2026年秋季校本研修计划\n\n一、工作目标\n\n每位教师每两周听课1节。\n"
    read = actions.read_proposals(cast.school, text.encode(), name="计划.txt", by=zhou, at=MORNING)[
        0
    ]
    actions.accept_rest(read, by=zhou, at=MORNING)
    plan = actions.confirm_proposal(read, by=zhou, at=MORNING)

    assert plan.quotas.get(name="听课").period == Quota.Period.TWO_WEEKS


def test_spans_days_and_owners_of_a_document_are_written(cast: Cast, zhou: Teacher) -> None:
    text = (
        "清河小学2026年秋季校本研修计划\n\n一、具体安排\n\n九月至十一月：\n\n1.师徒结对活动。\n\n"
        "十二月份：\n\n1.12月4日召开总结会。\n"
    )
    read = actions.read_proposals(cast.school, text.encode(), name="计划.txt", by=zhou, at=MORNING)[
        0
    ]
    first = read.findings.filter(kind="schedule").first()
    assert first is not None
    assert first.value is not None
    first.changed = {"value": {**first.value, "owner": "王老师"}}
    first.save()
    actions.accept_rest(read, by=zhou, at=MORNING)
    plan = actions.confirm_proposal(read, by=zhou, at=MORNING)

    span, day = plan.planitems.order_by("month")
    assert (span.month.month, span.last_on) == (9, date(2026, 11, 30))
    assert span.owner == cast.people["wang"]
    assert day.on == date(2026, 12, 4)


def test_a_number_may_be_left_open(office: Client, draft: Plan) -> None:
    given = {
        "name": "读书", "unit_of_measure": "本", "per": "teacher", "period": "term",
    }  # fmt: skip
    assert office.post(url("add", draft, "quota"), given).status_code == 422
    office.post(url("add", draft, "quota"), {**given, "is_open": "on"})

    assert draft.quotas.get().is_open
    assert "数量自定" in office.get(url("plan", draft)).content.decode()
