"""Kinds of unit, as a school has them."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yanxiu.people.access import TeacherRequest
from yanxiu.people.actions import kinds as actions
from yanxiu.people.forms.rights import KindForm
from yanxiu.people.models import Organisation, UnitKind
from yanxiu.people.rights import RIGHTS
from yanxiu.people.views.asking import ask
from yanxiu.ui.pages import show


def _schools(request: TeacherRequest) -> Any:
    rows = Organisation.objects.filter(pk__in=request.teacher.reach("manage_people", own=True))
    return rows.order_by("path")


def _kinds(request: TeacherRequest) -> Any:
    """The kinds of the house, of the organisations above the reader and of those below."""
    above = {pk for post in request.teacher.posts_today for pk in post.organisation.lineage}
    return UnitKind.objects.filter(
        Q(organisation=None) | Q(organisation__in=above) | Q(organisation__in=_schools(request))
    ).select_related("organisation")


@login_required
def unit_kinds(request: TeacherRequest) -> HttpResponse:
    """List the kinds of unit with what they mean and carry."""
    if not request.teacher.holds("see_people"):
        raise Http404
    living = Count("unit", filter=Q(unit__ends_on=None))
    rows = _kinds(request).annotate(number=living).order_by("retired", "order", "pk")
    context = {
        "kinds": [
            (kind, [RIGHTS[right] for right in kind.rights if right in RIGHTS],
             [RIGHTS[one] for one in kind.leader_rights if one in RIGHTS])
            for kind in rows
        ],
        "may_manage": _schools(request).exists(),
    }  # fmt: skip
    return show(request, "people/unit_kinds.html", context)


def _deed(request: TeacherRequest, kind: UnitKind | None) -> Any:
    def deed(data: Mapping[str, Any]) -> str:
        facts = {name: value for name, value in data.items() if name != "organisation"}
        given = actions.KindFacts(**facts)
        here, by, at = data["organisation"], request.teacher, timezone.now()
        if kind:
            actions.change_kind(kind, here, given, by=by, at=at)
        else:
            actions.add_kind(here, given, by=by, at=at)
        return reverse("people:unit_kinds")

    return deed


@login_required
def new_unit_kind(request: TeacherRequest) -> HttpResponse:
    """Add a kind of unit."""
    schools = _schools(request)
    if not schools.exists():
        raise Http404
    initial = {"leader_title": _("组长")}
    form = KindForm(request.POST or None, schools=schools, initial=initial)
    asked = {"heading": _("添加单位类别"), "back_url": reverse("people:unit_kinds")}
    return ask(request, form, _deed(request, None), done=_("类别已添加。"), context=asked)


@login_required
def unit_kind(request: TeacherRequest, pk: int) -> HttpResponse:
    """Change a kind of unit for a school and all below it."""
    schools = _schools(request)
    if not schools.exists():
        raise Http404
    found = get_object_or_404(_kinds(request), pk=pk)
    names = ("name", "leader_title", "leader_text", "across", "governs", "rights", "leader_rights")
    initial = {name: getattr(found, name) for name in (*names, "retired")}
    if found.organisation:
        initial["organisation"] = found.organisation.uid
    form = KindForm(request.POST or None, schools=schools, fresh=False, initial=initial)
    asked = {
        "heading": _("修改单位类别"),
        "lead": found.name,
        "back_url": reverse("people:unit_kinds"),
        "sentence": _("只改所选学校及其下级的叫法和权限，别的学校不受影响。"),
    }
    return ask(request, form, _deed(request, found), done=_("类别已修改。"), context=asked)
