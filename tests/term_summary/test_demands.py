"""Summaries are asked for by a day; who owes one sees it, the school sees which are missing."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.term_summary.conftest import LATER, close_gaps
from yanxiu.agenda.models import Task
from yanxiu.attachments.actions import path_of
from yanxiu.attachments.models import Attachment
from yanxiu.conftest import MORNING, Cast
from yanxiu.documents.reading import read
from yanxiu.jobs.running import run_waiting
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.notices.models import Notice
from yanxiu.people import actions as people
from yanxiu.people.models import Teacher, UnitKind
from yanxiu.reports.actions import summaries as actions
from yanxiu.reports.actions.beginning import begin_summary
from yanxiu.reports.actions.demanding import ask_for_summaries, end_demand, remind
from yanxiu.reports.demands import lines_of, standing_of
from yanxiu.reports.jobs import start_bundle
from yanxiu.reports.models import Summary, SummaryDemand
from yanxiu.reports.refusals import SummaryDemandEnded

pytestmark = pytest.mark.django_db

DUE = date(2026, 11, 25)


@pytest.fixture
def demand(cast: Cast, zhou: Teacher) -> SummaryDemand:
    return ask_for_summaries(
        cast.school, whom="units", term=cast.term, span=cast.term.span, due_on=DUE, by=zhou,
        at=MORNING,
    )  # fmt: skip


@pytest.fixture
def of_maths(cast: Cast, li: Teacher) -> Summary:
    """What the maths group hands in on 20 November."""
    made = begin_summary(cast.school, term=cast.term, unit=cast.maths, by=li, at=LATER)
    return actions.submit_summary(close_gaps(made, li), by=li, at=LATER)


def test_each_leader_gets_the_task_and_handing_in_ends_it(
    demand: SummaryDemand, of_maths: Summary, li: Teacher, zhao: Teacher
) -> None:
    tasks = Task.objects.filter(source_id=demand.uid)

    assert of_maths.state == "submitted"
    assert {(task.teacher, task.state, task.due_on) for task in tasks} == {
        (li, "done", DUE),
        (zhao, "open", DUE),
    }


def test_the_school_sees_which_are_missing(demand: SummaryDemand, of_maths: Summary) -> None:
    lines = lines_of(demand, DUE + timedelta(days=1))

    assert [(line.name, line.summary, line.standing) for line in lines] == [
        ("数学教研组", of_maths, "on_time"),
        ("语文教研组", None, "missing"),
    ]


def test_the_day_of_the_deadline_is_in_time(of_maths: Summary) -> None:
    day = date(2026, 11, 20)

    assert standing_of(of_maths, day, day) == "on_time"
    assert standing_of(of_maths, day - timedelta(days=1), day) == "late"
    assert standing_of(None, day, day) == "waiting"


def test_only_those_who_owe_one_are_reminded(
    demand: SummaryDemand, of_maths: Summary, zhou: Teacher, zhao: Teacher
) -> None:
    assert of_maths.pk
    assert remind(demand, by=zhou, at=LATER) == 1
    notices = Notice.objects.filter(source_id=demand.uid)
    assert [notice.teacher for notice in notices] == [zhao]


def test_a_closed_list_is_owed_no_more(demand: SummaryDemand, zhou: Teacher) -> None:
    demand = end_demand(demand, by=zhou, at=LATER)

    assert set(Task.objects.filter(source_id=demand.uid).values_list("state", flat=True)) == {
        "dropped"
    }
    with pytest.raises(SummaryDemandEnded):
        remind(demand, by=zhou, at=LATER)


def test_only_the_office_or_the_principal_asks(cast: Cast) -> None:
    for name in set(cast.people) - {"zhou", "shen"}:
        with pytest.raises(NotAllowed):
            ask_for_summaries(
                cast.school, whom="units", term=cast.term, span=cast.term.span, due_on=DUE,
                by=cast.people[name], at=MORNING,
            )  # fmt: skip


# ---- pages ----
def test_it_is_asked_and_seen_on_the_pages(client: Client, cast: Cast, zhou: Teacher) -> None:
    client.force_login(zhou)
    given = {"whom": "units", "period": "term", "term": cast.term.uid, "due_on": "2026-11-25"}

    answer = client.post(
        reverse("reports:ask"), {**given, "organisation": cast.school.uid}, follow=True
    )

    html = answer.content.decode()
    assert "语文教研组" in html
    assert "未到期" in html
    assert "2026—2027学年第一学期总结" in client.get(reverse("reports:summaries")).content.decode()


def test_who_owes_one_sees_what_is_asked_and_nobody_else_s_standing(
    client: Client, demand: SummaryDemand, zhao: Teacher
) -> None:
    client.force_login(zhao)

    html = client.get(reverse("reports:demand", args=[demand.uid])).content.decode()

    assert "起草" in html
    assert "数学教研组" not in html


def test_a_bad_deadline_keeps_what_was_typed(client: Client, cast: Cast, zhou: Teacher) -> None:
    client.force_login(zhou)
    given = {"whom": "units", "period": "term", "term": cast.term.uid, "note": "写清两件事"}

    answer = client.post(
        reverse("reports:ask"),
        {**given, "organisation": cast.school.uid, "due_on": "2020-01-01"},
    )

    assert answer.status_code == 422
    assert "写清两件事" in answer.content.decode()


def test_the_list_costs_the_same_for_many_groups(
    client: Client,
    cast: Cast,
    demand: SummaryDemand,
    zhou: Teacher,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    kind = UnitKind.objects.get(code="teaching_research_group")
    for number in range(60):
        people.add_unit(cast.school, f"第{number}组", kind, by=None, at=MORNING)
    client.force_login(zhou)

    with django_assert_max_num_queries(13):
        client.get(reverse("reports:demand", args=[demand.uid]))


# ---- bundled ----
def test_what_was_handed_in_comes_as_one_bundle(
    demand: SummaryDemand, of_maths: Summary, zhou: Teacher
) -> None:
    job = start_bundle(demand, bound=False, by=zhou, at=LATER)
    assert run_waiting() == 1

    kept = Attachment.objects.get(source_id=job.uid)
    with zipfile.ZipFile(io.BytesIO(path_of(kept.sha256).read_bytes())) as bundle:
        assert bundle.namelist() == [f"001 {of_maths}（草稿）.docx"]
        assert bundle.read(bundle.namelist()[0]).startswith(b"PK")


def test_what_was_handed_in_is_bound_with_contents(
    demand: SummaryDemand, of_maths: Summary, zhou: Teacher
) -> None:
    job = start_bundle(demand, bound=True, by=zhou, at=LATER)
    assert run_waiting() == 1

    kept = Attachment.objects.get(source_id=job.uid)
    with zipfile.ZipFile(path_of(kept.sha256)) as package:
        markup = package.read("word/document.xml").decode()
    texts = [one.text for one in read(path_of(kept.sha256).read_bytes(), name=kept.name).lines]
    assert kept.name.endswith("合订本.docx")
    assert "PAGEREF" in markup.partition(str(of_maths))[2]
    assert texts[1 : 1 + len(of_maths.title.split("\n"))] == of_maths.title.split("\n")
    assert any(text.startswith("一、") for text in texts)


def test_an_empty_bundle_says_so(demand: SummaryDemand, zhou: Teacher) -> None:
    job = start_bundle(demand, bound=False, by=zhou, at=LATER)
    run_waiting()

    job.refresh_from_db()
    assert "还没有人交总结" in job.message
