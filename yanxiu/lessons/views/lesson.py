"""The page of one lesson, and the deeds that need no form of their own."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Case, Value, When
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.lessons import actions, sections
from yanxiu.lessons.forms import InviteForm
from yanxiu.lessons.models import Invitation, Lesson
from yanxiu.lessons.permissions import (
    may_answer_lesson,
    may_change_lesson,
    may_check_level,
    may_manage_lesson,
    may_see_lesson,
)
from yanxiu.lessons.views.reader import RELATED, lesson_of, teachers_at, uid_of, units_at
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation
from yanxiu.places.table import link_of
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
State = Lesson.State
MOST_TRIALS = 12


def _found(request: TeacherRequest, uid: UUID) -> Any:
    """Return the lesson with what the reader may do: `manages`, `checks_level`; one statement."""
    manages, checks_level = (
        Case(When(may(request.teacher), then=Value(value=True)), default=Value(value=False))
        for may in (may_manage_lesson, may_check_level)
    )
    rows = Lesson.objects.select_related(*RELATED).annotate(
        manages=manages, checks_level=checks_level
    )
    return get_allowed(may_see_lesson, request.teacher, rows, uid)


@login_required
@require_safe
def lesson(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a lesson: what, when and who, and what other apps have to add."""
    teacher, now = request.teacher, timezone.now()
    found = _found(request, uid)
    invitations = list(found.invitations.select_related("teacher", "unit", "organisation"))
    listeners = list(found.listeners.select_related("teacher"))
    trials = (
        list(
            allowed(may_see_lesson, teacher, Lesson.objects.filter(series=found.series_id))
            .select_related("teacher")
            .order_by("starts_at")[:MOST_TRIALS]
        )
        if found.series_id
        else []
    )
    own = next((each for each in listeners if each.teacher_id == teacher.pk), None)
    context = {
        "lesson": found,
        "invitations": invitations,
        "listeners": listeners,
        "comers": [each for each in listeners if each.coming],
        "heard": [each for each in listeners if each.recorded_at],
        "own": own,
        "trials": trials,
        "sections": sections.filled(found, teacher, request),
        "talk": link_of(found.session, teacher),
        "begun": found.starts_at <= now,
        "may_answer": found.teacher_id != teacher.pk and found.state == State.PLANNED,
        "is_own": found.teacher_id == teacher.pk,
        "manages": found.manages,
        "checks_level": found.checks_level and not found.level_stands,
        "changes": found.manages or found.teacher_id == teacher.pk,
    }
    return show(request, "lessons/lesson.html", context)


def _back(uid: UUID) -> HttpResponse:
    return redirect("lessons:lesson", uid=uid)


@login_required
@require_POST
def give(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Say that a lesson was given."""
    found = lesson_of(request, uid, may_change_lesson)
    actions.give(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("已确认上过。点错了可以撤回。"))
    return redirect("lessons:home") if request.POST.get("from") == "home" else _back(uid)


@login_required
@require_POST
def level(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Say whether a lesson was organised above the school, as its teacher wrote."""
    found = lesson_of(request, uid, may_check_level)
    stands = {"stands": True, "school": False}.get(request.POST.get("do", ""))
    if stands is None:
        raise Http404
    actions.check_level(found, stands=stands, by=request.teacher, at=timezone.now())
    words = _("已核对，按这个级别计。") if stands else _("已改为校级，已经告诉上课的教师。")
    messages.success(request, words)
    return _back(uid)


@login_required
@require_POST
def restore(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take a cancellation back."""
    found = lesson_of(request, uid, may_change_lesson)
    actions.restore(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("已恢复，已经告诉要来的人。"))
    return _back(uid)


@login_required
@require_POST
def answer(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Say whether one comes to listen."""
    found = lesson_of(request, uid, may_answer_lesson)
    coming = request.POST.get("coming") == "yes"
    actions.answer(found, coming=coming, by=request.teacher, at=timezone.now())
    words = _("记下了，已经放进您的日历。") if coming else _("记下了，不再提醒您。")
    messages.success(request, words)
    return redirect("lessons:home") if request.POST.get("from") == "home" else _back(uid)


@login_required
@require_POST
def researcher(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Ask for a researcher from above, or note whether one came."""
    found = lesson_of(request, uid, may_manage_lesson)
    do, now = request.POST.get("do", ""), timezone.now()
    if do == "request":
        actions.request_researcher(found, by=request.teacher, at=now)
        messages.success(request, _("已经告诉上级的教研员。"))
    elif do in {"came", "absent"}:
        name = request.POST.get("name", "")
        actions.note_researcher(found, came=do == "came", name=name, by=request.teacher, at=now)
        messages.success(request, _("已登记。"))
    else:
        raise Http404
    return _back(uid)


def _neighbours(school: Organisation) -> Any:
    """Return the other schools under the same office, None where there is none."""
    rows = Organisation.objects.filter(parent=school.parent_id, is_school=True)
    rows = rows.exclude(pk=school.pk).order_by("name")
    return rows if school.parent_id and rows.exists() else None


@login_required
@read_or_post
def invite(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Choose whom to ask to a lesson."""
    found = lesson_of(request, uid, may_change_lesson)
    school, open_to_all = found.organisation, found.announced
    asked = list(Invitation.objects.filter(lesson=found).values_list("teacher", "unit"))
    teachers = teachers_at(school).exclude(pk=found.teacher_id)
    form = InviteForm(
        request.POST or None,
        teachers=teachers.exclude(pk__in=[teacher for teacher, _unit in asked if teacher]),
        units=units_at(school).exclude(pk__in=[unit for _teacher, unit in asked if unit])
        if open_to_all
        else None,
        organisations=_neighbours(school) if open_to_all else None,
    )

    def deed(data: Any) -> str:
        actions.invite(
            found,
            teachers=list(data.get("teachers", [])),
            units=list(data.get("units", [])),
            organisations=list(data.get("organisations", [])),
            by=request.teacher,
            at=timezone.now(),
        )
        return reverse("lessons:lesson", args=[found.uid])

    return ask(
        request, form, deed, done=_("已邀请。不必答复，来与不来都可以。"),
        page="lessons/invite.html", context={"lesson": found},
    )  # fmt: skip


@login_required
@require_POST
def uninvite(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take an invitation back."""
    found = lesson_of(request, uid, may_change_lesson)
    wanted = uid_of(request.POST.get("invitation", ""))
    invitation = found.invitations.filter(uid=wanted).first() if wanted else None
    if invitation is None:
        raise Http404
    actions.withdraw_invitation(invitation, by=request.teacher, at=timezone.now())
    messages.success(request, _("已撤回邀请。"))
    return _back(uid)
