"""Writing a plan by hand: adding, changing and removing parts, and settling when a unit meets."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Teacher, Unit
from yanxiu.people.models.teacher import today
from yanxiu.planning import actions
from yanxiu.planning.actions.adding import timing_in
from yanxiu.planning.actions.kept import months_of
from yanxiu.planning.burden import Burden, burden_of_quota
from yanxiu.planning.form_fields import month_code
from yanxiu.planning.forms import RhythmForm
from yanxiu.planning.freezing import PARTS
from yanxiu.planning.models import Plan, PlanItem, PlanPart, Quota, Rhythm
from yanxiu.planning.part_forms import (
    TAGS,
    GoalForm,
    ItemForm,
    NoteForm,
    QuotaForm,
    RhythmPartForm,
    YearForm,
)
from yanxiu.planning.permissions import may_manage_plan, may_set_rhythm
from yanxiu.planning.views.people import names_of, teacher_called
from yanxiu.planning.views.shown import managed_plan, read_or_post
from yanxiu.ui.asking import kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

FORMS: dict[str, Any] = {
    "goal": GoalForm,
    "quota": QuotaForm,
    "rhythm": RhythmPartForm,
    "item": ItemForm,
    "note": NoteForm,
    "year": YearForm,
}


def titles() -> dict[str, str]:
    """Return what the page of each kind of part is called."""
    return {
        "goal": _("添加目标"),
        "quota": _("添加数量要求"),
        "rhythm": _("添加固定时间"),
        "item": _("添加每月事项"),
        "note": _("添加一段文字"),
        "year": _("添加一年"),
    }


@login_required
@read_or_post
def add(request: TeacherRequest, uid: UUID, kind: str) -> HttpResponse:
    """Add a part to a plan; what a quota costs is shown before it is asked of anybody."""
    found = managed_plan(request.teacher, uid)
    if kind not in FORMS:
        raise Http404
    form = FORMS[kind](request.POST or None, plan=found)
    burden = None
    if request.method == "POST" and form.is_valid():
        burden = _burden_first(request, found, kind, form)
        if burden is None:
            with kept_in(form):
                _add(found, kind, dict(form.cleaned_data), request.teacher)
                messages.success(request, _("已添加。"))
                if "more" in request.POST:
                    return redirect("planning:add", uid=found.uid, kind=kind)
                return redirect("planning:plan", uid=found.uid)
    return _page(request, found, kind, form, title=titles()[kind], burden=burden)


def _page(
    request: TeacherRequest,
    found: Plan,
    kind: str,
    form: forms.Form,
    *,
    title: str,
    burden: Burden | None = None,
    part: PlanPart | None = None,
) -> HttpResponse:
    context = {
        "plan": found,
        "form": form,
        "title": title,
        "kind": kind,
        "part": part,
        "burden": burden,
        "names": names_of(found.organisation) if kind == "item" else [],
        "tags": TAGS if kind == "goal" else (),
        "earlier": _earlier_texts(found, request.teacher) if kind == "note" and not part else [],
    }
    return show(request, "planning/add.html", context, status=UNPROCESSABLE if form.errors else 200)


def _earlier_texts(found: Plan, teacher: Teacher) -> list[Any]:
    """Return texts of earlier plans of the same school, to be used again."""
    rows = PARTS["note"]._default_manager.filter(
        plan__organisation=found.organisation_id, plan__teacher=found.teacher_id
    )
    mine = Plan.objects.filter(may_manage_plan(teacher))
    kinds = ("guiding", "principle", "approach", "philosophy", "motto", "safeguard")
    rows = rows.filter(plan__in=mine, kind__in=kinds).exclude(plan=found)
    texts: dict[str, Any] = {}
    for row in rows.select_related("plan").order_by("-plan__made_at", "order")[:60]:
        texts.setdefault(row.text, row)  # type: ignore[attr-defined]
    return list(texts.values())[:10]


def _burden_first(
    request: TeacherRequest, found: Plan, kind: str, form: forms.Form
) -> Burden | None:
    """Return what a quota costs where that has to be seen first: asked for, or in force at once."""
    if kind != "quota":
        return None
    in_force = found.state == Plan.State.CONFIRMED
    if "preview" in request.POST or (in_force and "seen" not in request.POST):
        given = {name: form.cleaned_data[name] for name in Quota.CONTENT}
        return burden_of_quota(Quota(plan=found, **given), found, today())
    return None


def _add(found: Plan, kind: str, given: dict[str, Any], teacher: Teacher) -> None:
    if kind == "item":
        given["owner"] = teacher_called(given["owner"], found.organisation)
        repeats = given.pop("repeats")
        if repeats and given["month"] and given["until"]:
            given.pop("on")
            actions.add_recurring(found, by=teacher, at=timezone.now(), **given)
            return
    adding: dict[str, Callable[..., Any]] = {
        "goal": actions.add_goal,
        "quota": actions.add_quota,
        "rhythm": actions.add_rhythm,
        "item": actions.add_item,
        "note": actions.add_note,
        "year": actions.add_year_row,
    }
    adding[kind](found, by=teacher, at=timezone.now(), **given)


# ---- changing ----
def _part(found: Plan, kind: str, uid: object) -> PlanPart:
    model = PARTS.get(kind)
    if model is None:
        raise Http404
    try:
        part = model._default_manager.select_related("plan").filter(plan=found, uid=UUID(str(uid)))
    except ValueError:
        raise Http404 from None
    row = part.first()
    if row is None:
        raise Http404
    row.plan = found
    return row


@login_required
@read_or_post
def edit(request: TeacherRequest, uid: UUID, kind: str, part: UUID) -> HttpResponse:
    """Change a part of a plan; in a plan in force with a reason."""
    found = managed_plan(request.teacher, uid)
    row = _part(found, kind, part)
    if kind not in FORMS:
        raise Http404
    form = FORMS[kind](request.POST or None, plan=found, initial=_initial(row))
    form.fields.pop("repeats", None)
    if kind == "goal":
        form.fields["parent"].queryset = form.fields["parent"].queryset.exclude(pk=row.pk)
    if request.method == "POST" and form.is_valid():
        with kept_in(form):
            given = dict(form.cleaned_data)
            because = given.pop("because", "")
            changes = _changes(found, row, given)
            actions.edit_part(row, changes, because=because, by=request.teacher, at=timezone.now())
            messages.success(request, _("已修改。"))
            return redirect("planning:plan", uid=found.uid)
    return _page(request, found, kind, form, title=_("修改：%(part)s") % {"part": row}, part=row)


def _initial(row: PlanPart) -> dict[str, Any]:
    """Return what the form shows of a part as it stands."""
    given = {name: getattr(row, name) for name in row.CONTENT}
    for name in ("parent", "tier", "role", "unit", "goal", "upper"):
        if name in given:
            given[name] = getattr(row, f"{name}_id")
    if "tags" in given:
        given["tags"] = "、".join(given["tags"])
    if isinstance(row, PlanItem):
        months = months_of(row.plan.span)
        given["month"] = month_code(row.month, months)
        given["until"] = month_code(row.until, months) if row.until else ""
        given["owner"] = row.owner.name if row.owner else ""
    return given


def _changes(found: Plan, row: PlanPart, given: dict[str, Any]) -> dict[str, Any]:
    """Return the columns that the answers mean."""
    if isinstance(row, PlanItem):
        given["owner"] = teacher_called(given["owner"], found.organisation)
        timing = timing_in(found, given.pop("month"), given.pop("until"), given.pop("on"))
        given |= {"month": timing.month, "on": timing.on, "last_on": timing.last_on}
    if isinstance(row, Rhythm) and given.get("unit"):
        given["name"] = given["unit"].name
    return given


@login_required
@require_POST
def remove(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take a part out of a plan."""
    found = managed_plan(request.teacher, uid)
    row = _part(found, request.POST.get("kind", ""), request.POST.get("part", ""))
    because = request.POST.get("because", "")
    actions.remove_part(row, because=because, by=request.teacher, at=timezone.now())
    messages.success(request, _("已删去。"))
    return redirect("planning:plan", uid=found.uid)


@login_required
@read_or_post
def rhythm(request: TeacherRequest, uid: UUID, part: UUID) -> HttpResponse:
    """Settle when a unit meets."""
    rows = Rhythm.objects.select_related("plan__organisation", "plan__term", "unit")
    found = get_allowed(may_set_rhythm, request.teacher, rows.filter(plan__uid=uid), part)
    own = Plan.objects.filter(pk=found.plan_id)
    manages = allowed(may_manage_plan, request.teacher, own).exists()
    fields = ("weekday", "half_day", "starts_at", "minutes", "every_weeks", "from_week",
              "times_a_month", "place")  # fmt: skip
    initial = {"unit": found.unit_id, **{name: getattr(found, name) for name in fields}}
    units = Unit.objects.filter(organisation=found.plan.organisation, ends_on=None)
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
