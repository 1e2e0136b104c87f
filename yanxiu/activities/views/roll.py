"""The roll: taking it, all the rest at once, undoing, and what the host is asked to look at."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yanxiu.activities import actions
from yanxiu.activities.doubts import NOT_LEFT, Doubt, doubts
from yanxiu.activities.models import Attendance, RollBatch, Session, SpotCheck
from yanxiu.activities.presence import levelled
from yanxiu.activities.queries import Roll, RollLine
from yanxiu.activities.queries import roll as roll_of
from yanxiu.activities.sign_in_rules import rule_of
from yanxiu.activities.views.roll_picks import PICKS
from yanxiu.activities.views.shown import is_living, managed_session
from yanxiu.people.access import TeacherRequest
from yanxiu.people.models import Teacher
from yanxiu.texts.numerals import whole_number
from yanxiu.ui.pages import show

OVERLAP = timedelta(seconds=3)
"""How far a poll looks back before the last one, so that a slow commit is not missed."""

UNDO_FOR = timedelta(minutes=15)
"""For how long the page offers to undo a batch."""


def roll_context(roll: Roll, at: datetime) -> dict[str, Any]:
    """Return what the fragments of the roll need."""
    roll = levelled(roll)
    return {
        "roll": roll,
        "picks": PICKS,
        "due_lines": [line for line in roll.lines if line.expected],
        "guest_lines": [line for line in roll.lines if not line.expected],
        "since": int((at - OVERLAP).timestamp()),
    }


def host_context(found: Session, roll: Roll, at: datetime) -> dict[str, Any]:
    """Return what only the host of a session that is not closed needs; five statements."""
    rule = rule_of(found)
    over = at >= found.ends_at
    asked = doubts(found, rule, [line.attendance for line in roll.lines if line.attendance])
    batch = found.roll_batches.order_by("-at", "-id").first()
    undoable = batch is not None and not batch.undone_at and at - batch.at < UNDO_FOR
    return {
        "rule": rule,
        "doubts": [one for one in asked if one.why != NOT_LEFT],
        "to_confirm": any(one.attendance and one.why != NOT_LEFT for one in asked),
        "not_left": [one for one in asked if one.why == NOT_LEFT and (over or rule.is_signing_out)],
        "batch": batch if undoable and batch and len(batch.states) > 1 else None,
        "spot_check": _spot_check(found, roll),
    }


def _spot_check(found: Session, roll: Roll) -> dict[str, Any] | None:
    """Return the last draw with the people of it and what was found."""
    check = found.spot_checks.order_by("-at", "-id").first()
    if check is None:
        return None
    known = {str(line.teacher.uid): line.teacher for line in roll.lines}
    lines = [(known[uid], check.results.get(uid, "")) for uid in check.drawn if uid in known]
    return {"check": check, "lines": lines, "is_done": all(result for _who, result in lines)}


# ---- the roll ----
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roll(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take the marks that changed; to htmx, give counts and the lines that changed since."""
    found = managed_session(request.teacher, uid)
    at = timezone.now()
    touched: set[int] = set()
    if request.method == "POST":
        marks = marked(request.POST, roll_of(found))
        actions.call_roll(found, marks, by=request.teacher, at=at)
        touched = {teacher.pk for teacher in marks}
    if not request.htmx:
        if request.method == "POST":
            messages.success(request, _("点名已保存。"))
        return redirect("activities:session", uid=found.uid)
    return _changes(request, found, at, touched)


def _changes(
    request: TeacherRequest, found: Session, at: datetime, touched: set[int]
) -> HttpResponse:
    standing = roll_of(found)
    since = _since(request, at)
    context = {
        **roll_context(standing, at),
        **host_context(found, standing, at),
        "session": found,
        "living": is_living(found, at),
        "polls": True,
    }
    lines: list[RollLine] = context["roll"].lines
    fresh = [line for line in lines if _is_fresh(line, since, touched)]
    context["fresh"] = [line for line in fresh if line.expected]
    context["guests_changed"] = any(not line.expected for line in fresh)
    return show(request, "activities/_roll_changes.html", context)


def marked(posted: QueryDict, roll: Roll) -> dict[Teacher, str]:
    """Return the marks that differ from what the page showed.

    A page that is older than a sign-in must not wipe it out, so each name carries the mark it was
    shown with, and only a mark that the host really changed is taken.
    """
    known = {"", *Attendance.State.values}
    marks = {}
    for line in roll.lines:
        was, now = posted.get(f"w{line.teacher.pk}", ""), posted.get(f"s{line.teacher.pk}")
        if now is not None and now != was and now in known:
            marks[line.teacher] = now
    return marks


def _since(request: TeacherRequest, at: datetime) -> datetime:
    text = request.GET.get("since", "")
    if not text.isdecimal() or len(text) > 10:  # noqa: PLR2004 (seconds of this age)
        return at - OVERLAP
    return datetime.fromtimestamp(int(text), UTC)


def _is_fresh(line: RollLine, since: datetime, touched: set[int]) -> bool:
    marked_since = line.attendance is not None and line.attendance.at >= since
    return marked_since or line.teacher.pk in touched


