"""Who drafts, who approves, who reads."""

import pytest

from tests.term_summary.conftest import LATER
from yanxiu.conftest import Cast
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.reports.actions import summaries as actions
from yanxiu.reports.models import Summary
from yanxiu.reports.permissions import may_see_summary

pytestmark = pytest.mark.django_db


def test_only_the_office_drafts(cast: Cast) -> None:
    for name in set(cast.people) - {"zhou"}:
        with pytest.raises(NotAllowed):
            actions.start_summary(cast.school, cast.term, by=cast.people[name], at=LATER)


def test_only_the_principal_approves(cast: Cast, summary: Summary) -> None:
    for name in set(cast.people) - {"shen"}:
        with pytest.raises(NotAllowed):
            actions.approve(summary, by=cast.people[name], at=LATER)


def test_only_the_office_writes(cast: Cast, summary: Summary) -> None:
    for name in set(cast.people) - {"zhou"}:
        by = cast.people[name]
        with pytest.raises(NotAllowed):
            actions.save_prose(summary, "section:next", "字", version=0, by=by, at=LATER)


def readers(cast: Cast, summary: Summary) -> set[str]:
    rows = Summary.objects.filter(pk=summary.pk)
    return {name for name, one in cast.people.items() if rows.filter(may_see_summary(one)).exists()}


def test_a_draft_is_for_the_office_and_the_principal(cast: Cast, summary: Summary) -> None:
    assert readers(cast, summary) == {"shen", "zhou"}


def test_an_approved_one_is_for_everybody_of_the_school(cast: Cast, approved: Summary) -> None:
    assert readers(cast, approved) == set(cast.people) - {"qian"}
