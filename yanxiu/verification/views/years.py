"""Closing credit years: the schools, one year of one school, and opening it again."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.jobs import actions as jobs
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.spans import day_of
from yanxiu.ledger.actions import closing as closing_deeds
from yanxiu.ledger.actions.looking import note_look
from yanxiu.ledger.models import YearClosing, YearSnapshot
from yanxiu.ledger.queries import closings
from yanxiu.ledger.queries.exemptions import WORDS
from yanxiu.ledger.queries.looks import HOURS, LISTED
from yanxiu.ledger.queries.schemes import scheme_of
from yanxiu.people.access import TeacherRequest, get_allowed, holds_at
from yanxiu.people.models import Organisation
from yanxiu.people.models.teacher import today
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show
from yanxiu.verification.forms import BecauseForm
from yanxiu.verification.permissions import may_reopen_year, may_see_snapshot
from yanxiu.verification.views.scope import (
    officer,
    organisation,
    school,
    schools,
    with_titles,
)

PAGE = 50
LAST = 2
MOST_WAITING = 50
AT_ONCE = 150
"""A school with more teachers is closed in the background."""

State = YearClosing.State


def year_code(year: closings.Year) -> str:
    """Return what stands for a year in an address."""
    return f"{year.scheme.id}@{year.span.start.isoformat()}"


def chosen_year(
    found: list[closings.Year], code: str, closed: Collection[tuple[str, date]]
) -> closings.Year | None:
    """Return the year asked for; else the last one that is over and not closed, else the newest."""
    for year in found:
        if year_code(year) == code:
            return year
    over = [year for year in found if year.span.end <= today()]
    over = [year for year in over if (year.scheme.id, year.span.start) not in closed]
    latest = max((year.span.end for year in over), default=None)
    return next(iter([*(year for year in over if year.span.end == latest), *found]), None)


@login_required
@require_safe
def years(request: TeacherRequest) -> HttpResponse:
    """List the schools of the reach with where their last two years stand."""
    reader = officer(request)
    page = Paginator(schools(request), PAGE).get_page(request.GET.get("page"))
    rounds = YearClosing.objects.filter(
        organisation__in=[one.pk for one in page.object_list]
    ).exclude(state=State.REOPENED)
    by_school: dict[int, list[YearClosing]] = {}
    for one in rounds.order_by("-starts_on"):
        by_school.setdefault(one.organisation_id, []).append(one)
    shown = [one for rows in by_school.values() for one in rows[:LAST]]
    named: defaultdict[int, list[tuple[YearClosing, str]]] = defaultdict(list)
    for one, title in with_titles(shown):
        named[one.organisation_id].append((one, title))
    context = {
        "page": page,
        "lines": [(one, named[one.pk]) for one in page.object_list],
        "above": [one for one in _above(request) if page.paginator.count > 1],
        "reader": reader,
    }
    return show(request, "verification/years.html", context)


def _above(request: TeacherRequest) -> list[Organisation]:
    """Return the organisations above schools for which many can be closed at once."""
    rows = Organisation.objects.filter(
        pk__in=request.teacher.reach("recognise_hours"), is_school=False
    )
    return list(rows.order_by("path")[:1])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def year(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show who meets a year and who does not, what still waits; and close it."""
    found = school(request, uid)
    choices = closings.years_of(found, today())
    asked = request.POST.get("year") or request.GET.get("year", "")
    rounds = list(closings.closings_of(found))
    closed = {(one.scheme, one.starts_on) for one in rounds if one.state == State.CLOSED}
    is_known = asked in map(year_code, choices)
    if request.method == "POST":
        if not is_known:
            raise BadInput(
                "没有写明是哪一年度，或学校没有这个年度，没有登记。请回到年度登记页重新选。"
            )
        return _close(request, found, chosen_year(choices, asked, closed))
    gone = asked and not is_known
    chosen = _kept(found, rounds, asked) if gone else chosen_year(choices, asked, closed)
    if gone and chosen is None:
        raise Http404
    context = {
        "school": found,
        "choices": [(year_code(one), one) for one in choices],
        "year": chosen,
        "code": year_code(chosen) if chosen else "",
    }
    if chosen:
        own = [one for one in rounds if _is_of(one, chosen)]
        context |= _year_context(request, chosen, own)
        next_one = chosen_year(choices, "", closed)
        over = next_one and next_one.span.end <= today() and next_one != chosen
        context["next"] = (year_code(next_one), next_one) if next_one and over else None
    return show(request, "verification/year.html", context)


def _kept(school: Organisation, rounds: list[YearClosing], code: str) -> closings.Year | None:
    """Return a year that was closed once by a scheme that the school may have given up since."""
    for one in rounds:
        if f"{one.scheme}@{one.starts_on.isoformat()}" == code:
            return closings.Year(school, scheme_of(one.scheme, one.version), one.span)
    return None


def _is_of(closing: YearClosing, year: closings.Year) -> bool:
    return (closing.scheme, closing.starts_on) == (year.scheme.id, year.span.start)


