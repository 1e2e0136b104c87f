"""Requirements by grade: reading what is in force, proposing, approving."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.preparation import actions
from yanxiu.preparation.forms import NewRequirementForm, RequirementForm
from yanxiu.preparation.models import GradeRequirement, RequirementVersion
from yanxiu.preparation.permissions import (
    may_approve_requirement,
    may_propose_requirement,
    may_see_requirement,
)
from yanxiu.preparation.views.reader import units_to_schedule
from yanxiu.texts.differences import difference, measure, paragraphs_of
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
State = RequirementVersion.State
MOST = 200


@login_required
@require_safe
def requirements(request: TeacherRequest) -> HttpResponse:
    """List the requirements of all groups, each with where it stands."""
    newest = RequirementVersion.objects.filter(requirement=OuterRef("pk")).order_by("-number")
    approved = newest.filter(state=State.APPROVED)
    rows = (
        allowed(may_see_requirement, request.teacher, GradeRequirement.objects.all())
        .select_related("unit")
        .annotate(
            state=Subquery(newest.values("state")[:1]),
            in_force_since=Subquery(approved.values("decided_at")[:1]),
        )
    )
    context = {
        "rows": list(rows[:MOST]),
        "proposes": bool(request.teacher.leads) or request.teacher.holds("manage_lessons"),
        "labels": dict(State.choices),
    }
    return show(request, "preparation/requirements.html", context)


def _requirement(request: TeacherRequest, uid: UUID, permission: Any) -> GradeRequirement:
    rows = GradeRequirement.objects.select_related("unit", "organisation")
    return get_allowed(permission, request.teacher, rows, uid)


@login_required
@require_safe
def requirement(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show what is in force, what was proposed since, and the versions."""
    found = _requirement(request, uid, may_see_requirement)
    versions = list(found.versions.select_related("made_by").order_by("-number"))
    in_force = next((one for one in versions if one.state == State.APPROVED), None)
    newest = versions[0] if versions else None
    changes = (
        difference(paragraphs_of(in_force.text), paragraphs_of(newest.text))
        if in_force and newest and newest.number > in_force.number
        else []
    )
    teacher = request.teacher
    office = any(
        found.organisation.path.startswith(path) for path in teacher.reach_paths("manage_lessons")
    )
    context = {
        "requirement": found,
        "versions": versions,
        "in_force": in_force,
        "newest": newest,
        "changes": changes,
        "departs": measure(changes) if changes else None,
        "proposes": office or found.unit_id in teacher.leads,
        "decides": office
        and newest is not None
        and newest.state == State.PROPOSED
        and newest.made_by_id != teacher.pk,
    }
    return show(request, "preparation/requirement.html", context)


@login_required
@read_or_post
def new(request: TeacherRequest) -> HttpResponse:
    """Begin the requirements of a grade."""
    units = units_to_schedule(request.teacher)
    if not (request.teacher.leads or request.teacher.holds("manage_lessons")):
        raise Http404
    form = NewRequirementForm(request.POST or None)
    form.offer(units)

    def deed(data: Any) -> str:
        found = actions.begin_requirement(
            data["unit"], subject=data["subject"], grade=data["grade"], text=data["text"],
            by=request.teacher, at=timezone.now(),
        )  # fmt: skip
        return reverse("preparation:requirement", args=[found.uid])

    return ask(
        request, form, deed, done=_("已保存，等教科室审定。"),
        page="preparation/requirement_new.html", context={},
    )  # fmt: skip


@login_required
@read_or_post
def edit(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Propose a new version, upon the newest."""
    found = _requirement(request, uid, may_propose_requirement)
    newest = found.versions.order_by("-number").first()
    form = RequirementForm(
        request.POST or None,
        initial={"text": newest.text if newest else "", "edition": found.edition},
    )

    def deed(data: Any) -> str:
        actions.propose(
            found, text=data["text"], reason=data["reason"], edition=data["edition"],
            by=request.teacher, at=timezone.now(),
        )  # fmt: skip
        return reverse("preparation:requirement", args=[found.uid])

    return ask(
        request, form, deed, done=_("已保存为新的一稿，等教科室审定；审定以前，原来的照旧有效。"),
        page="preparation/requirement_edit.html",
        context={"requirement": found, "newest": newest},
    )  # fmt: skip


@login_required
@require_POST
def decide(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Approve the newest version, or return it."""
    found = _requirement(request, uid, may_approve_requirement)
    newest = found.versions.order_by("-number").first()
    if newest is None:
        raise Http404
    approved = request.POST.get("do") == "approve"
    actions.decide_requirement(
        newest, approved=approved, word=request.POST.get("word", "")[:200],
        by=request.teacher, at=timezone.now(),
    )  # fmt: skip
    messages.success(
        request, _("已审定，从今天起有效。") if approved else _("已退回，起草的人会看到意见。")
    )
    return redirect("preparation:requirement", uid=found.uid)
