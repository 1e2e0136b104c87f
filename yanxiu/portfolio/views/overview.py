"""Who may need help: the teachers of a school in the order of the alphabet, never ranked."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from yanxiu.kernel.spans import Span
from yanxiu.ledger.models import Record
from yanxiu.ledger.permissions import may_see_record
from yanxiu.ledger.queries import standings_of
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation, Post, Teacher, Unit
from yanxiu.people.models.teacher import today
from yanxiu.people.queries import TeacherFilter, teachers
from yanxiu.portfolio import actions, queries
from yanxiu.portfolio.permissions import may_see_hours
from yanxiu.portfolio.views.hours import hours_context
from yanxiu.terms.queries import term_on
from yanxiu.ui.pages import show

PAGE = 50
MOST_SCHOOLS = 120
MOST_UNITS = 200


@dataclass(frozen=True)
class Line:
    """One teacher of the list."""

    teacher: Teacher
    progress: list[queries.Progress]

    @property
    def may_need_help(self) -> bool:
        """Whether the teacher is behind under any scheme."""
        return any(one.behind for one in self.progress)


@login_required
@require_safe
def overview(request: TeacherRequest) -> HttpResponse:
    """List the teachers of one school of the reach with how far each is in the year."""
    reader, day = request.teacher, today()
    if not reader.holds("see_hours"):
        raise Http404
    schools = list(
        Organisation.objects.filter(pk__in=reader.reach("see_hours"), is_school=True).order_by(
            "path"
        )[:MOST_SCHOOLS]
    )
    school = _school(request, schools)
    if school is None:
        return show(request, "portfolio/overview.html", {"schools": [], "day": day})
    wanted = TeacherFilter(
        text=request.GET.get("q", "")[:40],
        organisation=school,
        unit=_uid(request.GET.get("unit")),
    )
    rows = teachers(allowed(may_see_hours, reader, Teacher.objects.all()), wanted)
    only_help = request.GET.get("help") == "1"
    term = term_on(school, day)
    asked = _Asked(school, day, term.span if term else None)
    find = _behind if only_help else _everybody
    page, lines = find(rows, asked, request.GET.get("page"))
    context = {
        "page": page,
        "lines": lines,
        "schools": schools,
        "school": school,
        "units": list(Unit.objects.filter(organisation=school, ends_on=None)[:MOST_UNITS]),
        "wanted": wanted,
        "only_help": only_help,
        "day": day,
        "term": term,
    }
    return show(request, "portfolio/overview.html", context)


@dataclass(frozen=True)
class _Asked:
    """By whose schemes hours are reckoned, and for when."""

    school: Organisation
    day: date
    semester: Span | None


Found = tuple[Page[Any], list[Line]]


def _everybody(rows: "QuerySet[Teacher]", asked: _Asked, number: str | None) -> Found:
    """Return a page of all `rows`; hours are reckoned for those shown alone."""
    page = Paginator(rows, PAGE).get_page(number)
    return page, _lines(list(page.object_list), asked)


def _behind(rows: "QuerySet[Teacher]", asked: _Asked, number: str | None) -> Found:
    """Return a page of those who may need help.

    That is known only after reckoning, so the whole school is reckoned, with as many statements.
    """
    found = [line for line in _lines(list(rows), asked) if line.may_need_help]
    page = Paginator(found, PAGE).get_page(number)
    return page, list(page.object_list)


def _lines(people: list[Teacher], asked: _Asked) -> list[Line]:
    found = standings_of(people, asked.school, asked.day, semester=asked.semester)
    return [Line(one, queries.progress(found[one.pk], asked.day)) for one in people]


def _school(request: TeacherRequest, schools: list[Organisation]) -> Organisation | None:
    asked = request.GET.get("school", "")
    own = request.teacher.organisation
    chosen = [one for one in schools if str(one.uid) == asked]
    chosen += [one for one in schools if own and one.pk == own.pk]
    return next(iter([*chosen, *schools]), None)


def _uid(text: str | None) -> str:
    try:
        return str(UUID(text)) if text else ""
    except ValueError:
        return ""


@login_required
@require_safe
def teacher(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show one teacher's hours; the look is written down for that teacher to read."""
    reader = request.teacher
    if reader.uid == uid:
        return redirect("portfolio:hours")
    found = get_allowed(may_see_hours, reader, Teacher.objects.all(), uid)
    actions.view_hours(found, by=reader, at=timezone.now())
    context = hours_context(found, organisation_in_reach(found, reader))
    counted = queries.counts_in(section.reached for section in context["sections"])
    records = list(_records(found, reader)[:PAGE])
    context |= {"person": found, "lines": queries.lines(records, counted)}
    return show(request, "portfolio/teacher.html", context)


def organisation_in_reach(found: Teacher, reader: Teacher) -> Organisation | None:
    """Return the school of the reach in which `found` works."""
    post = (
        Post.objects.on(today())
        .filter(teacher=found, organisation__in=reader.reach("see_hours"))
        .select_related("organisation")
        .order_by("role__order", "id")
        .first()
    )
    return post.organisation if post else None


def _records(found: Teacher, reader: Teacher) -> "QuerySet[Record]":
    return allowed(may_see_record, reader, queries.own_records(found))
