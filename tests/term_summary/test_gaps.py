"""What is lacking is named; a document with a gap is neither handed in nor approved."""

from datetime import timedelta
from typing import Any

import pytest

from tests.term_summary.conftest import LATER
from yanxiu.activities import actions as activities
from yanxiu.activities.models import ActivityKind
from yanxiu.conftest import MORNING, Cast
from yanxiu.people.models import Teacher
from yanxiu.reports.actions import summaries as actions
from yanxiu.reports.documents.term_summary.filling import fill
from yanxiu.reports.models import Summary
from yanxiu.reports.refusals import (
    SummaryHasGaps,
)

pytestmark = pytest.mark.django_db


def test_a_term_without_a_plan_has_a_gap_and_zeros(cast: Cast, zhou: Teacher) -> None:
    summary = actions.start_summary(cast.school, cast.term, by=zhou, at=LATER)
    document = fill(summary, LATER)

    assert "plan" in {gap.key for gap in document.gaps}
    assert str(document.numbers["activities.sessions_held", ""]) == "0场"


def test_a_session_left_open_is_a_gap(cast: Cast, li: Teacher, summary: Summary) -> None:
    activities.plan_session(
        cast.school,
        title="没有关闭的一场",
        by=li,
        at=MORNING,
        kind=ActivityKind.objects.get(code="research_activity"),
        unit=cast.maths,
        starts_at=LATER - timedelta(days=2),
        ends_at=LATER - timedelta(days=2, hours=-1),
    )

    assert "left_open" in {gap.key for gap in fill(summary, LATER).gaps}


def test_it_cannot_be_handed_in_or_approved_with_a_gap(
    summary: Summary, zhou: Teacher, shen: Teacher
) -> None:
    with pytest.raises(SummaryHasGaps, match="“跟岗学习”的完成数量"):
        actions.submit_summary(summary, by=zhou, at=LATER)
    with pytest.raises(SummaryHasGaps, match="存在的问题与原因；下一步打算"):
        actions.approve(summary, by=shen, at=LATER)

    summary.refresh_from_db()
    assert (summary.state, summary.frozen) == ("draft", {})


def test_an_open_statement_closes_a_gap_and_is_kept_as_such(
    summary: Summary, zhou: Teacher
) -> None:
    [key] = [gap.key for gap in fill(summary, LATER).gaps if gap.key.startswith("quota:")]
    text = "本学期未开展，原因是跟岗学习占用了听课时间。"

    summary = actions.save_prose(summary, f"gap:{key}", text, version=0, by=zhou, at=LATER)

    document = fill(summary, LATER)
    assert document.answers[key].text == text.rstrip("。")
    assert key not in {gap.key for gap in document.gaps}


@pytest.mark.parametrize("text", ["开展讲座X场。", "收集反思XX篇。", "共____人参加。"])
def test_a_placeholder_in_the_words_is_a_gap(summary: Summary, zhou: Teacher, text: str) -> None:
    summary = actions.save_prose(summary, "section:results", text, version=0, by=zhou, at=LATER)

    assert "section:results" in {gap.key for gap in fill(summary, LATER).gaps}


def test_words_that_are_taken_away_leave_the_gap_again(summary: Summary, zhou: Teacher) -> None:
    place = "section:next"
    made: dict[str, Any] = {"by": zhou, "at": LATER}
    summary = actions.save_prose(summary, place, "下学期继续。", version=0, **made)
    assert place not in {gap.key for gap in fill(summary, LATER).gaps}

    summary = actions.save_prose(summary, place, "", version=1, **made)

    assert place in {gap.key for gap in fill(summary, LATER).gaps}
