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

from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation
from yanxiu.people.models.teacher import today
from yanxiu.terms import actions
from yanxiu.terms.forms import DayOffForm, TermForm
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
    context = {
        "terms": [
            (term, term.pk in mine, term.starts_on <= day < term.ends_on, week_number(term, day))
            for term in rows.order_by("-starts_on")[:MOST]
        ],
        "days_off": [
            (row, row.pk in own_off) for row in off.select_related("organisation")[: 2 * MOST]
        ],
        "schools": _schools(request).count(),
    }
    return show(request, "terms/terms.html", context)


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
    above = {int(part) for path in paths for part in path.split(".") if part}
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
    """Set a new term."""
    _require_right(request)
    initial = _next_half(today())
    form = TermForm(request.POST or None, schools=_schools(request), initial=initial)
    return _ask(request, form, _save_term(request), done=_("学期已设好。"), heading=_("设置学期"))


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


@login_required
@require_POST
def remove_day_off(request: TeacherRequest, pk: int) -> HttpResponse:
    """Take days off out of the calendar."""
    rows = DayOff.objects.select_related("organisation")
    found = allowed(may_manage_term, request.teacher, rows).filter(pk=pk).first()
    if found is None:
        raise Http404
    actions.remove_day_off(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("已从校历中去掉；已经安排的场次不变。"))
    return redirect("terms:terms")
