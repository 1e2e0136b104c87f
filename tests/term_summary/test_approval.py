"""Handing in, returning, approving and withdrawing; approval freezes words and numbers."""

from datetime import date

import pytest

from tests.term_summary.conftest import LATER, close_gaps, hold, squeezed, words_of
from yanxiu.activities import actions as activities
from yanxiu.activities.models import Session
from yanxiu.agenda.models import Task
from yanxiu.attachments.actions import path_of
from yanxiu.attachments.models import Attachment
from yanxiu.audit.models import TrailLine
from yanxiu.conftest import Cast
from yanxiu.people.models import Teacher
from yanxiu.reports.actions import summaries as actions
from yanxiu.reports.documents.term_summary.data import TermSummary
from yanxiu.reports.documents.term_summary.writing import to_text, to_word
from yanxiu.reports.models import Summary
from yanxiu.reports.queries import approvers, standing
from yanxiu.reports.refusals import (
    ReasonMissing,
    SummaryInOtherState,
    SummaryNotOpen,
    WordsChangedMeanwhile,
)

pytestmark = pytest.mark.django_db


def test_handing_in_gives_the_principal_a_task(
    summary: Summary, zhou: Teacher, shen: Teacher
) -> None:
    actions.submit_summary(close_gaps(summary, zhou), by=zhou, at=LATER)

    tasks = Task.objects.filter(source_id=summary.uid, state="open")
    assert [(task.teacher, task.title) for task in tasks] == [
        (shen, f"审定学期总结：{summary.term}")
    ]
    assert approvers(summary.organisation) == [shen]


def test_returning_gives_the_office_the_reason_and_it_can_hand_in_again(
    summary: Summary, zhou: Teacher, shen: Teacher
) -> None:
    submitted = actions.submit_summary(close_gaps(summary, zhou), by=zhou, at=LATER)
    returned = actions.return_summary(submitted, because="请写实一点", by=shen, at=LATER)

    assert returned.state == "draft"
    open_ones = Task.objects.filter(state="open", source_id=summary.uid)
    assert [(task.teacher, task.title) for task in open_ones] == [
        (zhou, "修改学期总结：请写实一点")
    ]
    actions.submit_summary(returned, by=zhou, at=LATER)
    assert [task.teacher for task in open_ones.all()] == [shen]


def test_nothing_is_written_while_the_principal_reads(summary: Summary, zhou: Teacher) -> None:
    submitted = actions.submit_summary(close_gaps(summary, zhou), by=zhou, at=LATER)

    with pytest.raises(SummaryNotOpen):
        actions.save_prose(submitted, "section:next", "改", version=1, by=zhou, at=LATER)


def test_returning_needs_a_reason(summary: Summary, zhou: Teacher, shen: Teacher) -> None:
    submitted = actions.submit_summary(close_gaps(summary, zhou), by=zhou, at=LATER)

    with pytest.raises(ReasonMissing):
        actions.return_summary(submitted, because=" ", by=shen, at=LATER)


def test_approval_freezes_words_and_numbers_and_keeps_the_paper(approved: Summary) -> None:
    kept = Attachment.objects.get(source_id=approved.uid)
    frozen = standing(approved, LATER).document

    assert (approved.version, approved.frozen["word"]) == (1, str(kept.uid))
    assert frozen.day == "2026年11月20日"
    assert words_of(path_of(kept.sha256).read_bytes()) == squeezed(to_text(frozen))
    assert Task.objects.filter(state="open", source_id=approved.uid).count() == 0


def test_it_is_not_approved_twice(approved: Summary, shen: Teacher) -> None:
    with pytest.raises(SummaryInOtherState, match="已审定"):
        actions.approve(approved, by=shen, at=LATER)


def test_words_changed_at_the_same_moment_are_not_approved_unseen(
    summary: Summary, zhou: Teacher, shen: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = close_gaps(summary, zhou)

    def write_while_somebody_saves(document: TermSummary) -> bytes:
        text = "换了一种说法。"
        actions.save_prose(summary, "section:next", text, version=1, by=zhou, at=LATER)
        return to_word(document)

    monkeypatch.setattr(actions, "to_word", write_while_somebody_saves)
    with pytest.raises(WordsChangedMeanwhile):
        actions.approve(summary, by=shen, at=LATER)

    summary.refresh_from_db()
    assert summary.state == "draft"


def test_an_approved_number_stays_and_its_change_is_marked(
    approved: Summary, sessions: list[Session], wang: Teacher, zhou: Teacher
) -> None:
    before = to_text(standing(approved, LATER).document)
    activities.amend_attendance(
        sessions[1], wang, state="present", reason="当天到场，名单漏记", by=zhou, at=LATER
    )

    now = standing(approved, LATER)

    assert to_text(now.document) == before
    assert str(now.document.numbers["activities.attendances", ""]) == "5人次"
    assert str(now.changes.numbers["activities.attendances", ""]) == "6人次"
    assert now.changes.cells["sessions", str(sessions[1].uid), 4] == "2"


def test_a_session_added_after_approval_is_told_apart(approved: Summary, cast: Cast) -> None:
    hold(cast, date(2026, 11, 19), "li", title="审定以后的一场")

    now = standing(approved, LATER)

    assert now.changes.added == {"sessions": 1}
    assert "审定以后的一场" not in to_text(now.document)


def test_withdrawing_reopens_it_and_keeps_the_old_paper(approved: Summary, shen: Teacher) -> None:
    reopened = actions.withdraw_approval(approved, because="漏了一场", by=shen, at=LATER)
    assert (reopened.state, reopened.frozen) == ("draft", {})

    again = actions.approve(reopened, by=shen, at=LATER)

    assert again.version == 2
    assert Attachment.objects.filter(source_id=approved.uid).count() == 2


def test_every_step_leaves_a_line_in_the_trail(approved: Summary, shen: Teacher) -> None:
    actions.withdraw_approval(approved, because="漏了一场", by=shen, at=LATER)

    lines = TrailLine.objects.filter(source_id=approved.uid).order_by("pk")
    verbs = list(lines.values_list("verb", flat=True))
    assert verbs[0] == "reports.summary-started"
    assert verbs[-3:] == [
        "reports.summary-submitted",
        "reports.summary-approved",
        "reports.approval-withdrawn",
    ]
