"""How people get in: log-in, codes and their slips, passwords, the first set-up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

import segno
from allauth.account.adapter import get_adapter
from allauth.account.views import LoginView
from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.core.signing import BadSignature, TimestampSigner
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.people.actions import codes, set_up_link
from yanxiu.people.adapter import attempts_key
from yanxiu.people.forms.log_in import LogInForm
from yanxiu.people.forms.passwords import (
    ChangePasswordForm,
    CodeForm,
    CurrentPasswordForm,
    NewPasswordForm,
    SetUpForm,
)
from yanxiu.people.models import LogInCode, Membership, Organisation, Post, Teacher, Unit
from yanxiu.people.models.teacher import today
from yanxiu.people.permissions import (
    may_manage_organisation,
    may_manage_teacher,
    may_manage_unit,
)
from yanxiu.people.refusals.log_in import CodeExpired, TooManyTries
from yanxiu.ui.pages import show

UNPROCESSABLE = 422
TOO_MANY = 429
MARK = "csrf-comes-here"
BACKEND = "yanxiu.people.backends.PhoneOrJobNumber"
ROOM_FOR_PASSWORD = 20 * 60
"""Seconds between showing the code and choosing the password."""

PER_PAGE = 60
hide = sensitive_post_parameters("password", "code", "current", "pass")
read_or_post = require_http_methods(["GET", "HEAD", "POST"])


# ---- log in and out ----
class _Posted(LoginView):
    """The POST of the log-in page: allauth's form, limits and session."""

    def form_invalid(self, form: LogInForm) -> HttpResponse:
        """Show the page again with what was typed, except for the password."""
        problems = form.errors.as_data()
        limited = any(one.code == TooManyTries.code for one in problems.get("__all__", []))
        shown = {
            "name": form.data.get("login", ""),
            "remember": "remember" in form.data,
            "errors": [text for texts in form.errors.values() for text in texts],
            "schools": form.schools,
            "school": form.data.get("school", ""),
        }
        status = TOO_MANY if limited else UNPROCESSABLE
        return _log_in_page(self.request, shown, status=status)


_posted: Callable[..., Any] = _Posted.as_view()


@never_cache
@read_or_post
def log_in(request: HttpRequest) -> HttpResponse:
    """Show the log-in page by a template of our own; only a POST pays for allauth."""
    if request.method == "POST":
        answer: HttpResponse = _posted(request)
        return answer
    if request.COOKIES.get(settings.SESSION_COOKIE_NAME) and request.user.is_authenticated:
        return HttpResponseRedirect(_next(request) or settings.LOGIN_REDIRECT_URL)
    standing = messages.get_messages(request)
    if len(standing):
        return _log_in_page(request, {"remember": True, "messages": standing})
    if settings.DEBUG:
        _blank_page.cache_clear()
    page = _blank_page(get_language(), _house(), _next(request))
    return HttpResponse(page.replace(MARK, get_token(request)))


def _log_in_page(request: HttpRequest, shown: dict[str, Any], *, status: int = 200) -> HttpResponse:
    # Rendered without the request: no context processor runs for somebody who is not in yet.
    page = get_template("people/log_in.html").render(
        {
            **shown,
            "next": _next(request),
            "csrf_token": get_token(request),
            "organisation": {"name": _house()},
        }
    )
    return HttpResponse(page, status=status)


@lru_cache(maxsize=32)
def _blank_page(_language: str, house: str, following: str) -> str:
    """Return the page as everybody first sees it, MARK in the place of the token."""
    context = {
        "remember": True,
        "next": following,
        "csrf_token": MARK,
        "organisation": {"name": house},
    }
    return get_template("people/log_in.html").render(context)


def _house() -> str:
    return Organisation.objects.filter(parent=None).values_list("name", flat=True).first() or ""


def _next(request: HttpRequest) -> str:
    address = request.POST.get("next") or request.GET.get("next") or ""
    return address if get_adapter(request).is_safe_url(address) else ""


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, _("已退出登录。"))
    return redirect(settings.LOGOUT_REDIRECT_URL)


def _let_in(request: HttpRequest, teacher: Teacher, *, remember: bool) -> HttpResponse:
    login(request, teacher, backend=BACKEND)
    request.session.set_expiry(settings.SESSION_COOKIE_AGE if remember else 0)
    return redirect(settings.LOGIN_REDIRECT_URL)


