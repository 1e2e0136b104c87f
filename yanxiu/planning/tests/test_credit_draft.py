"""The credit rules of a document are shown as a draft scheme with what contradicts in them."""

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.cast import MORNING, Cast
from yanxiu.ledger.models import SchemeAdoption
from yanxiu.people.models import Teacher
from yanxiu.planning import actions
from yanxiu.planning.models import Finding, Proposal
from yanxiu.planning.tests.texts import GROUP_PLAN


@pytest.fixture
def read(cast: Cast, zhou: Teacher) -> Proposal:
    """A plan with rules about credits."""
    data = GROUP_PLAN.encode()
    return actions.read_proposals(cast.school, data, name="计划.txt", by=zhou, at=MORNING)[0]


def test_it_is_shown_with_its_warnings_and_is_in_force_nowhere(
    office: Client, read: Proposal
) -> None:
    before = SchemeAdoption.objects.count()
    page = office.get(reverse("planning:credit_draft", args=[read.uid])).content.decode()

    assert "hours_per_credit: 20" in page
    assert "先看这些" in page
    assert "docs/guides/writing-a-scheme.md" in page
    assert SchemeAdoption.objects.count() == before


def test_it_is_fetched_as_a_file(office: Client, read: Proposal) -> None:
    answer = office.get(reverse("planning:credit_file", args=[read.uid]))

    assert answer.headers["Content-Type"].startswith("application/yaml")
    assert "hours_per_credit: 20" in answer.content.decode()


def test_a_rule_that_is_not_wanted_is_not_in_it(office: Client, read: Proposal) -> None:
    read.findings.filter(kind="credit").update(decision=Finding.Decision.DROPPED)

    page = office.get(reverse("planning:credit_draft", args=[read.uid])).content.decode()
    assert "文中没有读出学分规则" in page
    answer = office.get(reverse("planning:credit_file", args=[read.uid]))
    assert answer.status_code == 404


@pytest.mark.parametrize(("name", "status"), [("zhou", 200), ("li", 404), ("qian", 404)])
def test_only_who_manages_plans_sees_it(
    client: Client, cast: Cast, read: Proposal, name: str, status: int
) -> None:
    client.force_login(cast.people[name])
    for page in ("credit_draft", "credit_file", "found"):
        there = reverse(f"planning:{page}", args=[read.uid])
        assert client.get(there).status_code == status
