"""Units, their members and leaders."""

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

from yanxiu.people import queries
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.actions import add_unit, editing
from yanxiu.people.actions import teachers as actions
from yanxiu.people.chart import duties_of
from yanxiu.people.forms import units as forms
from yanxiu.people.forms.teachers import DayForm, school_day
from yanxiu.people.models import Membership, Organisation, Post, Teacher, Unit, UnitKind
from yanxiu.people.models.organisation import held_on
from yanxiu.people.models.teacher import today
from yanxiu.people.permissions import (
    may_manage_organisation,
    may_manage_unit,
    may_see_teacher,
    may_see_unit,
)
from yanxiu.people.views.asking import ask
from yanxiu.ui.pages import show

PAGE = 50
CHOICES = 60
"""Teachers to choose from at a time; the search narrows them."""


@login_required
def units(request: TeacherRequest) -> HttpResponse:
    """List the units this reader may see, the leaderless marked."""
    seen = allowed(may_see_unit, request.teacher, Unit.objects.filter(ends_on=None))
    headless = queries.without_leader(seen)
    rows = headless if request.GET.get("leader") == "none" else seen
    kind = request.GET.get("kind", "")[:40]
    text = request.GET.get("q", "").strip()[:40]
    if kind:
        rows = rows.filter(kind__code=kind)
    if text:
        rows = rows.filter(Q(name__contains=text) | Q(organisation__name__contains=text))
    page = Paginator(queries.units(rows), PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    heads = queries.leaders(shown)
    context = {
        "page": page,
        "lines": [(unit, heads.get(unit.pk, [])) for unit in shown],
        "headless": headless.count(),
        "kinds": UnitKind.objects.filter(Exists(seen.filter(kind=OuterRef("pk")))),
        "may_manage": request.teacher.holds("manage_people"),
        "filtered": bool(kind or text or request.GET.get("leader")),
    }
    return show(request, "people/units.html", context)


@login_required
def unit(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show one unit and its members."""
    rows = Unit.objects.select_related("kind", "organisation")
    found = get_allowed(may_see_unit, request.teacher, rows, uid)
    near = Post.objects.on(today()).filter(
        teacher=OuterRef("teacher"), organisation__path__startswith=found.organisation.path
    )
    held: QuerySet[Membership] = found.memberships.on(today())
    seats: QuerySet[Any] = held.select_related("teacher").annotate(home=Exists(near))
    page = Paginator(seats.order_by("-teacher__is_active", "teacher__pinyin", "pk"), PAGE).get_page(
        request.GET.get("page")
    )
    members = Teacher.objects.filter(pk__in=[seat.teacher_id for seat in page])
    context = {
        "unit": found,
        "page": page,
        "seen": set(
            allowed(may_see_teacher, request.teacher, members).values_list("pk", flat=True)
        ),
        "heads": queries.leaders([found]).get(found.pk, []),
        "home": {seat.teacher_id for seat in page if seat.home},
        "guests": set(found.guests.on(today()).values_list("teacher", flat=True)),
        "duties": duties_of(found),
        "rules": [] if found.ends_on else list(found.rules.select_related("kind", "role")),
        "may_manage": found.ends_on is None
        and allowed(may_manage_unit, request.teacher, Unit.objects.filter(pk=found.pk)).exists(),
    }
    return show(request, "people/unit.html", context)


def _managed(request: TeacherRequest, uid: UUID) -> Unit:
    rows = Unit.objects.filter(ends_on=None).select_related("organisation")
    return get_allowed(may_manage_unit, request.teacher, rows, uid)


def _page_of(found: Unit) -> str:
    return reverse("people:unit", args=[found.uid])


def _asked(heading: str, back: str, **more: Any) -> Mapping[str, Any]:
    return {"heading": heading, "back_url": back, **more}


@login_required
def new_unit(request: TeacherRequest) -> HttpResponse:
    """Add a unit."""
    schools = allowed(may_manage_organisation, request.teacher, Organisation.objects.all())
    if not schools.exists():
        raise Http404
    form = forms.NewUnitForm(request.POST or None, schools=schools.order_by("-is_school", "path"))

    def deed(data: Mapping[str, Any]) -> str:
        made = add_unit(
            data["organisation"], data["name"], data["kind"], subject=data["subject"],
            by=request.teacher, at=timezone.now(),
        )  # fmt: skip
        return _page_of(made)

    asked = _asked(_("添加单位"), reverse("people:units"), keep="unit-new")
    return ask(request, form, deed, done=_("单位已建立。请接着加入成员、确定组长。"), context=asked)


@login_required
def edit_unit(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Rename a unit."""
    found = _managed(request, uid)
    initial = {"name": found.name, "subject": found.subject}
    form = forms.UnitForm(request.POST or None, initial=initial)

    def deed(data: Mapping[str, Any]) -> str:
        editing.edit_unit(
            found, name=data["name"], subject=data["subject"], by=request.teacher, at=timezone.now()
        )
        return _page_of(found)

    asked = _asked(_("修改单位"), _page_of(found), lead=found.organisation.name)
    return ask(request, form, deed, done=_("已保存。"), context=asked)


@login_required
def close_unit(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Dissolve a unit."""
    found = _managed(request, uid)
    form = DayForm(request.POST or None, initial=school_day(today()))
    form.fields["on"].label = _("从哪天起撤销")

    def deed(data: Mapping[str, Any]) -> str:
        editing.close_unit(found, on=data["on"], by=request.teacher, at=timezone.now())
        return reverse("people:units")

    what = _("“%(name)s”撤销后成员都离开，以前的活动和记录保留。") % {"name": found.name}
    asked = _asked(_("撤销单位"), _page_of(found), sentence=what, submit=_("撤销"))
    return ask(request, form, deed, done=_("单位已撤销。"), context=asked)


@login_required
def add_members(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Let several teachers join a unit."""
    found = _managed(request, uid)
    text = request.GET.get("q", "")[:40]
    seats = found.memberships.filter(held_on(today()) | Q(ends_on=None), rule=None)
    inside = seats.values("teacher")
    rows = _own_people(request, found).exclude(pk__in=inside)
    choices = queries.teachers(rows, queries.TeacherFilter(text=text))
    first = choices.values("pk")[:CHOICES]
    offered = (
        rows
        if request.method == "POST"
        else rows.filter(pk__in=list(first.values_list("pk", flat=True)))
    )
    form = forms.MembersForm(
        request.POST or None,
        teachers=offered.order_by("pinyin", "pk"),
        initial=school_day(today()),
    )

    def deed(data: Mapping[str, Any]) -> str:
        for person in data["teachers"]:
            actions.join_unit(
                found, person, starts_on=data["starts_on"], by=request.teacher, at=timezone.now()
            )
        return _page_of(found)

    asked = _asked(_("加入成员"), _page_of(found), lead=found.name, search=True, text=text)
    return ask(request, form, deed, done=_("已加入。"), context=asked)


def _own_people(request: TeacherRequest, found: Unit) -> "QuerySet[Teacher]":
    posts = Post.objects.on(today()).filter(
        teacher=OuterRef("pk"), organisation__path__startswith=found.organisation.path
    )
    rows = Teacher.objects.filter(Exists(posts), is_active=True)
    return allowed(may_see_teacher, request.teacher, rows)


@login_required
def set_leader(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Choose who leads a unit, out of its members."""
    found = _managed(request, uid)
    members = Membership.objects.on(today()).filter(unit=found)
    rows = Teacher.objects.filter(pk__in=members.values("teacher"), is_active=True)
    form = forms.LeaderForm(request.POST or None, teachers=rows.order_by("pinyin", "pk"))

    def deed(data: Mapping[str, Any]) -> str:
        editing.set_leader(
            found, data["teacher"], on=today(), by=request.teacher, at=timezone.now()
        )
        return _page_of(found)

    what = _("组长能安排、主持本组的活动，点名和关闭场次。原来的组长改为成员。")
    asked = _asked(_("确定组长"), _page_of(found), lead=found.name, sentence=what)
    return ask(request, form, deed, done=_("组长已确定。"), context=asked)
