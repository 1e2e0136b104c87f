"""Asking schools, groups or teachers for summaries, reminding them, and closing the list."""

from datetime import date, datetime

from django.db import transaction

from yanxiu.agenda import actions as agenda
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import Span, day_of
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher
from yanxiu.reports.demands import lines_of, task_kind, writers_of
from yanxiu.reports.models import Summary, SummaryDemand
from yanxiu.reports.permissions import may_manage_summary_demand
from yanxiu.reports.refusals import SummaryDemandEnded
from yanxiu.terms.models import Term


@transaction.atomic
def ask_for_summaries(
    organisation: Organisation,
    *,
    whom: str,
    span: Span,
    due_on: date,
    by: Teacher,
    at: datetime,
    period: str = Summary.Period.TERM,
    term: Term | None = None,
    note: str = "",
) -> SummaryDemand:
    """Ask for summaries by a day; whoever has to write one is given the task.

    Args:
        organisation: who asks; those below it (schools) or in it (units, teachers) owe one.
        whom: one of `SummaryDemand.Whom`.
        span: the days to be summed up.
        due_on: the deadline; that day is still in time.
        by: who asks.
        at: when, aware.
        period: of the summaries.
        term: the term, where the period is one.
        note: what the summaries should tell.

    Raises:
        NotAllowed: `by` neither manages nor approves the summaries of `organisation`.
        BadInput: the deadline lies before the days to be summed up.
    """
    try:
        require_right(by, "manage_summaries", organisation)
    except NotAllowed:
        require_right(by, "approve_summaries", organisation)
    if due_on < span.start:
        raise BadInput("截止日期在要总结的时间开始之前，没有布置。请改截止日期。")
    demand = SummaryDemand.objects.create(
        organisation=organisation,
        whom=whom,
        period=period,
        term=term,
        starts_on=span.start,
        ends_on=span.end,
        due_on=due_on,
        note=note.strip(),
        made_at=at,
        made_by_uid=by.uid,
        made_by_name=by.name,
    )
    _give_tasks(demand, at)
    trail.record(by, "reports.summaries-asked", demand, at=at, detail={"title": str(demand)})
    return demand


def _give_tasks(demand: SummaryDemand, at: datetime) -> None:
    agenda.assign_tasks(
        source_of(demand),
        writers_of(demand, day_of(at)),
        title=f"写总结：{demand.period_text}",
        due_on=demand.due_on,
        organisation=demand.organisation,
        at=at,
    )
    for line in lines_of(demand, day_of(at)):
        if line.summary and not line.is_open:
            agenda.finish_tasks(source_of(demand), kind=task_kind(line.summary), at=at)


def _open(demand: SummaryDemand, by: Teacher) -> None:
    require(may_manage_summary_demand, by, demand)
    if demand.ended_at:
        raise SummaryDemandEnded(str(demand))


@transaction.atomic
def remind(demand: SummaryDemand, *, by: Teacher, at: datetime) -> int:
    """Remind those who have not handed in; return how many persons that are.

    Raises:
        NotAllowed: `by` does not manage the demand.
        SummaryDemandEnded: it was closed.
    """
    _open(demand, by)
    count = agenda.remind_of_tasks(
        source_of(demand),
        title=f"请提交：{demand}",
        text=demand.note,
        organisation=demand.organisation,
        by=by,
        at=at,
    )
    trail.record(by, "reports.writers-reminded", demand, at=at, detail={"count": count})
    return count


@transaction.atomic
def end_demand(demand: SummaryDemand, *, by: Teacher, at: datetime) -> SummaryDemand:
    """Close the list: what is still owed is owed no more, the list stays.

    Raises:
        NotAllowed: `by` does not manage the demand.
        SummaryDemandEnded: it was closed before.
    """
    _open(demand, by)
    demand.ended_at = at
    demand.save(update_fields=["ended_at"])
    agenda.drop_tasks(source_of(demand), at=at)
    trail.record(by, "reports.demand-ended", demand, at=at)
    return demand
