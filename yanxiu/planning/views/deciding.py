"""Handing in, approving, returning, reading out; the head of a plan, and its versions."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.models import Teacher
from yanxiu.people.models.teacher import today
from yanxiu.planning import actions
from yanxiu.planning.burden import burdens_of_quotas
from yanxiu.planning.comparing import differences
from yanxiu.planning.demands import demand_for
from yanxiu.planning.forms import HeadForm, ReadOutForm, ReturnForm
from yanxiu.planning.freezing import HEAD, content_of
from yanxiu.planning.models import Plan
from yanxiu.planning.permissions import may_approve_plan, may_manage_plan
from yanxiu.planning.views.people import names_of, teacher_called
from yanxiu.planning.views.shown import managed_plan, read_or_post, seen_plan
from yanxiu.planning.views.starting import parents_for
from yanxiu.texts.numerals import whole_number
from yanxiu.ui.asking import kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE


def _holds(permission: Any, teacher: Teacher, found: Plan) -> bool:
    return allowed(permission, teacher, Plan.objects.filter(pk=found.pk)).exists()


@login_required
@read_or_post
def decide(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show what a plan asks of people and what can be decided about it now; decide."""
    found, teacher = seen_plan(request.teacher, uid), request.teacher
    manages, approves = (_holds(may, teacher, found) for may in (may_manage_plan, may_approve_plan))
    if not manages and not approves:
        raise Http404
    asked = request.POST.get("do", "")
    given = {
        "return": ReturnForm(request.POST if asked == "return" else None),
        "read_out": ReadOutForm(
            request.POST if asked == "read_out" else None, initial={"on": today()}
        ),
    }
    if request.method == "POST":
        done = _decided(found, asked, given, teacher, request.POST.get("remark", ""))
        if done:
            messages.success(request, done)
            return redirect("planning:plan", uid=found.uid)
    wrong = any(form.errors for form in given.values())
    context = {
        "plan": found,
        "manages": manages,
        "may_decide": approves
        and found.state == Plan.State.SUBMITTED
        and found.submitted_by_uid != teacher.uid,
        "demand": demand_for(found),
        "burdens": burdens_of_quotas(found, today()),
        "return_form": given["return"],
        "read_form": given["read_out"],
        "log": list(found.events.all()),
    }
    return show(request, "planning/decide.html", context, status=UNPROCESSABLE if wrong else 200)


def _decided(found: Plan, asked: str, given: dict[str, Any], teacher: Teacher, remark: str) -> str:
    """Do what was asked; return what to say, "" where a form has to be shown again."""
    now = timezone.now()
    if asked == "submit":
        actions.submit_plan(found, by=teacher, at=now)
        return _("计划已提交，等待审批；需要改时可以撤回。")
    if asked == "withdraw":
        actions.withdraw_submission(found, by=teacher, at=now)
        return _("已撤回提交，可以继续修改。")
    if asked == "approve":
        actions.approve_plan(found, by=teacher, at=now, remark=remark)
        return _("已审批通过，这一版已经存定，计划生效。")
    form = given.get(asked)
    if form is None:
        raise Http404
    if form.is_valid():
        with kept_in(form):
            data = form.cleaned_data
            if asked == "return":
                actions.return_plan(found, because=data["reason"], by=teacher, at=now)
                return _("已退回，原因已告诉提交的人。")
            actions.read_out(found, on=data["on"], where=data["where"], by=teacher, at=now)
            return _("宣读已记下。")
    return ""


@login_required
@require_POST
def confirm(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Put a plan written by hand into force."""
    found = managed_plan(request.teacher, uid)
    actions.confirm_plan(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("计划已确认，全校可见；接下来可以排期。"))
    return redirect("planning:plan", uid=found.uid)


@login_required
@read_or_post
def head(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Change the title and the rest of the head of a plan."""
    found, teacher = managed_plan(request.teacher, uid), request.teacher
    initial = {name: getattr(found, name) for name in HEAD}
    initial |= {"owner": found.owner.name if found.owner else "", "parent": found.parent_id}
    form: forms.Form = HeadForm(
        request.POST or None,
        plan=found,
        parents=parents_for(teacher).exclude(pk=found.pk),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        with kept_in(form):
            given = dict(form.cleaned_data)
            because = given.pop("because", "")
            given["owner"] = teacher_called(given["owner"], found.organisation)
            actions.edit_plan(found, given, because=because, by=teacher, at=timezone.now())
            messages.success(request, _("已修改。"))
            return redirect("planning:plan", uid=found.uid)
    context = {
        "plan": found,
        "form": form,
        "title": _("修改标题和基本情况"),
        "names": names_of(found.organisation),
        "kind": "head",
        "part": found,
    }
    return show(request, "planning/add.html", context, status=UNPROCESSABLE if form.errors else 200)


@login_required
@require_safe
def versions(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show any two versions of a plan side by side; the last two unless others are chosen."""
    found = seen_plan(request.teacher, uid)
    rows = list(found.versions.all())
    numbers = [row.number for row in rows]
    new = _chosen(request.GET.get("new"), numbers, len(numbers) - 1)
    old = _chosen(request.GET.get("old"), numbers, max(0, len(numbers) - 2))
    by_number = {row.number: row.content for row in rows}
    context = {
        "plan": found,
        "versions": rows,
        "old": old,
        "new": new,
        "differences": differences(by_number[old], by_number[new]) if rows else [],
        "unkept": bool(rows) and content_of(found) != rows[-1].content,
    }
    return show(request, "planning/versions.html", context)


def _chosen(text: str | None, numbers: list[int], place: int) -> int:
    if not numbers:
        return 0
    number = whole_number(text or "")
    return number if number in numbers else numbers[place]
