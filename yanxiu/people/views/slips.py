"""登录条: printing what people need to get in for the first time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from urllib.parse import urlsplit
from uuid import UUID

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.people.actions import codes
from yanxiu.people.models import Membership, Organisation, Post, Teacher, Unit
from yanxiu.people.models.teacher import today
from yanxiu.people.permissions import (
    may_manage_organisation,
    may_manage_teacher,
    may_manage_unit,
)
from yanxiu.ui.pages import show

PER_PAGE = 60
read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Slip:
    """登录条: what one person needs to get in."""

    name: str
    school: str
    job_number: str
    phone: str
    code: str
    valid_until: datetime


@never_cache
@login_required
@read_or_post
def slips(request: TeacherRequest) -> HttpResponse:
    """Choose whose slips to print; the POST makes the codes and shows the sheet, this once."""
    if not request.teacher.reach_paths("manage_people"):
        raise Http404
    school, unit = _chosen_place(request)
    rows = _choosable(request, school, unit)
    if request.method == "POST":
        return _sheet(request, rows)
    query = {name: request.GET.get(name, "") for name in ("school", "unit", "who")}
    schools = Organisation.objects.filter(may_manage_organisation(request.teacher), is_school=True)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    places = _places(page.object_list)
    people = [(teacher, *places.get(teacher.pk, ("", ""))) for teacher in page.object_list]
    units = Unit.objects.filter(may_manage_unit(request.teacher), ends_on=None)
    context = {
        "page": page,
        "people": people,
        "query": query,
        "school": school,
        "schools": schools.order_by("path"),
        "only_here": urlsplit(settings.PUBLIC_URL).hostname in {"127.0.0.1", "localhost", "::1"},
        "units": units.filter(organisation=school).order_by("kind__order", "pk"),
    }
    return show(request, "people/slips.html", context)


def _chosen_place(request: TeacherRequest) -> tuple[Organisation | None, Unit | None]:
    unit = school = None
    if uid := _uid(request.GET.get("unit")):
        unit = get_allowed(may_manage_unit, request.teacher, Unit.objects.all(), uid)
    if uid := _uid(request.GET.get("school")):
        schools = Organisation.objects.all()
        school = get_allowed(may_manage_organisation, request.teacher, schools, uid)
    return school or (unit.organisation if unit else request.teacher.organisation), unit


def _uid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as no_address:
        raise Http404 from no_address


def _choosable(
    request: TeacherRequest, school: Organisation | None, unit: Unit | None
) -> QuerySet[Teacher]:
    rows = Teacher.objects.filter(may_manage_teacher(request.teacher), is_active=True)
    if unit:
        members = Membership.objects.on(today()).filter(unit=unit)
        rows = rows.filter(pk__in=members.values("teacher"))
    elif school:
        posts = Post.objects.on(today()).filter(organisation__path__startswith=school.path)
        rows = rows.filter(pk__in=posts.values("teacher"))
    if request.GET.get("who") != "all":
        rows = rows.filter(last_login=None)
    return rows.order_by("pinyin", "pk")


def _sheet(request: TeacherRequest, rows: QuerySet[Teacher]) -> HttpResponse:
    at = timezone.now()
    if "all" in request.POST:
        chosen = list(rows)
    else:
        wanted = [uid for text in request.POST.getlist("teacher") if (uid := _uid(text))]
        chosen = list(Teacher.objects.filter(uid__in=wanted, is_active=True).order_by("pinyin"))
    needs = {teacher.pk: codes.purpose_for(teacher) for teacher in chosen}
    issued = codes.issue(chosen, by=request.teacher, at=at)
    places = _places(chosen)
    units = _first_units(chosen)
    groups: dict[str, list[Slip]] = {}
    for teacher, text in issued:
        place, number = places.get(teacher.pk, ("", ""))
        group = groups.setdefault(units.get(teacher.pk, ""), [])
        valid_until = at + codes.VALID_FOR[needs[teacher.pk]]
        group.append(Slip(teacher.name, place, number, teacher.phone or "", text, valid_until))
    address = settings.PUBLIC_URL + reverse("people:code")
    context = {
        "groups": sorted(groups.items(), key=lambda group: (not group[0], group[0])),
        "address": address,
        "qr": _qr(address),
        "count": len(issued),
    }
    return show(request, "people/slips_sheet.html", context)


def _places(teachers: Iterable[Teacher]) -> dict[int, tuple[str, str]]:
    """Return school and job number per teacher's key, of the first post that has a number."""
    posts = (
        Post.objects.on(today())
        .filter(teacher__in=teachers)
        .order_by("job_number", "-role__order", "-pk")
        .values_list("teacher", "organisation__name", "job_number")
    )
    return {teacher: (name, number) for teacher, name, number in posts}


def _first_units(teachers: Iterable[Teacher]) -> dict[int, str]:
    members = (
        Membership.objects.on(today())
        .filter(teacher__in=teachers)
        .filter(Q(unit__ends_on=None))
        .order_by("-unit__kind__order", "-unit")
    )
    return dict(members.values_list("teacher", "unit__name"))


@cache
def _qr(address: str) -> SafeString:
    drawing = segno.make(address, error="m").svg_inline(
        border=0, scale=1, omitsize=True, svgclass="slip-qr", lineclass=None
    )
    return mark_safe(drawing)  # noqa: S308  drawn from our own address
