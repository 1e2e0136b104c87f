"""The one page on a session: what to do now, the roll, the minutes, what came of it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.activities import actions, sections
from yanxiu.activities.forms import MinutesForm, texts_of
from yanxiu.activities.models import Attendance, Minutes, Session
from yanxiu.activities.permissions import may_manage_session, may_see_roll, may_write_minutes
from yanxiu.activities.queries import CAME, expected_teachers, hosts_present
from yanxiu.activities.queries import roll as roll_of
from yanxiu.activities.queries import turnouts as turnouts_of
from yanxiu.activities.views.roll import host_context, roll_context
from yanxiu.activities.views.shown import (
    JOINED,
    is_living,
    managed_session,
    seen_session,
    state_label,
)
from yanxiu.activities.views.told import homes_seen, told_of
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


# ---- the page ----
@login_required
@require_safe
def session(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show the session as far as this reader may see it."""
    found = seen_session(request.teacher, uid)
    return _page(request, found, MinutesForm(initial=texts_of(_minutes_of(found), found)))


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
        "parts": found.parts.filter(home=None).select_related("teacher").order_by("role", "id"),
        "minutes": _minutes_of(found),
        "minutes_form": form,
        "own": own_part(found, request.teacher),
        "turnout": turnouts_of([found]).get(found.pk),
        "sections": sections.filled(found, request.teacher, request),
    }
    came = context["own"].came
    context |= told_of(found, request.teacher, manages=manages, came=came)
    if names:
        homes = homes_seen(found, request.teacher, manages=manages)
        standing = roll_of(found, homes=homes)
        context |= roll_context(standing, at)
        if context["calls_roll"]:
            context |= host_context(found, standing, at)
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
    form.data = {
        **request.POST.dict(),
        "interactions": request.POST.getlist("interactions"),
        "version": str(standing.version if standing else 0),
    }
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
    present = hosts_present(found, request.teacher)
    taken = {host.pk for host in present}
    left = [line for line in standing.lines if not line.state and line.teacher.pk not in taken]
    context = {
        "session": found,
        "came": standing.came + len(present),
        "hosts_present": present,
        "unmarked": [line for line in left if not line.is_away],
        "away": [line for line in left if line.is_away],
        "minutes": _minutes_of(found),
        "at": timezone.now(),
        "happened_on": day_of(found.starts_at),
    }
    return show(request, "activities/close.html", context)
