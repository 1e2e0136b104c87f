"""Who asks, for which school, and whom a name means."""

from django.http import Http404
from django.views.decorators.http import require_http_methods

from yanxiu.people.access import TeacherRequest, holds_at
from yanxiu.people.models import Organisation, Post, Teacher, Unit
from yanxiu.people.models.teacher import today
from yanxiu.question_setting.refusals import NotOfTheSchool

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 50


def own_school(request: TeacherRequest) -> Organisation:
    """Return the school of the reader's first post, or 404 without any."""
    organisation: Organisation | None = request.teacher.organisation
    if organisation is None:
        raise Http404
    return organisation


def units_of(request: TeacherRequest) -> list[Unit]:
    """Return the groups for which the reader orders papers: led, or all of the school."""
    school, teacher = own_school(request), request.teacher
    rows = Unit.objects.filter(ends_on=None, kind__governs="").select_related(
        "organisation", "kind"
    )
    if holds_at(teacher, "manage_works", school):
        return list(rows.filter(organisation=school))
    return list(rows.filter(pk__in=teacher.leads))


def named(name: str, school: Organisation) -> Teacher:
    """Return the one teacher of that name in the school.

    Raises:
        NotOfTheSchool: there is nobody, or two.
    """
    posts = Post.objects.on(today()).filter(organisation=school)
    rows = Teacher.objects.filter(
        pk__in=posts.values("teacher"), name=name.strip(), is_active=True
    )[:2]
    if len(rows) != 1:
        raise NotOfTheSchool(name.strip())
    found: Teacher = rows[0]
    return found
