"""The tree of organisations."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yanxiu.people import queries
from yanxiu.people.access import TeacherRequest, allowed, get_allowed, holds_at
from yanxiu.people.actions import add_organisation, editing, rename_labels
from yanxiu.people.actions import profile as profiles
from yanxiu.people.forms import governing
from yanxiu.people.forms import organisations as forms
from yanxiu.people.models import Organisation, Profile, Unit
from yanxiu.people.models.organisation import LABELS
from yanxiu.people.models.teacher import today
from yanxiu.people.permissions import (
    may_manage_organisation,
    may_see_organisation,
    may_see_unit,
)
from yanxiu.people.views.asking import ask
from yanxiu.ui.pages import show

PAGE = 50
AUTUMN = 8
"""The month from which a date belongs to the school year that begins in its own year."""


@login_required
def organisations(request: TeacherRequest) -> HttpResponse:
    """Show the tree this reader stands in, one line per organisation."""
    seen = allowed(may_see_organisation, request.teacher, Organisation.objects.all())
    text = request.GET.get("q", "").strip()[:40]
    rows = queries.organisations(seen.filter(name__contains=text) if text else seen)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    tops = [post.organisation.path.count(".") for post in request.teacher.posts_today]
    context = {
        "page": page,
        "lines": [(row, _indent(row, min(tops, default=1))) for row in page],
        "text": text,
        "may_manage": request.teacher.holds("manage_people"),
    }
    return show(request, "people/organisations.html", context)


def _indent(row: Organisation, top: int) -> str:
    """Return the marks that show how deep a row stands."""
    depth = max(row.path.count(".") - top, 0)
    return "　" * (depth - 1) + "└ " if depth else ""


@login_required
def organisation(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show one organisation: what is above and below, its units, its words."""
    rows = queries.organisations(Organisation.objects.select_related("profile"))
    found = get_allowed(may_see_organisation, request.teacher, rows, uid)
    above = found.lineage[:-1]
    children = queries.organisations(Organisation.objects.filter(parent=found))
    page = Paginator(children, PAGE).get_page(request.GET.get("page"))
    own_units = allowed(may_see_unit, request.teacher, Unit.objects.filter(organisation=found))
    units = list(queries.units(own_units)[:PAGE])
    heads = queries.leaders(units)
    context = {
        "found": found,
        "above": Organisation.objects.filter(pk__in=above).order_by("path"),
        "page": page,
        "units": [(row, heads.get(row.pk, [])) for row in units],
        "labels": {word: found.label(word) for word in LABELS},
        "profile": getattr(found, "profile", None),
        "grades": list(found.reform_grades.all()[:60]),
        "may_manage": holds_at(request.teacher, "manage_people", found),
    }
    return show(request, "people/organisation.html", context)


def _managed(request: TeacherRequest, uid: UUID) -> Organisation:
    return get_allowed(may_manage_organisation, request.teacher, Organisation.objects.all(), uid)


def _page_of(found: Organisation) -> str:
    return reverse("people:organisation", args=[found.uid])


@login_required
def new_organisation(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Add an organisation below another."""
    above = _managed(request, uid)
    initial = {"level_name": "学校" if not above.is_school else "学部", "is_school": True}
    form = forms.OrganisationForm(request.POST or None, initial=initial)

    def deed(data: Mapping[str, Any]) -> str:
        made = add_organisation(
            above, data["name"], level_name=data["level_name"], is_school=data["is_school"],
            is_large=data["is_large"], by=request.teacher, at=timezone.now(),
        )  # fmt: skip
        return _page_of(made)

    asked = {
        "heading": _("添加下级组织"),
        "lead": _("上级：%(name)s") % {"name": above.name},
        "back_url": _page_of(above),
    }
    return ask(request, form, deed, done=_("已添加。"), context=asked)


@login_required
def edit_organisation(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Rename an organisation and its level."""
    found = _managed(request, uid)
    initial = {
        "name": found.name,
        "level_name": found.level_name,
        "is_school": found.is_school,
        "is_large": found.is_large,
    }
    form = forms.OrganisationForm(request.POST or None, initial=initial)

    def deed(data: Mapping[str, Any]) -> str:
        editing.edit_organisation(found, by=request.teacher, at=timezone.now(), **data)
        return _page_of(found)

    asked = {"heading": _("修改组织"), "back_url": _page_of(found)}
    return ask(request, form, deed, done=_("已保存。"), context=asked)


@login_required
def labels(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Set the words that this organisation uses."""
    found = _managed(request, uid)
    form = forms.LabelsForm(
        request.POST or None, initial={word: found.label(word) for word in LABELS}
    )

    def deed(data: Mapping[str, Any]) -> str:
        rename_labels(found, data, by=request.teacher, at=timezone.now())
        return _page_of(found)

    asked = {"heading": _("本校的叫法"), "lead": found.name, "back_url": _page_of(found)}
    return ask(request, form, deed, done=_("已保存。"), context=asked)


@login_required
def profile(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Write what a school says about itself."""
    found = _managed(request, uid)
    standing = Profile.objects.filter(organisation=found).first() or Profile()
    names = ("motto", "philosophy", "approach")
    initial = {name: getattr(standing, name) for name in names}
    form = governing.ProfileForm(request.POST or None, initial=initial)

    def deed(data: Mapping[str, Any]) -> str:
        profiles.write_profile(found, by=request.teacher, at=timezone.now(), **data)
        return _page_of(found)

    what = _("计划、总结等文件需要时直接引用，不用再写。")
    asked = {"heading": _("学校简介"), "lead": found.name, "sentence": what,
             "back_url": _page_of(found), "keep": f"profile-{uid}"}  # fmt: skip
    return ask(request, form, deed, done=_("已保存。"), context=asked)


@login_required
def grades(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Mark the grades that the reform has reached in a school year."""
    found = _managed(request, uid)
    day = today()
    year = day.year if day.month >= AUTUMN else day.year - 1
    marked = found.reform_grades.filter(school_year=year).values_list("grade", flat=True)
    initial = {"school_year": year, "grades": "、".join(marked)}
    form = governing.GradesForm(request.POST or None, initial=initial)

    def deed(data: Mapping[str, Any]) -> str:
        profiles.mark_reform_grades(found, by=request.teacher, at=timezone.now(), **data)
        return _page_of(found)

    asked = {"heading": _("课改年级"), "lead": found.name, "back_url": _page_of(found)}
    return ask(request, form, deed, done=_("已保存。"), context=asked)
