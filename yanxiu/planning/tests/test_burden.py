"""What is asked of people is reckoned in minutes before it is published."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.agenda.actions import plan_occasions
from yanxiu.agenda.models import Occasion
from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import Span
from yanxiu.kernel.uids import new_uid
from yanxiu.ledger.actions.submitting import NewRecord, submit
from yanxiu.people import actions as people
from yanxiu.people.models import Teacher, UnitKind
from yanxiu.planning import actions
from yanxiu.planning.burden import act_named, acts, burden_of_quota, lengths_of, times_in
from yanxiu.planning.models import Plan, Quota

DAY = date(2026, 10, 15)
GIVEN = {
    "name": "听课", "amount": "10", "unit_of_measure": "节", "per": "teacher", "period": "term",
    "at_least": "on",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "code"),
    [("听课", "observation"), ("读书心得", "reading_note"), ("读书", "reading"), ("种树", "other")],
)
def test_an_act_is_known_by_its_last_word(name: str, code: str) -> None:
    assert act_named(name).code == code


def test_every_act_says_on_what_its_minutes_rest() -> None:
    assert [act.code for act in acts().values() if not act.source or not act.assumption] == []


@pytest.mark.parametrize(
    ("period", "times"), [("week", 3), ("two_weeks", 2), ("month", 2), ("term", 1), ("year", 1)]
)
def test_a_period_comes_so_often_in_a_span(period: str, times: int) -> None:
    assert times_in(period, Span(date(2026, 9, 20), date(2026, 10, 9))) == times


def test_people_times_minutes(cast: Cast, plan: Plan) -> None:
    quota = Quota(plan=plan, name="听课", amount=Decimal(10), unit_of_measure="节")
    burden = burden_of_quota(quota, plan, DAY)

    assert burden.people == 6
    assert burden.each_minutes == 450
    assert burden.total_minutes == 2700
    assert burden.total_hours == 45


def _each_group(plan: Plan, name: str) -> Quota:
    return Quota(plan=plan, name=name, amount=Decimal(2), unit_of_measure="次", per=Quota.Per.UNIT)


def test_what_each_group_does_counts_groups_and_the_minutes_of_their_members(
    cast: Cast, plan: Plan
) -> None:
    branch = UnitKind.objects.get(code="party_branch", organisation=None)
    people.add_unit(cast.school, "党支部", branch, by=None, at=MORNING)
    burden = burden_of_quota(_each_group(plan, "主题研讨"), plan, DAY)

    assert (burden.groups, burden.people, int(burden.acts)) == (2, 3, 4)
    assert burden.total_minutes == 3 * 2 * 80


def test_what_a_group_writes_it_writes_once(cast: Cast, plan: Plan) -> None:
    burden = burden_of_quota(_each_group(plan, "教案"), plan, DAY)

    assert burden.each_minutes == 2 * 60
    assert burden.total_minutes == 3 * 2 * 60 + 2 * 2 * 20
    assert burden.writing_minutes == 2 * 2 * 20


def _came(cast: Cast, teachers: list[Teacher], source: Source, held: datetime) -> None:
    news = [
        NewRecord(
            teacher, cast.school, "research_activity", "participant", "研讨", held, "host", source,
            minutes=80,
        )
        for teacher in teachers
    ]  # fmt: skip
    submit(news, by=None, at=held + timedelta(hours=3))


def test_a_session_of_a_group_is_known_once_and_not_for_each_who_came(
    cast: Cast, plan: Plan, li: Teacher, wang: Teacher, zhao: Teacher
) -> None:
    quota = _each_group(plan, "主题研讨")
    assert burden_of_quota(quota, plan, DAY).known == 0
    for day in (8, 9, 15):
        held = datetime(2026, 10, day, 7, 0, tzinfo=UTC)
        source = Source("activities.session", new_uid())
        ends = held + timedelta(minutes=80)
        plan_occasions([
            Occasion(
                organisation=cast.school, unit=cast.maths, title="研讨", starts_at=held,
                ends_at=ends, source_kind=source.kind, source_id=source.uid,
            )
        ])  # fmt: skip
        _came(cast, [li, wang], source, held)
    _came(cast, [zhao], Source("activities.session", new_uid()), MORNING)

    burden = burden_of_quota(quota, plan, DAY)

    assert (burden.known, int(burden.acts)) == (2, 4)


def test_it_says_groups_and_people(office: Client, plan: Plan) -> None:
    there = reverse("planning:add", args=[plan.uid, "quota"])
    asked = {**GIVEN, "name": "主题研讨", "amount": "2", "unit_of_measure": "次", "per": "unit"}

    page = office.post(there, {**asked, "because": "统一安排"}).content.decode()

    assert "2 组 × 2 次，共 3 人参加，每人约 160 分钟，本学期合计约 8 小时" in page


def test_a_quota_of_a_plan_in_force_shows_its_cost_first(office: Client, plan: Plan) -> None:
    there = reverse("planning:add", args=[plan.uid, "quota"])
    before = plan.quotas.count()
    page = office.post(there, {**GIVEN, "because": "加强听课"}).content.decode()
    assert "6 人 × 10 次，每人约 450 分钟，本学期合计约 45 小时" in page
    assert plan.quotas.count() == before

    office.post(there, {**GIVEN, "because": "加强听课", "seen": "1"})
    assert plan.quotas.count() == before + 1


def test_a_draft_shows_it_when_asked_and_before_it_is_handed_in(
    office: Client, cast: Cast, zhou: Teacher
) -> None:
    draft = actions.start_plan(cast.school, cast.term, "草", by=zhou, at=MORNING)
    there = reverse("planning:add", args=[draft.uid, "quota"])
    assert "合计约" in office.post(there, {**GIVEN, "preview": "1"}).content.decode()
    office.post(there, GIVEN)

    page = office.get(reverse("planning:decide", args=[draft.uid])).content.decode()
    assert "6 人 × 10 次" in page


def test_own_minutes_hold_from_their_day(office: Client, cast: Cast) -> None:
    office.post(
        "/plans/burden/minutes/",
        {"act": "observation", "doing": "35", "writing": "3", "starts_on": "2026-10-01",
         "source": "试做平均"},
    )  # fmt: skip

    before, after = (
        lengths_of(cast.school, day)["observation"] for day in (date(2026, 9, 30), DAY)
    )
    assert (before.doing, before.is_own) == (40, False)
    assert (after.doing, after.writing, after.is_own) == (35, 3, True)


def test_what_a_term_asks_is_summed_by_who_asks(
    client: Client, cast: Cast, plan: Plan, zhou: Teacher, li: Teacher, wang: Teacher
) -> None:
    actions.ask_for_plans(
        cast.school, title="个人计划", term=cast.term, whom="teachers", kind="personal",
        by=zhou, at=MORNING,
    )  # fmt: skip
    group = actions.start_plan(cast.school, cast.term, "数", unit=cast.maths, by=li, at=MORNING)
    actions.add_quota(
        group, name="公开课", amount=Decimal(1), unit_of_measure="节", by=li, at=MORNING
    )
    actions.confirm_plan(group, by=li, at=MORNING)
    client.force_login(wang)

    page = client.get("/plans/burden/").content.decode()
    for words in ("数学教研组", "2 人 × 1 次", "个人计划", "6 人 × 1 次", "清河小学"):
        assert words in page
    assert "改成本单位实际的用时" not in client.get("/plans/burden/minutes/").content.decode()


def test_what_is_known_already_needs_no_writing(cast: Cast, plan: Plan) -> None:
    quota = Quota(plan=plan, name="读书笔记", amount=Decimal(2), unit_of_measure="篇")
    all_of_it = burden_of_quota(quota, plan, DAY, known={})
    half = burden_of_quota(quota, plan, DAY, known={"reading_note": 6})

    assert all_of_it.writing_minutes == 12 * 60
    assert half.writing_minutes == 6 * 60