def _year_context(
    request: TeacherRequest, year: closings.Year, rounds: list[YearClosing]
) -> dict[str, Any]:
    closed = next((one for one in rounds if one.state == State.CLOSED), None)
    people = list(closings.staff_of(year.school, year.span, today()))
    lines = closings.lines_frozen(closed) if closed else closings.lines_now(people, year)
    undecided = closings.waiting_in(year.school, year.span, [one.pk for one in people])
    waiting = list(undecided.select_related("teacher")[: MOST_WAITING + 1])
    open_ones = [one for one in lines if not one.met]
    only = request.GET.get("show", "open")
    wanted = open_ones if only == "open" else lines
    page = Paginator(wanted, PAGE).get_page(request.GET.get("page"))
    seen = [one.teacher for one in page.object_list]
    seen += [one.teacher for one in waiting[:MOST_WAITING]]
    note_look(seen, LISTED, by=request.teacher, at=timezone.now(),
              detail={"what": f"{year.school.name} {year.name}"})  # fmt: skip
    return {
        "closed": closed,
        "page": page,
        "earlier": [one for one in rounds if one.state == State.REOPENED],
        "lines": list(page.object_list),
        "only": only,
        "all_count": len(lines),
        "met_count": len(lines) - len(open_ones),
        "open_count": len(open_ones),
        "changes": sum(one.changes for one in lines),
        "waiting": waiting[:MOST_WAITING],
        "records_open": holds_at(request.teacher, "see_hours", year.school),
        "more_waiting": len(waiting) > MOST_WAITING,
        "is_over": year.span.end <= today(),
    }


def _close(
    request: TeacherRequest, found: Organisation, chosen: closings.Year | None
) -> HttpResponse:
    if chosen is None:
        raise Http404
    leave_open = request.POST.get("leave_open") == "1"
    address = f"{reverse('verification:year', args=[found.uid])}?year={year_code(chosen)}"
    if closings.staff_of(found, chosen.span, today()).count() > AT_ONCE:
        return _in_background(request, found, year_code(chosen), leave_open=leave_open)
    closed = closing_deeds.close_year(
        chosen, leave_open=leave_open, by=request.teacher, at=timezone.now()
    )
    said = _("%(year)s已登记，%(count)d 位教师的情况已封存。") % {
        "year": chosen.name, "count": closed.count,
    }  # fmt: skip
    messages.success(request, said)
    return redirect(address)


def _in_background(
    request: TeacherRequest, found: Organisation, code: str, *, leave_open: bool
) -> HttpResponse:
    job = jobs.start(
        "verification.close",
        title=f"{found.name} {_('年度登记')}",
        detail={"organisation": str(found.uid), "year": code, "leave_open": leave_open},
        by=request.teacher,
        organisation=found,
        at=timezone.now(),
    )
    return redirect("jobs:job", uid=job.uid)


@login_required
@require_POST
def close_all(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Close the last year that is over for every school below, in the background."""
    found = organisation(request, uid)
    return _in_background(request, found, "", leave_open=request.POST.get("leave_open") == "1")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Open a closed year again, with a reason."""
    rows = YearClosing.objects.select_related("organisation")
    closed = get_allowed(may_reopen_year, request.teacher, rows, uid)
    code = f"{closed.scheme}@{closed.starts_on.isoformat()}"
    back = f"{reverse('verification:year', args=[closed.organisation.uid])}?year={code}"

    def deed(data: Mapping[str, Any]) -> str:
        closing_deeds.reopen_year(
            closed, because=data["because"], by=request.teacher, at=timezone.now()
        )
        return back

    context = {"closed": closed, "back_url": back}
    done = _("已重开。改好以后请再登记一次，前一轮的快照仍然保留。")
    form = BecauseForm(request.POST or None)
    return ask(request, form, deed, done=done, page="verification/reopen.html", context=context)


@login_required
@require_safe
def snapshot(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show what one teacher had reached when a year was closed; ready to be printed."""
    rows = YearSnapshot.objects.shown().select_related("teacher", "closing__organisation")
    row = get_allowed(may_see_snapshot, request.teacher, rows, uid)
    note_look([row.teacher], HOURS, by=request.teacher, at=timezone.now())
    later = closings.entries_after(row.closing).filter(teacher=row.teacher)
    changes = list(later.select_related("record").order_by("posted_at", "pk")[:PAGE])
    context = {
        "row": row,
        "closing": row.closing,
        "data": row.standing,
        "asked": [one for one in row.standing["requirements"] if one["due"]],
        "others": [one for one in row.standing["requirements"] if not one["due"]],
        "excused": [(WORDS.get(code, code), start, end) for code, start, end in
                    row.standing["exemptions"]],
        "changes": changes,
        "own": row.teacher_id == request.teacher.pk,
        "day": day_of(row.made_at),
    }  # fmt: skip
    return show(request, "verification/snapshot.html", context)
