"""Every kind of value becomes what it is in the plan, and nothing says more than the document."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.cast import MORNING, Cast
from yanxiu.people.models import Teacher, Tier
from yanxiu.planning import actions
from yanxiu.planning.models import Finding, Plan, Proposal
from yanxiu.planning.tests.answers import answers_of


def add(proposal: Proposal, kind: str, name: str, value: object, **more: object) -> Finding:
    order = proposal.findings.count()
    return Finding.objects.create(
        proposal=proposal, order=order, kind=kind, name=name, value=value, line=9, text="原文",
        **more,
    )  # fmt: skip


def taken(proposal: Proposal, zhou: Teacher) -> Plan:
    actions.accept_rest(proposal, by=zhou, at=MORNING)
    return actions.confirm_proposal(proposal, by=zhou, at=MORNING)


def test_a_share_of_a_tier_becomes_a_measured_goal(proposal: Proposal, zhou: Teacher) -> None:
    tier = Tier.objects.create(organisation=proposal.organisation, name="县级骨干教师")
    add(proposal, "target", "县级骨干教师", "15", unit="%", qualifier="at_least")

    goal = taken(proposal, zhou).goals.get(level="tier")
    assert (goal.tier, goal.target, goal.indicator) == (tier, Decimal(15), "县级骨干教师")
    assert "15%" in goal.text


def test_how_often_stays_a_text_until_somebody_says_for_whom(
    proposal: Proposal, zhou: Teacher
) -> None:
    add(proposal, "rhythm", "检查备课", 1, unit="次", qualifier="exact", period="month")

    plan = taken(proposal, zhou)
    assert not plan.quotas.filter(name="检查备课").exists()
    assert plan.plannotes.get(kind="rhythm").text == "检查备课：每月1次"


def test_how_often_becomes_a_quota_once_it_is_said(
    office: Client, proposal: Proposal, zhou: Teacher
) -> None:
    found = add(proposal, "rhythm", "检查备课", 1, unit="次", qualifier="exact", period="month")
    page = reverse("planning:proposal", args=[proposal.uid])
    sent = {**answers_of(office.get(page).content.decode()), f"f{found.pk}-per": "school"}
    office.post(page, {**sent, "do": "confirm_rest"})

    quota = Plan.objects.get().quotas.get(name="检查备课")
    assert (quota.per, quota.period, quota.amount) == ("school", "month", Decimal(1))


@pytest.mark.parametrize("kind", ["project", "problem", "outcome", "award", "rule", "form"])
def test_what_has_no_shape_of_its_own_is_kept_as_text(
    proposal: Proposal, zhou: Teacher, kind: str
) -> None:
    add(proposal, kind, "名称", "名称和内容")

    note = taken(proposal, zhou).plannotes.get(kind=kind, source_line=9)
    assert note.text == "名称和内容"


def test_every_kind_stands_on_the_page_under_its_name(
    office: Client, proposal: Proposal, cast: Cast
) -> None:
    kinds = {"project": "课题", "award": "奖励", "problem": "存在问题", "target": "比例指标"}
    for kind in kinds:
        add(proposal, kind, "名称", 3 if kind == "target" else "内容")
    page = office.get(reverse("planning:proposal", args=[proposal.uid])).content.decode()

    assert all(f'id="{kind}-title"' in page and title in page for kind, title in kinds.items())
    assert cast.school.name in page
