"""Saying something about a plan, settling it, and the questions it leaves."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.activities.models import Part
from yanxiu.kernel.sources import source_of
from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.people.models import Membership, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.places.table import links
from yanxiu.preparation import actions
from yanxiu.preparation.forms import AnswerForm, CommentForm, QuestionForm
from yanxiu.preparation.models import LessonPlan, PlanComment, PlanQuestion
from yanxiu.preparation.permissions import (
    may_answer_question,
    may_comment_plan,
    may_see_comment,
    may_settle_plan,
)
from yanxiu.preparation.views.plan import show_plan
from yanxiu.preparation.views.reader import plan_of
from yanxiu.ui.asking import ask, kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 30
SETTLED = {
    "adopted": gettext_lazy("已采纳，建议的写法已经放进教案。"),
    "partly": gettext_lazy("已记为部分采纳，请在教案里改。"),
    "kept": gettext_lazy("已记下，提意见的人会看到原因。"),
}


@login_required
@require_POST
def comment(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Say something about a paragraph, or about the whole."""
    plan = plan_of(request, uid, may_comment_plan)
    paragraph = request.POST.get("paragraph", "")[:12]
    form = CommentForm(request.POST)
    if form.is_valid():
        with kept_in(form):
            actions.comment(
                plan, paragraph=paragraph, by=request.teacher, at=timezone.now(),
                **form.cleaned_data,
            )  # fmt: skip
            messages.success(request, _("意见已发出，主备人会看到。"))
            address = reverse("preparation:plan", args=[plan.uid])
            return redirect(f"{address}#{paragraph or 'all'}")
    return show_plan(
        request, plan, status=UNPROCESSABLE, comment_form=form, chosen=paragraph or "all"
    )


@login_required
@require_safe
def comments(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """List what was said of a plan, page by page: all, or of one paragraph."""
    plan = plan_of(request, uid)
    rows = PlanComment.objects.filter(plan=plan, withdrawn_at=None).select_related("teacher")
    paragraph, state = request.GET.get("paragraph", ""), request.GET.get("state", "")
    if not plan.is_shared:
        rows = rows.none()
    if paragraph:
        rows = rows.filter(paragraph="" if paragraph == "all" else paragraph)
    if state in PlanComment.State.values:
        rows = rows.filter(state=state)
    page = Paginator(rows.order_by("-id"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "plan": plan,
        "page": page,
        "paragraph": paragraph,
        "state": state,
        "states": PlanComment.State.choices,
    }
    return show(request, "preparation/comments.html", context)


def _comment(request: TeacherRequest, uid: UUID) -> PlanComment:
    rows = PlanComment.objects.select_related("plan", "teacher")
    return get_allowed(may_see_comment, request.teacher, rows, uid)


@login_required
@read_or_post
def settle(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Say what became of a comment."""
    said = _comment(request, uid)
    get_allowed(may_settle_plan, request.teacher, LessonPlan.objects.all(), said.plan.uid)
    if request.method == "POST":
        state = request.POST.get("state", "")
        actions.settle(
            said, state, answer=request.POST.get("answer", "")[:300],
            by=request.teacher, at=timezone.now(),
        )  # fmt: skip
        if state == "adopted" and not said.proposal:
            messages.success(request, _("已采纳；没有写好的改法，请在教案里改。"))
        else:
            messages.success(request, SETTLED[state])
        address = reverse("preparation:plan", args=[said.plan.uid])
        return redirect(f"{address}#{said.paragraph or 'all'}")
    return show(request, "preparation/settle.html", {"said": said, "plan": said.plan})


@login_required
@require_POST
def withdraw(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take one's own comment back."""
    said = _comment(request, uid)
    actions.withdraw_comment(said, by=request.teacher, at=timezone.now())
    messages.success(request, _("意见已撤回。"))
    return redirect("preparation:plan", uid=said.plan.uid)


def _those_who_prepare(plan: LessonPlan) -> "QuerySet[Teacher]":
    """Return whom a question of `plan` can be given to: its group, who was called, its author."""
    members = Membership.objects.on(today()).filter(unit=plan.unit_id).values("teacher")
    called = Part.objects.filter(session=plan.session_id).values("teacher")
    rows: QuerySet[Teacher] = Teacher.objects.filter(
        Q(pk__in=members) | Q(pk__in=called) | Q(pk=plan.author_id), is_active=True
    )
    return rows.order_by("pinyin", "id")


@login_required
@read_or_post
def ask_question(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Put a difficulty on the group's list, and give it to somebody to find out."""
    plan = plan_of(request, uid, may_comment_plan)
    form = QuestionForm(request.POST or None)
    form.offer(_those_who_prepare(plan))

    def deed(data: Any) -> str:
        actions.ask_question(plan, by=request.teacher, at=timezone.now(), **data)
        return reverse("preparation:plan", args=[plan.uid])

    return ask(
        request, form, deed, done=_("已记下，也放进了本组的问题清单。"),
        page="preparation/ask.html", context={"plan": plan},
    )  # fmt: skip


@login_required
@read_or_post
def question(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Answer a question of preparation."""
    rows = PlanQuestion.objects.select_related("plan", "problem", "owner")
    found = get_allowed(may_answer_question, request.teacher, rows, uid)
    form = AnswerForm(request.POST or None, initial={"answer": found.answer})

    def deed(data: Any) -> str:
        actions.answer_question(found, answer=data["answer"], by=request.teacher, at=timezone.now())
        return reverse("preparation:question", args=[found.uid])

    return ask(
        request, form, deed, done=_("已记下，大家在教案里能看到。"),
        page="preparation/question.html",
        context={"question": found, "listed": links([source_of(found.problem)], request.teacher)},
    )  # fmt: skip
