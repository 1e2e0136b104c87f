"""Terms and the exceptions of the calendar."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanxiu.kernel.spans import Span
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation
from yanxiu.people.models.organisation import lineage_of
from yanxiu.people.models.teacher import today
from yanxiu.terms import actions
from yanxiu.terms.forms import DayOffForm, HolidaysForm, NewTermForm, TermForm
from yanxiu.terms.holidays import suggestions
from yanxiu.terms.models import DayOff, Term
from yanxiu.terms.permissions import may_manage_term
from yanxiu.terms.queries import week_number
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show

MOST = 50
_SUMMER = 6
"""The month from which the autumn term is the one in sight."""


@login_required
def terms(request: TeacherRequest) -> HttpResponse:
    """List terms and days off in force for the reader's schools."""
    _require_right(request)
    day = today()
    rows = Term.objects.filter(_concerned(request)).select_related("organisation")
    mine = set(allowed(may_manage_term, request.teacher, rows).values_list("pk", flat=True))
    off = DayOff.objects.filter(_concerned(request), ends_on__gte=day - timedelta(days=200))
    own_off = set(allowed(may_manage_term, request.teacher, off).values_list("pk", flat=True))
    off_rows = list(off.select_related("organisation")[: 2 * MOST])
    ahead = [term for term in rows if term.pk in mine and term.ends_on > day]
    context = {
        "without_holidays": [term for term in ahead if _lacks_holidays(term, off_rows)],
        "terms": [
            (term, term.pk in mine, term.starts_on <= day < term.ends_on, week_number(term, day))
            for term in rows.order_by("-starts_on")[:MOST]
        ],
        "days_off": [(row, row.pk in own_off) for row in off_rows],
        "schools": _schools(request).count(),
    }
    return show(request, "terms/terms.html", context)


def _lacks_holidays(term: Term, off: list[DayOff]) -> bool:
    """Tell whether a term passes national holidays and nobody has registered any day off in it."""
    registered = any(row.starts_on < term.ends_on and row.ends_on > term.starts_on for row in off)
    return not registered and bool(suggestions(term.span))


def _next_half(day: date) -> dict[str, int]:
    """Return the half year that somebody most likely sets up on `day`."""
    autumn = day.month >= _SUMMER
    half = Term.Half.FIRST if autumn else Term.Half.SECOND
    return {"school_year": day.year if autumn else day.year - 1, "half": half}


def _require_right(request: TeacherRequest) -> None:
    if not request.teacher.holds("manage_terms"):
        raise Http404


def _schools(request: TeacherRequest) -> "QuerySet[Organisation]":
    rows = Organisation.objects.filter(pk__in=request.teacher.reach("manage_terms"))
    return rows.order_by("path")


def _concerned(request: TeacherRequest) -> Q:
    """Rows of the schools the reader manages and of those above."""
    paths = request.teacher.reach_paths("manage_terms")
    above = {pk for path in paths for pk in lineage_of(path)}
    return Q(organisation__in=above) | Q(organisation__in=request.teacher.reach("manage_terms"))


def _ask(
    request: TeacherRequest,
    form: django_forms.Form,
    deed: Callable[[Mapping[str, Any]], object],
    *,
    done: str,
    heading: str,
) -> HttpResponse:
    """Ask by the form page of terms, and go back to the list."""

    def then_back(data: Mapping[str, Any]) -> str:
        deed(data)
        return "terms:terms"

    context = {"heading": heading, "back_url": reverse("terms:terms")}
    return ask(request, form, then_back, done=done, page="terms/form.html", context=context)


def _save_term(request: TeacherRequest) -> Callable[[Mapping[str, Any]], object]:
    def deed(data: Mapping[str, Any]) -> object:
        rest = {name: value for name, value in data.items() if name != "organisation"}
        school = data["organisation"]
        return actions.set_term(school, by=request.teacher, at=timezone.now(), **rest)

    return deed


@login_required
def new_term(request: TeacherRequest) -> HttpResponse:
    """Set a new term; one that is there already changes only if that is said."""
    _require_right(request)
    initial = _next_half(today())
    form = NewTermForm(request.POST or None, schools=_schools(request), initial=initial)
    done = _("学期已设好。请看看放假和调休登记了没有。")
    return _ask(request, form, _save_term(request), done=done, heading=_("设置学期"))


