"""Proposing teachers for question-setting classes, and following them to the certificate."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.question_setting import actions
from yanxiu.question_setting.forms import NominationForm
from yanxiu.question_setting.models import Nomination
from yanxiu.question_setting.permissions import may_decide_nomination, may_see_nomination
from yanxiu.question_setting.views.reader import PER_PAGE, named, own_school, read_or_post
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show


@login_required
@require_safe
def nominations(request: TeacherRequest) -> HttpResponse:
    """List the nominations that this reader may see."""
    rows = allowed(may_see_nomination, request.teacher, Nomination.objects.all())
    page = Paginator(rows.select_related("teacher"), PER_PAGE).get_page(request.GET.get("page"))
    return show(request, "question_setting/nominations.html", {"page": page})


@login_required
@read_or_post
def new(request: TeacherRequest) -> HttpResponse:
    """Propose somebody, or oneself."""
    school = own_school(request)
    form = NominationForm(request.POST or None, initial={"teacher": request.teacher.name})

    def deed(data: Any) -> str:
        names = actions.NominationFacts.__dataclass_fields__
        facts = actions.NominationFacts(**{name: data[name] for name in names})
        whom = data["teacher"].strip()
        teacher = request.teacher if whom == request.teacher.name else named(whom, school)
        made = actions.nominate(school, teacher, facts, by=request.teacher, at=timezone.now())
        return reverse("question_setting:nomination", args=[made.uid])

    context = {
        "heading": _("推荐参加命题班"),
        "lead": _("可以推荐自己；组长可以推荐组里的老师"),
        "back": reverse("question_setting:nominations"),
        "submit": _("推荐"),
    }
    done = _("已推荐，教科室会收到通知。")
    return ask(request, form, deed, done=done, page="question_setting/form.html", context=context)


@login_required
@require_safe
def nomination(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show one nomination."""
    rows = Nomination.objects.select_related("teacher", "nominated_by", "organisation")
    found = get_allowed(may_see_nomination, request.teacher, rows, uid)
    this = Nomination.objects.filter(pk=found.pk)
    context = {
        "nomination": found,
        "decides": allowed(may_decide_nomination, request.teacher, this).exists(),
    }
    return show(request, "question_setting/nomination.html", context)


@login_required
@require_POST
def decide(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Agree or not; later, say that it was attended or completed."""
    rows = Nomination.objects.all()
    found = get_allowed(may_decide_nomination, request.teacher, rows, uid)
    given: dict[str, Any] = {"by": request.teacher, "at": timezone.now()}
    if request.POST.get("do") == "follow":
        actions.follow_nomination(found, reference=request.POST.get("reference", ""), **given)
    else:
        agreed = request.POST.get("do") == "agree"
        comment = request.POST.get("comment", "")
        actions.decide_nomination(found, agreed=agreed, comment=comment, **given)
    messages.success(request, _("已登记，推荐的老师会收到通知。"))
    return redirect("question_setting:nomination", uid=found.uid)
