"""A plan as a page: what it says, what its managers do with it, and who may see it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.cast import MORNING, Cast
from yanxiu.people.models import Teacher
from yanxiu.planning import actions
from yanxiu.planning.models import Plan, PlanItem, Rhythm

Ceiling = Callable[[int], AbstractContextManager[Any]]


def url(name: str, *parts: Any) -> str:
    return reverse(f"planning:{name}", args=[getattr(part, "uid", part) for part in parts])


def text_of(client: Client, plan: Plan) -> str:
    return client.get(url("plan", plan)).content.decode()


@pytest.fixture
def item(plan: Plan) -> PlanItem:
    """课堂调研, of October 2026."""
    return plan.planitems.get(text="课堂调研")


# ---- what it says ----
def test_it_shows_all_parts_with_their_lines(office: Client, plan: Plan) -> None:
    text = text_of(office, plan)

    for words in ("人人上好研究课", "每周三下午", "2026年10月", "读书交流会", "原文第25行"):
        assert words in text
    assert text.count("未设指标") == 2


def test_an_open_slot_names_who_has_to_settle_it(office: Client, plan: Plan, cast: Cast) -> None:
    assert "时间待教科室定，并选对应的教研组" in text_of(office, plan)

    plan.rhythms.filter(weekday=None).update(unit=cast.maths)

    assert "时间待李组长（组长）定" in text_of(office, plan)


def test_the_original_opens_for_managers_only(
    client: Client, plan: Plan, zhou: Teacher, wang: Teacher
) -> None:
    client.force_login(zhou)
    assert "下载原文" in text_of(client, plan)
    client.force_login(wang)
    assert "下载原文" not in text_of(client, plan)


def test_nobody_reads_the_superior_twice(
    office: Client, cast: Cast, spring: Any, zhou: Teacher, sample: bytes
) -> None:
    read = actions.read_proposals(cast.school, sample, name="计划.txt", by=zhou, at=MORNING)[0]
    actions.decide(read, {}, term=spring, by=zhou, at=MORNING)
    actions.accept_rest(read, by=zhou, at=MORNING)
    plan = actions.confirm_proposal(read, by=zhou, at=MORNING)

    assert "上级单位：县" in text_of(office, plan)
    assert not plan.plannotes.filter(kind="role").exists()


def test_numbers_and_duties_of_other_texts_are_kept(
    cast: Cast, spring: Any, zhou: Teacher, sample: bytes
) -> None:
    read = actions.read_proposals(cast.school, sample, name="计划.txt", by=zhou, at=MORNING)[1]
    read.findings.filter(kind="quota").update(per="school")
    actions.decide(read, {}, term=spring, by=zhou, at=MORNING)
    actions.accept_rest(read, by=zhou, at=MORNING)
    plan = actions.confirm_proposal(read, by=zhou, at=MORNING)

    notes = set(plan.plannotes.values_list("text", flat=True))
    assert "总学分：10学分" in notes
    assert "每年最低学分：至少2学分" in notes
    assert "学分折算：20学时折合1学分" in notes
    assert "副组长：副校长，全面负责校本研训" in notes
    assert not plan.plannotes.filter(kind="placeholder").exists()


# ---- items ----
def test_an_owner_is_found_by_name_or_number(
    office: Client, plan: Plan, item: PlanItem, wang: Teacher
) -> None:
    for word in ("王老师", "0004"):
        PlanItem.objects.update(owner=None)
        office.post(url("item", plan, item), {"do": "owner", "owner": word})
        item.refresh_from_db()
        assert item.owner == wang


def test_an_unknown_owner_keeps_what_was_typed(office: Client, plan: Plan, item: PlanItem) -> None:
    answer = office.post(url("item", plan, item), {"do": "owner", "owner": "孙老师"})

    assert answer.status_code == 422
    assert "没有找到“孙老师”" in answer.content.decode()
    assert 'value="孙老师"' in answer.content.decode()


def test_done_and_taken_back(office: Client, plan: Plan, item: PlanItem) -> None:
    office.post(
        url("item", plan, item), {"do": "done", "done_on": "2026-10-12", "done_note": "三节"}
    )
    assert "10月12日（周一）完成，三节" in text_of(office, plan)

    office.post(url("item", plan, item), {"do": "undone"})
    assert "完成，三节" not in text_of(office, plan)


def test_a_day_to_come_is_not_done(office: Client, plan: Plan, item: PlanItem) -> None:
    answer = office.post(url("item", plan, item), {"do": "done", "done_on": "2099-01-01"})

    assert answer.status_code == 422
    assert "完成日期还没有到" in answer.content.decode()


def test_dropping_needs_a_reason_and_can_be_undone(
    office: Client, plan: Plan, item: PlanItem
) -> None:
    assert office.post(url("item", plan, item), {"do": "drop", "reason": " "}).status_code == 422
    office.post(url("item", plan, item), {"do": "drop", "reason": "改到下学期"})
    assert "取消原因：改到下学期" in text_of(office, plan)

    office.post(url("item", plan, item), {"do": "undrop"})
    assert "取消原因" not in text_of(office, plan)


# ---- writing by hand ----
@pytest.fixture
def draft(cast: Cast, zhou: Teacher) -> Plan:
    return actions.start_plan(cast.school, cast.term, "手写计划", by=zhou, at=MORNING)


def test_an_empty_plan_is_begun_filled_and_confirmed(office: Client, cast: Cast) -> None:
    begun = office.post("/plans/new/", {"owner": f"unit-{cast.maths.pk}", "term": cast.term.pk})
    plan = Plan.objects.get()
    assert begun.headers["Location"] == url("plan", plan)
    assert plan.title == "2026—2027学年第一学期数学教研组研修计划"

    parts: dict[str, dict[str, Any]] = {
        "goal": {"text": "人人读书", "indicator": "每人1本"},
        "quota": {
            "name": "读书",
            "amount": "1",
            "unit_of_measure": "本",
            "per": "teacher",
            "period": "term",
        },
        "rhythm": {"unit": cast.maths.pk, "weekday": "3", "minutes": "80", "every_weeks": "2"},
        "item": {"text": "课堂调研", "month": "10", "owner": "王老师"},
    }  # fmt: skip
    for kind, given in parts.items():
        assert office.post(url("add", plan, kind), given).status_code == 302
    office.post(url("confirm", plan))

    plan.refresh_from_db()
    assert plan.state == Plan.State.CONFIRMED
    text = text_of(office, plan)
    for words in ("指标：每人1本", "每2周的周三", "2026年10月", "负责人：王老师", "周主任"):
        assert words in text
    assert not plan.quotas.get().at_least


def test_a_month_of_another_term_is_not_offered(office: Client, draft: Plan) -> None:
    answer = office.post(url("add", draft, "item"), {"text": "课堂调研", "month": "5"})

    assert answer.status_code == 422
    assert 'value="课堂调研"' in answer.content.decode()


def test_parts_are_removed_from_drafts_only(
    office: Client, draft: Plan, plan: Plan, zhou: Teacher
) -> None:
    goal = actions.add_goal(draft, text="人人读书", by=zhou, at=MORNING)
    office.post(url("remove", draft), {"kind": "goal", "part": goal.uid})
    assert not draft.goals.exists()

    fixed = plan.goals.all()[0]
    answer = office.post(url("remove", plan), {"kind": "goal", "part": fixed.uid})
    assert answer.status_code == 422
    assert plan.goals.count() == 2


def test_a_second_plan_for_the_term_is_refused(office: Client, draft: Plan, plan: Plan) -> None:
    answer = office.post(url("confirm", draft))

    assert answer.status_code == 422
    assert plan.title in answer.content.decode()


def test_the_leader_settles_the_time_of_the_group(
    client: Client, cast: Cast, plan: Plan, li: Teacher, zhao: Teacher
) -> None:
    rhythm = plan.rhythms.get(name="音乐组")
    Rhythm.objects.filter(pk=rhythm.pk).update(unit=cast.maths)
    given = {"unit": cast.maths.pk, "weekday": "5", "minutes": "60", "every_weeks": "1"}

    client.force_login(zhao)
    assert client.post(url("rhythm", plan, rhythm), given).status_code == 404
    client.force_login(li)
    assert client.post(url("rhythm", plan, rhythm), given).status_code == 302
    rhythm.refresh_from_db()
    assert (rhythm.weekday, rhythm.minutes) == (5, 60)


# ---- the calendar ----
def test_a_month_outside_the_term_is_not_found(office: Client, plan: Plan) -> None:
    assert office.get(url("month", plan, "2026-10")).status_code == 200
    assert office.get(url("month", plan, "2026-05")).status_code == 404


# ---- who, and how much ----
@pytest.mark.parametrize(
    ("name", "confirmed", "unfinished", "office_pages"),
    [
        ("zhou", 200, 200, 200),
        ("shen", 200, 200, 404),
        ("li", 200, 404, 404),
        ("wang", 200, 404, 404),
        ("zhao", 200, 404, 404),
        ("qian", 404, 404, 404),
    ],
)
def test_everybody_of_the_school_sees_what_is_confirmed(
    client: Client, cast: Cast, plan: Plan, draft: Plan, item: PlanItem,
    name: str, confirmed: int, unfinished: int, office_pages: int,
) -> None:  # fmt: skip
    client.force_login(cast.people[name])

    assert client.get(url("plan", plan)).status_code == confirmed
    assert client.get(url("month", plan, "2026-10")).status_code == confirmed
    assert client.get(url("plan", draft)).status_code == unfinished
    for address in (url("add", plan, "goal"), url("item", plan, item)):
        assert client.get(address).status_code == office_pages
    assert client.post(url("remove", plan), {"kind": "goal"}).status_code in {404, 405}


def test_the_list_shows_progress_and_what_waits(
    office: Client, plan: Plan, item: PlanItem, cast: Cast, zhou: Teacher, sample: bytes
) -> None:
    actions.finish_item(item, on=date(2026, 10, 12), note="", by=zhou, at=MORNING)
    found = actions.read_proposals(cast.school, sample, name="计划.txt", by=zhou, at=MORNING)
    actions.take_proposals(found, by=zhou, at=MORNING)

    text = office.get("/plans/").content.decode()

    assert "1 / 3 项" in text
    assert "待确认的草案" in text
    assert "读出 28 项" in text


def test_an_empty_list_says_what_to_do(client: Client, zhou: Teacher, wang: Teacher) -> None:
    client.force_login(zhou)
    assert "读入文档" in client.get("/plans/").content.decode()
    client.force_login(wang)
    assert "读入文档" not in client.get("/plans/").content.decode()


def test_many_plans_cost_no_more_statements(
    office: Client, plan: Plan, cast: Cast, zhou: Teacher, django_assert_max_num_queries: Ceiling
) -> None:
    for number in range(60):
        made = actions.start_plan(cast.school, cast.term, f"计划{number}", by=zhou, at=MORNING)
        actions.add_item(made, text="课堂调研", month=10, by=zhou, at=MORNING)

    with django_assert_max_num_queries(10):
        answer = office.get("/plans/")
    assert len(answer.content) < 60_000