@login_required
def edit_term(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Change the days of a term."""
    term = get_allowed(
        may_manage_term, request.teacher, Term.objects.select_related("organisation"), uid
    )
    initial = {
        "school_year": term.school_year,
        "half": term.half,
        "starts_on": term.starts_on,
        "last_on": term.span.last,
    }
    schools = _schools(request).filter(pk=term.organisation_id)
    form = TermForm(request.POST or None, schools=schools, initial=initial)
    for name in ("school_year", "half"):
        form.fields[name].disabled = True
    return _ask(request, form, _save_term(request), done=_("学期已保存。"), heading=str(term))


@login_required
def new_day_off(request: TeacherRequest) -> HttpResponse:
    """Add days without school, or make-up days."""
    _require_right(request)
    form = DayOffForm(request.POST or None, schools=_schools(request))

    def deed(data: Mapping[str, Any]) -> object:
        rest = {name: value for name, value in data.items() if name != "organisation"}
        school = data["organisation"]
        return actions.set_day_off(school, by=request.teacher, at=timezone.now(), **rest)

    return _ask(request, form, deed, done=_("已记入校历。"), heading=_("放假与调休"))


def _day_off(request: TeacherRequest, pk: int) -> DayOff:
    rows = DayOff.objects.select_related("organisation")
    found = allowed(may_manage_term, request.teacher, rows).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@login_required
def edit_day_off(request: TeacherRequest, pk: int) -> HttpResponse:
    """Change days off or make-up days."""
    row = _day_off(request, pk)
    initial = {
        "name": row.name,
        "kind": row.kind,
        "starts_on": row.starts_on,
        "last_on": row.span.last,
        "taught_as": row.taught_as or "",
    }
    schools = _schools(request).filter(pk=row.organisation_id)
    form = DayOffForm(request.POST or None, schools=schools, initial=initial)

    def deed(data: Mapping[str, Any]) -> object:
        rest = {name: value for name, value in data.items() if name != "organisation"}
        return actions.change_day_off(row, by=request.teacher, at=timezone.now(), **rest)

    return _ask(request, form, deed, done=_("校历已保存；已经安排的场次不变。"), heading=row.name)


@login_required
def holidays(request: TeacherRequest) -> HttpResponse:
    """Offer the national holidays of a year; each is taken over only if somebody says so."""
    _require_right(request)
    year = _year(request)
    schools = _schools(request)
    offered = suggestions(Span(date(year, 1, 1), date(year + 1, 1, 1)))
    uid = _uid(request)
    named = schools.filter(uid=uid).first() if uid else None
    chosen = named or schools.first()
    there = DayOff.objects.filter(organisation=chosen, ends_on__gt=date(year, 1, 1))
    taken = {(row.kind, day) for row in there for day in row.span.days()}
    fresh = [one for one in offered if not any((one.kind, day) in taken for day in one.span.days())]
    initial = {"organisation": str(chosen.uid) if chosen else ""}
    form = HolidaysForm(request.POST or None, schools=schools, offered=fresh, initial=initial)

    def deed(data: Mapping[str, Any]) -> object:
        return actions.accept_holidays(
            data["organisation"], form.accepted(), by=request.teacher, at=timezone.now()
        )

    context = {
        "heading": _("国家法定节假日"),
        "back_url": reverse("terms:terms"),
        "year": year,
        "years": range(today().year - 1, today().year + 2),
        "is_known": bool(offered),
        "there": len(offered) - len(fresh),
        "fresh": fresh,
    }

    def then_back(data: Mapping[str, Any]) -> str:
        deed(data)
        return "terms:terms"

    done = _("已记入校历，可以逐条修改。")
    return ask(request, form, then_back, done=done, page="terms/holidays.html", context=context)


def _year(request: TeacherRequest) -> int:
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= 4 else 0  # noqa: PLR2004
    return year if actions.FIRST.year <= year < actions.LAST.year else today().year


def _uid(request: TeacherRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("organisation") or request.GET.get("organisation", ""))
    except ValueError:
        return None


@login_required
@require_POST
def remove_day_off(request: TeacherRequest, pk: int) -> HttpResponse:
    """Take days off out of the calendar."""
    actions.remove_day_off(_day_off(request, pk), by=request.teacher, at=timezone.now())
    messages.success(request, _("已从校历中去掉；已经安排的场次不变。"))
    return redirect("terms:terms")
