"""Who owes which plan by when, and who has handed it in: on time, late or missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from yanxiu.kernel.spans import day_of
from yanxiu.people.models import Membership, Organisation, Post, Teacher, Unit
from yanxiu.people.models.organisation import lineage_of
from yanxiu.people.models.tier import TierHolding
from yanxiu.planning.models import Plan, PlanDemand
from yanxiu.terms.models import Term

Whom = PlanDemand.Whom
GROUP = "teaching_research_group"


def usual_deadline(term: Term) -> date:
    """Return the last day before `term` starts: plans are ready when the work begins."""
    return term.starts_on - timedelta(days=1)


def task_kind(plan: Plan) -> str:
    """Return the kind of the task that `plan` answers: one for each who owes it."""
    if plan.teacher_id:
        return f"planning.write.t{plan.teacher_id}"
    if plan.unit_id:
        return f"planning.write.u{plan.unit_id}"
    return f"planning.write.s{plan.organisation_id}"


def demand_for(plan: Plan) -> PlanDemand | None:
    """Return the open demand that `plan` answers, if it was asked for."""
    whoms = [Whom.TEACHERS, Whom.TIER] if plan.teacher_id else [Whom.SCHOOLS]
    if plan.unit_id:
        whoms = [Whom.UNITS]
    path = plan.organisation.path
    above = lineage_of(path)
    if whoms == [Whom.SCHOOLS]:
        above = above[:-1]
    rows = PlanDemand.objects.filter(
        organisation__in=above,
        whom__in=whoms,
        kind=plan.kind,
        period=plan.period,
        term__school_year=plan.term.school_year,
        term__half=plan.term.half,
        ended_at=None,
    )
    for demand in rows.select_related("organisation", "tier").order_by("due_on"):
        if demand.tier_id is None or _holds(plan.teacher_id, demand.tier_id, demand.due_on):
            return demand
    return None


def _holds(teacher: int | None, tier: int, day: date) -> bool:
    return TierHolding.objects.on(day).filter(teacher=teacher, tier=tier).exists()


# ---- who owes ----
def schools_below(organisation: Organisation) -> "QuerySet[Organisation]":
    """Return the schools below `organisation`, itself left out."""
    return Organisation.objects.filter(path__startswith=organisation.path, is_school=True).exclude(
        pk=organisation.pk
    )


def units_below(organisation: Organisation) -> "QuerySet[Unit]":
    """Return the living 教研组 of `organisation` and of all below it; no other kind of unit."""
    return Unit.objects.filter(
        organisation__path__startswith=organisation.path, ends_on=None, kind__code=GROUP
    ).select_related("organisation")


def teachers_below(
    organisation: Organisation, day: date, tier: int | None = None
) -> "QuerySet[Teacher]":
    """Return the teachers of `organisation` and of all below it, those of one tier if given."""
    posts = Post.objects.on(day).filter(organisation__path__startswith=organisation.path)
    rows = Teacher.objects.filter(pk__in=posts.values("teacher"), is_active=True)
    if tier is not None:
        rows = rows.filter(pk__in=TierHolding.objects.on(day).filter(tier=tier).values("teacher"))
    return rows


@dataclass(frozen=True)
class Line:
    """One who owes a plan, the plan if there is one, and how it stands with the deadline."""

    name: str
    school: str
    plan: Plan | None
    standing: str
    """on_time, late, missing, waiting (the deadline is still to come) or returned"""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be handed in."""
        return self.standing in {"missing", "waiting", "returned"}


def standing_of(plan: Plan | None, due_on: date, today: date) -> str:
    """Return how a plan stands with its deadline; the day of the deadline is still in time."""
    if plan is not None and plan.state == Plan.State.RETURNED:
        return "returned"
    handed_in = plan and (plan.submitted_at or plan.confirmed_at)
    if plan is not None and handed_in and plan.state != Plan.State.DRAFT:
        return "on_time" if day_of(handed_in) <= due_on else "late"
    return "missing" if today > due_on else "waiting"