@login_required
@require_POST
def one(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Mark the one person who was meant by what was typed from the paper."""
    found = managed_session(request.teacher, uid)
    teacher = get_object_or_404(
        Teacher.objects.filter(posts__organisation=found.organisation).distinct(),
        uid=_uuid(request.POST.get("teacher", "")),
    )
    state = request.POST.get("state", "")
    if state not in Attendance.State.values:
        raise Http404
    method = Attendance.Method.PAPER
    actions.call_roll(found, {teacher: state}, by=request.teacher, at=timezone.now(), method=method)
    return redirect("activities:paper", uid=found.uid)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as nonsense:
        raise Http404 from nonsense


@login_required
@require_POST
def rest(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Mark everybody expected who has no mark as present."""
    found = managed_session(request.teacher, uid)
    at = timezone.now()
    batch = actions.mark_rest(found, by=request.teacher, at=at)
    touched = _people_of(batch) if batch else set()
    if request.htmx:
        return _changes(request, found, at, touched)
    told = _("其余 %(n)d 人都记为到。") if touched else _("没有未签的人了，没有改动。")
    messages.success(request, told % {"n": len(touched)} if touched else told)
    return redirect("activities:session", uid=found.uid)


@login_required
@require_POST
def undo(request: TeacherRequest, uid: UUID, batch: UUID) -> HttpResponse:
    """Put back what stood before a batch of marks."""
    found = managed_session(request.teacher, uid)
    done = get_object_or_404(RollBatch, session=found, uid=batch)
    at = timezone.now()
    back = actions.undo_roll(done, by=request.teacher, at=at)
    if request.htmx:
        return _changes(request, found, at, _people_of(done))
    messages.success(request, _("已撤销，%(n)d 人恢复原来的样子。") % {"n": back})
    return redirect("activities:session", uid=found.uid)


def _people_of(batch: RollBatch) -> set[int]:
    return set(Teacher.objects.filter(uid__in=batch.states).values_list("pk", flat=True))


# ---- what the host is asked ----
@login_required
@require_POST
def confirm(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Confirm one doubtful sign-in or all of them, or set one aside."""
    found = managed_session(request.teacher, uid)
    at, asked = timezone.now(), doubts(found)
    aside, one = request.POST.get("aside", ""), request.POST.get("seen", "")
    if aside:
        (teacher,) = _chosen(asked, [aside])
        actions.set_aside(found, teacher, by=request.teacher, at=at)
        told = _("%(name)s的签到没有采用；本人可以用自己的手机再签。") % {"name": teacher.name}
    else:
        seen = _chosen(asked, [one] if one else [str(each.teacher.uid) for each in asked])
        n = actions.confirm_attendance(found, seen, by=request.teacher, at=at)
        told = _("已确认 %(n)d 人在场。") % {"n": n}
    if request.htmx:
        return _changes(request, found, at, {teacher.pk for teacher in _chosen(asked, [aside])}
                        if aside else {each.pk for each in seen})  # fmt: skip
    messages.success(request, told)
    return redirect("activities:session", uid=found.uid)


def _chosen(asked: Iterable[Doubt], uids: list[str]) -> list[Teacher]:
    found = {str(one.teacher.uid): one.teacher for one in asked}
    if any(uid not in found for uid in uids):
        raise Http404
    return [found[uid] for uid in uids]


@login_required
@require_POST
def minutes_there(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Decide the minutes of those who did not sign out; an empty box is the whole length."""
    found = managed_session(request.teacher, uid)
    decided: dict[Teacher, int] = {}
    for one in doubts(found):
        typed = request.POST.get(f"m{one.teacher.pk}")
        if one.why == NOT_LEFT and typed is not None:
            number = whole_number(typed.strip())
            decided[one.teacher] = found.minutes if number is None else number
    actions.set_minutes(found, decided, by=request.teacher, at=timezone.now())
    messages.success(request, _("%(n)d 人的在场分钟已定。") % {"n": len(decided)})
    return redirect("activities:session", uid=found.uid)


@login_required
@require_POST
def draw(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Draw a few to look for in the room."""
    found = managed_session(request.teacher, uid)
    size = request.POST.get("size", "")
    wanted = int(size) if size.isdecimal() and len(size) < 3 else 3  # noqa: PLR2004 (two digits)
    actions.draw_spot_check(found, by=request.teacher, at=timezone.now(), size=wanted)
    return redirect(f"{_address(found)}#spot-check")


@login_required
@require_POST
def answer(request: TeacherRequest, uid: UUID, check: UUID) -> HttpResponse:
    """Keep whom the host found: `here` and `away` name people."""
    found = managed_session(request.teacher, uid)
    drawn = get_object_or_404(SpotCheck, session=found, uid=check)
    results = {
        uid: state for state in Attendance.Check.values for uid in request.POST.getlist(state)
    }
    known = {str(one.uid): one for one in Teacher.objects.filter(uid__in=drawn.drawn)}
    told = {known[uid]: state for uid, state in results.items() if uid in known}
    actions.answer_spot_check(drawn, told, by=request.teacher, at=timezone.now())
    return redirect(f"{_address(found)}#spot-check")


def _address(found: Session) -> str:
    return str(redirect("activities:session", uid=found.uid)["Location"])
