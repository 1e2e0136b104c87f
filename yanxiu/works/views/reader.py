"""Who asks, for which school, and how lists are given as a workbook."""

from collections.abc import Sequence

from django.http import Http404
from django.views.decorators.http import require_http_methods

from yanxiu.people.access import TeacherRequest, get_allowed, holds_at
from yanxiu.people.models import Organisation, Teacher
from yanxiu.works.models import Work
from yanxiu.works.permissions import may_own_work, may_see_work, may_write_work

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 50
JOINED = ("kind", "teacher", "organisation", "lesson", "session")


def own_school(request: TeacherRequest) -> Organisation:
    """Return the school of the reader's first post, or 404 without any."""
    organisation: Organisation | None = request.teacher.organisation
    if organisation is None:
        raise Http404
    return organisation


def manager_of(request: TeacherRequest) -> Organisation:
    """Return the reader's school if the reader manages its works, else 404."""
    organisation = own_school(request)
    if not holds_at(request.teacher, "manage_works", organisation):
        raise Http404
    return organisation


def lists_works(teacher: Teacher) -> bool:
    """Tell whether lists of handed-in works are open to this reader."""
    return bool(teacher.leads) or teacher.holds("see_works")


def seen_work(request: TeacherRequest, uid: object) -> Work:
    """Return the work if this reader may see it, else 404."""
    return get_allowed(may_see_work, request.teacher, Work.objects.select_related(*JOINED), uid)


def written_work(request: TeacherRequest, uid: object) -> Work:
    """Return the work if this reader is one of its authors, else 404."""
    return get_allowed(may_write_work, request.teacher, Work.objects.select_related(*JOINED), uid)


def own_work(request: TeacherRequest, uid: object) -> Work:
    """Return the work if this reader is its first author, else 404."""
    return get_allowed(may_own_work, request.teacher, Work.objects.select_related(*JOINED), uid)


def chosen(value: str, among: Sequence[str]) -> str:
    """Return `value` if it is one of `among`, else ""."""
    return value if value in among else ""
