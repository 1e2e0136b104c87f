"""How people get in: log-in, codes, passwords, the first set-up."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.views import LoginView
from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from yanxiu.people.access import TeacherRequest
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
from yanxiu.people.models import LogInCode, Organisation, Teacher
from yanxiu.people.refusals.log_in import CodeExpired, TooManyTries
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

TOO_MANY = 429
MARK = "csrf-comes-here"
BACKEND = "yanxiu.people.backends.PhoneOrJobNumber"
ROOM_FOR_PASSWORD = 20 * 60
"""Seconds between showing the code and choosing the password."""

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
    # What does not begin like a path would be taken for the name of one.
    safe = address.startswith("/") and get_adapter(request).is_safe_url(address)
    return address if safe else ""


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, _("已退出登录。"))
    return redirect(settings.LOGOUT_REDIRECT_URL)


def _let_in(request: HttpRequest, teacher: Teacher, *, remember: bool) -> HttpResponse:
    login(request, teacher, backend=BACKEND)
    request.session.set_expiry(settings.SESSION_COOKIE_AGE if remember else 0)
    return redirect(_next(request) or settings.LOGIN_REDIRECT_URL)


# ---- the code from a slip ----
@never_cache
@hide
@read_or_post
def code(request: HttpRequest) -> HttpResponse:
    """Ask for name and code, then for a password; between the two a signed note says which code.

    Whoever scanned a sign-in code on the way here is led on to it afterwards.
    """
    if request.method == "POST" and "pass" in request.POST:
        return _choose_password(request)
    form = CodeForm(request.POST or None)
    if request.method != "POST":
        return show(request, "people/code.html", {"form": form, "next": _next(request)})
    key = attempts_key(request.POST.get("login", ""))
    if not ratelimit.consume(request, action="log_in_code", key=key, dry_run=True):
        form.errors["__all__"] = form.error_class([str(TooManyTries())])
        shown = {"form": form, "next": _next(request)}
        return show(request, "people/code.html", shown, status=TOO_MANY)
    if not form.is_valid():
        ratelimit.consume(request, action="log_in_code", key=key)
        shown = {"form": form, "next": _next(request)}
        return show(request, "people/code.html", shown, status=UNPROCESSABLE)
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
        "next": _next(request),
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
