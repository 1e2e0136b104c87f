"""Plans of any kind and period are begun, follow each other, and are found by their days."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.kernel.spans import Span
from yanxiu.people.models import Teacher
from yanxiu.planning import actions
from yanxiu.planning.models import Plan
from yanxiu.planning.queries import confirmed_plan
from yanxiu.planning.refusals import PeriodUnclear, PlanChangedElsewhere


@pytest.mark.parametrize(
    ("period", "span"),
    [
        ("term", Span(date(2026, 9, 1), date(2027, 1, 23))),
        ("half_year", Span(date(2026, 7, 1), date(2027, 1, 1))),
        ("year", Span(date(2026, 1, 1), date(2027, 1, 1))),
        ("school_year", Span(date(2026, 8, 1), date(2027, 8, 1))),
        ("three_years", Span(date(2026, 8, 1), date(2029, 8, 1))),
        ("five_years", Span(date(2026, 8, 1), date(2031, 8, 1))),
    ],
)
def test_a_period_has_its_days(cast: Cast, zhou: Teacher, period: str, span: Span) -> None:
    plan = actions.start_plan(cast.school, cast.term, "规划", period=period, by=zhou, at=MORNING)

    assert plan.span == span


def test_own_dates_must_have_an_order(cast: Cast, zhou: Teacher) -> None:
    with pytest.raises(PeriodUnclear):
        actions.start_plan(
            cast.school, cast.term, "规划", period="other", starts_on=date(2026, 9, 1),
            ends_on=date(2026, 9, 1), by=zhou, at=MORNING,
        )  # fmt: skip


def test_plans_of_different_kinds_stand_beside_each_other(cast: Cast, zhou: Teacher) -> None:
    for kind, period in (("work", "term"), ("work", "five_years"), ("project", "term")):
        made = actions.start_plan(
            cast.school, cast.term, f"{kind}{period}", kind=kind, period=period,
            owner=zhou, by=zhou, at=MORNING,
        )  # fmt: skip
        actions.confirm_plan(made, by=zhou, at=MORNING)
    again = actions.start_plan(cast.school, cast.term, "又一份", by=zhou, at=MORNING)

    with pytest.raises(PlanChangedElsewhere):
        actions.confirm_plan(again, by=zhou, at=MORNING)
    found = confirmed_plan(cast.school.pk, cast.term.pk)
    assert found is not None
    assert found.period == "term"


def test_a_school_year_plan_stands_in_for_a_term_without_one(cast: Cast, zhou: Teacher) -> None:
    plan = actions.start_plan(
        cast.school, cast.term, "学年计划", period="school_year", by=zhou, at=MORNING
    )
    actions.confirm_plan(plan, by=zhou, at=MORNING)

    assert confirmed_plan(cast.school.pk, cast.term.pk) == plan


def test_what_only_some_plans_need_stands_apart(office: Client) -> None:
    page = office.get(reverse("planning:start")).content.decode()

    dates = page.partition('data-only-if="period=other"')[2].partition("</fieldset>")[0]
    assert 'name="starts_on"' in dates
    assert 'name="last_on"' in dates
    project = page.partition('data-only-if="kind=project"')[2].partition("</fieldset>")[0]
    assert 'name="project"' in project
    assert page.count('name="project"') == page.count('name="starts_on"') == 1
    for name in ("kind", "period"):
        label = page.partition(f'for="id_{name}"')[2].partition("</label>")[0]
        assert "可不填" not in label


def test_a_scheme_hangs_under_its_plan(office: Client, plan: Plan) -> None:
    office.post(reverse("planning:scheme", args=[plan.uid]), {"title": "读书活动实施方案"})

    scheme = Plan.objects.get(kind="scheme")
    assert (scheme.parent, scheme.span, scheme.state) == (plan, plan.span, "draft")
    page = office.get(reverse("planning:plan", args=[plan.uid])).content.decode()
    assert "读书活动实施方案" in page


def test_goals_are_traced_up_and_down(office: Client, cast: Cast, zhou: Teacher) -> None:
    above = actions.start_plan(
        cast.school, cast.term, "上级文件", kind="guideline", superior="县教研室",
        by=zhou, at=MORNING,
    )  # fmt: skip
    numbered = actions.add_goal(above, text="围绕课程改革", name="一个中心", by=zhou, at=MORNING)
    below = actions.start_plan(
        cast.school, cast.term, "本校计划", parent=above, by=zhou, at=MORNING
    )
    actions.add_goal(below, text="人人上研究课", upper=numbered, by=zhou, at=MORNING)

    assert "一个中心" in office.get(reverse("planning:plan", args=[below.uid])).content.decode()
    page = office.get(reverse("planning:goals", args=[above.uid])).content.decode()
    assert "人人上研究课" in page
    assert "本校计划" in page


def test_the_plan_of_the_body_above_is_read_below(
    client: Client, cast: Cast, wang: Teacher
) -> None:
    central = cast.school.parent
    assert central is not None
    plan = Plan.objects.create(
        organisation=central, term=cast.term, title="中心校计划", state="confirmed", made_at=MORNING
    )
    client.force_login(wang)

    assert client.get(reverse("planning:plan", args=[plan.uid])).status_code == 200
    Plan.objects.update(state="draft")
    assert client.get(reverse("planning:plan", args=[plan.uid])).status_code == 404


# ---- a person's own ----
def test_a_personal_plan_begins_with_what_is_known(
    client: Client, cast: Cast, wang: Teacher
) -> None:
    client.force_login(wang)
    before = actions.start_personal_plan(cast.school, cast.term, "旧", by=wang, at=MORNING)
    actions.add_goal(before, text="学会追问", by=wang, at=MORNING)

    client.post("/plans/new/?own=1", {"owner": "me", "term": cast.term.pk})

    plan = Plan.objects.order_by("id").last()
    assert plan is not None
    assert (plan.kind, plan.teacher) == ("personal", wang)
    assert "学会追问" in plan.plannotes.get(kind="diagnosis").text


def test_a_personal_plan_is_private_until_it_is_handed_in(
    client: Client, cast: Cast, wang: Teacher
) -> None:
    plan = actions.start_personal_plan(cast.school, cast.term, "我的", by=wang, at=MORNING)
    there = reverse("planning:plan", args=[plan.uid])
    seen = {}
    for state in ("draft", "submitted"):
        Plan.objects.update(state=state)
        for name in ("wang", "zhou", "shen", "li", "zhao", "qian"):
            client.force_login(cast.people[name])
            seen[name, state] = client.get(there).status_code
    assert {name for (name, state), code in seen.items() if state == "draft" and code == 200} == {
        "wang"
    }
    assert {
        name for (name, state), code in seen.items() if state == "submitted" and code == 200
    } == {"wang", "zhou", "shen"}


def test_nobody_writes_for_another_school(cast: Cast, wang: Teacher) -> None:
    with pytest.raises(NotAllowed):
        actions.start_personal_plan(cast.other_school, cast.term, "我的", by=wang, at=MORNING)


def test_a_newcomer_writes_a_plan_of_two_weeks(client: Client, cast: Cast, wang: Teacher) -> None:
    client.force_login(wang)
    client.post(
        "/plans/new/?own=1",
        {
            "owner": "me", "term": cast.term.pk, "period": "other",
            "starts_on": "2026-09-01", "last_on": "2026-09-14", "title": "头两周",
        },
    )  # fmt: skip

    plan = Plan.objects.get()
    assert plan.span == Span(date(2026, 9, 1), date(2026, 9, 15))
