"""The page that reads a document: the real collection goes in once, and only what it says."""

from collections import Counter
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from yanxiu.cast import Cast
from yanxiu.people.models import Teacher
from yanxiu.planning.models import Plan, PlanNote, Proposal
from yanxiu.planning.tests.answers import answers_of
from yanxiu.planning.tests.conftest import TEXT
from yanxiu.terms.models import Term

READ = "/plans/read/"


def upload(client: Client, cast: Cast, data: bytes, name: str = "计划.txt") -> str:
    """Send a file and return where the page leads, or "" where it is shown again."""
    file = SimpleUploadedFile(name, data)
    answer = client.post(READ, {"owner": f"school-{cast.school.pk}", "file": file})
    return answer.headers.get("Location", "")


def page_of(proposal: Proposal) -> str:
    return reverse("planning:proposal", args=[proposal.uid])


@pytest.mark.usefixtures("groups")
def test_the_first_real_plan_becomes_a_plan_by_one_button(
    office: Client, cast: Cast, spring: Term, sample: bytes
) -> None:
    upload(office, cast, sample)
    proposal = Proposal.objects.get(first_line=7)
    answers = answers_of(office.get(page_of(proposal)).content.decode())
    answer = office.post(page_of(proposal), {**answers, "term": spring.pk, "do": "confirm_rest"})

    plan = Plan.objects.get()
    assert answer.headers["Location"] == reverse("planning:plan", args=[plan.uid])
    assert (plan.goals.count(), plan.quotas.count()) == (4, 2)
    months = Counter(plan.planitems.values_list("month__month", flat=True))
    assert months == {3: 2, 4: 2, 5: 4, 6: 3}
    rhythms = {row.name: (row.unit and row.unit.name, row.weekday) for row in plan.rhythms.all()}
    assert rhythms == {
        "语文": ("语文教研组", 3),
        "数学": ("数学教研组", 4),
        "英语": ("英语教研组", 2),
        "综合组": ("综合教研组", None),
    }


@pytest.mark.usefixtures("groups")
def test_it_invents_nothing(office: Client, cast: Cast, spring: Term, sample: bytes) -> None:
    upload(office, cast, sample)
    proposal = Proposal.objects.get(first_line=7)
    answers = answers_of(office.get(page_of(proposal)).content.decode())
    office.post(page_of(proposal), {**answers, "term": spring.pk, "do": "confirm_rest"})

    assert set(PlanNote.objects.values_list("kind", flat=True)) == {"form", "content"}
    plan = Plan.objects.get()
    assert plan.superior == "县"
    books = plan.quotas.get(name="读书")
    assert books.amount == Decimal(1)
    assert (books.unit_of_measure, books.at_least) == ("本", True)
    assert (books.per, books.period) == ("teacher", "term")
    assert not plan.quotas.get(name="读书心得").at_least
    assert all(row.source_line and row.source_text for row in plan.planitems.all())


def test_several_plans_in_one_file_are_listed(office: Client, cast: Cast, sample: bytes) -> None:
    file = SimpleUploadedFile("计划.txt", sample)

    sent = {"owner": f"school-{cast.school.pk}", "file": file}
    page = office.post(READ, sent, follow=True).content.decode()

    assert "这份文件里有 2 份文档" in page
    assert all(page_of(proposal) in page for proposal in Proposal.objects.all())


def test_a_second_import_creates_nothing_twice(office: Client, cast: Cast, sample: bytes) -> None:
    upload(office, cast, sample)
    upload(office, cast, sample, "又一次.txt")

    assert Proposal.objects.count() == 2


def test_a_document_that_became_a_plan_leads_to_the_plan(
    office: Client, cast: Cast, plan: Plan
) -> None:
    there = upload(office, cast, TEXT.encode())

    assert office.get(there).headers["Location"] == reverse("planning:plan", args=[plan.uid])
    assert Plan.objects.count() == 1


def test_a_plan_that_was_given_up_can_be_read_again(
    office: Client, cast: Cast, sample: bytes
) -> None:
    upload(office, cast, sample)
    kept, dropped = Proposal.objects.order_by("first_line")
    office.post(page_of(dropped), {"do": "drop"})

    upload(office, cast, sample)

    again = Proposal.objects.exclude(state=Proposal.State.DROPPED).order_by("first_line")
    assert again.count() == 2
    assert again[0].pk == kept.pk


def test_old_chinese_encoding_is_read(office: Client, cast: Cast) -> None:
    upload(office, cast, TEXT.encode("gb18030"))

    assert Proposal.objects.get().title == "清河小学2026年秋季校本研修工作计划"


def test_pasted_text_is_read(office: Client, cast: Cast) -> None:
    answer = office.post(READ, {"owner": f"school-{cast.school.pk}", "text": TEXT})

    assert answer.headers["Location"] == page_of(Proposal.objects.get())


@pytest.mark.parametrize("text", ["", "今天天气很好。"])
def test_nothing_to_read_keeps_the_page_and_the_text(office: Client, cast: Cast, text: str) -> None:
    answer = office.post(READ, {"owner": f"school-{cast.school.pk}", "text": text})

    assert answer.status_code == 422
    assert "form-errors" in answer.content.decode()
    assert text in answer.content.decode()


def test_a_leader_reads_a_plan_of_the_group(client: Client, cast: Cast, li: Teacher) -> None:
    client.force_login(li)
    client.post(READ, {"owner": f"unit-{cast.maths.pk}", "text": TEXT})

    assert Proposal.objects.get().unit == cast.maths


def test_a_leader_is_not_shown_what_the_school_read(
    client: Client, cast: Cast, li: Teacher, proposal: Proposal
) -> None:
    client.force_login(li)
    file = SimpleUploadedFile("计划.txt", TEXT.encode())

    answer = client.post(READ, {"owner": f"unit-{cast.maths.pk}", "file": file})

    assert answer.status_code == 422
    assert "已经由本校其他人读入" in answer.content.decode()
    assert client.get(page_of(proposal)).status_code == 404


def test_teachers_without_plans_have_no_such_page(client: Client, wang: Teacher) -> None:
    client.force_login(wang)

    assert client.get(READ).status_code == 404
    assert client.get("/plans/new/").status_code == 404
