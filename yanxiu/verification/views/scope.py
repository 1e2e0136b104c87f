"""Which organisations a reader deals with here, and files given out."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from yanxiu.ledger.models import YearClosing
from yanxiu.ledger.queries.schemes import titles_of
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation, Post, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.verification.permissions import may_close_year, may_help_teacher


def officer(request: TeacherRequest) -> Teacher:
    """Return the reader if hours are recognised by this person anywhere, else 404."""
    if not request.teacher.holds("recognise_hours"):
        raise Http404
    return request.teacher


def with_titles(closings: Iterable[YearClosing]) -> list[tuple[YearClosing, str]]:
    """Return each closing with the title of its scheme: a school closes a year for several."""
    rows = list(closings)
    titles = titles_of({(one.scheme, one.version) for one in rows})
    return [(one, titles.get((one.scheme, one.version), one.scheme)) for one in rows]


def schools(request: TeacherRequest) -> "QuerySet[Organisation]":
    """Return the schools whose hours the reader recognises."""
    rows = Organisation.objects.filter(is_school=True)
    return allowed(may_close_year, request.teacher, rows).order_by("path")


def school(request: TeacherRequest, uid: UUID) -> Organisation:
    """Return one of the reader's schools, else 404."""
    rows = Organisation.objects.filter(is_school=True)
    return get_allowed(may_close_year, request.teacher, rows, uid)


def organisation(request: TeacherRequest, uid: UUID) -> Organisation:
    """Return one of the reader's organisations, a school or one above schools, else 404."""
    return get_allowed(may_close_year, request.teacher, Organisation.objects.all(), uid)


def people(request: TeacherRequest) -> "QuerySet[Teacher]":
    """Return whom the reader can do something for: those in the reach, but never the reader."""
    rows = Teacher.objects.filter(is_active=True).exclude(pk=request.teacher.pk)
    return allowed(may_help_teacher, request.teacher, rows).order_by("pinyin", "pk")


def school_of(request: TeacherRequest, teacher: Teacher) -> Organisation:
    """Return the school of the reader's reach in which `teacher` works today, else 404."""
    posts = Post.objects.on(today()).filter(organisation=OuterRef("pk"), teacher=teacher)
    rows = Organisation.objects.filter(Exists(posts))
    if teacher.pk != request.teacher.pk:
        rows = allowed(may_close_year, request.teacher, rows)
    found = rows.order_by("-is_school", "path").first()
    if found is None:
        raise Http404
    return found