def answers_to(demand: PlanDemand) -> "QuerySet[Plan]":
    """Return the plans that answer `demand`."""
    rows = Plan.objects.filter(
        organisation__path__startswith=demand.organisation.path,
        kind=demand.kind,
        period=demand.period,
        term__school_year=demand.term.school_year,
        term__half=demand.term.half,
    )
    own = {
        Whom.SCHOOLS: Q(unit=None, teacher=None),
        Whom.UNITS: Q(unit__isnull=False, teacher=None),
    }
    return rows.filter(own.get(Whom(demand.whom), Q(teacher__isnull=False)))


def lines_of(demand: PlanDemand, today: date) -> list[Line]:
    """Return each who owes the plan of `demand`; at most three statements, whatever the number."""
    plans = list(answers_to(demand).order_by("id"))
    if demand.whom == Whom.SCHOOLS:
        by_school = {plan.organisation_id: plan for plan in plans}
        owing: Iterable[Any] = schools_below(demand.organisation).order_by("path")
        return [_line(row.name, "", by_school.get(row.pk), demand, today) for row in owing]
    if demand.whom == Whom.UNITS:
        by_unit = {plan.unit_id: plan for plan in plans}
        return [
            _line(row.name, row.organisation.name, by_unit.get(row.pk), demand, today)
            for row in units_below(demand.organisation).order_by("organisation__path", "id")
        ]
    by_teacher = {plan.teacher_id: plan for plan in plans}
    posts = Post.objects.on(today).select_related("organisation").order_by("id")
    teachers = teachers_below(demand.organisation, today, demand.tier_id).prefetch_related(
        Prefetch("posts", posts, to_attr="known_posts")
    )
    return [
        _line(
            row.name,
            row.known_posts[0].organisation.name if row.known_posts else "",
            by_teacher.get(row.pk),
            demand,
            today,
        )
        for row in teachers.order_by("pinyin", "id")
    ]


def _line(name: str, school: str, plan: Plan | None, demand: PlanDemand, today: date) -> Line:
    return Line(name, school, plan, standing_of(plan, demand.due_on, today))


def writers_of(demand: PlanDemand, today: date) -> list[tuple[str, list[Teacher]]]:
    """Return for each who owes the plan the kind of its task and who writes it.

    Of a school that is who manages its plans, of a unit its leaders.
    """
    task, organisation = "planning.write", demand.organisation
    if demand.whom in {Whom.TEACHERS, Whom.TIER}:
        return each_writes(task, teachers_below(organisation, today, demand.tier_id))
    if demand.whom == Whom.UNITS:
        return leaders_write(task, units_below(organisation), today)
    return schools_write(task, schools_below(organisation), "manage_plans", today)


def each_writes(task: str, teachers: Iterable[Teacher]) -> list[tuple[str, list[Teacher]]]:
    """Return for each of `teachers` the kind of the own task; all kinds begin with `task`."""
    return [(f"{task}.t{row.pk}", [row]) for row in teachers]


def leaders_write(
    task: str, units: "QuerySet[Unit]", today: date
) -> list[tuple[str, list[Teacher]]]:
    """Return for each of `units` that has leaders or deputies its task and who they are."""
    found: dict[str, list[Teacher]] = {}
    leading = Membership.objects.on(today).filter(
        unit__in=units, duty__in=[Membership.Duty.LEADER, Membership.Duty.DEPUTY]
    )
    for row in leading.select_related("teacher"):
        found.setdefault(f"{task}.u{row.unit_id}", []).append(row.teacher)
    return list(found.items())


def schools_write(
    task: str, schools: "QuerySet[Organisation]", right: str, today: date
) -> list[tuple[str, list[Teacher]]]:
    """Return for each of `schools` its task and those whose post there carries `right`."""
    found: dict[str, list[Teacher]] = {}
    posts = Post.objects.on(today).filter(organisation__in=schools)
    for post in posts.select_related("teacher", "role"):
        if right in post.role.rights:
            found.setdefault(f"{task}.s{post.organisation_id}", []).append(post.teacher)
    return list(found.items())
