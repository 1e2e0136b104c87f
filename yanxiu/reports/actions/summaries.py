"""Everything that changes summaries."""

from datetime import datetime
from typing import Any

from django.db import transaction

from yanxiu.agenda import actions as agenda
from yanxiu.agenda.models import Task
from yanxiu.attachments import actions as attachments
from yanxiu.attachments.models import Attachment
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher
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
from yanxiu.reports.queries import approvers
from yanxiu.reports.refusals import (
    ProseChanged,
    ReasonMissing,
    SummaryHasGaps,
    SummaryInOtherState,
    SummaryNotOpen,
    SummaryStands,
    WordsChangedMeanwhile,
)
from yanxiu.terms.models import Term

LONGEST_TEXT = 20_000
LONGEST_REASON = 200
State = Summary.State


def _locked(summary: Summary) -> Summary:
    rows = Summary.objects.select_for_update(of=("self",)).select_related("organisation", "term")
    return rows.get(pk=summary.pk)


def _task(deed: str, summary: Summary) -> str:
    """Return the kind of task of this round: a person owes each round anew."""
    return f"{deed}_{summary.round}"


def _reason(text: str, deed: str) -> str:
    if not text.strip():
        raise ReasonMissing(deed)
    return text.strip()[:LONGEST_REASON]


def _require_state(summary: Summary, *states: str, deed: str) -> None:
    if summary.state not in states:
        raise SummaryInOtherState(deed, str(summary.get_state_display()))


def _read(summary: Summary) -> Summary:
    """Return `summary` as it is saved now, without a lock."""
    return Summary.objects.select_related("organisation", "term").get(pk=summary.pk)


def _locked_as_read(read: Summary, *, deed: str) -> Summary:
    """Lock the summary and make sure that it is still the one that was reckoned.

    Reckoning and writing the Word document take too long to hold the write lock of SQLite, so
    they come before.
    """
    summary = _locked(read)
    if (summary.state, summary.prose) != (read.state, read.prose):
        raise WordsChangedMeanwhile(deed)
    return summary


def _without_gaps(summary: Summary, at: datetime, *, deed: str, signed: bool) -> TermSummary:
    document = fill(summary, at, signed_on=day_of(at) if signed else None)
    if document.gaps:
        raise SummaryHasGaps([gap.what for gap in document.gaps], deed)
    return document


@transaction.atomic
def start_summary(organisation: Organisation, term: Term, *, by: Teacher, at: datetime) -> Summary:
    """Begin the summary of `term`; its numbers are there at once.

    Raises:
        NotAllowed: `by` does not draft summaries for `organisation`.
        BadInput: the term is that of another organisation.
        SummaryStands: the term is summed up already.
    """
    require_right(by, "manage_summaries", organisation)
    if not organisation.path.startswith(term.organisation.path):
        raise BadInput("这个学期不是本单位的学期，没有起草。请在列表里选一个本单位的学期。")
    summary, fresh = Summary.objects.get_or_create(
        organisation=organisation, term=term, defaults={"made_at": at}
    )
    if not fresh:
        raise SummaryStands(str(summary))
    trail.record(by, "reports.summary-started", summary, at=at, detail={"term": str(term)})
    return summary


def save_prose(
    summary: Summary, place: str, text: str, *, version: int, by: Teacher, at: datetime
) -> Summary:
    """Save what the school writes at one place of a draft.

    Args:
        summary: a draft.
        place: `section:<name>`, or `gap:<key>` for an open statement in the place of a gap.
        text: the words; empty ones take the text away again.
        version: the version of the place the writer saw, 0 for none.
        by: who writes.
        at: when, aware.

    Raises:
        NotAllowed: `by` does not manage the summary.
        SummaryNotOpen: it is handed in or approved.
        BadInput: there is no such place, or the text is too long.
        ProseChanged: somebody saved a newer text there meanwhile; nothing is overwritten.
    """
    require(may_manage_summary, by, summary)
    if len(text) > LONGEST_TEXT:
        raise BadInput(f"这一段超过{LONGEST_TEXT}字，没有保存。请删减，或改作附件。")
    _require_place(_read(summary), place, at)
    with transaction.atomic():
        summary = _locked(summary)
        if summary.state != State.DRAFT:
            raise SummaryNotOpen(str(summary.get_state_display()))
        standing = summary.written(place)
        if standing["version"] != version:
            raise ProseChanged(standing["by"])
        summary.prose[place] = {
            "text": text.replace("\r\n", "\n").strip(),
            "version": version + 1,
            "by": by.name,
            "at": at.isoformat(),
        }
        summary.save(update_fields=["prose"])
        trail.record(by, "reports.prose-saved", summary, at=at, detail={"place": place})
    return summary


