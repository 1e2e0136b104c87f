"""Kinds of work and their headings, as a school wants them."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.people.models import Organisation
from yanxiu.people.models.teacher import today
from yanxiu.ui.asking import kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE
from yanxiu.works import actions
from yanxiu.works.forms import KindForm
from yanxiu.works.models import SectionSetting, WorkKind, WorkSection
from yanxiu.works.permissions import may_manage_work_kind
from yanxiu.works.queries.mine import kinds_for
from yanxiu.works.views.reader import manager_of


def _page(school: Organisation, form: forms.Form) -> dict[str, Any]:
    own = WorkKind.objects.filter(organisation=school).order_by("retired_on", "order")
    return {"form": form, "own": own, "sections": _sections(school)}


def _sections(school: Organisation) -> list[tuple[WorkKind, list[dict[str, Any]]]]:
    """Return each kind that has headings, with how the school uses them."""
    rows = SectionSetting.objects.filter(organisation=school)
    settings = {(row.kind_id, row.code): row for row in rows}
    found: dict[WorkKind, list[dict[str, Any]]] = {}
    kinds = kinds_for(school, today())
    for section in WorkSection.objects.filter(kind__in=kinds).select_related("kind"):
        setting = settings.get((section.kind_id, section.code))
        found.setdefault(section.kind, []).append(
            {
                "section": section,
                "used": setting.is_used if setting else True,
                "required": setting.is_required if setting else False,
                "private": setting.is_private if setting else section.is_private,
            }
        )
    return list(found.items())


def _form(school: Organisation, data: Any = None) -> KindForm:
    shipped = kinds_for(school, today()).filter(organisation=None)
    return KindForm(data, like=[(str(one.uid), one.name) for one in shipped])


@login_required
@require_safe
def kinds(request: TeacherRequest) -> HttpResponse:
    """Show the school's own kinds, and how it uses headings."""
    school = manager_of(request)
    return show(request, "works/kinds.html", _page(school, _form(school)))


@login_required
@require_POST
def kind_add(request: TeacherRequest) -> HttpResponse:
    """Add a kind of the school."""
    school = manager_of(request)
    form = _form(school, request.POST)
    if form.is_valid():
        like = WorkKind.objects.get(uid=form.cleaned_data["like"])
        with kept_in(form):
            actions.add_work_kind(
                school,
                name=form.cleaned_data["name"],
                like=like,
                headings=form.cleaned_data["headings"],
                by=request.teacher,
                at=timezone.now(),
            )
            messages.success(request, _("已添加。"))
            return redirect("works:kinds")
    return show(request, "works/kinds.html", _page(school, form), status=UNPROCESSABLE)


@login_required
@require_POST
def kind_retire(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Offer a kind no more, or again."""
    kind = get_allowed(may_manage_work_kind, request.teacher, WorkKind.objects.all(), uid)
    on = None if kind.retired_on else today()
    actions.retire_work_kind(kind, on=on, by=request.teacher, at=timezone.now())
    messages.success(request, _("已停用，已写的不受影响。") if on else _("已恢复使用。"))
    return redirect("works:kinds")


@login_required
@require_POST
def sections(request: TeacherRequest) -> HttpResponse:
    """Say how the school uses the headings."""
    school = manager_of(request)
    uses = [
        actions.SectionUse(
            row["section"],
            is_used=f"used_{row['section'].pk}" in request.POST,
            is_required=f"required_{row['section'].pk}" in request.POST,
            is_private=f"private_{row['section'].pk}" in request.POST,
        )
        for _kind, rows in _sections(school)
        for row in rows
    ]
    actions.set_sections(school, uses, by=request.teacher, at=timezone.now())
    messages.success(request, _("已保存，对以后写的生效。"))
    return redirect("works:kinds")
