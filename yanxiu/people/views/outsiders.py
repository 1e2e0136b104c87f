"""Rules by which people belong to a unit, and people from outside in it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.people.actions import governing, outsiders
from yanxiu.people.forms import governing as forms
from yanxiu.people.forms.teachers import DayForm, school_day
from yanxiu.people.forms.units import offered_kinds
from yanxiu.people.models import Organisation, Role, Unit
from yanxiu.people.models.organisation import held_on
from yanxiu.people.models.teacher import today
from yanxiu.people.permissions import may_manage_unit
from yanxiu.people.views.asking import ask
from yanxiu.ui.asking import kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE


def _managed(request: TeacherRequest, uid: UUID) -> Unit:
    rows = Unit.objects.filter(ends_on=None).select_related("organisation", "kind")
    return get_allowed(may_manage_unit, request.teacher, rows, uid)


def _page_of(found: Unit) -> str:
    return reverse("people:unit", args=[found.uid])


@login_required
def rules(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Set by which rules people belong to a unit."""
    found = _managed(request, uid)
    here = Organisation.objects.filter(pk=found.organisation_id)
    form = forms.RulesForm(
        request.POST if request.method == "POST" else None,
        kinds=offered_kinds(here).filter(governs="").order_by("order", "pk"),
        roles=_roles(found.organisation),
        initial={"rules": [f"{one.who}-{one.kind_id or one.role_id}" for one in found.rules.all()]},
    )

    def deed(data: Mapping[str, Any]) -> str:
        governing.set_rules(found, data["rules"], by=request.teacher, at=timezone.now())
        return _page_of(found)

    asked = {
        "heading": _("成员规则"),
        "lead": found.name,
        "back_url": _page_of(found),
        "sentence": _("按规则加入的人，谁换了、谁离任，名单当天就跟着变；手工加入的人不受影响。"),
    }
    return ask(request, form, deed, done=_("成员规则已保存。"), context=asked)


def _roles(organisation: Organisation) -> Any:
    mine = Role.objects.filter(organisation__in=organisation.lineage)
    rows = mine | Role.objects.filter(organisation=None)
    return rows.filter(retired=False).exclude(code="teacher")


@login_required
def colleague(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Let a teacher of another school join a unit."""
    found = _managed(request, uid)
    if not found.kind.across:
        raise Http404
    form = forms.ColleagueForm(request.POST or None, initial=school_day(today()))

    def deed(data: Mapping[str, Any]) -> str:
        outsiders.invite_colleague(found, by=request.teacher, at=timezone.now(), **data)
        return _page_of(found)

    what = _("姓名和手机号都相符才能加入；加入后能看到本单位的活动，看不到本校别的内容。")
    asked = {"heading": _("加入外校老师"), "lead": found.name, "sentence": what,
             "back_url": _page_of(found)}  # fmt: skip
    return ask(request, form, deed, done=_("已加入。"), context=asked)


@login_required
def guest(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Make an account for somebody from outside, and show the code for the first log-in once."""
    found = _managed(request, uid)
    if found.kind.governs:
        raise Http404
    form = forms.GuestForm(request.POST or None, initial=school_day(today()))
    context = {
        "heading": _("请校外专家"), "lead": found.name, "back_url": _page_of(found),
        "sentence": _("专家只看得到这一个单位的活动，到期自动看不到；没有任何管理权限。"),
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with kept_in(form):
            made, code = outsiders.invite_guest(
                found, by=request.teacher, at=timezone.now(), **form.cleaned_data
            )
            told = {"guest": made, "code": code, "unit": found}
            return show(request, "people/guest_code.html", told)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return show(request, "people/teacher_form.html", {"form": form, **context}, status=status)


@login_required
def leave(request: TeacherRequest, uid: UUID, teacher: UUID) -> HttpResponse:
    """Take somebody out of a unit, wherever the person works."""
    found = _managed(request, uid)
    seat = found.memberships.filter(held_on(today()), teacher__uid=teacher).first()
    if seat is None:
        raise Http404
    form = DayForm(request.POST or None, initial=school_day(today()))

    def deed(data: Mapping[str, Any]) -> str:
        outsiders.dismiss(seat, on=data["on"], by=request.teacher, at=timezone.now())
        return _page_of(found)

    what = _("%(name)s离开“%(unit)s”；以前的活动和记录都保留。") % {
        "name": seat.teacher.name,
        "unit": found.name,
    }
    asked = {"heading": _("离开单位"), "sentence": what, "submit": _("离开"),
             "back_url": _page_of(found)}  # fmt: skip
    return ask(request, form, deed, done=_("已离开。"), context=asked)
