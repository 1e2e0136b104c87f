"""Beginning a plan: an empty one, a person's own from what is known, a scheme under a plan."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.planning.diagnosis import diagnosis_of
from yanxiu.planning.models import Plan, PlanNote
from yanxiu.planning.permissions import may_manage_plan
from yanxiu.planning.queries import span_of_period
from yanxiu.planning.refusals import PeriodUnclear
from yanxiu.terms.models import Term


@transaction.atomic
def start_plan(
    organisation: Organisation,
    term: Term,
    title: str,
    *,
    by: Teacher,
    at: datetime,
    unit: Unit | None = None,
    kind: str = Plan.Kind.WORK,
    period: str = Plan.Period.TERM,
    starts_on: date | None = None,
    ends_on: date | None = None,
    **more: Any,
) -> Plan:
    """Begin an empty plan.

    Args:
        organisation: whose plan.
        term: the term it is for, or in which a longer period begins.
        title: its title.
        by: who begins it.
        at: when, aware.
        unit: the unit whose plan it is, None for the organisation's.
        kind: one of `Plan.Kind`, a personal one excepted.
        period: one of `Plan.Period`.
        starts_on: the first day, where the period has own dates.
        ends_on: the day after the last, likewise.
        more: parent, owner, project, superior and the columns of credits.

    Raises:
        NotAllowed: `by` neither manages the plans of `organisation` nor leads `unit`.
        BadInput: the title is empty.
        PeriodUnclear: the dates are missing or have no order.
    """
    if unit is None or unit.pk not in by.leads:
        require_right(by, "manage_plans", organisation)
    plan = Plan(organisation=organisation, unit=unit, term=term, kind=kind, made_at=at, **more)
    _begin(plan, title, period, starts_on, ends_on)
    trail.record(by, "planning.plan-started", plan, at=at)
    return plan


def _begin(
    plan: Plan, title: str, period: str, starts_on: date | None, ends_on: date | None
) -> None:
    if not title.strip():
        raise BadInput(
            "没有写计划标题，没有新建。请写一个标题，如“2026—2027学年第一学期研修计划”。"
        )
    plan.title, plan.period = title.strip()[:200], period
    if period == Plan.Period.OTHER:
        if starts_on is None or ends_on is None or ends_on <= starts_on:
            raise PeriodUnclear
        plan.starts_on, plan.ends_on = starts_on, ends_on
    elif period != Plan.Period.TERM:
        span = span_of_period(period, plan.term)
        plan.starts_on, plan.ends_on = span.start, span.end
    plan.save()
    _add_profile(plan)


def _add_profile(plan: Plan) -> None:
    """Begin the plan of an organisation with its motto, philosophy and approach."""
    if plan.kind != Plan.Kind.WORK or plan.unit_id or plan.teacher_id:
        return
    profile = getattr(plan.organisation, "profile", None)
    texts = [(kind, getattr(profile, kind, "")) for kind in ("motto", "philosophy", "approach")]
    PlanNote.objects.bulk_create(
        PlanNote(plan=plan, kind=kind, text=text, order=order)
        for order, (kind, text) in enumerate(texts)
        if text
    )


@transaction.atomic
def start_personal_plan(
    organisation: Organisation,
    term: Term,
    title: str,
    *,
    by: Teacher,
    at: datetime,
    period: str = Plan.Period.TERM,
    starts_on: date | None = None,
    ends_on: date | None = None,
    parent: Plan | None = None,
) -> Plan:
    """Begin the own plan of `by`, with a self-diagnosis filled from what the system knows.

    Raises:
        NotAllowed: `by` has no post in `organisation` today.
        BadInput, PeriodUnclear: as `start_plan`.
    """
    if organisation.pk not in {post.organisation_id for post in by.posts_today}:
        raise NotAllowed
    plan = Plan(
        organisation=organisation,
        teacher=by,
        owner=by,
        term=term,
        kind=Plan.Kind.PERSONAL,
        parent=parent,
        made_at=at,
    )
    _begin(plan, title, period, starts_on, ends_on)
    PlanNote.objects.bulk_create(
        PlanNote(plan=plan, kind=kind, text=text, order=order)
        for order, (kind, text) in enumerate(diagnosis_of(by, plan))
    )
    trail.record(by, "planning.plan-started", plan, at=at)
    return plan


@transaction.atomic
def start_scheme(
    plan: Plan, title: str, *, by: Teacher, at: datetime, owner: Teacher | None = None
) -> Plan:
    """Begin an implementation scheme under a plan, for the same period.

    Raises:
        NotAllowed: `by` does not manage the plan.
        BadInput: the title is empty.
    """
    require(may_manage_plan, by, plan)
    scheme = Plan(
        organisation=plan.organisation,
        unit=plan.unit,
        teacher=plan.teacher,
        term=plan.term,
        kind=Plan.Kind.SCHEME,
        parent=plan,
        owner=owner or by,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        made_at=at,
    )
    if not title.strip():
        raise BadInput("没有写方案的标题，没有新建。例如：读书活动实施方案。")
    scheme.title, scheme.period = title.strip()[:200], plan.period
    scheme.save()
    trail.record(by, "planning.scheme-started", scheme, at=at, detail={"plan": str(plan.uid)})
    return scheme
