"""Whose plan a draft shall be can be put right on its page, by those who manage both."""

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.cast import MORNING, Cast
from yanxiu.people.access import NotAllowed
from yanxiu.people.models import Teacher, Unit
from yanxiu.planning import actions
from yanxiu.planning.actions.reviewing import Head, Owner
from yanxiu.planning.models import Proposal
from yanxiu.planning.tests.answers import answers_of


def test_a_plan_read_as_the_schools_becomes_a_groups(
    office: Client, proposal: Proposal, cast: Cast
) -> None:
    page = reverse("planning:proposal", args=[proposal.uid])
    unit = Unit.objects.filter(organisation=cast.school, ends_on=None).first()
    assert unit
    sent = answers_of(office.get(page).content.decode())
    assert sent["owner"] == "school"

    office.post(page, {**sent, "owner": str(unit.uid), "do": "save"})

    proposal.refresh_from_db()
    assert proposal.unit == unit


def test_what_is_not_offered_changes_nothing(office: Client, proposal: Proposal) -> None:
    page = reverse("planning:proposal", args=[proposal.uid])
    sent = answers_of(office.get(page).content.decode())

    office.post(page, {**sent, "owner": "nobody", "do": "save"})

    proposal.refresh_from_db()
    assert proposal.unit is None


def test_a_leader_cannot_make_it_the_schools(proposal: Proposal, cast: Cast, li: Teacher) -> None:
    proposal.unit = Unit.objects.get(pk=li.leads[0])
    proposal.save(update_fields=["unit"])

    with pytest.raises(NotAllowed):
        actions.decide(proposal, {}, head=Head(Owner(None)), by=li, at=MORNING)
