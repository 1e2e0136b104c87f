"""The record of what one does about questions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Teacher
from yanxiu.people.models.teacher import today
from yanxiu.question_setting import actions, queries
from yanxiu.question_setting.forms import DeedForm
from yanxiu.question_setting.models import Nomination, QuestionDeed
from yanxiu.question_setting.permissions import may_change_deed, may_see_deed, may_see_nomination
from yanxiu.question_setting.views.reader import own_school, read_or_post
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show
from yanxiu.works.permissions import may_ask_works_of

NAMES = tuple(actions.DeedFacts.__dataclass_fields__)


def _show(request: TeacherRequest, teacher: Teacher) -> HttpResponse:
    seen = allowed(may_see_deed, request.teacher, QuestionDeed.objects.all())
    proposed = allowed(may_see_nomination, request.teacher, Nomination.objects.all())
    context = {
        "whose": teacher,
        "mine": teacher.pk == request.teacher.pk,
        "done": queries.experience(teacher, seen, proposed),
    }
    return show(request, "question_setting/experience.html", context)


@login_required
@require_safe
def mine(request: TeacherRequest) -> HttpResponse:
    """Show the own record."""
    return _show(request, request.teacher)


@login_required
@require_safe
def teacher(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show the record of somebody whom the reader leads or supports."""

    def may(reader: Teacher) -> Q:
        return Q(pk=reader.pk) | may_ask_works_of(reader)

    return _show(request, get_allowed(may, request.teacher, Teacher.objects.all(), uid))


@login_required
@read_or_post
def new(request: TeacherRequest) -> HttpResponse:
    """Tell a deed."""
    school = own_school(request)
    form = DeedForm(request.POST or None, initial={"happened_on": today()})

    def deed(data: Any) -> str:
        facts = actions.DeedFacts(**{name: data[name] for name in NAMES})
        actions.tell_deed(school, facts, by=request.teacher, at=timezone.now())
        return reverse("question_setting:mine")

    context = {"heading": _("记一次命题活动"), "back": reverse("question_setting:mine")}
    return ask(
        request, form, deed, done=_("已记下。"), page="question_setting/form.html", context=context
    )


@login_required
@require_safe
def deed(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show one deed."""
    rows = QuestionDeed.objects.select_related("teacher")
    found = get_allowed(may_see_deed, request.teacher, rows, uid)
    context = {"deed": found, "mine": found.teacher_id == request.teacher.pk}
    return show(request, "question_setting/deed.html", context)


@login_required
@read_or_post
def edit(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Put a deed right."""
    found = get_allowed(may_change_deed, request.teacher, QuestionDeed.objects.all(), uid)
    form = DeedForm(request.POST or None, initial={name: getattr(found, name) for name in NAMES})

    def changed(data: Any) -> str:
        facts = actions.DeedFacts(**{name: data[name] for name in NAMES})
        actions.change_deed(found, facts, by=request.teacher, at=timezone.now())
        return reverse("question_setting:deed", args=[found.uid])

    back = reverse("question_setting:deed", args=[found.uid])
    context = {"heading": _("改这一条"), "back": back}
    return ask(
        request, form, changed, done=_("已保存。"), page="question_setting/form.html",
        context=context,
    )  # fmt: skip


@login_required
@require_POST
def remove(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take a deed out of the own record."""
    found = get_allowed(may_change_deed, request.teacher, QuestionDeed.objects.all(), uid)
    actions.remove_deed(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("已删除。"))
    return redirect("question_setting:mine")