# ---- the code from a slip ----
@never_cache
@hide
@read_or_post
def code(request: HttpRequest) -> HttpResponse:
    """Ask for name and code, then for a password; between the two a signed note says which code."""
    if request.method == "POST" and "pass" in request.POST:
        return _choose_password(request)
    form = CodeForm(request.POST or None)
    if request.method != "POST":
        return show(request, "people/code.html", {"form": form})
    key = attempts_key(request.POST.get("login", ""))
    if not ratelimit.consume(request, action="log_in_code", key=key, dry_run=True):
        form.errors["__all__"] = form.error_class([str(TooManyTries())])
        return show(request, "people/code.html", {"form": form}, status=TOO_MANY)
    if not form.is_valid():
        ratelimit.consume(request, action="log_in_code", key=key)
        return show(request, "people/code.html", {"form": form}, status=UNPROCESSABLE)
    note = _signer().sign(str(form.found.uid))
    return _password_page(request, form.found, note, NewPasswordForm(teacher=_owner(form.found)))


def _choose_password(request: HttpRequest) -> HttpResponse:
    note = request.POST["pass"]
    try:
        uid = UUID(_signer().unsign(note, max_age=ROOM_FOR_PASSWORD))
    except BadSignature as too_late:
        raise CodeExpired from too_late
    found = LogInCode.objects.select_related("teacher").get(uid=uid)
    form = NewPasswordForm(request.POST, teacher=_owner(found))
    if not form.is_valid():
        return _password_page(request, found, note, form, status=UNPROCESSABLE)
    teacher = codes.choose_password(found, form.cleaned_data["password"], at=timezone.now())
    messages.success(request, _("密码已设好，以后用手机号或工号加密码登录。"))
    return _let_in(request, teacher, remember="remember" in request.POST)


def _password_page(
    request: HttpRequest, found: LogInCode, note: str, form: forms.Form, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "pass": note,
        "owner": _owner(found),
        "remember": "remember" in request.POST or "password" not in request.POST,
    }
    return show(request, "people/code_password.html", context, status=status)


def _owner(found: LogInCode) -> Teacher:
    if found.teacher is None:
        raise CodeExpired
    return found.teacher


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="yanxiu.people.code")


# ---- my password ----
@never_cache
@hide
@login_required
@read_or_post
def password(request: TeacherRequest) -> HttpResponse:
    """Change the password, or end the log-ins on other devices; both ask for the password."""
    teacher = request.teacher
    ending = "end_others" in request.POST
    data = request.POST or None
    change = ChangePasswordForm(None if ending else data, teacher=teacher)
    others = CurrentPasswordForm(data if ending else None, teacher=teacher, prefix="others")
    form = others if ending else change
    context = {"change": change, "others": others}
    if request.method != "POST":
        return show(request, "people/password.html", context)
    key = f"password:{teacher.uid}"
    if not ratelimit.consume(request, action="log_in_code", key=key, dry_run=True):
        form.errors["__all__"] = form.error_class([str(TooManyTries())])
        return show(request, "people/password.html", context, status=TOO_MANY)
    if not form.is_valid():
        ratelimit.consume(request, action="log_in_code", key=key)
        return show(request, "people/password.html", context, status=UNPROCESSABLE)
    chosen = form.cleaned_data["current" if ending else "password"]
    teacher = codes.change_password(teacher, chosen, at=timezone.now())
    update_session_auth_hash(request, teacher)
    messages.success(
        request,
        _("其他设备上的登录已全部退出。")
        if ending
        else _("密码已修改，其他设备上的登录已全部退出。"),
    )
    return redirect("people:password")


# ---- slips ----
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


# ---- the first school ----
@never_cache
@hide
@read_or_post
def set_up(request: HttpRequest, token: str) -> HttpResponse:
    """Found the first school with the one-time link."""
    at = timezone.now()
    set_up_link.find(token, at=at)
    form = SetUpForm(request.POST or None, teacher=Teacher())
    if request.method == "POST" and form.is_valid():
        teacher = set_up_link.use(token, **form.cleaned_data, at=at)
        messages.success(request, _("学校已建好。接下来可以导入花名册、设置学期。"))
        return _let_in(request, teacher, remember=False)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return show(request, "people/set_up.html", {"form": form}, status=status)


def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept about a person and why."""
    return show(request, "people/log_in_privacy.html", {})
