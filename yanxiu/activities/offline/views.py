"""The roll that works without a network: the page, what it sends, and what is left to settle."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.activities.models import Attendance, OfflineTap, Session
from yanxiu.activities.offline import actions, queries
from yanxiu.activities.offline.batch import read_batch
from yanxiu.activities.offline.refusals import WhoIsMeant
from yanxiu.activities.queries import roll as roll_of
from yanxiu.activities.views import roll_picks
from yanxiu.activities.views.shown import is_living, managed_session, state_label
from yanxiu.kernel.refusals import BadInput, Refusal
from yanxiu.people.access import TeacherRequest
from yanxiu.people.models import Teacher
from yanxiu.ui.languages import in_script_of_reader
from yanxiu.ui.offline import keep_offline
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE
from yanxiu.ui.wording import moment_text

STATES = frozenset({"", *Attendance.State.values})
PICKS = tuple(pick for pick in roll_picks.PICKS if pick[0] != Attendance.State.ABSENT)
"""The marks that a host gives offline: absent is who has none when the session is closed."""
JSON = "application/json"


@never_cache
@require_safe
def now(request: HttpRequest) -> JsonResponse:
    """Tell an open page the time, who is logged in, and a fresh token for what it sends."""
    return JsonResponse({"now": _clock(), "reader": _reader(request), "token": get_token(request)})


def _clock() -> int:
    return int(timezone.now().timestamp() * 1000)


def _reader(request: HttpRequest) -> str:
    return str(request.user.uid) if isinstance(request.user, Teacher) else ""


@login_required
@require_safe
def roll(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show the roll with all it needs to go on alone."""
    found = managed_session(request.teacher, uid)
    at = timezone.now()
    lines = roll_of(found).lines
    context = {
        "session": found,
        "living": is_living(found, at),
        "session_state": found.state(at),
        "state_label": state_label(found, at),
        "picks": PICKS,
        "names": queries.names(found, lines),
        "made": _clock(),
        "waiting": found.offline_taps.filter(queries.to_settle()).count(),
    }
    answer = show(request, "activities/offline/roll.html", context)
    return keep_offline(answer, request.teacher)


@require_POST
def taps(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take what a device recorded; what it may forget and what was wrong is told by key.

    Not by a redirect to the log-in page: the device keeps everything and asks its host.
    """
    if not request.user.is_authenticated:
        return _sentence(_("请重新登录，再把这台设备上的点名送上来；点过的名字都还在。"), 401)
    found = managed_session(request.teacher, uid)
    try:
        # A form has been read by now, and its body cannot be had again.
        sent = request.body if request.content_type == JSON else b""
        batch = read_batch(sent, STATES)
        taken = actions.take_taps(found, batch, by=request.teacher, at=timezone.now())
    except Refusal as refusal:
        return _sentence(in_script_of_reader(str(refusal)), UNPROCESSABLE)
    found.refresh_from_db()
    return JsonResponse(
        {
            "taken": [str(key) for key in taken.keys],
            "refused": {
                key: in_script_of_reader(sentence) for key, sentence in taken.refused.items()
            },
            "now": _clock(),
            "standing": queries.standing(roll_of(found).lines),
            "closed": not is_living(found, timezone.now()),
            "waiting": found.offline_taps.filter(queries.to_settle()).count(),
        }
    )


def _sentence(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"sentence": sentence}, status=status)


# ---- what is left to settle ----
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show both sides where devices and roll disagree, and take the host's decision."""
    found = managed_session(request.teacher, uid)
    if request.method == "POST":
        _decide(request, found)
        return redirect("activities:offline_review", uid=found.uid)
    waiting = queries.questions(found)
    nameless = any(question.teacher is None for question in waiting)
    context = {
        "session": found,
        "questions": [_shown(question) for question in waiting],
        "people": _people(found) if nameless else [],
        "closed": found.closed_at is not None,
    }
    return show(request, "activities/offline/review.html", context)


def _people(found: Session) -> "list[Teacher]":
    """Return who can stand behind a typed name: whoever has a post in the school."""
    return list(queries.colleagues(found).order_by("pinyin", "id"))


def _shown(question: queries.Question) -> dict[str, Any]:
    """Return a question with its sides in words."""
    words = dict(Attendance.State.choices)
    now_state = question.now.state if question.now else ""
    methods = dict(Attendance.Method.choices)
    met = next((tap.met for tap in question.taps if tap.met), None)
    return {
        "question": question,
        "now": words.get(now_state, _("未签")),
        "now_method": methods.get(question.now.method, "") if question.now else "",
        "met": _met(met, words, methods) if met and met["state"] != now_state else "",
        "sides": [
            {
                "tap": tap,
                "word": words.get(tap.state, _("收回点名")),
                "device": str(tap.device)[:4],
                "offers": tap.state != now_state and bool(tap.state),
                "reason": _reason(tap, words),
            }
            for tap in question.taps
        ],
    }


def _met(met: dict[str, Any], words: dict[Any, Any], methods: dict[Any, Any]) -> str:
    at = datetime.fromisoformat(met["at"])
    told = {
        "state": words.get(met["state"], ""),
        "method": methods.get(met["method"], ""),
        "at": moment_text(at),
    }
    return _("%(at)s %(method)s为“%(state)s”") % told


def _reason(tap: OfflineTap, words: dict[Any, Any]) -> str:
    told = {
        "at": moment_text(tap.tapped_at),
        "name": tap.by_name,
        "state": words.get(tap.state, ""),
    }
    return _("离线点名晚到：%(at)s %(name)s点了“%(state)s”。") % told


def _decide(request: TeacherRequest, found: Session) -> None:
    """Do what one of the buttons says."""
    at, by = timezone.now(), request.teacher
    tap = (
        OfflineTap.objects.filter(session=found, key=_key(request.POST.get("tap", "")))
        .select_related("teacher", "session")
        .first()
    )
    if tap is None:
        raise BadInput(_("没有说明办哪一条，没有改动。请刷新本页再办。"))
    deed = request.POST.get("do")
    name = tap.teacher.name if tap.teacher else tap.name
    if deed == "drop":
        actions.drop_tap(tap, by=by, at=at)
        messages.success(request, _("%(name)s：就按现在的。") % {"name": name})
        return
    if tap.teacher is None:
        chosen = request.POST.get("teacher", "")
        person = queries.colleagues(found).filter(uid=_key(chosen)).first() if chosen else None
        if person is None:
            raise WhoIsMeant(tap.name)
        actions.name_walk_in(tap, person, by=by, at=at)
        told = {"name": tap.name, "teacher": person.name}
        messages.success(request, _("“%(name)s”已对应到%(teacher)s。") % told)
        return
    actions.follow_tap(tap, by=by, at=at, reason=request.POST.get("reason", ""))
    told = {"name": name, "state": tap.get_state_display()}
    messages.success(request, _("%(name)s已改为%(state)s。") % told)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
