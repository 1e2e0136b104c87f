"""Beginning a plan: an empty one, one's own, a scheme, or a copy of the one before."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.people.models.teacher import today
from yanxiu.planning import actions
from yanxiu.planning.actions.carrying import carried
from yanxiu.planning.comparing import differences
from yanxiu.planning.forms import CopyForm, StartForm
from yanxiu.planning.freezing import content_of, parts_of
from yanxiu.planning.models import CarryOver, Plan
from yanxiu.planning.permissions import may_manage_plan, may_see_plan
from yanxiu.planning.views.listing import owners_of
from yanxiu.planning.views.shown import Owners, managed_plan, read_or_post, seen_plan
from yanxiu.terms.models import Term
from yanxiu.terms.queries import term_on, terms_below, terms_of
from yanxiu.texts.numerals import whole_number
from yanxiu.ui.asking import kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

MOST_PARENTS = 200


def known_terms(organisation: Organisation | None) -> Any:
    """Return the terms in force for an organisation; a superior without own ones uses its schools'.

    As a queryset, newest first.
    """
    if organisation is None:
        return Term.objects.none()
    found = terms_of(organisation) or terms_below(organisation)
    return Term.objects.filter(pk__in=[term.pk for term in found]).order_by("-starts_on")


def parents_for(teacher: Teacher, organisations: list[int] | None = None) -> Any:
    """Return the plans that a new one may follow, of those that the teacher sees."""
    rows = Plan.objects.filter(teacher=None).exclude(kind=Plan.Kind.SCHEME)
    if organisations is not None:
        rows = rows.filter(organisation__in=organisations)
    return allowed(may_see_plan, teacher, rows).order_by("-term__starts_on", "id")


def _fitting(organisation: Organisation, chosen: Term) -> Term:
    """Return the term of the same half year that is in force for `organisation`."""
    half = (chosen.school_year, chosen.half)
    terms = terms_of(organisation)
    return next((term for term in terms if (term.school_year, term.half) == half), chosen)


def _usual_title(term: Term, who: object, period: str) -> str:
    words = dict(Plan.Period.choices)
    if period in {Plan.Period.TERM, ""}:
        return _("%(term)s%(unit)s研修计划") % {"term": term, "unit": who}
    return _("%(unit)s%(period)s研修计划（%(year)s年起）") % {
        "unit": who,
        "period": words[Plan.Period(period)],
        "year": term.school_year,
    }


@login_required
@read_or_post
def start(request: TeacherRequest) -> HttpResponse:
    """Begin an empty plan, or one's own."""
    teacher = request.teacher
    own = request.GET.get("own") == "1" or request.POST.get("owner") == "me"
    owners = Owners(teacher) if own else owners_of(teacher)
    if own and not teacher.posts_today:
        raise Http404
    terms = known_terms(teacher.organisation)
    current = term_on(teacher.organisation, today()) if teacher.organisation else None
    choices = [("me", _("我自己"))] if own else owners.choices
    form = StartForm(
        request.POST or None,
        owners=choices,
        terms=terms,
        parents=parents_for(teacher),
        initial={"term": current.pk if current else None, "kind": "work", **_wanted(request)},
    )
    if own:
        for name in ("kind", "project", "superior"):
            del form.fields[name]
    if request.method == "POST" and form.is_valid():
        with kept_in(form):
            plan = _begin(dict(form.cleaned_data), owners, teacher)
            messages.success(request, _("计划已新建，请添加目标、时间和每月安排，再确认。"))
            return redirect("planning:plan", uid=plan.uid)
    context: dict[str, Any] = {
        "form": form,
        "no_terms": not terms.exists(),
        "own": own,
        "apart": ("starts_on", "last_on", "project"),
    }
    return show(
        request, "planning/start.html", context, status=UNPROCESSABLE if form.errors else 200
    )


def _wanted(request: TeacherRequest) -> dict[str, str]:
    """Return what a link to the page fills in."""
    names = ("kind", "period", "term", "parent", "title")
    return {name: request.GET[name] for name in names if request.GET.get(name)}


