"""The confirmation page: what a person decides is kept, and only that becomes the plan."""

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.cast import MORNING, Cast
from yanxiu.people.models import Teacher
from yanxiu.planning import actions
from yanxiu.planning.models import Finding, Plan, Proposal
from yanxiu.planning.tests.answers import answers_of
from yanxiu.terms.models import Term


@pytest.fixture
def page(proposal: Proposal) -> str:
    return reverse("planning:proposal", args=[proposal.uid])


def finding(proposal: Proposal, kind: str, name: str) -> Finding:
    return Finding.objects.get(proposal=proposal, kind=kind, name=name)


def answers(client: Client, page: str, **changes: str) -> dict[str, str]:
    return {**answers_of(client.get(page).content.decode()), **changes}


def test_nothing_is_decided_by_saving(office: Client, page: str, proposal: Proposal) -> None:
    office.post(page, {**answers(office, page), "do": "save"})

    assert set(proposal.findings.values_list("decision", flat=True)) == {"pending"}
    assert f"还有 {proposal.findings.count()} 处" in office.get(page).content.decode()


def test_each_value_is_taken_or_not(office: Client, page: str, proposal: Proposal) -> None:
    taken, left_out = finding(proposal, "goal", "读书"), finding(proposal, "goal", "课堂")
    changes = {f"f{taken.pk}-do": "accept", f"f{left_out.pk}-do": "drop"}
    office.post(page, {**answers(office, page, **changes), "do": "save"})

    for row, decision in ((taken, "accepted"), (left_out, "dropped")):
        row.refresh_from_db()
        assert row.decision == decision


def test_the_rest_is_taken_at_once_and_given_back(
    office: Client, page: str, proposal: Proposal
) -> None:
    left_out = finding(proposal, "goal", "课堂")
    changes = {f"f{left_out.pk}-do": "drop"}
    office.post(page, {**answers(office, page, **changes), "do": "save"})

    office.post(page, {**answers(office, page), "do": "accept_rest"})
    decisions = set(proposal.findings.values_list("decision", flat=True))
    assert decisions == {"accepted", "dropped"}
    office.post(page, {"do": "undo"})
    assert set(proposal.findings.exclude(pk=left_out.pk).values_list("decision", flat=True)) == {
        "pending"
    }
    left_out.refresh_from_db()
    assert left_out.decision == "dropped"
    assert office.post(page, {"do": "undo"}).status_code == 422


def test_no_plan_is_made_of_what_nobody_looked_at(
    office: Client, page: str, proposal: Proposal
) -> None:
    answer = office.post(page, {**answers(office, page), "do": "confirm"})

    assert answer.status_code == 422
    assert f"还有{proposal.findings.count()}处没有定" in answer.content.decode()
    assert not Plan.objects.exists()


def test_the_page_saves_by_itself_without_being_drawn_again(
    office: Client, page: str, proposal: Proposal
) -> None:
    taken = finding(proposal, "goal", "读书")
    sent = answers(office, page, **{f"f{taken.pk}-do": "accept"})

    assert office.post(page, {**sent, "do": "keep"}).status_code == 204
    taken.refresh_from_db()
    assert taken.decision == "accepted"


def test_changes_are_kept_as_differences(office: Client, page: str, proposal: Proposal) -> None:
    quota = finding(proposal, "quota", "读书")
    slot = finding(proposal, "slot", "音乐组")
    changes = {f"f{quota.pk}-value": "2", f"f{slot.pk}-weekday": "5"}
    office.post(page, {**answers(office, page, **changes), "do": "save"})

    quota.refresh_from_db()
    slot.refresh_from_db()
    assert (quota.decision, quota.changed) == ("changed", {"value": "2"})
    assert slot.changed == {"value": {"weekday": 5}}
    again = answers_of(office.get(page).content.decode())
    assert (again[f"f{quota.pk}-value"], again[f"f{slot.pk}-weekday"]) == ("2", "5")


def test_a_value_that_is_not_wanted_is_left_out(
    office: Client, page: str, proposal: Proposal
) -> None:
    sent = answers(office, page, **{f"f{finding(proposal, 'goal', '课堂').pk}-do": "drop"})
    office.post(page, {**sent, "do": "confirm_rest"})

    assert list(Plan.objects.get().goals.values_list("name", flat=True)) == ["读书"]


def test_the_term_of_the_document_is_chosen(office: Client, page: str, cast: Cast) -> None:
    assert answers(office, page)["term"] == str(cast.term.pk)


def test_without_a_term_it_says_what_the_document_says(
    office: Client, cast: Cast, zhou: Teacher, sample: bytes
) -> None:
    read = actions.read_proposals(cast.school, sample, name="计划.txt", by=zhou, at=MORNING)[0]
    page = reverse("planning:proposal", args=[read.uid])

    assert "文档写的是2022年春季学期" in office.get(page).content.decode()
    answer = office.post(page, {**answers(office, page), "do": "confirm_rest"})
    assert answer.status_code == 422
    assert "还没有选这份计划属于哪个学期" in answer.content.decode()


