"""Who owes which summary by when, and who has handed it in: on time, late or missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from yanxiu.kernel.spans import day_of
from yanxiu.people.models import Teacher
from yanxiu.planning.demands import (
    each_writes,
    leaders_write,
    schools_below,
    schools_write,
    teachers_below,
    units_below,
)
from yanxiu.reports.models import Summary, SummaryDemand

Whom = SummaryDemand.Whom
State = Summary.State


def task_kind(summary: Summary) -> str:
    """Return the kind of the task that `summary` answers: one for each who owes it."""
    if summary.teacher_id:
        return f"reports.write.t{summary.teacher_id}"
    if summary.unit_id:
        return f"reports.write.u{summary.unit_id}"
    return f"reports.write.s{summary.organisation_id}"


def demands_for(summary: Summary) -> "QuerySet[SummaryDemand]":
    """Return the open demands that `summary` answers."""
    whom, above = Whom.SCHOOLS, summary.organisation.lineage
    if summary.teacher_id:
        whom = Whom.TEACHERS
    elif summary.unit_id:
        whom = Whom.UNITS
    else:
        above = above[:-1]
    return SummaryDemand.objects.filter(
        organisation__in=above,
        whom=whom,
        period=summary.period,
        starts_on__lt=summary.span.end,
        ends_on__gt=summary.span.start,
        ended_at=None,
    )


@dataclass(frozen=True)
class Line:
    """One who owes a summary, the summary if there is one, and how it stands with the deadline.

    `standing` is on_time, late, missing, waiting (the deadline is still to come).
    """

    name: str
    school: str
    summary: Summary | None
    standing: str

    @property
    def is_open(self) -> bool:
        """Whether it is still to be handed in."""
        return self.standing in {"missing", "waiting"}


def standing_of(summary: Summary | None, due_on: date, today: date) -> str:
    """Return how a summary stands with its deadline; the day of the deadline is still in time."""
    if summary is not None and summary.state != State.DRAFT:
        handed_in = summary.submitted_at or summary.approved_at
        if handed_in is not None:
            return "on_time" if day_of(handed_in) <= due_on else "late"
    return "missing" if today > due_on else "waiting"


def answers_to(demand: SummaryDemand) -> "QuerySet[Summary]":
    """Return the summaries that answer `demand`."""
    rows = Summary.objects.filter(
        organisation__path__startswith=demand.organisation.path,
        period=demand.period,
        starts_on__lt=demand.ends_on,
        ends_on__gt=demand.starts_on,
    )
    own = {
        Whom.SCHOOLS: Q(unit=None, teacher=None),
        Whom.UNITS: Q(unit__isnull=False),
        Whom.TEACHERS: Q(teacher__isnull=False),
    }
    return rows.filter(own[Whom(demand.whom)]).select_related("organisation", "unit", "teacher")


def owing(demand: SummaryDemand, today: date) -> Iterable[Any]:
    """Return who owes a summary: schools, units or teachers, by their place in the school."""
    if demand.whom == Whom.SCHOOLS:
        return schools_below(demand.organisation).order_by("path")
    if demand.whom == Whom.UNITS:
        return units_below(demand.organisation).order_by("organisation__path", "id")
    return teachers_below(demand.organisation, today).order_by("pinyin", "id")


def lines_of(demand: SummaryDemand, today: date) -> list[Line]:
    """Return each who owes the summary, in the order of the school; two statements."""
    fields = {Whom.SCHOOLS: "organisation_id", Whom.UNITS: "unit_id", Whom.TEACHERS: "teacher_id"}
    field = fields[Whom(demand.whom)]
    found = {getattr(row, field): row for row in answers_to(demand).order_by("id")}
    lines = []
    for row in owing(demand, today):
        one = found.get(row.pk)
        school = row.organisation.name if demand.whom == Whom.UNITS else ""
        lines.append(Line(row.name, school, one, standing_of(one, demand.due_on, today)))
    return lines


def writers_of(demand: SummaryDemand, today: date) -> list[tuple[str, list[Teacher]]]:
    """Return for each who owes the summary the kind of its task and who writes it.

    Of a school that is who manages its summaries, of a unit its leaders.
    """
    task, organisation = "reports.write", demand.organisation
    if demand.whom == Whom.TEACHERS:
        return each_writes(task, teachers_below(organisation, today))
    if demand.whom == Whom.UNITS:
        return leaders_write(task, units_below(organisation), today)
    return schools_write(task, schools_below(organisation), "manage_summaries", today)
