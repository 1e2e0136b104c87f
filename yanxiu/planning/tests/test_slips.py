"""What looks mistyped is a suggestion beside the value: only a tick changes it, one at a time."""

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.cast import MORNING, Cast
from yanxiu.people.models import Teacher
from yanxiu.planning import actions
from yanxiu.planning.models import Finding, Proposal
from yanxiu.planning.tests.answers import answers_of
from yanxiu.planning.tests.conftest import TEXT


@pytest.fixture
def mistyped(cast: Cast, zhou: Teacher) -> Proposal:
    """The small plan with a goal of the ⼲⼤教师, whose radical is the wrong one."""
    data = TEXT.replace("人人上好研究课", "⼲⼤教师上好研究课，骨干教师带头").encode()
    return actions.read_proposals(cast.school, data, name="计划.txt", by=zhou, at=MORNING)[0]


def goal_of(proposal: Proposal) -> Finding:
    return proposal.findings.get(kind="goal", name="课堂")


def test_a_wrong_radical_is_asked_about(office: Client, mistyped: Proposal) -> None:
    page = office.get(reverse("planning:proposal", args=[mistyped.uid])).content.decode()

    assert "“干大”改成“广大”？" in page
    assert "干大教师上好研究课" in str(goal_of(mistyped).value)


def test_accepting_the_rest_changes_no_letter(mistyped: Proposal, zhou: Teacher) -> None:
    actions.accept_rest(mistyped, by=zhou, at=MORNING)

    goal = goal_of(mistyped)
    assert (goal.decision, goal.changed) == ("accepted", {})


def test_a_tick_changes_that_place_alone(office: Client, mistyped: Proposal) -> None:
    page, goal = reverse("planning:proposal", args=[mistyped.uid]), goal_of(mistyped)
    sent = answers_of(office.get(page).content.decode())
    sent[f"f{goal.pk}-fix-0"] = "value|干大|广大"
    office.post(page, {**sent, "do": "save"})

    goal.refresh_from_db()
    assert goal.decision == "changed"
    assert goal.changed == {"value": "广大教师上好研究课，骨干教师带头"}
    assert "改成“广大”？" not in office.get(page).content.decode()
