"""Handing in, returning, approving and reopening summaries.

`start_summary` and `save_prose` are re-exported: beginning and writing have modules of their own.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from yanxiu.agenda import actions as agenda
from yanxiu.agenda.models import Task
from yanxiu.attachments import actions as attachments
from yanxiu.attachments.models import Attachment
from yanxiu.audit import trail
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import require
from yanxiu.people.models import Teacher
from yanxiu.reports.actions.beginning import begin_summary, start_summary
from yanxiu.reports.actions.locking import locked, locked_as_read, read, require_state
from yanxiu.reports.actions.writing import save_prose
from yanxiu.reports.claims import claims_in
from yanxiu.reports.demands import demands_for, task_kind
from yanxiu.reports.documents.term_summary.data import TermSummary
from yanxiu.reports.documents.term_summary.filling import fill
from yanxiu.reports.documents.term_summary.freezing import freeze
from yanxiu.reports.documents.term_summary.writing import to_word
from yanxiu.reports.models import Summary
from yanxiu.reports.permissions import (
    may_approve_summary,
    may_manage_summary,
    may_return_summary,
)
from yanxiu.reports.queries import receivers
from yanxiu.reports.refusals import ReasonMissing, SummaryHasGaps

__all__ = [
    "approve",
    "begin_summary",
    "return_summary",
    "save_prose",
    "start_summary",
    "submit_summary",
    "withdraw_approval",
    "word_name",
]

LONGEST_REASON = 200
State = Summary.State


def _task(deed: str, summary: Summary) -> str:
    """Return the kind of task of this round: a person owes each round anew."""
    return f"{deed}_{summary.round}"


def _reason(text: str, deed: str) -> str:
    if not text.strip():
        raise ReasonMissing(deed)
    return text.strip()[:LONGEST_REASON]


def _without_gaps(summary: Summary, at: datetime, *, deed: str, signed: bool) -> TermSummary:
    document = fill(summary, at, signed_on=day_of(at) if signed else None)
    if document.gaps:
        raise SummaryHasGaps([gap.what for gap in document.gaps], deed)
    return document


def _called(summary: Summary) -> str:
    """Return what a task calls the summary."""
    usual = summary.period == Summary.Period.TERM and summary.unit_id is None
    if usual and summary.teacher_id is None and summary.term is not None:
        return f"学期总结：{summary.term}"
    return f"总结：{summary}"


def submit_summary(summary: Summary, *, by: Teacher, at: datetime) -> Summary:
    """Hand a draft without gaps in; whoever approves gets a task.

    Raises:
        NotAllowed: `by` does not manage the summary.
        SummaryInOtherState: it is no draft.
        SummaryHasGaps: something is still lacking.
        WordsChangedMeanwhile: somebody saved a text at the same moment.
    """
    require(may_manage_summary, by, summary)
    known = read(summary)
    require_state(known, State.DRAFT, deed="提交审定")
    _without_gaps(known, at, deed="提交审定", signed=False)
    with transaction.atomic():
        summary = locked_as_read(known, deed="提交审定")
        _hand_in(summary, by, at)
        trail.record(by, "reports.summary-submitted", summary, at=at)
    return summary


def _hand_in(summary: Summary, by: Teacher, at: datetime) -> None:
    source = source_of(summary)
    agenda.finish_tasks(source, kind=_task("revise_summary", summary), at=at)
    summary.state, summary.round = State.SUBMITTED, summary.round + 1
    summary.submitted_at, summary.returned_because = at, ""
    summary.submitted_by_uid, summary.submitted_by_name = by.uid, by.name
    summary.save()
    agenda.assign_task(
        source,
        receivers(summary, by),
        kind=_task("approve_summary", summary),
        title=f"审定{_called(summary)}"[:120],
        due_on=None,
        organisation=summary.organisation,
        at=at,
    )
    for demand in demands_for(summary):
        agenda.finish_tasks(source_of(demand), kind=task_kind(summary), at=at)


@transaction.atomic
def return_summary(summary: Summary, *, because: str, by: Teacher, at: datetime) -> Summary:
    """Give a summary that was handed in back to the office, with the reason.

    Raises:
        NotAllowed: `by` neither approves nor manages the summary.
        SummaryInOtherState: it is not handed in.
        ReasonMissing: there is no reason.
    """
    require(may_return_summary, by, summary)
    summary = locked(summary)
    require_state(summary, State.SUBMITTED, deed="退回")
    summary.returned_because = _reason(because, "退回总结")
    summary.state = State.DRAFT
    summary.save(update_fields=["state", "returned_because"])
    source = source_of(summary)
    dropped = Task.State.DROPPED
    agenda.finish_tasks(source, kind=_task("approve_summary", summary), at=at, state=dropped)
    _ask_to_revise(summary, at)
    detail = {"because": summary.returned_because}
    trail.record(by, "reports.summary-returned", summary, at=at, detail=detail)
    return summary


def _revised(summary: Summary) -> str:
    return _called(summary).partition("：")[0]


def _ask_to_revise(summary: Summary, at: datetime) -> None:
    """Give whoever handed the summary in the task to work on it again."""
    agenda.assign_task(
        source_of(summary),
        Teacher.objects.filter(uid__in=[summary.submitted_by_uid]),
        kind=_task("revise_summary", summary),
        title=f"修改{_revised(summary)}：{summary.returned_because}"[:120],
        due_on=None,
        organisation=summary.organisation,
        at=at,
    )


def approve(summary: Summary, *, by: Teacher, at: datetime) -> Summary:
    """Approve a summary: words and numbers are frozen, and the Word document is kept.

    Args:
        summary: a draft or one that was handed in.
        by: who approves.
        at: when, aware; its day stands under the signature.

    Claims without a figure do not stand in the way: how many were left is kept in the trail.

    Raises:
        NotAllowed: `by` does not approve summaries of the organisation.
        SummaryInOtherState: it is approved already.
        SummaryHasGaps: something is still lacking.
        WordsChangedMeanwhile: somebody saved a text at the same moment.

    Source: docs/decisions/0006-a-gap-cannot-be-approved.md.
    """
    require(may_approve_summary, by, summary)
    known = read(summary)
    require_state(known, State.DRAFT, State.SUBMITTED, deed="审定")
    document = _without_gaps(known, at, deed="审定", signed=True)
    word = to_word(document)
    claims = [one.sentence for one in claims_in(document, known) if not one.because]
    with transaction.atomic():
        summary = locked_as_read(known, deed="审定")
        summary.version += 1
        kept = attachments.keep(
            source_of(summary),
            word,
            name=word_name(summary, summary.version),
            organisation=summary.organisation,
            by=by,
            at=at,
        )
        _freeze(summary, document, kept, by=by, at=at, open_claims=len(claims))
    return summary


def _freeze(
    summary: Summary,
    document: TermSummary,
    kept: Attachment,
    *,
    by: Teacher,
    at: datetime,
    open_claims: int,
) -> None:
    summary.state = State.APPROVED
    summary.frozen = {**freeze(document), "version": summary.version, "word": str(kept.uid)}
    summary.approved_at, summary.returned_because = at, ""
    summary.approved_by_uid, summary.approved_by_name = by.uid, by.name
    summary.save()
    for deed in ("approve_summary", "revise_summary"):
        agenda.finish_tasks(source_of(summary), kind=_task(deed, summary), at=at)
    detail = {"version": summary.version, "word": str(kept.uid), "sha256": kept.sha256}
    detail["open_claims"] = open_claims
    trail.record(by, "reports.summary-approved", summary, at=at, detail=detail)


def word_name(summary: Summary, version: int = 0) -> str:
    """Return the name of the Word file; a draft says that it is one."""
    state = f"审定第{version}版" if version else "草稿"
    return f"{summary}（{state}）.docx"


@transaction.atomic
def withdraw_approval(summary: Summary, *, because: str, by: Teacher, at: datetime) -> Summary:
    """Reopen an approved summary; the Word document of the approval stays kept.

    Raises:
        NotAllowed: `by` does not approve summaries of the organisation.
        SummaryInOtherState: it is not approved.
        ReasonMissing: there is no reason.
    """
    require(may_approve_summary, by, summary)
    summary = locked(summary)
    require_state(summary, State.APPROVED, deed="撤销审定")
    reason = _reason(because, "撤销审定")
    detail: dict[str, Any] = {"because": reason, "version": summary.version}
    detail["word"] = summary.frozen.get("word", "")
    summary.state, summary.frozen, summary.returned_because = State.DRAFT, {}, reason
    summary.approved_at, summary.approved_by_uid, summary.approved_by_name = None, None, ""
    summary.published_at, summary.published_by_name = None, ""
    summary.save()
    _ask_to_revise(summary, at)
    trail.record(by, "reports.approval-withdrawn", summary, at=at, detail=detail)
    return summary
