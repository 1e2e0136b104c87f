"""Who reads, what of it, and with which rights: what all pages of preparation ask first."""

from typing import Any
from uuid import UUID

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When
from django.http import Http404

from yanxiu.activities.models import Session
from yanxiu.activities.permissions import may_see_session
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.people.models.teacher import today
from yanxiu.preparation.models import LessonPlan, TeachingTopic
from yanxiu.preparation.permissions import (
    may_adapt_plan,
    may_comment_plan,
    may_prepare_in_unit,
    may_review_plan,
    may_schedule_unit,
    may_see_departure,
    may_see_plan,
    may_settle_plan,
    may_write_plan,
)
from yanxiu.preparation.queries import plans
from yanxiu.terms.models import Term

MOST_SESSIONS = 40
RIGHTS = {
    "may_write": may_write_plan,
    "may_settle": may_settle_plan,
    "may_comment": may_comment_plan,
    "may_adapt": may_adapt_plan,
    "may_review": may_review_plan,
    "may_depart": may_see_departure,
}
"""What a page asks about a plan; each comes with the plan itself."""


def own_school(request: TeacherRequest) -> Organisation:
    """Return the school of the reader's first post, or 404 without any."""
    organisation: Organisation | None = request.teacher.organisation
    if organisation is None:
        raise Http404
    return organisation


def _told(condition: Q) -> Case:
    return Case(When(condition, then=Value(value=True)), default=Value(value=False))


def plan_of(request: TeacherRequest, uid: UUID, permission: Any = may_see_plan) -> Any:
    """Return the plan with what the reader may do with it, or 404; one statement."""
    teacher = request.teacher
    own = LessonPlan.objects.filter(author=teacher.pk, base__plan=OuterRef("pk"))
    rows = plans.rows().annotate(
        own_uid=Subquery(own.order_by("-id").values("uid")[:1]),
        **{name: _told(may(teacher)) for name, may in RIGHTS.items()},
    )
    return get_allowed(permission, teacher, rows, uid)


def units_to_prepare_in(teacher: Teacher) -> "QuerySet[Unit]":
    """Return the living groups for which this reader can draft a shared plan."""
    rows: QuerySet[Unit] = Unit.objects.filter(ends_on=None)
    return allowed(may_prepare_in_unit, teacher, rows)


def units_to_schedule(teacher: Teacher) -> "QuerySet[Unit]":
    """Return the living groups whose schedule and requirements this reader sets."""
    rows: QuerySet[Unit] = Unit.objects.filter(ends_on=None)
    return allowed(may_schedule_unit, teacher, rows)


def offer_facts(form: Any, request: TeacherRequest, plan: LessonPlan | None = None) -> None:
    """Offer a form the topics, sessions and projects that this reader may name."""
    teacher, school = request.teacher, own_school(request)
    units = teacher.units
    topics = TeachingTopic.objects.filter(
        Q(unit__in=units) | Q(pk=plan.topic_id if plan else None), organisation=school
    ).order_by("-term", "grade", "order")
    seen = allowed(may_see_session, teacher, Session.objects.filter(cancelled_at=None))
    near = seen.filter(unit__in=units).order_by("-starts_at").values("pk")[:MOST_SESSIONS]
    named = Q(pk__in=list(near.values_list("pk", flat=True)))
    if plan and plan.session_id:
        named |= Q(pk=plan.session_id)
    form.offer(
        topics=topics,
        sessions=Session.objects.filter(named).order_by("-starts_at"),
        projects=Unit.objects.filter(organisation=school, kind__code="project_group", ends_on=None),
    )


def term_among(request: TeacherRequest, terms: list[Term]) -> Term | None:
    """Return the one of `terms` (newest first) that is asked for (`?term=`), or that of today."""
    wanted = request.GET.get("term", "")
    if wanted.isdecimal():
        return next((one for one in terms if one.pk == int(wanted)), None)
    return next((one for one in terms if one.starts_on <= today()), None)
