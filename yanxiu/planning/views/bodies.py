"""The page that takes the leading group of a plan over into the organisation."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.people.access import TeacherRequest, allowed, holds_at
from yanxiu.people.models import Membership, Post, Unit
from yanxiu.people.models.teacher import today
from yanxiu.planning.actions.bodies import Filled, NamedDuty, duties_named, set_up_body
from yanxiu.planning.actions.confirming import teachers_named
from yanxiu.planning.form_fields import day_field
from yanxiu.planning.models import Plan
from yanxiu.planning.permissions import may_manage_plan
from yanxiu.planning.views.people import names_of, teacher_called
from yanxiu.planning.views.shown import offer, read_or_post, seen_plan
from yanxiu.ui.asking import kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

USUAL_NAME = "校本研修领导小组"


class BodyForm(forms.Form):
    """Which body, from which day, and whether leaders of groups belong by rule."""

    unit = forms.ChoiceField(label=gettext_lazy("领导机构"), required=False)
    name = forms.CharField(label=gettext_lazy("新机构的名称"), max_length=60, required=False)
    starts_on = day_field(gettext_lazy("从哪天起"), required=True)
    by_rule = forms.BooleanField(
        label=gettext_lazy("各教研组组长按规则成为成员，换了组长自动跟着变"), required=False
    )

    def __init__(self, *args: Any, units: list[Unit], **options: Any) -> None:
        """Offer `units`."""
        super().__init__(*args, **options)
        known = [(str(unit.uid), unit.name) for unit in units]
        offer(self, "unit", [("", _("新建一个")), *known])


@dataclass(frozen=True)
class DutyLine:
    """One duty with its fields; `hint` says who holds the named post today."""

    duty: NamedDuty
    fields: list[tuple[str, str]]
    hint: str


@login_required
@read_or_post
def body(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show the leading group that a plan names; write it into the house."""
    found, teacher = seen_plan(request.teacher, uid), request.teacher
    may_write = holds_at(teacher, "manage_people", found.organisation)
    own = Plan.objects.filter(pk=found.pk)
    if not may_write and not allowed(may_manage_plan, teacher, own).exists():
        raise Http404
    duties = duties_named(found)
    rows = Unit.objects.filter(organisation=found.organisation, ends_on=None)
    rows = rows.exclude(kind__governs="").select_related("kind")
    units = list(rows.order_by("kind__order", "id"))
    first = next((unit for unit in units if unit.kind.governs == "decides"), None)
    initial = {
        "unit": str(first.uid) if first else "",
        "name": "" if first else USUAL_NAME,
        "starts_on": today(),
        "by_rule": any(duty.by_rule for duty in duties),
    }
    typed = request.POST if request.method == "POST" else None
    form = BodyForm(typed, units=units, initial=initial)
    if request.method == "POST":
        if not may_write:
            raise Http404
        if form.is_valid():
            with kept_in(form):
                given = dict(form.cleaned_data)
                chosen = (unit for unit in units if str(unit.uid) == given["unit"])
                unit = _set_up(request, found, duties, given | {"unit": next(chosen, None)})
                messages.success(request, _("已写入组织架构；空着的名字在那里标为空缺。"))
                return redirect("people:unit", uid=unit.uid)
    context = {
        "plan": found,
        "form": form,
        "lines": _lines(found, duties, request.POST),
        "may_write": may_write,
        "names": names_of(found.organisation) if may_write else [],
    }
    return show(
        request, "planning/body.html", context, status=UNPROCESSABLE if form.errors else 200
    )


def _set_up(
    request: TeacherRequest, found: Plan, duties: list[NamedDuty], given: dict[str, Any]
) -> Unit:
    filled = []
    for duty in duties:
        typed = request.POST.getlist(f"duty-{duty.finding.pk}")
        people = [teacher_called(name, found.organisation) for name in typed]
        filled.append(Filled(duty, [each for each in people if each is not None]))
    starts_on: date = given["starts_on"]
    return set_up_body(
        found, given["unit"] or given["name"], filled, starts_on=starts_on,
        by_rule=given["by_rule"], by=request.teacher, at=timezone.now(),
    )  # fmt: skip


def _lines(found: Plan, duties: list[NamedDuty], answers: Any) -> list[DutyLine]:
    """Return the duties with their fields: what was typed, else the named teacher, else nothing."""
    named = {name for duty in duties for name in duty.names if name}
    known = teachers_named(found.organisation, named)
    holders = _holders(found, {duty.post for duty in duties if duty.post})
    lines = []
    for duty in duties:
        typed = answers.getlist(f"duty-{duty.finding.pk}") if answers else None
        fields = [
            (name or "", (typed[place] if place < len(typed) else "") if typed is not None
             else (known[name].name if name in known else ""))
            for place, name in enumerate(duty.names)
        ]  # fmt: skip
        lines.append(DutyLine(duty, fields, holders.get(duty.post, "")))
    return lines


def _holders(found: Plan, posts: set[str]) -> dict[str, str]:
    """Return who holds each named post today; only told, never filled in."""
    if not posts:
        return {}
    rows = Post.objects.on(today()).filter(
        organisation=found.organisation, role__name__in=posts, teacher__is_active=True
    )
    names: dict[str, list[str]] = {}
    for role, name in rows.values_list("role__name", "teacher__name"):
        names.setdefault(role, []).append(name)
    leading = Membership.Duty.LEADER
    if "教研组长" in posts:
        seats = Membership.objects.on(today()).filter(
            unit__organisation=found.organisation, duty=leading
        )
        names["教研组长"] = list(seats.values_list("teacher__name", flat=True))
    return {role: "、".join(some) for role, some in names.items()}
