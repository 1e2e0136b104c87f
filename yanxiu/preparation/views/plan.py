"""One plan: reading it with what is said of it, and its deeds."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from yanxiu.kernel.refusals import BadInput
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.preparation import actions, content
from yanxiu.preparation.forms import CommentForm, QuestionForm, ReasonForm
from yanxiu.preparation.models import LessonPlan, PlanQuestion, PlanReview
from yanxiu.preparation.permissions import may_own_plan, may_see_note, may_see_review
from yanxiu.preparation.queries import plans
from yanxiu.preparation.queries.form import form_of
from yanxiu.preparation.views.reader import plan_of
from yanxiu.ui.pages import show

MOST = 8


@login_required
@require_safe
def page(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a plan; while it is talked about, each paragraph with what is said of it."""
    return show_plan(request, plan_of(request, uid))


def show_plan(
    request: TeacherRequest, plan: Any, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Show the page of `plan`, with forms that were refused in `more`."""
    chosen = more.pop("chosen", request.GET.get("paragraph", ""))
    context = {**context_of(request, plan, chosen), **more}
    return show(request, "preparation/plan.html", context, status=status)


def context_of(request: TeacherRequest, plan: Any, chosen: str) -> dict[str, Any]:
    """Return what the page of a plan needs."""
    teacher, talks = request.teacher, plan.is_shared and plan.state == "discussed"
    needs_last = not plan.may_write and not talks
    last = plan.versions.order_by("-number").first() if needs_last else None
    shown = plans.shown_content(plan, writes=plan.may_write, last=last)
    said = plans.said_of(plan) if talks else {}
    # What is said of a paragraph that has gone meanwhile can still be said of the whole.
    if chosen and all(one.id != chosen for one in content.paragraphs(shown)):
        chosen = "all"
    return {
        "plan": plan,
        "chosen": chosen,
        "mine": plan.author_id == teacher.pk,
        "talks": talks,
        "sections": _told(shown, said, chosen if plan.may_comment else ""),
        "said": said,
        "about_all": said.get(""),
        "gone": _gone(shown, said),
        "opened": sum(one.open_count for one in said.values()),
        "is_empty": content.is_empty(shown),
        "links": plans.facts_of(plan),
        "comment_form": CommentForm(initial={"proposal": _text(shown, chosen)}),
        "steps": form_of(plan.organisation).steps,
        "question_form": QuestionForm(),
        "reason_form": ReasonForm(),
        "questions": list(
            PlanQuestion.objects.filter(plan=plan).select_related("problem", "owner")[:MOST]
        )
        if plan.is_shared
        else [],
        "reviews": list(
            allowed(may_see_review, teacher, PlanReview.objects.filter(plan=plan))
            .select_related("reviewer", "version")
            .order_by("-at")[:3]
        )
        if not talks
        else [],
        "notes": list(
            allowed(may_see_note, teacher, plan.notes.all()).select_related("teacher")[:3]
        )
        if not talks
        else [],
    }


def _text(shown: content.Content, chosen: str) -> str:
    """Return the paragraph to be spoken to: a proposal is written by changing it."""
    return next((one.text for one in content.paragraphs(shown) if one.id == chosen), "")


def _told(shown: content.Content, said: dict[str, plans.Said], chosen: str) -> list[dict[str, Any]]:
    """Return the sections that hold anything, each paragraph with what is said of it."""
    return [
        {
            "name": section["name"],
            "paragraphs": [
                {**one, "said": said.get(one["id"]), "chosen": one["id"] == chosen}
                for one in section["paragraphs"]
            ],
        }
        for section in shown
        if section["paragraphs"]
    ]


def _gone(shown: content.Content, said: dict[str, plans.Said]) -> int:
    """Return how many open comments are about paragraphs that are no longer there."""
    living = {one.id for one in content.paragraphs(shown)} | {""}
    return sum(one.open_count for paragraph, one in said.items() if paragraph not in living)


DONE = {
    "offer": gettext_lazy("已发给大家，组里的人可以逐段提意见了。"),
    "agree": gettext_lazy("已定稿为共案，组里的人可以改成自己的个案了。"),
    "reopen": gettext_lazy("又可以提意见了；上一稿共案还在“各稿”里。"),
    "hand_in": gettext_lazy("已交。检查以前可以随时撤回。"),
    "take_back": gettext_lazy("已撤回，现在只有您看得到。"),
    "example": gettext_lazy("已列为范例，全校老师都能看。"),
    "no_example": gettext_lazy("已不再列为范例。"),
}


@login_required
@require_POST
def do(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Do what the button says."""
    plan, do = plan_of(request, uid), request.POST.get("do", "")
    by: dict[str, Any] = {"by": request.teacher, "at": timezone.now()}
    if do == "own":
        own = actions.make_own(plan, **by)
        messages.success(
            request,
            _(
                "这是您自己的个案了，照自己的班改。改动只有您看得到；"
                "交了以后，组长和学校、上级看教案的人也能看。"
            ),
        )
        return redirect("preparation:edit", uid=own.uid)
    if do == "discard":
        plan = plan_of(request, uid, may_own_plan)
        actions.discard(plan, **by)
        messages.success(request, _("草稿已删除。30天以内可以在这一页的“最近删除”里恢复。"))
        return redirect("preparation:home")
    if do in {"example", "no_example"}:
        actions.mark_example(plan, is_example=do == "example", **by)
    elif do in {"offer", "agree", "reopen", "hand_in", "take_back"}:
        getattr(actions, do)(plan, **by)
    else:
        raise BadInput(_("没有看懂要办什么，没有改动。请回到这一页用上面的按钮。"))
    messages.success(request, DONE[do])
    return redirect("preparation:plan", uid=plan.uid)


@login_required
@require_POST
def restore(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take a draft that was thrown away out of the bin."""
    plan = get_allowed(may_own_plan, request.teacher, LessonPlan.everything.all(), uid)
    actions.restore(plan, by=request.teacher, at=timezone.now())
    messages.success(request, _("草稿已恢复，接着写就行。"))
    return redirect("preparation:plan", uid=uid)
