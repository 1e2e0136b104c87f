"""Whose lessons a reader looks at, and what the reader may choose from."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Min, Q, QuerySet
from django.http import Http404

from yanxiu.activities.models import Activity, Session
from yanxiu.activities.permissions import may_see_activity, may_see_session
from yanxiu.kernel.spans import moment_at
from yanxiu.lessons.models import Lesson, LessonSeries
from yanxiu.lessons.permissions import may_see_lesson, may_see_series
from yanxiu.people.access import TeacherRequest, allowed, get_allowed, holds_at
from yanxiu.people.models import Organisation, Post, Teacher, Unit
from yanxiu.people.models.teacher import below, today
from yanxiu.terms.models import Term
from yanxiu.terms.queries import terms_below, terms_of

BEHIND, AHEAD = timedelta(days=60), timedelta(days=120)
MOST = 40
"""Of the sessions near today so many are offered."""
RELATED = (
    "organisation", "unit", "teacher", "kind", "series", "responsible", "made_by", "session",
)  # fmt: skip


def uid_of(text: str) -> UUID | None:
    """Return the uid that `text` is, None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def own_school(request: TeacherRequest) -> Organisation:
    """Return the organisation of the reader's first post, or 404 without any."""
    organisation: Organisation | None = request.teacher.organisation
    if organisation is None:
        raise Http404
    return organisation


def school_of(request: TeacherRequest, right: str) -> Organisation:
    """Return the school that `?school=` names if `right` reaches it, else the reader's own."""
    own = own_school(request)
    wanted = uid_of(request.GET.get("school", ""))
    if wanted is None or wanted == own.uid:
        return own
    rows = Organisation.objects.filter(below(request.teacher.reach_paths(right)))
    found = rows.filter(uid=wanted).first()
    if found is None:
        raise Http404
    return found


def manager_of(request: TeacherRequest) -> Organisation:
    """Return the school whose lessons the reader manages, by `?school=` or the own, else 404."""
    organisation = school_of(request, "manage_lessons")
    if not holds_at(request.teacher, "manage_lessons", organisation):
        raise Http404
    return organisation


def schools_below(teacher: Teacher, right: str) -> list[Organisation]:
    """Return the schools that `right` reaches, where they are several."""
    rows = Organisation.objects.filter(below(teacher.reach_paths(right)), is_school=True)
    found = list(rows.order_by("path"))
    return found if len(found) > 1 else []


def teachers_at(organisation: Organisation) -> "QuerySet[Teacher]":
    """Return who works in `organisation` today, by pinyin."""
    posts = Post.objects.on(today()).filter(organisation=organisation)
    return Teacher.objects.filter(is_active=True, pk__in=posts.values("teacher"))


def units_at(organisation: Organisation) -> "QuerySet[Unit]":
    """Return the living units of `organisation`."""
    return Unit.objects.filter(organisation=organisation, ends_on=None).order_by(
        "kind__order", "pk"
    )


def series_for(teacher: Teacher) -> "QuerySet[LessonSeries]":
    """Return the series that go on and that `teacher` may see."""
    return allowed(may_see_series, teacher, LessonSeries.objects.filter(ended_at=None))


def sessions_for(teacher: Teacher, lesson: Lesson | None = None) -> "QuerySet[Session]":
    """Return the sessions near today that `teacher` may see, and the one `lesson` names."""
    start, end = moment_at(today() - BEHIND), moment_at(today() + AHEAD)
    near = Session.objects.filter(cancelled_at=None, starts_at__gte=start, starts_at__lt=end)
    concerned = Q(unit__in=teacher.units) | Q(unit=None)
    found = allowed(may_see_session, teacher, near.filter(concerned)).order_by("-starts_at")
    named = Q(pk__in=list(found.values_list("pk", flat=True)[:MOST]))
    if lesson and lesson.session_id:
        named |= Q(pk=lesson.session_id)
    return Session.objects.filter(named).order_by("-starts_at")


def activities_for(teacher: Teacher, series: LessonSeries | None = None) -> "QuerySet[Activity]":
    """Return the activities with sessions near today, and the one `series` names; with `begins`."""
    near = list(sessions_for(teacher).values_list("activity", flat=True))
    named = Q(pk__in=near)
    if series and series.activity_id:
        named |= Q(pk=series.activity_id)
    rows = allowed(may_see_activity, teacher, Activity.objects.all())
    return rows.filter(named).annotate(begins=Min("sessions__starts_at")).order_by("-begins")


def terms_for(organisation: Organisation) -> list[Term]:
    """Return the terms of a school, or those of the schools below an office; newest first."""
    return terms_of(organisation) or terms_below(organisation)


def term_wanted(request: TeacherRequest, terms: list[Term]) -> Term | None:
    """Return the term that `?term=` names, else the present or last one."""
    wanted = uid_of(request.GET.get("term", ""))
    named = next((term for term in terms if term.uid == wanted), None)
    begun = next((term for term in terms if term.starts_on <= today()), None)
    return named or begun or (terms[-1] if terms else None)


def lesson_of(request: TeacherRequest, uid: UUID, permission: Any = may_see_lesson) -> Lesson:
    """Return the lesson if `permission` allows it, or 404."""
    rows = Lesson.objects.select_related(*RELATED)
    return get_allowed(permission, request.teacher, rows, uid)
