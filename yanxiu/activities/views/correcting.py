"""Adding a sign-in that was missed, and correcting final attendance."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yanxiu.activities import actions
from yanxiu.activities.forms import MADE_UP_STATES, MarkForm
from yanxiu.activities.models import Attendance, Session
from yanxiu.activities.queries import CAME, RollLine
from yanxiu.activities.queries import roll as roll_of
from yanxiu.activities.refusals import SessionAlreadyClosed, SessionCancelled
from yanxiu.activities.views.shown import managed_session
from yanxiu.kernel.refusals import BadInput
from yanxiu.people.access import TeacherRequest
from yanxiu.people.models import Teacher
from yanxiu.ui.asking import kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _form(
    request: TeacherRequest, lines: list[RollLine], states: Any, initial: dict[str, Any]
) -> MarkForm:
    people = [
        (str(line.teacher.uid), f"{line.teacher.name}（{line.label or _('未签')}）")
        for line in lines
    ]
    chosen = {"teacher": request.GET.get("teacher", ""), **initial}
    return MarkForm(request.POST or None, people=people, states=states, initial=chosen)


def _chosen(lines: list[RollLine], form: MarkForm) -> Teacher:
    wanted = form.cleaned_data["teacher"]
    return next(line.teacher for line in lines if str(line.teacher.uid) == wanted)


@login_required
@read_or_post
def make_up(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Add the sign-in of somebody who was there but could not sign in."""
    found = managed_session(request.teacher, uid)
    if found.closed_at:
        raise SessionAlreadyClosed(found.closed_at)
    if found.cancelled_at:
        raise SessionCancelled(found.cancelled_because)
    lines = [line for line in roll_of(found).lines if line.state not in CAME]
    form = _form(request, lines, MADE_UP_STATES, {"state": Attendance.State.PRESENT})
    if request.method == "POST" and form.is_valid():
        teacher = _chosen(lines, form)
        with kept_in(form):
            actions.make_up(
                found,
                teacher,
                state=form.cleaned_data["state"],
                reason=form.cleaned_data["reason"],
                by=request.teacher,
                at=timezone.now(),
            )
            messages.success(request, _("已为%(name)s补签。") % {"name": teacher.name})
            return redirect("activities:session", uid=found.uid)
    return _shown(request, "activities/make_up.html", found, form, nobody=not lines)


@login_required
@read_or_post
def amend(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Correct final attendance; who, when and why stay to be read."""
    found = managed_session(request.teacher, uid)
    if not found.closed_at:
        raise BadInput(_("本场次还没有关闭，不需要更正；请直接在点名表里改。"))
    lines = roll_of(found).lines
    form = _form(request, lines, Attendance.State.choices, {})
    if request.method == "POST" and form.is_valid():
        teacher = _chosen(lines, form)
        with kept_in(form):
            amendment = actions.amend_attendance(
                found,
                teacher,
                state=form.cleaned_data["state"],
                reason=form.cleaned_data["reason"],
                by=request.teacher,
                at=timezone.now(),
            )
            words = {"name": teacher.name, "state": amendment.get_after_display()}
            messages.success(
                request, _("%(name)s已更正为%(state)s，研修记录和学时随之更正。") % words
            )
            return redirect("activities:session", uid=found.uid)
    return _shown(request, "activities/amend.html", found, form)


def _shown(
    request: TeacherRequest, page: str, found: Session, form: MarkForm, *, nobody: bool = False
) -> HttpResponse:
    status = UNPROCESSABLE if form.errors else 200
    context = {"session": found, "form": form, "nobody": nobody}
    return show(request, page, context, status=status)
