"""The one page on a session: what to do now, the roll, the minutes, what came of it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.activities import actions
from yanxiu.activities.forms import MinutesForm, texts_of
from yanxiu.activities.models import Attendance, Minutes, Session
from yanxiu.activities.permissions import may_manage_session, may_see_roll, may_write_minutes
from yanxiu.activities.queries import CAME, Roll, RollLine, expected_teachers
from yanxiu.activities.queries import roll as roll_of
from yanxiu.activities.queries import turnouts as turnouts_of
from yanxiu.activities.views.shown import (
    JOINED,
    is_living,
    managed_session,
    seen_session,
    state_label,
)
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.ledger.models import Record
from yanxiu.ledger.queries import living_entries, schemes_on
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Teacher
from yanxiu.ui.asking import kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE
from yanxiu.ui.wording import amount_text

OVERLAP = timedelta(seconds=3)
"""How far a poll looks back before the last one, so that a slow commit is not missed."""

PICKS = (
    (Attendance.State.PRESENT, "到", ""),
    (Attendance.State.LATE, "迟到", "pick-gold"),
    (Attendance.State.LEAVE, "请假", "pick-blue"),
    (Attendance.State.ON_DUTY, "公务", "pick-blue"),
    (Attendance.State.ABSENT, "缺席", "pick-red"),
)
"""The marks of the roll: state, word on the button, colour."""


# ---- the page ----
@login_required
@require_safe
def session(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show the session as far as this reader may see it."""
    found = seen_session(request.teacher, uid)
    return _page(request, found, MinutesForm(initial=texts_of(_minutes_of(found))))


def _page(
    request: TeacherRequest, found: Session, form: MinutesForm, *, status: int = 200
) -> HttpResponse:
    at = timezone.now()
    state = found.state(at)
    manages = _holds(may_manage_session, request.teacher, found)
    names = manages or _holds(may_see_roll, request.teacher, found)
    context: dict[str, Any] = {
        "session": found,
        "state": state,
        "state_label": state_label(found, at),
        "living": is_living(found, at),
        "started": found.starts_at <= at,
        "manages": manages,
        "writes_minutes": manages or _holds(may_write_minutes, request.teacher, found),
        "names": names,
        "calls_roll": manages and is_living(found, at),
        "parts": found.parts.select_related("teacher").order_by("role", "id"),
        "minutes": _minutes_of(found),
        "minutes_form": form,
        "own": own_part(found, request.teacher),
        "turnout": turnouts_of([found]).get(found.pk),
    }
    if names:
        context |= roll_context(roll_of(found), at)
        words = dict(Attendance.State.choices)
        context["amendments"] = [
            (change, words.get(change.before, ""))
            for change in found.amendments.select_related("teacher")
        ]
    return show(request, "activities/session.html", context, status=status)


def _holds(permission: Any, teacher: Teacher, found: Session) -> bool:
    return allowed(permission, teacher, Session.objects.filter(pk=found.pk)).exists()


def _minutes_of(found: Session) -> Minutes | None:
    return Minutes.objects.filter(session=found).first()


# ---- one's own part ----
@dataclass(frozen=True)
class OwnPart:
    """What the session is to the reader: whether expected, the mark, and what it earned."""

    expected: bool
    attendance: Attendance | None
    record: Record | None
    earned: str

    @property
    def came(self) -> bool:
        """Whether the reader was there."""
        return self.attendance is not None and self.attendance.state in CAME


def own_part(found: Session, teacher: Teacher) -> OwnPart:
    """Return the reader's own part in `found`."""
    attendance = Attendance.objects.filter(session=found, teacher=teacher).first()
    if not found.closed_at:
        expected = expected_teachers(found).filter(pk=teacher.pk).exists()
        return OwnPart(expected, attendance, None, "")
    source = source_of(found)
    record = Record.objects.filter(
        teacher=teacher, source_kind=source.kind, source_id=source.uid, withdrawn_at=None
    ).first()
    earned = _earned(found, record) if record else ""
    return OwnPart(attendance is not None, attendance, record, earned)


def _earned(found: Session, record: Record) -> str:
    """Return what the record earned in words, such as 2 学时; "" for nothing."""
    schemes = {scheme.id: scheme for scheme in schemes_on(found.organisation, record.happened_on)}
    entries = living_entries().filter(record=record, scheme__in=list(schemes))
    return "、".join(
        f"{amount_text(entry.amount)} {schemes[entry.scheme].unit_label(entry.unit)}"
        for entry in entries
    )


# ---- the roll ----
def roll_context(roll: Roll, at: datetime) -> dict[str, Any]:
    """Return what the fragments of the roll need."""
    return {
        "roll": roll,
        "picks": PICKS,
        "due_lines": [line for line in roll.lines if line.expected],
        "guest_lines": [line for line in roll.lines if not line.expected],
        "since": int((at - OVERLAP).timestamp()),
    }


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
    now_standing = roll_of(found)
    since = _since(request, at)
    fresh = [line for line in now_standing.lines if _is_fresh(line, since, touched)]
    context = {
        **roll_context(now_standing, at),
        "session": found,
        "living": is_living(found, at),
        "fresh": [line for line in fresh if line.expected],
        "guests_changed": any(not line.expected for line in fresh),
    }
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


# ---- minutes ----
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Save the minutes; what was typed is shown again when somebody else was faster."""
    rows = Session.objects.select_related(*JOINED)
    found = get_allowed(may_write_minutes, request.teacher, rows, uid)
    if request.method != "POST":
        return redirect("activities:session", uid=found.uid)
    form = MinutesForm(request.POST)
    if form.is_valid():
        with kept_in(form):
            actions.save_minutes(found, **form.cleaned_data, by=request.teacher, at=timezone.now())
    if form.is_valid():
        messages.success(request, _("活动记录已保存。"))
        return redirect("activities:session", uid=found.uid)
    # The next save is a merge of what stands: the writer has it in sight now.
    standing = _minutes_of(found)
    form.data = {**request.POST.dict(), "version": str(standing.version if standing else 0)}
    return _page(request, found, form, status=UNPROCESSABLE)


# ---- closing ----
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Say what closing will do, then close."""
    found = managed_session(request.teacher, uid)
    if request.method == "POST":
        actions.close_session(found, by=request.teacher, at=timezone.now())
        came = Attendance.objects.filter(session=found, state__in=CAME).count()
        messages.success(
            request,
            _("场次已关闭，考勤已定；%(came)d 人的研修记录已经写好。") % {"came": came},
        )
        return redirect("activities:session", uid=found.uid)
    standing = roll_of(found)
    context = {
        "session": found,
        "roll": standing,
        "unmarked": [line for line in standing.lines if not line.state],
        "minutes": _minutes_of(found),
        "at": timezone.now(),
        "happened_on": day_of(found.starts_at),
    }
    return show(request, "activities/close.html", context)
