"""Duties and who answers for them, the chart, and what is missing."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yanxiu.people import gaps, queries
from yanxiu.people.access import TeacherRequest, get_allowed, holds_at
from yanxiu.people.actions import governing as actions
from yanxiu.people.chart import chart as draw
from yanxiu.people.forms import governing as forms
from yanxiu.people.forms.teachers import DayForm, school_day
from yanxiu.people.models import (
    Organisation,
    Post,
    Responsibility,
    ResponsibilityHolder,
    Teacher,
    Unit,
)
from yanxiu.people.models.teacher import today
from yanxiu.people.permissions import (
    may_manage_holder,
    may_manage_organisation,
    may_manage_responsibility,
    may_see_organisation,
)
from yanxiu.people.views.asking import ask
from yanxiu.ui.pages import show

PAGE = 50
CHOICES = 60
MOST = 300
"""Organisations whose gaps one page counts."""


@login_required
def chart(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Draw the organisation chart; it can be printed."""
    found = get_allowed(may_see_organisation, request.teacher, Organisation.objects.all(), uid)
    context = {
        "found": found,
        "chart": draw(found),
        "may_manage": holds_at(request.teacher, "manage_people", found),
        "today": today(),
    }
    return show(request, "people/chart.html", context)


@login_required
def checks(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show what is missing in an organisation, school by school."""
    found = get_allowed(may_see_organisation, request.teacher, Organisation.objects.all(), uid)
    within = Organisation.objects.filter(path__startswith=found.path).select_related("parent")
    rows = sorted(within[:MOST], key=lambda row: row.lineage)
    missing = gaps.gaps_of(rows)
    lines = [(row, missing[row.pk]) for row in rows]
    if request.GET.get("missing"):
        lines = [(row, found_here) for row, found_here in lines if found_here]
    page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    shown = [row for row, _gaps in page]
    first = gaps.responsible(shown, Responsibility.Code.FIRST)
    research = gaps.responsible(shown, Responsibility.Code.RESEARCH)
    offices = gaps.offices(shown)
    context = {
        "found": found,
        "page": page,
        "lines": [
            (row, here, first.get(row.pk, []), research.get(row.pk, []), offices.get(row.pk))
            for row, here in page
        ],
        "total": sum(len(one) for one in missing.values()),
        "only_missing": bool(request.GET.get("missing")),
        "large": [row for row in rows if row.is_large],
        "managed": {row.pk for row in shown if holds_at(request.teacher, "manage_people", row)},
    }
    return show(request, "people/checks.html", context)


def _chart_of(organisation: Organisation) -> str:
    return reverse("people:chart", args=[organisation.uid])


def _home_of(duty: Responsibility) -> str:
    if duty.unit:
        return reverse("people:unit", args=[duty.unit.uid])
    return _chart_of(duty.organisation)


def _managed(request: TeacherRequest, uid: UUID) -> Responsibility:
    rows = Responsibility.objects.select_related("organisation", "unit__kind", "unit__organisation")
    return get_allowed(may_manage_responsibility, request.teacher, rows, uid)


@login_required
def new_duty(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Write down a duty of an organisation, or of the unit named in the address."""
    rows = Organisation.objects.all()
    found = get_allowed(may_manage_organisation, request.teacher, rows, uid)
    unit = _unit(found, request.GET.get("unit", ""))
    form = forms.DutyForm(request.POST or None, in_unit=bool(unit), fresh=True)

    def deed(data: Mapping[str, Any]) -> str:
        facts = actions.DutyFacts(**data)
        made = actions.add_responsibility(
            found, facts, unit=unit, by=request.teacher, at=timezone.now()
        )
        return _home_of(made)

    back = reverse("people:unit", args=[unit.uid]) if unit else _chart_of(found)
    asked = {"heading": _("添加职责"), "lead": (unit or found).name, "back_url": back}
    return ask(request, form, deed, done=_("职责已写下。请接着确定由谁担任。"), context=asked)


def _unit(organisation: Organisation, text: str) -> Unit | None:
    """Return the living unit of `organisation` that the address names, if it names one."""
    if not text:
        return None
    try:
        found = organisation.units.filter(uid=UUID(text), ends_on=None).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


@login_required
def duty(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Change what a duty says."""
    found = _managed(request, uid)
    names = ("name", "text", "seat", "function", "places", "order", "retired")
    initial = {name: getattr(found, name) for name in names}
    form = forms.DutyForm(
        request.POST or None, in_unit=bool(found.unit), fresh=False, initial=initial
    )

    def deed(data: Mapping[str, Any]) -> str:
        facts = actions.DutyFacts(**{"code": found.code, **data})
        actions.edit_responsibility(found, facts, by=request.teacher, at=timezone.now())
        return _home_of(found)

    asked = {"heading": _("修改职责"), "lead": found.name, "back_url": _home_of(found)}
    return ask(request, form, deed, done=_("职责已修改。"), context=asked)


def _candidates(request: TeacherRequest, here: Organisation) -> "QuerySet[Teacher]":
    """Return who may be named: those who work here, below or above; a search narrows them."""
    near = Post.objects.on(today()).filter(
        Q(organisation__path__startswith=here.path) | Q(organisation__in=here.lineage),
        teacher=OuterRef("pk"),
    )
    people = Teacher.objects.filter(Exists(near), is_active=True)
    if request.method == "POST":
        return people
    text = request.GET.get("q", "")[:40]
    found = queries.teachers(people, queries.TeacherFilter(text=text))
    return people.filter(pk__in=list(found.values_list("pk", flat=True)[:CHOICES]))


def _ask_whom(
    request: TeacherRequest, here: Organisation, deed: Any, asked: Mapping[str, Any]
) -> HttpResponse:
    form = forms.AppointForm(
        request.POST or None,
        teachers=_candidates(request, here).order_by("pinyin", "pk"),
        initial=school_day(today()),
    )
    context = {"search": True, "text": request.GET.get("q", "")[:40], **asked}
    return ask(request, form, deed, done=_("已确定。"), context=context)


@login_required
def appoint(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Name who answers for a duty."""
    found = _managed(request, uid)

    def deed(data: Mapping[str, Any]) -> str:
        actions.appoint(found, by=request.teacher, at=timezone.now(), **data)
        return _home_of(found)

    what = _("由谁担任“%(duty)s”") % {"duty": found.name}
    asked = {"heading": what, "lead": found.text, "back_url": _home_of(found)}
    return _ask_whom(request, found.organisation, deed, asked)


@login_required
def name_responsible(request: TeacherRequest, uid: UUID, code: str) -> HttpResponse:
    """Name the first responsible person of a school, or who is in charge of its research."""
    rows = Organisation.objects.all()
    found = get_allowed(may_manage_organisation, request.teacher, rows, uid)
    if code not in {Responsibility.Code.FIRST, Responsibility.Code.RESEARCH}:
        raise Http404

    def deed(data: Mapping[str, Any]) -> str:
        actions.name_responsible(found, code, by=request.teacher, at=timezone.now(), **data)
        return _chart_of(found)

    what = _("确定%(duty)s") % {"duty": Responsibility.Code(code).label}
    asked = {"heading": what, "lead": found.name, "back_url": _chart_of(found)}
    return _ask_whom(request, found, deed, asked)


@login_required
def end_holding(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """End the term of somebody who answers for a duty."""
    rows = ResponsibilityHolder.objects.select_related(
        "responsibility__organisation", "responsibility__unit", "teacher"
    )
    found = get_allowed(may_manage_holder, request.teacher, rows, uid)
    form = DayForm(request.POST or None, initial=school_day(today()))

    def deed(data: Mapping[str, Any]) -> str:
        actions.end_holding(found, on=data["on"], by=request.teacher, at=timezone.now())
        return _home_of(found.responsibility)

    what = _("%(name)s不再担任“%(duty)s”；以后这里显示为空缺，直到确定别人。") % {
        "name": found.teacher.name,
        "duty": found.responsibility.name,
    }
    asked = {
        "heading": _("结束任期"), "sentence": what, "submit": _("结束"),
        "back_url": _home_of(found.responsibility),
    }  # fmt: skip
    return ask(request, form, deed, done=_("任期已结束。"), context=asked)
