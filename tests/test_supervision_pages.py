"""What can be supervised says so on its own page, to those whom it concerns."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from yanxiu.activities.models import Session
from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.sources import source_of
from yanxiu.people.actions.oversight import remark
from yanxiu.people.models import Teacher
from yanxiu.planning import actions as planning
from yanxiu.planning.models import Plan
from yanxiu.reports.actions import summaries as reports
from yanxiu.reports.models import Summary

Supervised = Plan | Session | Summary

PAGES = {Plan: "planning:plan", Session: "activities:session", Summary: "reports:summary"}


@pytest.fixture(params=["plan", "session", "summary"])
def thing(request: pytest.FixtureRequest, cast: Cast, zhou: Teacher) -> Supervised:
    """A confirmed plan, a session, or a summary of the school."""
    if request.param == "session":
        found: Session = request.getfixturevalue("session")
        return found
    if request.param == "summary":
        return reports.start_summary(cast.school, cast.term, by=zhou, at=MORNING)
    plan = planning.start_plan(cast.school, cast.term, "计划", by=zhou, at=MORNING)
    return planning.confirm_plan(plan, by=zhou, at=MORNING)


def page(client: Client, reader: Teacher, thing: Supervised) -> str:
    client.force_login(reader)
    answer = client.get(reverse(PAGES[type(thing)], args=[thing.uid]))
    assert answer.status_code == 200
    return answer.content.decode()


def way_to_remark(thing: Supervised) -> str:
    return reverse("people:remark", args=[thing.SOURCE_KIND, thing.uid])


def test_who_supervises_finds_the_way_to_remark(
    client: Client, thing: Supervised, shen: Teacher, zhou: Teacher
) -> None:
    assert way_to_remark(thing) in page(client, shen, thing)
    assert way_to_remark(thing) not in page(client, zhou, thing)


def test_a_remark_stands_on_the_page_for_those_who_answer_it(
    client: Client, cast: Cast, thing: Supervised, shen: Teacher, zhou: Teacher
) -> None:
    remark(
        source_of(thing), cast.school, title="标题", kind="question", text="为什么推迟了？",
        by=shen, at=timezone.now(),
    )  # fmt: skip

    assert "为什么推迟了？" in page(client, zhou, thing)


def test_others_see_nothing_and_cost_nothing(
    client: Client, session: Session, wang: Teacher
) -> None:
    with CaptureQueriesContext(connection) as asked:
        shown = page(client, wang, session)

    assert "监督意见" not in shown
    assert not [one for one in asked if "people_supervisionnote" in one["sql"]]
