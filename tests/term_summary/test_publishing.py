"""An approved summary is published kindly, read by numbers alone, and its next steps go on."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.term_summary.conftest import LATER
from yanxiu.conftest import MORNING, Cast
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.notices.models import Notice
from yanxiu.people.models import Teacher
from yanxiu.planning import actions as planning
from yanxiu.planning.models import Plan
from yanxiu.reports.actions import summaries as actions
from yanxiu.reports.actions.beginning import begin_summary
from yanxiu.reports.actions.following import put_into_plan
from yanxiu.reports.actions.publishing import publish
from yanxiu.reports.models import Summary
from yanxiu.reports.refusals import NotPublishable
from yanxiu.terms import actions as terms

pytestmark = pytest.mark.django_db


def page(client: Client, teacher: Teacher, summary: Summary) -> str:
    client.force_login(teacher)
    return client.get(reverse("reports:summary", args=[summary.uid])).content.decode()


def test_everybody_of_the_school_is_told_once(cast: Cast, approved: Summary, shen: Teacher) -> None:
    publish(approved, by=shen, at=LATER)

    told = Notice.objects.filter(source_id=approved.uid, title__startswith="可以看了")
    assert {notice.teacher for notice in told} == {
        one for name, one in cast.people.items() if name not in {"shen", "qian"}
    }
    with pytest.raises(NotPublishable):
        publish(approved, by=shen, at=LATER)


def test_readers_are_a_number(
    client: Client, approved: Summary, shen: Teacher, wang: Teacher, li: Teacher
) -> None:
    publish(approved, by=shen, at=LATER)
    for reader in (wang, li, wang):
        page(client, reader, approved)

    html = page(client, shen, approved)

    assert "沈校长已在校内发布" in html
    assert "2 位老师看过" in html
    assert "王老师" not in html


def test_a_draft_or_an_own_summary_is_not_published(
    cast: Cast, summary: Summary, zhou: Teacher, wang: Teacher
) -> None:
    own = begin_summary(cast.school, term=cast.term, teacher=wang, by=wang, at=LATER)

    with pytest.raises(NotPublishable, match="还没有审定"):
        publish(summary, by=zhou, at=LATER)
    with pytest.raises(NotPublishable):
        publish(own, by=wang, at=LATER)


def test_a_reader_does_not_publish(approved: Summary, wang: Teacher) -> None:
    with pytest.raises(NotAllowed):
        publish(approved, by=wang, at=LATER)


def test_withdrawing_takes_the_publication_back(approved: Summary, shen: Teacher) -> None:
    published = publish(approved, by=shen, at=LATER)

    reopened = actions.withdraw_approval(published, because="漏了一场", by=shen, at=LATER)

    assert reopened.published_at is None


def test_the_web_page_is_one_file_without_anything_from_elsewhere(
    client: Client, approved: Summary, wang: Teacher
) -> None:
    client.force_login(wang)

    answer = client.get(reverse("reports:web_page", args=[approved.uid]))

    html = answer.content.decode()
    assert "attachment" in answer["Content-Disposition"]
    assert not any(word in html for word in ("<script", "src=", "<link", "href="))
    assert "沈校长 2026-11-20 09:00 · 审定第 1 版" in html


# ---- next steps ----
@pytest.fixture
def coming(cast: Cast, zhou: Teacher) -> Plan:
    """The plan of the term to come, being written."""
    term = terms.set_term(
        cast.school, school_year=2026, half=2, starts_on=date(2027, 2, 20),
        ends_on=date(2027, 7, 1), by=None, at=MORNING,
    )  # fmt: skip
    return planning.start_plan(cast.school, term, "下学期计划", by=zhou, at=LATER)


def test_a_next_step_becomes_a_goal_or_an_item(
    approved: Summary, coming: Plan, zhou: Teacher
) -> None:
    made: dict[str, Any] = {"by": zhou, "at": LATER}
    put_into_plan(approved, coming, "结论及时回到课堂。", **made)
    put_into_plan(approved, coming, "三月开一次结论交流会。", month=3, **made)

    assert [goal.text for goal in coming.goals.all()] == ["结论及时回到课堂"]
    assert [item.month for item in coming.planitems.all()] == [date(2027, 3, 1)]
    with pytest.raises(BadInput, match="已经有这一条"):
        put_into_plan(approved, coming, "结论及时回到课堂", **made)


def test_steps_are_put_into_a_plan_on_the_page(
    client: Client, approved: Summary, coming: Plan, zhou: Teacher
) -> None:
    client.force_login(zhou)
    address = reverse("reports:next", args=[approved.uid])
    html = client.get(address).content.decode()
    assert "讨论的结论还没有及时回到课堂。</textarea>" in html

    client.post(address, {"plan": coming.uid, "becomes": "goal", "text": "结论回到课堂"})

    assert coming.goals.get().text == "结论回到课堂"


def test_who_manages_no_plan_puts_nothing_in(
    approved: Summary, coming: Plan, wang: Teacher
) -> None:
    with pytest.raises(NotAllowed):
        put_into_plan(approved, coming, "一条", by=wang, at=LATER)
