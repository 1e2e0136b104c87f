"""Who may need help: teachers in the order of the tree and the alphabet, never ranked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanxiu.kernel.spans import day_of
from yanxiu.ledger.models import Record, StandingRow
from yanxiu.ledger.permissions import hidden_from, may_see_record
from yanxiu.ledger.queries.schemes import adoptions_on, readable
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation, Post, Teacher
from yanxiu.people.models.teacher import below, today
from yanxiu.portfolio import actions, queries
from yanxiu.portfolio.documents import standing_sheet
from yanxiu.portfolio.permissions import may_see_hours
from yanxiu.portfolio.queries import overview as county
from yanxiu.portfolio.queries.hours import Section
from yanxiu.portfolio.views.hours import hours_context
from yanxiu.ui.downloads import download
from yanxiu.ui.pages import show

PAGE = 50
MOST_ORGANISATIONS = 400
WARNING = timedelta(days=92)
"""So long before a year ends those who lack something are pointed out."""


@dataclass(frozen=True)
class _Scope:
    """Of whom a page of hours is asked: everything comes from the address and the rights."""

    organisations: list[Organisation]
    here: Organisation | None
    wanted: county.Wanted
    now: datetime

    @property
    def schools(self) -> list[Organisation]:
        """The schools of the scope, in the order of the tree."""
        path = self.here.path if self.here else ""
        return [one for one in self.organisations if one.is_school and one.path.startswith(path)]

    @property
    def home(self) -> Organisation | None:
        """Whose people are reckoned in the background: the scope, else the topmost of all."""
        return self.here or next(iter(self.organisations), None)


def _scope(request: TeacherRequest, *, whole: bool = False) -> _Scope:
    """Read of whom hours are asked; `whole` asks by itself for all of the reach.

    Raises:
        Http404: this reader may not see hours.
    """
    reader = request.teacher
    if not reader.holds("see_hours"):
        raise Http404
    reach = reader.reach_paths("see_hours")
    organisations = list(
        Organisation.objects.filter(below(reach)).order_by("path")[:MOST_ORGANISATIONS]
    )
    here = _here(request, organisations, whole=whole)
    state = request.GET.get("state", "")
    wanted = county.Wanted(
        path=here.path if here else "",
        reach=reach,
        text=request.GET.get("q", "")[:40],
        unit=_uid(request.GET.get("unit")),
        tier=request.GET.get("tier", "")[:40],
        state="help" if request.GET.get("help") == "1" else state if state in _states() else "",
    )
    return _Scope(organisations, here, wanted, timezone.now())


def _states() -> dict[str, str]:
    """Return how a list can be narrowed by state, with the words."""
    state = StandingRow.State
    asked = (state.MISSING, state.WAITING, state.MET, state.EXEMPT)
    return {"help": _("可能需要帮助"), **{one.value: str(one.label) for one in asked}}


def _here(
    request: TeacherRequest, organisations: list[Organisation], *, whole: bool
) -> Organisation | None:
    """Return the organisation asked for; else the only one, or for a list the own school."""
    wanted = request.GET.get("school", "")
    for one in organisations:
        if str(one.uid) == wanted:
            return one
    if len(organisations) == 1:
        return organisations[0]
    own = request.teacher.organisation
    if whole or wanted == "all" or own is None:
        return None
    return next((one for one in organisations if one.pk == own.pk and one.is_school), None)


@login_required
@require_safe
def overview(request: TeacherRequest) -> HttpResponse:
    """List the teachers of a school, or of the whole reach, with how far each is in the year."""
    scope = _scope(request)
    if not scope.schools:
        return show(request, "portfolio/overview.html", {"schools": []})
    day = day_of(scope.now)
    old = county.old_ones(scope.wanted, day)
    old = actions.bring_up(
        scope.wanted, old, organisation=scope.home, by=request.teacher, at=scope.now
    )
    keys = county.persons(scope.wanted, day).values("pk")
    page = Paginator(keys, PAGE).get_page(request.GET.get("page"))
    keys_of_page: Any = page.object_list
    firsts = county.of_page(keys_of_page)
    actions.make_true(firsts, at=scope.now)
    units, tiers = county.choices(scope.here or scope.organisations[0], day)
    lines = county.people(firsts)
    actions.view_list(
        [one.teacher for one in lines], _("教师学时"), by=request.teacher, at=scope.now
    )
    context = {
        "page": page,
        "lines": lines,
        "schools": scope.organisations,
        "school": scope.here,
        "units": units if scope.here and scope.here.is_school else [],
        "tiers": tiers,
        "states": _states().items(),
        "wanted": scope.wanted,
        "old": old,
    }
    return show(request, "portfolio/overview.html", context)


@login_required
@require_safe
def schools(request: TeacherRequest) -> HttpResponse:
    """Show for each school of the reach how many have reached what is asked, and how many not."""
    scope = _scope(request, whole=True)
    day, asked = day_of(scope.now), request.GET.get("scheme", "")
    order = [row.scheme for row in adoptions_on(scope.home, day)] if scope.home else []

    def look() -> county.County:
        return county.county(scope.schools, scope.wanted, day, scheme=asked, order=order)

    found = look()
    old = found.old
    if old:
        old = actions.bring_up(
            scope.wanted, old, organisation=scope.home, by=request.teacher, at=scope.now
        )
        found = look()
    page = Paginator(found.lines, PAGE).get_page(request.GET.get("page"))
    _units, tiers = county.choices(scope.here or scope.organisations[0], day)
    is_near = found.ends_on is not None and found.ends_on - day <= WARNING
    context = {
        "page": page,
        "lines": page.object_list,
        "total": found.total,
        "county": found,
        "above": [one for one in scope.organisations if not one.is_school],
        "here": scope.here,
        "tiers": tiers,
        "wanted": scope.wanted,
        "old": old,
        "days_left": (found.ends_on - day).days if is_near and found.ends_on else None,
    }
    return show(request, "portfolio/schools.html", context)


@login_required
@require_safe
def sheet(request: TeacherRequest) -> HttpResponse:
    """Give the list as a workbook; each person in it is told."""
    scope = _scope(request)
    day = day_of(scope.now)
    old = county.old_ones(scope.wanted, day)
    old = actions.bring_up(
        scope.wanted, old, organisation=scope.home, by=request.teacher, at=scope.now
    )
    rows = county.persons(scope.wanted, day).select_related("teacher", "organisation")
    people = county.people(list(rows))
    actions.take_list([one.teacher for one in people], by=request.teacher, at=scope.now)
    name = scope.here.name if scope.here else _("全部学校")
    word = _states().get(scope.wanted.state, _("全部"))
    data = standing_sheet.workbook(people, place=name, narrowed=word, old=old, on=day)
    return download(data, _("教师学时 %(name)s.xlsx") % {"name": name})


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
    hidden = queries.own_records(found).filter(hidden_from(reader))
    context: dict[str, Any] = hours_context(
        found, organisation_in_reach(found, reader), hidden=set(hidden.values_list("pk", flat=True))
    )
    context["sections"] = _to_be_read(reader, context["sections"])
    counted = queries.counts_in(section.reached for section in context["sections"])
    records = list(_records(found, reader)[:PAGE])
    context |= {"person": found, "lines": queries.lines(records, counted)}
    return show(request, "portfolio/teacher.html", context)


def _to_be_read(reader: Teacher, sections: Sequence[Section]) -> list[Section]:
    """Return `sections` with what opens their schemes to `reader`."""
    texts = readable(reader, [(one.scheme.id, one.scheme.version) for one in sections])
    return [replace(one, read=texts.get((one.scheme.id, one.scheme.version))) for one in sections]


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
