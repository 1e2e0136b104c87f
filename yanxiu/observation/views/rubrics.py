"""Rubrics: the shipped ones and the school's own, shown and changed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.observation import actions
from yanxiu.observation.models import Rubric, RubricVersion
from yanxiu.observation.permissions import may_manage_rubric, may_see_rubric
from yanxiu.observation.queries.rubrics import at_hand
from yanxiu.observation.rubric_form import RubricForm
from yanxiu.observation.views.reader import manager_of, manages_any, own_school
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def rubrics(request: TeacherRequest) -> HttpResponse:
    """List the rubrics at hand in this school."""
    context = {
        "rubrics": list(at_hand(own_school(request))),
        "manages": manages_any(request.teacher),
    }
    return show(request, "observation/rubrics.html", context)


@login_required
@require_safe
def rubric(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a rubric as it stands on the form, and its versions."""
    found = get_allowed(may_see_rubric, request.teacher, Rubric.objects.all(), uid)
    versions = list(found.versions.order_by("-number"))
    number = request.GET.get("version", "")
    version = next((each for each in versions if str(each.number) == number), versions[0])
    context = {
        "rubric": found,
        "version": version,
        "versions": versions,
        "manages": allowed(
            may_manage_rubric, request.teacher, Rubric.objects.filter(pk=found.pk)
        ).exists(),
        "copies": manages_any(request.teacher),
    }
    return show(request, "observation/rubric.html", context)


def _newest(rubric: Rubric) -> RubricVersion:
    newest: RubricVersion = rubric.versions.order_by("-number")[0]
    return newest


@login_required
@read_or_post
def new(request: TeacherRequest) -> HttpResponse:
    """Set up a rubric of the school, from a copy of another (`?from=`) or from the first one."""
    school = manager_of(request)
    seen = allowed(may_see_rubric, request.teacher, Rubric.objects.all())
    wanted = request.GET.get("from", "")
    copied = next((row for row in seen if str(row.uid) == wanted), None) or seen.first()
    initial = RubricForm.from_version(_newest(copied)) if copied else {}
    if copied and wanted:
        initial["name"] = _("%(name)s（本校）") % {"name": copied.name}
    form = RubricForm(request.POST or None, initial=initial)

    def deed(data: Any) -> str:
        version = actions.make_rubric(
            school,
            name=data["name"],
            content=data["content"],
            purpose=data["purpose"],
            lesson_kinds=data["lesson_kinds"],
            subjects=data["subjects"],
            by=request.teacher,
            at=timezone.now(),
        )
        return reverse("observation:rubric", args=[version.rubric.uid])

    context = {"heading": _("建一份评课量表"), "back": reverse("observation:rubrics")}
    page, done = "observation/rubric_form.html", _("建好了，听课时可以选用。")
    return ask(request, form, deed, done=done, page=page, context=context)


@login_required
@read_or_post
def edit(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Change a rubric: a new version, old records keep theirs."""
    found = get_allowed(may_manage_rubric, request.teacher, Rubric.objects.all(), uid)
    form = RubricForm(
        request.POST or None, initial=RubricForm.from_version(_newest(found)), renames=False
    )

    def deed(data: Any) -> str:
        actions.change_rubric(
            found,
            content=data["content"],
            because=data["because"],
            purpose=data["purpose"],
            lesson_kinds=data["lesson_kinds"],
            subjects=data["subjects"],
            by=request.teacher,
            at=timezone.now(),
        )
        return reverse("observation:rubric", args=[found.uid])

    back = reverse("observation:rubric", args=[found.uid])
    context = {"heading": _("改评课量表"), "back": back, "rubric": found}
    page, done = "observation/rubric_form.html", _("已存成新的一版，旧的听课记录用原来的版本。")
    return ask(request, form, deed, done=done, page=page, context=context)


@login_required
@require_POST
def retire(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take a rubric out of use, or back."""
    found = get_allowed(may_manage_rubric, request.teacher, Rubric.objects.all(), uid)
    row = actions.retire_rubric(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("已停用，可以再启用。") if row.retired_at else _("已启用。"))
    return redirect("observation:rubric", uid=uid)
