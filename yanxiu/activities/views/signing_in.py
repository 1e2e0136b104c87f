"""Signing in: the host's screen, the scan, the six digits."""

from typing import Any
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
from yanxiu.activities.models import Attendance, Session
from yanxiu.activities.permissions import may_see_session
from yanxiu.activities.queries import CAME, expected_teachers
from yanxiu.activities.refusals import WrongCode
from yanxiu.activities.views.shown import managed_session, state_label
from yanxiu.kernel.refusals import Refusal
from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.people.models import Teacher
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

SEE_OTHER = 303
ONLY_HERE = {"127.0.0.1", "localhost", "::1"}


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
@never_cache
@require_safe
def screen(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show the code in giant; no names, for everybody in the room sees it."""
    found = managed_session(request.teacher, uid)
    at = timezone.now()
    context: dict[str, Any] = {"session": found, "state": found.state(at)}
    if found.state(at) == "open":
        code = codes.code_at(found, at)
        path = reverse("activities:scan", args=[found.uid, code])
        came = Attendance.objects.filter(session=found, state__in=CAME).count()
        context |= {
            "code": f"{code[:3]} {code[3:]}",
            "qr": qr_of(f"{settings.PUBLIC_URL}{path}"),
            "seconds": codes.seconds_left(at),
            "came": came,
            "expected": expected_teachers(found).count(),
            "only_here": urlsplit(settings.PUBLIC_URL).hostname in ONLY_HERE,
        }
    return show(request, "activities/screen.html", context, fragment="activities/_screen_code.html")


def qr_of(address: str) -> SafeString:
    """Return a picture of `address` that grows with its frame."""
    drawing = segno.make(address, error="m").svg_inline(omitsize=True, border=2)
    return mark_safe(drawing)  # noqa: S308  drawn by us, nothing of the address is in it as text


# ---- everybody ----
@never_cache
@require_safe
def scan(request: HttpRequest, uid: UUID, code: str) -> HttpResponse:
    """Answer the scan of the picture; nothing is recorded before the button is pressed."""
    at = timezone.now()
    found = Session.objects.filter(uid=uid).first()
    right = found is not None and found.state(at) == "open" and codes.is_right(found, code, at)
    address = reverse("activities:sign_in", args=[uid])
    teacher = request.teacher  # type: ignore[attr-defined]
    if not teacher.is_authenticated:
        proof = f"?proof={codes.ticket(found, None)}" if found and right else ""
        return redirect_to_login(f"{address}{proof}")
    if found is None or not right:
        messages.warning(
            request, _("二维码已经换新，这次没有签上。请重新扫屏幕上的码，或输入六位数字。")
        )
        return redirect(address)
    return _door(request, found, teacher, proof=codes.ticket(found, teacher.pk))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take a code or a scan; show the six boxes, the one button, or that it is done."""
    if request.method == "POST":
        return _posted(request, uid)
    proof = request.GET.get("proof", "")
    found = _session_at_the_door(request.teacher, uid, proof)
    if not codes.ticket_is_right(found, proof, request.teacher.pk):
        proof = ""
    return _door(request, found, request.teacher, proof=proof)


def _posted(request: TeacherRequest, uid: UUID) -> HttpResponse:
    form = CodeForm(request.POST)
    proof = request.POST.get("proof", "")
    code = form.cleaned_data["code"] if form.is_valid() else ""
    try:
        actions.sign_in(uid, request.teacher, at=timezone.now(), code=code, proof=proof)
    except Session.DoesNotExist as missing:
        raise Http404 from missing
    except Refusal as refusal:
        # Somebody who may not see the session is not told that there is one.
        found = _session_at_the_door(request.teacher, uid, proof)
        if not isinstance(refusal, WrongCode):
            raise
        form.add_error("code", str(refusal))
        return _door(request, found, request.teacher, form=form, status=UNPROCESSABLE)
    address = reverse("activities:session", args=[uid])
    return HttpResponseRedirect(f"{address}#own", status=SEE_OTHER)


def _session_at_the_door(teacher: Teacher, uid: UUID, proof: str = "") -> Session:
    """Return the session if `teacher` may see it, works in its school or holds a right scan."""
    schools = [post.organisation_id for post in teacher.posts_today]
    rows = Session.objects.select_related("unit", "organisation")

    def may_come(person: Teacher) -> Q:
        return may_see_session(person) | Q(organisation__in=schools)

    if proof:
        found = rows.filter(uid=uid).first()
        if found and codes.ticket_is_right(found, proof, teacher.pk):
            return found
    return get_allowed(may_come, teacher, rows, uid)


def _door(
    request: HttpRequest,
    found: Session,
    teacher: Teacher,
    *,
    proof: str = "",
    form: CodeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    mine = Attendance.objects.filter(session=found, teacher=teacher, state__in=CAME).first()
    at = timezone.now()
    context = {
        "session": found,
        "state": found.state(at),
        "state_label": state_label(found, at),
        "mine": mine,
        "proof": proof,
        "form": form or CodeForm(),
    }
    return show(request, "activities/sign_in.html", context, status=status)
