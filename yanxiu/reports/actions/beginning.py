"""Beginning a summary: for whom, for which days, and with which sections."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.kernel.spans import Span
from yanxiu.people.access import require_right
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.reports.documents.term_summary import outline as shapes
from yanxiu.reports.documents.term_summary.earlier import ReadSummary
from yanxiu.reports.documents.term_summary.reckoning import subject_of
from yanxiu.reports.models import Summary
from yanxiu.reports.queries import previous
from yanxiu.reports.refusals import SummaryStands
from yanxiu.terms.models import Term

LONGEST_SPAN = 731
"""Days: a summary of more than two years is not meant."""


def start_summary(organisation: Organisation, term: Term, *, by: Teacher, at: datetime) -> Summary:
    """Begin the summary of an organisation for `term`; its numbers are there at once.

    Raises:
        NotAllowed: `by` does not draft summaries for `organisation`.
        BadInput: the term is that of another organisation.
        SummaryStands: the term is summed up already.
    """
    return begin_summary(organisation, term=term, by=by, at=at)


def begin_summary(
    organisation: Organisation,
    *,
    by: Teacher,
    at: datetime,
    term: Term | None = None,
    period: str = Summary.Period.TERM,
    span: Span | None = None,
    unit: Unit | None = None,
    teacher: Teacher | None = None,
    shape: str = "last",
    earlier: ReadSummary | None = None,
) -> Summary:
    """Begin the summary of an organisation, a unit or oneself for a term or any span of days.

    Args:
        organisation: the school, department or superior it belongs to.
        by: who begins it.
        at: when, aware.
        term: the term, where the period is one.
        period: one of `Summary.Period`.
        span: the days; the term's if None.
        unit: the group it is of.
        teacher: whose own summary it is; only `by` begins it.
        shape: `last` for the sections of the last summary where there is one, `usual` else.
        earlier: a summary that was read from a file; its sections go before all others.

    Raises:
        NotAllowed: `by` does not draft such summaries.
        BadInput: the days cannot be meant, or the term is that of another organisation.
        SummaryStands: these days are summed up already.
    """
    _may_begin(organisation, unit, teacher, by)
    days = _days(organisation, term, period, span)
    summary = Summary(
        organisation=organisation,
        unit=unit,
        teacher=teacher,
        term=term if period == Summary.Period.TERM else None,
        period=period,
        starts_on=days.start,
        ends_on=days.end,
        made_at=at,
    )
    summary.outline = {"version": 0, "sections": shapes.frozen(_shape(summary, shape, earlier))}
    if earlier is not None:
        summary.before = earlier.kept()
    _save_first(summary)
    detail: dict[str, Any] = {"term": summary.period_text, "of": summary.subject}
    trail.record(by, "reports.summary-started", summary, at=at, detail=detail)
    return summary


def _may_begin(
    organisation: Organisation, unit: Unit | None, teacher: Teacher | None, by: Teacher
) -> None:
    if teacher is not None:
        if teacher.pk != by.pk or unit is not None:
            raise NotAllowed
        if organisation.pk not in {post.organisation_id for post in by.posts_today}:
            raise NotAllowed
        return
    if unit is not None and (unit.organisation_id != organisation.pk):
        raise BadInput("这个教研组不是这所学校的，没有起草。请在列表里选一个。")
    if unit is None or unit.pk not in by.leads:
        require_right(by, "manage_summaries", organisation)


def _days(organisation: Organisation, term: Term | None, period: str, span: Span | None) -> Span:
    if period == Summary.Period.TERM:
        if term is None:
            raise BadInput("没有选学期，没有起草。请选一个学期，或改选别的周期。")
        paths = (organisation.path, term.organisation.path)
        below = not organisation.is_school and paths[1].startswith(paths[0])
        if not paths[0].startswith(paths[1]) and not below:
            raise BadInput("这个学期不是本单位的学期，没有起草。请在列表里选一个本单位的学期。")
        return term.span
    if span is None or (span.end - span.start).days > LONGEST_SPAN or span.end <= span.start:
        raise BadInput("起止日期没有写对，没有起草。结束日期不能早于开始日期，最长两年。")
    return span


def _shape(summary: Summary, shape: str, earlier: ReadSummary | None) -> shapes.Parts:
    """Return the sections to begin with; texts are not taken over, they are compared."""
    subject = subject_of(summary)
    if earlier is not None and earlier.sections:
        return shapes.from_headings([title for title, _text in earlier.sections], subject)
    last = previous(summary) if shape == "last" else None
    if last is None or not last.outline.get("sections"):
        return shapes.usual(subject)
    return shapes.emptied(shapes.kept(last.outline))


def _save_first(summary: Summary) -> None:
    """Save a new summary; the database says whether these days are summed up already.

    Raises:
        SummaryStands: they are.
    """
    try:
        with transaction.atomic():
            summary.save()
    except IntegrityError:
        raise SummaryStands(str(summary)) from None
