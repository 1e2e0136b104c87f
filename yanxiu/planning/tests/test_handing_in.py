"""A plan is handed in, returned with a reason, approved and frozen, read out, and revised."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, rule

from yanxiu.agenda.models import Task
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.refusals import BadInput, NotAllowed, Refusal
from yanxiu.notices.models import Notice
from yanxiu.people.models import Teacher
from yanxiu.planning import actions
from yanxiu.planning.comparing import differences
from yanxiu.planning.models import Plan
from yanxiu.planning.refusals import ApprovalNeeded, OwnPlan, PlanHandedIn, ReasonMissing


@pytest.fixture
def group_plan(cast: Cast, li: Teacher) -> Plan:
    plan = actions.start_plan(
        cast.school, cast.term, "数学组计划", unit=cast.maths, by=li, at=MORNING
    )
    actions.add_item(plan, text="组内研讨课", month=10, by=li, at=MORNING)
    return plan


def url(name: str, *parts: Any) -> str:
    return reverse(f"planning:{name}", args=[getattr(part, "uid", part) for part in parts])


# ---- handing in ----
def test_the_principal_approves_and_the_version_is_frozen(
    client: Client, group_plan: Plan, li: Teacher, shen: Teacher
) -> None:
    client.force_login(li)
    client.post(url("decide", group_plan), {"do": "submit"})
    assert Task.objects.get(teacher=shen, kind="planning.approve").state == "open"
    client.force_login(shen)
    assert "数学组计划" in client.get("/plans/").content.decode()
    client.post(url("decide", group_plan), {"do": "approve", "remark": "很具体"})

    group_plan.refresh_from_db()
    assert (group_plan.state, group_plan.approved_by_name) == ("confirmed", "沈校长")
    assert group_plan.versions.get().is_approved
    assert not Task.objects.filter(kind="planning.approve", state="open").exists()
    assert Notice.objects.get(teacher=li).text == "很具体"


def test_a_return_says_why_and_the_plan_is_handed_in_again(
    client: Client, group_plan: Plan, li: Teacher, shen: Teacher
) -> None:
    actions.submit_plan(group_plan, by=li, at=MORNING)
    client.force_login(shen)
    assert client.post(url("decide", group_plan), {"do": "return"}).status_code == 422
    client.post(url("decide", group_plan), {"do": "return", "reason": "没有写负责人"})
    client.force_login(li)
    assert "退回修改：没有写负责人" in client.get(url("plan", group_plan)).content.decode()
    client.post(url("decide", group_plan), {"do": "submit"})

    group_plan.refresh_from_db()
    assert group_plan.state == "submitted"
    assert Task.objects.get(teacher=shen, kind="planning.approve").state == "open"


def test_what_waits_is_not_changed_but_can_be_taken_back(group_plan: Plan, li: Teacher) -> None:
    actions.submit_plan(group_plan, by=li, at=MORNING)
    group_plan.refresh_from_db()
    with pytest.raises(PlanHandedIn):
        actions.add_goal(group_plan, text="再加一条", by=li, at=MORNING)

    actions.withdraw_submission(group_plan, by=li, at=MORNING)
    group_plan.refresh_from_db()
    actions.add_goal(group_plan, text="再加一条", by=li, at=MORNING)
    assert group_plan.goals.count() == 1


def test_nobody_approves_what_he_handed_in(cast: Cast, group_plan: Plan, zhou: Teacher) -> None:
    actions.submit_plan(group_plan, by=zhou, at=MORNING)

    with pytest.raises(OwnPlan):
        actions.approve_plan(group_plan, by=zhou, at=MORNING)
    with pytest.raises(NotAllowed):
        actions.approve_plan(group_plan, by=cast.people["zhao"], at=MORNING)


def test_a_plan_that_was_asked_for_goes_through_approval(
    cast: Cast, group_plan: Plan, li: Teacher, zhou: Teacher
) -> None:
    actions.ask_for_plans(
        cast.school, title="教研组工作计划", term=cast.term, whom="units", by=zhou, at=MORNING
    )

    with pytest.raises(ApprovalNeeded):
        actions.confirm_plan(group_plan, by=li, at=MORNING)


def test_reading_out_names_day_and_meeting(office: Client, plan: Plan) -> None:
    wrong = office.post(url("decide", plan), {"do": "read_out", "on": "2026-08-28", "where": " "})
    assert wrong.status_code == 422
    office.post(
        url("decide", plan), {"do": "read_out", "on": "2026-08-28", "where": "暑假教育工作会议"}
    )

    page = office.get(url("plan", plan)).content.decode()
    assert "2026年8月28日（周五）在暑假教育工作会议宣读" in page


@pytest.mark.parametrize(
    ("name", "status"), [("zhou", 200), ("shen", 200), ("li", 404), ("wang", 404), ("qian", 404)]
)
def test_who_may_decide_about_the_school_plan(
    client: Client, cast: Cast, plan: Plan, name: str, status: int
) -> None:
    client.force_login(cast.people[name])

    assert client.get(url("decide", plan)).status_code == status


# ---- revisions ----
def test_a_revision_needs_a_reason_and_keeps_the_old_version(
    office: Client, plan: Plan, wang: Teacher
) -> None:
    item = plan.planitems.get(text="课堂调研")
    there = url("edit", plan, "item", item)
    changed = {"text": "课堂调研（线上）", "month": "11"}
    assert office.post(there, changed).status_code == 422
    office.post(there, {**changed, "because": "情况有变化"})

    item.refresh_from_db()
    assert (item.text, item.month) == ("课堂调研（线上）", date(2026, 11, 1))
    page = office.get(url("versions", plan)).content.decode()
    for words in ("情况有变化", "<del>课堂调研</del>", "<ins>课堂调研（线上）</ins>", "周主任"):
        assert words in page
    assert Notice.objects.filter(teacher=wang, kind="change", text="情况有变化").exists()


def test_small_steps_of_one_day_for_one_reason_are_one_version(
    plan: Plan, zhou: Teacher, cast: Cast
) -> None:
    items = list(plan.planitems.all())
    for item in items:
        actions.edit_part(item, {"text": f"{item.text}（改）"}, because="改期", by=zhou, at=NOON)
    actions.edit_part(items[0], {"text": "另一件"}, because="别的原因", by=zhou, at=NOON)

    assert [row.reason for row in plan.versions.all()] == ["", "改期", "别的原因"]
    assert Notice.objects.filter(teacher=cast.people["wang"]).count() == 2


def test_the_title_is_changed_with_a_reason_too(office: Client, plan: Plan, zhou: Teacher) -> None:
    with pytest.raises(ReasonMissing):
        actions.edit_plan(plan, {"title": "新题"}, by=zhou, at=NOON)
    answer = office.post(url("head", plan), {"title": "新题", "owner": "王老师", "because": "笔误"})

    assert answer.status_code == 302
    plan.refresh_from_db()
    assert (plan.title, plan.owner and plan.owner.name) == ("新题", "王老师")


def test_a_plan_does_not_follow_itself(plan: Plan, zhou: Teacher, cast: Cast) -> None:
    below = actions.start_plan(cast.school, cast.term, "下", parent=plan, by=zhou, at=MORNING)

    with pytest.raises(BadInput):
        actions.edit_plan(plan, {"parent": below}, because="试", by=zhou, at=NOON)


def test_the_comparison_is_empty_for_the_same_and_turns_round(plan: Plan, zhou: Teacher) -> None:
    actions.add_goal(plan, text="新目标", by=zhou, at=NOON)
    old, new = (row.content for row in plan.versions.all())

    assert differences(old, old) == []
    assert [each.change for each in differences(old, new)] == ["added"]
    assert [each.change for each in differences(new, old)] == ["removed"]


@pytest.mark.django_db(transaction=False)
def test_whatever_is_pressed_the_state_and_the_versions_agree(
    cast: Cast, li: Teacher, shen: Teacher
) -> None:
    class Presses(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.plan = actions.start_plan(
                cast.school, cast.term, "组计划", kind="scheme", unit=cast.maths, by=li, at=MORNING
            )
            self.expected = "draft"

        def press(
            self, action: Any, by: Teacher, before: set[str], after: str, **more: Any
        ) -> None:
            try:
                action(self.plan, by=by, at=MORNING, **more)
            except Refusal:
                assert self.expected not in before
            else:
                assert self.expected in before
                self.expected = after
            self.plan.refresh_from_db()
            assert self.plan.state == self.expected
            frozen = self.plan.versions.filter(is_approved=True).count()
            assert frozen == (self.expected == "confirmed")

        @rule()
        def submit(self) -> None:
            self.press(actions.submit_plan, li, {"draft", "returned"}, "submitted")

        @rule()
        def withdraw(self) -> None:
            self.press(actions.withdraw_submission, li, {"submitted"}, "draft")

        @rule()
        def send_back(self) -> None:
            self.press(actions.return_plan, shen, {"submitted"}, "returned", because="改")

        @rule()
        def approve(self) -> None:
            self.press(actions.approve_plan, shen, {"submitted"}, "confirmed")

    quick = settings(
        max_examples=12, stateful_step_count=8, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    Presses.TestCase.settings = quick
    Presses.TestCase().runTest()


def test_a_plan_from_before_versions_keeps_how_it_stood(plan: Plan, zhou: Teacher) -> None:
    plan.versions.all().delete()
    actions.edit_plan(plan, {"title": "新题"}, because="改名", by=zhou, at=NOON)

    assert [row.content["title"] for row in plan.versions.all()] == [plan.proposal.title, "新题"]  # type: ignore[union-attr]
