"""The plan of a new term is made of the one before: kept, changed or dropped with a reason."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.people.models import Teacher
from yanxiu.planning import actions
from yanxiu.planning.actions.carrying import carried
from yanxiu.planning.models import Plan
from yanxiu.terms.models import Term


@pytest.fixture
def old(cast: Cast, spring: Term, zhou: Teacher) -> Plan:
    plan = actions.start_plan(
        cast.school, spring, "春季计划", superior="中心校", by=zhou, at=MORNING
    )
    actions.add_note(plan, kind="principle", text="持续性、针对性", by=zhou, at=MORNING)
    whole = actions.add_goal(plan, text="建设队伍", level="overall", by=zhou, at=MORNING)
    goal = actions.add_goal(plan, text="人人读书", parent=whole, by=zhou, at=MORNING)
    actions.add_item(plan, text="制订计划", month=3, until=4, goal=goal, by=zhou, at=MORNING)
    dropped = actions.add_item(plan, text="停办的事", month=5, by=zhou, at=MORNING)
    actions.drop_item(dropped, because="没有经费", by=zhou, at=MORNING)
    return plan


def test_principles_goals_and_items_are_carried_over(cast: Cast, old: Plan, zhou: Teacher) -> None:
    new = actions.copy_plan(old, cast.term, "秋季计划", by=zhou, at=MORNING)

    assert new.plannotes.get().text == "持续性、针对性"
    assert new.superior == "中心校"
    book = new.goals.get(text="人人读书")
    assert book.parent == new.goals.get(text="建设队伍")
    item = new.planitems.get()
    assert (item.month, item.last_on) == (date(2026, 9, 1), date(2026, 10, 31))
    assert item.goal == book
    assert (new.state, new.copied_from) == ("draft", old)


def test_each_part_says_what_became_of_it(cast: Cast, old: Plan, zhou: Teacher) -> None:
    book = old.goals.get(text="人人读书")
    new = actions.copy_plan(
        old, cast.term, "秋季计划", dropped={book.uid: "已经养成习惯"}, by=zhou, at=MORNING
    )
    whole = new.goals.get()
    actions.edit_part(whole, {"text": "建设好队伍"}, by=zhou, at=MORNING)

    marks = {row.text: (row.mark, row.reason) for row in carried(new)}
    assert marks["人人读书"] == ("dropped", "已经养成习惯")
    assert marks["建设队伍"][0] == "changed"
    assert marks["停办的事"] == ("dropped", "上次已取消")
    assert marks["持续性、针对性"][0] == "kept"
    assert marks["制订计划"][0] in {"kept", "changed"}


def test_the_page_copies_compares_and_takes_reasons(office: Client, cast: Cast, old: Plan) -> None:
    there = reverse("planning:copy", args=[old.uid])
    page = office.get(there).content.decode()
    assert "人人读书" in page
    goal = old.goals.get(text="人人读书")
    kept = {
        f"{word}-{part.uid}": "1"
        for part in (*old.goals.all(), *old.plannotes.all(), *old.planitems.all())
        for word in ("shown", "keep")
    }
    del kept[f"keep-{goal.uid}"]
    answer = office.post(
        there, {**kept, "term": cast.term.pk, "title": "秋", f"because-{goal.uid}": "做成了"}
    )
    new = Plan.objects.get(title="秋")
    assert answer.headers["Location"] == reverse("planning:carried", args=[new.uid])
    page = office.get(answer.headers["Location"]).content.decode()
    for words in ("做成了", "不再沿用", "沿用"):
        assert words in page

    row = new.carry_overs.get(text="建设队伍")
    office.post(answer.headers["Location"], {"row": row.pk, "because": "并入新目标", "drop": "1"})
    assert not new.goals.exists()


def test_others_do_not_copy_for_the_school(cast: Cast, plan: Plan, wang: Teacher) -> None:
    with pytest.raises(NotAllowed):
        actions.copy_plan(plan, cast.term, "我来写", by=wang, at=MORNING)
