"""Signing in: the host's screen, the scan, the six digits."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlsplit
from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.activities import actions, codes
from yanxiu.activities.forms import CodeForm
from yanxiu.activities.models import Attendance, EarlyScan, Session
from yanxiu.activities.permissions import may_see_session
from yanxiu.activities.queries import CAME, expected_teachers, roll
from yanxiu.activities.refusals import SignInNotOpen, WrongCode
from yanxiu.activities.sign_in_rules import RuleInForce, rule_of
from yanxiu.activities.views.shown import managed_session, state_label
from yanxiu.kernel.refusals import Refusal
from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.people.models import Teacher
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

SEE_OTHER = 303
ONLY_HERE = {"127.0.0.1", "localhost", "::1"}
DEVICE_COOKIE = "device"
DEVICE_SECONDS = 60 * 60 * 24 * 180
"""For how long a browser keeps its random mark: about a term."""


# ---- the host ----
@login_required
@require_POST
def open_sign_in(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Let people sign in, and go to the screen."""
    found = managed_session(request.teacher, uid)
    actions.open_sign_in(found, by=request.teacher, at=timezone.now())
    return redirect("activities:screen", uid=found.uid)


@login_required
@require_POST
def stop(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Stop taking codes."""
    found = managed_session(request.teacher, uid)
    actions.close_sign_in(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("签到已停止；没签上的可以点名补上，最后关闭场次。"))
    return redirect("activities:session", uid=found.uid)


@login_required
@require_POST
def open_sign_out(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Let people sign out, and go to the screen."""
    found = managed_session(request.teacher, uid)
    actions.open_sign_out(found, by=request.teacher, at=timezone.now())
    return redirect("activities:screen", uid=found.uid)


@login_required
@require_POST
def sign_out_all(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Sign out everybody who is still in the room."""
    found = managed_session(request.teacher, uid)
    gone = actions.sign_out_all(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("已为 %(gone)d 人签退。") % {"gone": gone})
    return redirect("activities:session", uid=found.uid)


@dataclass(frozen=True)
class Shown:
    """What the screen shows: of which purpose, and the key of its codes."""

    purpose: str
    key: str


def _shown(found: Session, rule: RuleInForce, at: datetime) -> Shown | None:
    """Return what is shown now: the code for leaving, for signing in, or the early one."""
    state = found.state(at)
    if state in {"closed", "cancelled"}:
        return None
    if rule.desk and rule.is_signing_out:
        return Shown("leaving", rule.desk.sign_out_key)
    if state == "open":
        return Shown("open", found.sign_in_key)
    if rule.roll_only or rule.is_stopped:
        return None
    return Shown("early", codes.early_key(found.uid))


@login_required
@never_cache
@require_safe
def screen(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show the code in giant; names only if the host asks, for everybody in the room sees them.

    Before sign-in is opened the early code is shown already: whoever is early scans and waits.
    """
    found = managed_session(request.teacher, uid)
    at = timezone.now()
    rule = rule_of(found)
    shown = _shown(found, rule, at)
    names = request.GET.get("names") == "1"
    context: dict[str, Any] = {
        "session": found, "state": found.state(at), "rule": rule, "names": names, "shown": shown,
    }  # fmt: skip
    if shown:
        code = codes.code_of(shown.key, at)
        path = reverse("activities:scan", args=[found.uid, code])
        context |= {
            "code": f"{code[:3]} {code[3:]}",
            "qr": qr_of(f"{settings.PUBLIC_URL}{path}"),
            "seconds": codes.seconds_left(at),
            "only_here": urlsplit(settings.PUBLIC_URL).hostname in ONLY_HERE,
            **_counted(found, shown, names=names),
        }
    return show(request, "activities/screen.html", context, fragment="activities/_screen_code.html")


def _counted(found: Session, shown: Shown, *, names: bool) -> dict[str, Any]:
    """Return how many have done what the code is for, out of how many; with names if asked."""
    came = Attendance.objects.filter(session=found, state__in=CAME)
    counts: dict[str, Any]
    if shown.purpose == "leaving":
        left = came.exclude(left_at=None)
        counts = {"done": left.count(), "of": came.count()}
    elif shown.purpose == "early":
        waiting = EarlyScan.objects.filter(session=found)
        counts = {"done": waiting.count(), "of": expected_teachers(found).count()}
    else:
        counts = {"done": came.count(), "of": expected_teachers(found).count()}
    if names and shown.purpose == "open":
        lines = roll(found).lines
        counts["here"] = [line.teacher.name for line in lines if line.state in CAME]
        unmarked = [line for line in lines if not line.state and not line.is_away]
        counts["missing"] = [line.teacher.name for line in unmarked]
    return counts


def qr_of(address: str) -> SafeString:
    """Return a picture of `address` that grows with its frame."""
    drawing = segno.make(address, error="m").svg_inline(omitsize=True, border=2)
    return mark_safe(drawing)  # noqa: S308  drawn by us, nothing of the address is in it as text


# ---- everybody ----
@never_cache
@require_safe
def scan(request: HttpRequest, uid: UUID, code: str) -> HttpResponse:
    """Answer the scan of the picture; nothing is recorded before the button is pressed."""
    found = Session.objects.select_related("activity", "organisation").filter(uid=uid).first()
    teacher = request.teacher  # type: ignore[attr-defined]
    who = teacher.pk if teacher.is_authenticated else None
    proof = _proof_of(found, code, who, timezone.now()) if found else {}
    address = reverse("activities:sign_in", args=[uid])
    if not teacher.is_authenticated:
        asked = "".join(f"?{name}={value}" for name, value in proof.items())
        return redirect_to_login(f"{address}{asked}")
    if found and proof:
        entering, leaving = proof.get("proof", ""), proof.get("leave", "")
        return _door(cast("TeacherRequest", request), found, proof=entering, leave=leaving)
    messages.warning(
        request, _("二维码已经换新，这次没有签上。请重新扫屏幕上的码，或输入六位数字。")
    )
    return redirect(address)


def _proof_of(found: Session, code: str, who: int | None, at: datetime) -> dict[str, str]:
    """Return the proof of a right scan under the name of what it is for; empty for a wrong one."""
    if found.state(at) == "open" and codes.is_right(found, code, at):
        return {"proof": codes.ticket(found, who)}
    rule = rule_of(found)
    shown = _shown(found, rule, at)
    if shown is None or not codes.is_code_of(shown.key, code, at):
        return {}
    leaving = shown.purpose == "leaving"
    return {"leave" if leaving else "proof": codes.ticket(found, who, leaving=leaving)}


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take a code or a scan; show the six boxes, the one button, or that it is done."""
    if request.method == "POST":
        return _posted(request, uid)
    proof, leave = request.GET.get("proof", ""), request.GET.get("leave", "")
    found = _session_at_the_door(request.teacher, uid, proof)
    who = request.teacher.pk
    late = bool(proof) and not codes.ticket_is_right(found, proof, who)
    leave = leave if codes.ticket_is_right(found, leave, who, leaving=True) else ""
    return _door(request, found, late=late, proof="" if late else proof, leave=leave)


def _posted(request: TeacherRequest, uid: UUID) -> HttpResponse:
    proof, device = request.POST.get("proof", ""), request.COOKIES.get(DEVICE_COOKIE, "")
    form = None if proof else CodeForm(request.POST)
    code = form.cleaned_data["code"] if form and form.is_valid() else ""
    deed: dict[str, Any] = {"at": timezone.now(), "code": code, "proof": proof}
    device = device or secrets.token_urlsafe(codes.DEVICE_BYTES)
    fragment = "#own"
    try:
        if "leave" in request.POST:
            deed["proof"] = request.POST["leave"]
            actions.sign_out(uid, request.teacher, **deed)
        else:
            try:
                actions.sign_in(uid, request.teacher, device=device, **deed)
            except SignInNotOpen:
                actions.wait_for_sign_in(uid, request.teacher, device=device, **deed)
                fragment = ""
    except Session.DoesNotExist as missing:
        raise Http404 from missing
    except Refusal as refusal:
        # Somebody who may not see the session is not told that there is one.
        found = _session_at_the_door(request.teacher, uid, proof)
        if not isinstance(refusal, WrongCode):
            raise
        form = form or CodeForm(request.POST)
        form.add_error("code", str(refusal))
        return _door(request, found, form=form, status=UNPROCESSABLE)
    page = "activities:session" if fragment else "activities:sign_in"
    answer = HttpResponseRedirect(reverse(page, args=[uid]) + fragment, status=SEE_OTHER)
    return _with_device(request, answer, device)


def _with_device(request: HttpRequest, answer: HttpResponse, device: str = "") -> HttpResponse:
    """Give a browser that has none its random mark: it says nothing about the device itself."""
    if DEVICE_COOKIE not in request.COOKIES:
        answer.set_cookie(
            DEVICE_COOKIE,
            device or secrets.token_urlsafe(codes.DEVICE_BYTES),
            max_age=DEVICE_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return answer


def _session_at_the_door(teacher: Teacher, uid: UUID, proof: str = "") -> Session:
    """Return the session if `teacher` may see it, works in its school or holds a right scan."""
    schools = [post.organisation_id for post in teacher.posts_today]
    rows = Session.objects.select_related("unit", "organisation", "activity")

    def may_come(person: Teacher) -> Q:
        return may_see_session(person) | Q(organisation__in=schools)

    if proof:
        found = rows.filter(uid=uid).first()
        if found and codes.ticket_is_right(found, proof, teacher.pk):
            return found
    return get_allowed(may_come, teacher, rows, uid)


def _door(
    request: TeacherRequest,
    found: Session,
    *,
    proof: str = "",
    leave: str = "",
    late: bool = False,
    form: CodeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    at = timezone.now()
    state, teacher = found.state(at), request.teacher
    mine = Attendance.objects.filter(session=found, teacher=teacher, state__in=CAME).first()
    context: dict[str, Any] = {
        "session": found,
        "state": state,
        "state_label": state_label(found, at),
        "mine": mine,
        "proof": proof,
        "leave": leave,
        "late": late,
        "form": form or CodeForm(),
        "rule": rule_of(found),
        "waiting": None,
    }
    if mine is None and state in {"planned", "due"}:
        context["waiting"] = EarlyScan.objects.filter(session=found, teacher=teacher).first()
    answer = show(
        request, "activities/sign_in.html", context, fragment="activities/_door.html",
        status=status,
    )  # fmt: skip
    return _with_device(request, answer)
