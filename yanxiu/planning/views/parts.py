"""Writing a plan by hand: adding and removing parts, and settling when a unit meets."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.planning import actions
from yanxiu.planning.actions.kept import months_of
from yanxiu.planning.forms import GoalForm, ItemForm, QuotaForm, RhythmForm
from yanxiu.planning.models import Goal, Plan, PlanItem, PlanNote, Quota, Rhythm
from yanxiu.planning.permissions import may_set_rhythm
from yanxiu.planning.views.people import names_of, teacher_called
from yanxiu.planning.views.shown import managed_plan, read_or_post
from yanxiu.ui.asking import kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

PARTS: dict[str, Any] = {
    "goal": Goal,
    "quota": Quota,
    "rhythm": Rhythm,
    "item": PlanItem,
    "note": PlanNote,
}


def units_of(organisation: Organisation) -> "QuerySet[Unit]":
    """Return the living units of `organisation`."""
    return Unit.objects.filter(organisation=organisation, ends_on=None)


def _form(kind: str, found: Plan, data: Any) -> forms.Form:
    makers: dict[str, Callable[[], forms.Form]] = {
        "goal": lambda: GoalForm(data),
        "quota": lambda: QuotaForm(data),
        "rhythm": lambda: RhythmForm(
            data, units=units_of(found.organisation), initial={"unit": found.unit_id}
        ),
        "item": lambda: ItemForm(data, months=months_of(found.term.span)),
    }
    if kind not in makers:
        raise Http404
    return makers[kind]()


def _titles() -> dict[str, str]:
    return {
        "goal": _("添加目标"),
        "quota": _("添加数量要求"),
        "rhythm": _("添加固定时间"),
        "item": _("添加每月事项"),
    }


@login_required
@read_or_post
def add(request: TeacherRequest, uid: UUID, kind: str) -> HttpResponse:
    """Add a goal, a quota, a weekly slot or an item to a plan."""
    found = managed_plan(request.teacher, uid)
    form = _form(kind, found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with kept_in(form):
            _add(found, kind, dict(form.cleaned_data), request.teacher)
            messages.success(request, _("已添加。"))
            if "more" in request.POST:
                return redirect("planning:add", uid=found.uid, kind=kind)
            return redirect("planning:plan", uid=found.uid)
    context = {
        "plan": found,
        "form": form,
        "title": _titles()[kind],
        "kind": kind,
        "names": names_of(found.organisation) if kind == "item" else [],
    }
    return show(request, "planning/add.html", context, status=UNPROCESSABLE if form.errors else 200)


def _add(found: Plan, kind: str, given: dict[str, Any], teacher: Teacher) -> None:
    if kind == "item":
        given["owner"] = teacher_called(given["owner"], found.organisation)
    adding: dict[str, Callable[..., Any]] = {
        "goal": actions.add_goal,
        "quota": actions.add_quota,
        "rhythm": actions.add_rhythm,
        "item": actions.add_item,
    }
    adding[kind](found, by=teacher, at=timezone.now(), **given)


@login_required
@require_POST
def remove(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take a part out of a draft."""
    found = managed_plan(request.teacher, uid)
    model = PARTS.get(request.POST.get("kind", ""))
    if model is None:
        raise Http404
    try:
        part = (
            model.objects.select_related("plan")
            .filter(plan=found, uid=UUID(request.POST.get("part", "")))
            .first()
        )
    except ValueError:
        raise Http404 from None
    if part is None:
        raise Http404
    actions.remove_part(part, by=request.teacher, at=timezone.now())
    messages.success(request, _("已删去。"))
    return redirect("planning:plan", uid=found.uid)


@login_required
@read_or_post
def rhythm(request: TeacherRequest, uid: UUID, part: UUID) -> HttpResponse:
    """Settle when a unit meets."""
    rows = Rhythm.objects.select_related("plan__organisation", "unit").filter(plan__uid=uid)
    found = get_allowed(may_set_rhythm, request.teacher, rows, part)
    manages = Plan.objects.filter(
        Q(organisation__in=request.teacher.reach("manage_plans"))
        | Q(unit__in=request.teacher.leads),
        pk=found.plan_id,
    ).exists()
    fields = ("weekday", "half_day", "starts_at", "minutes", "every_weeks", "place")
    initial = {"unit": found.unit_id, **{name: getattr(found, name) for name in fields}}
    units = units_of(found.plan.organisation)
    if not manages:
        units = units.filter(pk=found.unit_id or 0)
    form = RhythmForm(request.POST or None, units=units, initial=initial)
    if request.method == "POST" and form.is_valid():
        with kept_in(form):
            actions.set_rhythm(found, by=request.teacher, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("时间已定好。已经排出的场次不变，新的时间要重新排期。"))
            return redirect("planning:plan", uid=uid)
    context = {"plan": found.plan, "rhythm": found, "form": form}
    return show(
        request, "planning/rhythm.html", context, status=UNPROCESSABLE if form.errors else 200
    )