def _begin(given: dict[str, Any], owners: Owners, teacher: Teacher) -> Plan:
    period = given["period"] or Plan.Period.TERM
    last: date | None = given.pop("last_on")
    dates = {"starts_on": given["starts_on"], "ends_on": last + timedelta(days=1) if last else None}
    if given["owner"] == "me":
        organisation = teacher.organisation
        term = _fitting(organisation, given["term"])
        title = given["title"].strip() or _usual_title(term, teacher.name, period)
        return actions.start_personal_plan(
            organisation, term, title, by=teacher, at=timezone.now(), period=period,
            parent=given["parent"], **dates,
        )  # fmt: skip
    organisation, unit = owners.of(given["owner"])
    term = _fitting(organisation, given["term"])
    who: Unit | str = unit or organisation.name
    return actions.start_plan(
        organisation,
        term,
        given["title"].strip() or _usual_title(term, given["project"] or who, period),
        unit=unit,
        kind=given["kind"] or Plan.Kind.WORK,
        period=period,
        project=given["project"].strip(),
        superior=given["superior"].strip(),
        parent=given["parent"],
        by=teacher,
        at=timezone.now(),
        **dates,
    )


@login_required
@read_or_post
def scheme(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Begin an implementation scheme under a plan."""
    found = managed_plan(request.teacher, uid)
    if request.method == "POST":
        made = actions.start_scheme(
            found, request.POST.get("title", ""), by=request.teacher, at=timezone.now()
        )
        messages.success(request, _("实施方案已新建，请写步骤、负责人和日期。"))
        return redirect("planning:plan", uid=made.uid)
    return show(request, "planning/scheme.html", {"plan": found})


# ---- from the plan before ----
@login_required
@read_or_post
def copy(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Make the plan of another term from this one, part by part."""
    teacher = request.teacher
    found = seen_plan(teacher, uid)
    terms = known_terms(found.organisation)
    later = terms.filter(starts_on__gt=found.term.starts_on).order_by("starts_on").first()
    form = CopyForm(
        request.POST or None,
        terms=terms,
        initial={
            "term": later.pk if later else None,
            "title": _usual_title(later, found.unit or found.teacher or found.organisation, "")
            if later
            else found.title,
        },
    )
    parts = [part for _word, part in parts_of(found)]
    if request.method == "POST" and form.is_valid():
        dropped = {
            part.uid: request.POST.get(f"because-{part.uid}", "")
            for part in parts
            if f"keep-{part.uid}" not in request.POST and f"shown-{part.uid}" in request.POST
        }
        with kept_in(form):
            made = actions.copy_plan(
                found, form.cleaned_data["term"], form.cleaned_data["title"],
                dropped=dropped, by=teacher, at=timezone.now(),
            )  # fmt: skip
            messages.success(request, _("新计划已建好，是草稿；改动和不再沿用的都有记录。"))
            return redirect("planning:carried", uid=made.uid)
    context = {"plan": found, "form": form, "parts": list(parts_of(found))}
    return show(
        request, "planning/copy.html", context, status=UNPROCESSABLE if form.errors else 200
    )


@login_required
@read_or_post
def carried_page(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show what became of the plan before; drop a part of it or say why it was kept."""
    found = seen_plan(request.teacher, uid)
    if found.copied_from is None:
        raise Http404
    if request.method == "POST":
        managed_plan(request.teacher, uid)
        wanted = whole_number(request.POST.get("row", "")) or 0
        row = CarryOver.objects.filter(plan=found, pk=wanted).first()
        if row is None:
            raise Http404
        does = actions.drop_carried if "drop" in request.POST else actions.explain_carried
        because = request.POST.get("because", "")
        does(found, row.origin_id, because=because, by=request.teacher, at=timezone.now())
        messages.success(request, _("已记下。"))
        return redirect("planning:carried", uid=found.uid)
    own = Plan.objects.filter(pk=found.pk)
    may_manage = allowed(may_manage_plan, request.teacher, own).exists()
    before = content_of(found.copied_from)
    context = {
        "plan": found,
        "rows": carried(found),
        "may_manage": may_manage and found.is_in_hand,
        "differences": differences(before, content_of(found)),
    }
    return show(request, "planning/carried.html", context)
