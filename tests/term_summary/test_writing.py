"""The school's own words: kept, never overwritten unseen."""

from datetime import date
from typing import Any

import pytest

from tests.term_summary.conftest import LATER
from yanxiu.conftest import MORNING, Cast
from yanxiu.kernel.refusals import BadInput
from yanxiu.people.models import Teacher
from yanxiu.reports.actions import summaries as actions
from yanxiu.reports.models import Summary
from yanxiu.reports.refusals import (
    ProseChanged,
    SummaryStands,
)
from yanxiu.terms import actions as terms

pytestmark = pytest.mark.django_db


def test_a_newer_text_is_not_overwritten(summary: Summary, zhou: Teacher) -> None:
    made: dict[str, Any] = {"by": zhou, "at": LATER}
    actions.save_prose(summary, "section:next", "先写的。", version=0, **made)

    with pytest.raises(ProseChanged, match="周主任"):
        actions.save_prose(summary, "section:next", "后写的。", version=0, **made)

    summary.refresh_from_db()
    assert summary.texts() == {"section:next": "先写的。"}


def test_there_is_no_writing_at_a_place_the_document_does_not_have(
    summary: Summary, zhou: Teacher
) -> None:
    with pytest.raises(BadInput, match="没有这一处"):
        actions.save_prose(summary, "gap:nothing", "字", version=0, by=zhou, at=LATER)


def test_a_term_is_summed_up_once(summary: Summary, zhou: Teacher) -> None:
    assert summary.term is not None
    with pytest.raises(SummaryStands, match="已经起草过"):
        actions.start_summary(summary.organisation, summary.term, by=zhou, at=LATER)


def test_a_term_of_another_school_is_refused(cast: Cast, zhou: Teacher) -> None:
    foreign = terms.set_term(
        cast.other_school,
        school_year=2026,
        half=1,
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 1, 20),
        by=None,
        at=MORNING,
    )

    with pytest.raises(BadInput, match="不是本单位的学期"):
        actions.start_summary(cast.school, foreign, by=zhou, at=LATER)