def test_a_month_outside_the_term_marks_the_rows_and_keeps_everything(
    office: Client, page: str, proposal: Proposal, spring: Term
) -> None:
    goal = finding(proposal, "goal", "课堂")
    changes = {f"f{goal.pk}-value": "人人上好一节课", "term": str(spring.pk)}
    answer = office.post(page, {**answers(office, page, **changes), "do": "confirm_rest"})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "9月、10月，不在所选的“2025—2026学年第二学期”之内" in text
    assert text.count("value-wrong") == 3
    assert answers_of(text)[f"f{goal.pk}-value"] == "人人上好一节课"
    assert not Plan.objects.exists()


@pytest.mark.parametrize("number", ["一本多", "0", ""])
def test_an_unreadable_number_is_marked_and_kept(
    office: Client, page: str, proposal: Proposal, number: str
) -> None:
    field = f"f{finding(proposal, 'quota', '读书').pk}-value"
    answer = office.post(page, {**answers(office, page, **{field: number}), "do": "confirm_rest"})

    assert answer.status_code == 422
    assert "数量请填大于0的数字" in answer.content.decode()
    assert answers_of(answer.content.decode())[field] == number
    assert not Plan.objects.exists()


def test_a_dropped_value_stands_in_nobodys_way(
    office: Client, page: str, proposal: Proposal
) -> None:
    quota = finding(proposal, "quota", "读书")
    sent = answers(office, page, **{f"f{quota.pk}-value": "许多", f"f{quota.pk}-do": "drop"})

    assert office.post(page, {**sent, "do": "confirm_rest"}).status_code == 302
    assert not Plan.objects.get().quotas.exists()


def test_what_a_quota_leaves_open_is_asked_for(
    office: Client, page: str, proposal: Proposal
) -> None:
    quota = finding(proposal, "quota", "读书")
    Finding.objects.filter(pk=quota.pk).update(per="")
    answer = office.post(page, {**answers(office, page), "do": "confirm_rest"})

    assert "文中没有写，请选" in answer.content.decode()
    assert answer.status_code == 422
    office.post(
        page, {**answers(office, page, **{f"f{quota.pk}-per": "school"}), "do": "confirm_rest"}
    )
    assert Plan.objects.get().quotas.get().per == "school"


def test_gaps_are_named_and_never_values(
    office: Client, cast: Cast, zhou: Teacher, sample: bytes
) -> None:
    read = actions.read_proposals(cast.school, sample, name="计划.txt", by=zhou, at=MORNING)[1]
    page = reverse("planning:proposal", args=[read.uid])

    text = office.get(page).content.decode()
    gaps = read.findings.filter(kind="placeholder")
    assert "原文这些地方空着" in text
    assert not any(f"f{gap.pk}-shown" in answers_of(text) for gap in gaps)


def test_a_slot_without_weekday_is_marked(office: Client, page: str) -> None:
    text = office.get(page).content.decode()

    assert "待商定：文中没有定星期几" in text
    assert "没有认出是哪个教研组，请选" in text


def test_each_value_stands_by_its_line(office: Client, page: str, proposal: Proposal) -> None:
    text = office.get(page).content.decode()

    for each in proposal.findings.all():
        assert f'id="line-{each.line}"' in text
        row = text[text.index(f'id="value-{each.pk}"') :]
        assert row.index(f'href="#line-{each.line}"') < row.index("</li>")


def test_nothing_of_the_document_becomes_markup(office: Client, page: str) -> None:
    proposal = Proposal.objects.get()
    proposal.findings.update(text="<b>粗</b>")

    assert "<b>粗</b>" not in office.get(page).content.decode()


def test_giving_up_writes_nothing(office: Client, page: str, proposal: Proposal) -> None:
    office.post(page, {"do": "drop"})

    proposal.refresh_from_db()
    assert proposal.state == Proposal.State.DROPPED
    assert not Plan.objects.exists()
    assert office.get(page).status_code == 422


@pytest.mark.parametrize(
    ("name", "status"),
    [("zhou", 200), ("shen", 404), ("li", 404), ("wang", 404), ("zhao", 404), ("qian", 404)],
)
def test_only_who_manages_plans_opens_it(
    client: Client, cast: Cast, page: str, name: str, status: int
) -> None:
    client.force_login(cast.people[name])

    assert client.get(page).status_code == status


def test_more_values_cost_no_more_statements(
    office: Client,
    page: str,
    cast: Cast,
    zhou: Teacher,
    sample: bytes,
    django_assert_max_num_queries: object,
) -> None:
    big = actions.read_proposals(cast.school, sample, name="计划.txt", by=zhou, at=MORNING)[1]
    for address in (page, reverse("planning:proposal", args=[big.uid])):
        with django_assert_max_num_queries(10):  # type: ignore[operator]
            office.get(address)


def test_a_term_that_has_a_plan_is_marked_before_anything_is_decided(
    office: Client, page: str, proposal: Proposal, cast: Cast, zhou: Teacher
) -> None:
    standing = actions.start_plan(cast.school, cast.term, "已有的计划", by=zhou, at=MORNING)
    Plan.objects.filter(pk=standing.pk).update(state=Plan.State.CONFIRMED, confirmed_at=MORNING)
    Proposal.objects.filter(pk=proposal.pk).update(term=cast.term)

    text = office.get(page).content.decode()
    assert "（已有计划）" in text
    assert f'<a href="{reverse("planning:plan", args=[standing.uid])}">打开那份计划</a>' in text