def _require_place(summary: Summary, place: str, at: datetime) -> None:
    """Refuse a place that the document does not have."""
    if place in summary.prose:
        return
    document = fill(summary, at)
    known = {f"section:{section.key}" for section in document.sections}
    known |= {f"gap:{gap.key}" for gap in document.gaps}
    if place not in known:
        raise BadInput("总结里已经没有这一处，没有保存。请刷新页面，您写的文字可以先复制下来。")


def submit_summary(summary: Summary, *, by: Teacher, at: datetime) -> Summary:
    """Hand a draft without gaps in; whoever approves gets a task.

    Raises:
        NotAllowed: `by` does not manage the summary.
        SummaryInOtherState: it is no draft.
        SummaryHasGaps: something is still lacking.
        WordsChangedMeanwhile: somebody saved a text at the same moment.
    """
    require(may_manage_summary, by, summary)
    read = _read(summary)
    _require_state(read, State.DRAFT, deed="提交审定")
    _without_gaps(read, at, deed="提交审定", signed=False)
    with transaction.atomic():
        summary = _locked_as_read(read, deed="提交审定")
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
        approvers(summary.organisation),
        kind=_task("approve_summary", summary),
        title=f"审定学期总结：{summary.term}"[:120],
        due_on=None,
        organisation=summary.organisation,
        at=at,
    )


@transaction.atomic
def return_summary(summary: Summary, *, because: str, by: Teacher, at: datetime) -> Summary:
    """Give a summary that was handed in back to the office, with the reason.

    Raises:
        NotAllowed: `by` neither approves nor manages the summary.
        SummaryInOtherState: it is not handed in.
        ReasonMissing: there is no reason.
    """
    require(may_return_summary, by, summary)
    summary = _locked(summary)
    _require_state(summary, State.SUBMITTED, deed="退回")
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


def _ask_to_revise(summary: Summary, at: datetime) -> None:
    """Give whoever handed the summary in the task to work on it again."""
    agenda.assign_task(
        source_of(summary),
        Teacher.objects.filter(uid__in=[summary.submitted_by_uid]),
        kind=_task("revise_summary", summary),
        title=f"修改学期总结：{summary.returned_because}"[:120],
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

    Raises:
        NotAllowed: `by` does not approve summaries of the organisation.
        SummaryInOtherState: it is approved already.
        SummaryHasGaps: something is still lacking.
        WordsChangedMeanwhile: somebody saved a text at the same moment.

    Source: docs/decisions/0006-a-gap-cannot-be-approved.md.
    """
    require(may_approve_summary, by, summary)
    read = _read(summary)
    _require_state(read, State.DRAFT, State.SUBMITTED, deed="审定")
    document = _without_gaps(read, at, deed="审定", signed=True)
    word = to_word(document)
    with transaction.atomic():
        summary = _locked_as_read(read, deed="审定")
        summary.version += 1
        kept = attachments.keep(
            source_of(summary),
            word,
            name=word_name(summary, summary.version),
            organisation=summary.organisation,
            by=by,
            at=at,
        )
        _freeze(summary, document, kept, by, at)
    return summary


def _freeze(
    summary: Summary, document: TermSummary, kept: Attachment, by: Teacher, at: datetime
) -> None:
    summary.state = State.APPROVED
    summary.frozen = {**freeze(document), "version": summary.version, "word": str(kept.uid)}
    summary.approved_at, summary.returned_because = at, ""
    summary.approved_by_uid, summary.approved_by_name = by.uid, by.name
    summary.save()
    for deed in ("approve_summary", "revise_summary"):
        agenda.finish_tasks(source_of(summary), kind=_task(deed, summary), at=at)
    detail = {"version": summary.version, "word": str(kept.uid), "sha256": kept.sha256}
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
    summary = _locked(summary)
    _require_state(summary, State.APPROVED, deed="撤销审定")
    reason = _reason(because, "撤销审定")
    detail: dict[str, Any] = {"because": reason, "version": summary.version}
    detail["word"] = summary.frozen.get("word", "")
    summary.state, summary.frozen, summary.returned_because = State.DRAFT, {}, reason
    summary.approved_at, summary.approved_by_uid, summary.approved_by_name = None, None, ""
    summary.save()
    _ask_to_revise(summary, at)
    trail.record(by, "reports.approval-withdrawn", summary, at=at, detail=detail)
    return summary
