"""A summary that was read keeps its claims beside what the system counted; it makes no record."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.attachments.models import Attachment
from yanxiu.cast import MORNING, Cast
from yanxiu.ledger.models import Record
from yanxiu.people.models import Teacher
from yanxiu.planning import actions
from yanxiu.planning.claims import figure_of
from yanxiu.planning.models import Finding, Plan, Proposal
from yanxiu.planning.tests.answers import answers_of
from yanxiu.planning.tests.texts import SUMMARY


@pytest.fixture
def summary(cast: Cast, zhou: Teacher) -> Proposal:
    """The summary of the year 2026."""
    return actions.read_proposals(
        cast.school, SUMMARY.encode(), name="总结.txt", by=zhou, at=MORNING
    )[0]


@pytest.fixture
def page(summary: Proposal) -> str:
    return reverse("planning:past_summary", args=[summary.uid])


def claim(summary: Proposal, unit: str) -> Finding:
    return summary.findings.get(kind__in=["quantity", "placeholder"], unit=unit)


def send(client: Client, page: str, **changes: str) -> str:
    """Send the page back with `changes`, and return what is shown then."""
    sent = {**answers_of(client.get(page).content.decode()), "do": "save", **changes}
    return client.post(page, sent, follow=True).content.decode()


def test_it_is_kept_with_its_file_period_and_claims(summary: Proposal, cast: Cast) -> None:
    assert (summary.kind, summary.organisation) == ("summary", cast.school)
    assert (summary.starts_on, summary.ends_on) == (date(2026, 1, 1), date(2027, 1, 1))
    kept = Attachment.objects.get(source_id=summary.uid)
    assert (kept.name, kept.sha256) == ("总结.txt", summary.sha256)
    assert {"quantity", "problem", "placeholder"} <= set(
        summary.findings.values_list("kind", flat=True)
    )


def test_nothing_of_it_becomes_a_record_or_a_plan(
    office: Client, summary: Proposal, page: str
) -> None:
    send(office, page, do="accept_rest")

    assert not summary.findings.filter(decision="pending").exclude(kind="placeholder").exists()
    assert not Record.objects.exists()
    assert not Plan.objects.exists()


def test_what_nobody_counts_is_said_to_be_so(office: Client, summary: Proposal, page: str) -> None:
    text = office.get(page).content.decode()

    assert "没有对应的数据项" in text
    assert claim(summary, "篇").figure == ""


def test_a_claim_with_the_name_and_unit_of_a_figure_is_compared_by_itself(
    office: Client, summary: Proposal, page: str
) -> None:
    said = summary.findings.get(kind="quantity", unit="场")
    there = reverse("planning:claim_rows", args=[summary.uid, "activities.class_observation"])

    assert (said.name, said.value) == ("听课评课", 30)
    assert f'href="{there}">0 场' in office.get(page).content.decode()


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("我校现有教师64人。", "people.teachers"),
        ("本学期共开展教研活动75次，参加教师一千余人次。", "activities.sessions_held"),
        ("全校设教研组8个。", "people.teaching_research_groups"),
        ("语文组开展教研活动12次。", ""),
        ("选派骨干教师12人。", ""),
        ("各组教研活动18次。", ""),
        ("人均研修40余学时。", ""),
    ],
)
def test_what_schools_call_a_figure_is_compared_where_it_speaks_of_the_whole(
    cast: Cast, zhou: Teacher, sentence: str, code: str
) -> None:
    text = f"清河小学2026年度校本研修工作总结\n\n一、主要工作\n\n{sentence}\n"
    (read,) = actions.read_proposals(
        cast.school, text.encode(), name="总结.txt", by=zhou, at=MORNING
    )
    first = read.findings.filter(kind="quantity").first()
    found = figure_of(first) if first else None

    assert (found.code if found else "") == code


def test_a_person_chooses_the_figure_and_opens_its_rows(
    office: Client, summary: Proposal, page: str, take_part: Callable[..., Record], wang: Teacher
) -> None:
    for day in (12, 13, 14):
        take_part(wang, date(2026, 10, day))
    take_part(wang, date(2025, 10, 12))
    field = f"f{claim(summary, '篇').pk}-figure"
    text = send(office, page, **{field: "研修记录"})

    there = reverse("planning:claim_rows", args=[summary.uid, "ledger.records"])
    assert f'href="{there}">3 条' in text
    assert "少于文中写的" in text
    opened = office.get(there).content.decode()
    assert opened.count('<th scope="row">') == 3


def test_a_gap_shows_what_was_counted(office: Client, summary: Proposal, page: str) -> None:
    gap = summary.findings.get(kind="placeholder")
    text = send(office, page, **{f"f{gap.pk}-figure": "研修记录"})

    assert "文中空着" in text
    gap.refresh_from_db()
    assert (gap.value, gap.decision) == (None, "pending")


def test_the_choice_is_taken_back_by_emptying_it(
    office: Client, summary: Proposal, page: str
) -> None:
    field = f"f{claim(summary, '篇').pk}-figure"
    send(office, page, **{field: "研修记录"})
    send(office, page, **{field: ""})

    assert claim(summary, "篇").figure == Finding.NO_FIGURE


def test_a_name_of_no_figure_changes_nothing(office: Client, summary: Proposal, page: str) -> None:
    send(office, page, **{f"f{claim(summary, '篇').pk}-figure": "没有这样的"})

    assert claim(summary, "篇").figure == ""


def test_other_days_give_another_number(
    office: Client, summary: Proposal, page: str, take_part: Callable[..., Record], wang: Teacher
) -> None:
    take_part(wang, date(2026, 10, 12))
    field = f"f{claim(summary, '篇').pk}-figure"
    assert ">1 条</a>" in send(office, page, **{field: "研修记录"})

    assert ">0 条</a>" in send(office, page, span="year-2027")
    text = send(office, page, span="")
    assert "选好后按“保存”" in text
    assert "系统没有统计" in text


# ---- into the next plan ----
@pytest.fixture
def following(cast: Cast, zhou: Teacher) -> Plan:
    """The plan of the term to come, still being written."""
    return actions.start_plan(cast.school, cast.term, "下学期计划", by=zhou, at=MORNING)


@pytest.mark.parametrize(("kind", "goals", "notes"), [("goal", 1, 0), ("problem", 0, 1)])
def test_a_problem_is_carried_into_the_next_plan(
    office: Client, summary: Proposal, page: str, following: Plan, kind: str, goals: int, notes: int
) -> None:
    problem = summary.findings.filter(kind="problem").first()
    assert problem is not None
    chosen = {f"carry-{problem.pk}": "1", "plan": str(following.uid), "as": kind, "do": "carry"}
    text = send(office, page, **chosen)

    assert (following.goals.count(), following.plannotes.filter(kind="problem").count()) == (
        goals, notes,
    )  # fmt: skip
    assert "已带入“下学期计划”" in text
    part = following.goals.first() or following.plannotes.get(kind="problem")
    assert (part.source_line, part.source_text) == (problem.line, problem.text)


def test_what_it_wants_to_do_next_is_offered_to_the_plan_too(
    office: Client, summary: Proposal, page: str, following: Plan
) -> None:
    text = office.get(page).content.decode()
    step = summary.findings.get(name__startswith="每次研讨只谈一个问题")

    assert "下一步打算" in text
    chosen = {f"carry-{step.pk}": "1", "plan": str(following.uid), "do": "carry"}
    send(office, page, **chosen)
    assert following.goals.get().text.startswith("每次研讨只谈一个问题")


def test_a_problem_is_carried_once(
    office: Client, summary: Proposal, page: str, following: Plan
) -> None:
    problem = summary.findings.filter(kind="problem").first()
    assert problem is not None
    chosen = {f"carry-{problem.pk}": "1", "plan": str(following.uid), "do": "carry"}
    send(office, page, **chosen)
    sent = {**answers_of(office.get(page).content.decode()), **chosen}

    answer = office.post(page, sent)
    assert answer.status_code == 422
    assert "已经带入计划“下学期计划”" in answer.content.decode()
    assert following.goals.count() == 1


def test_it_is_not_carried_into_a_plan_of_others(
    client: Client, cast: Cast, li: Teacher, following: Plan
) -> None:
    (own,) = actions.read_proposals(
        cast.school, SUMMARY.encode(), name="组.txt", unit=cast.maths, by=li, at=MORNING
    )
    client.force_login(li)
    problem = own.findings.filter(kind="problem").first()
    assert problem is not None
    there = reverse("planning:past_summary", args=[own.uid])
    send(client, there, do="carry", plan=str(following.uid), **{f"carry-{problem.pk}": "1"})

    assert not following.goals.exists()


# ---- who, and at what cost ----
@pytest.mark.parametrize(
    ("name", "status"),
    [("zhou", 200), ("shen", 404), ("li", 404), ("wang", 404), ("guan", 404), ("qian", 404)],
)
def test_only_who_manages_plans_opens_it(
    client: Client, cast: Cast, page: str, summary: Proposal, name: str, status: int
) -> None:
    client.force_login(cast.people[name])
    rows = reverse("planning:claim_rows", args=[summary.uid, "ledger.records"])

    assert client.get(page).status_code == status
    assert client.get(rows).status_code == status


def test_more_claims_cost_no_more_statements(
    office: Client, page: str, summary: Proposal, django_assert_max_num_queries: object
) -> None:
    Finding.objects.bulk_create(
        Finding(
            proposal=summary, order=100 + number, kind="quantity", name="论文", value=number,
            unit="篇", line=5, text="论文",
        )
        for number in range(60)
    )  # fmt: skip
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        office.get(page)
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        office.get(reverse("planning:past_summaries"))
