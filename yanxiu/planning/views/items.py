"""One item of the month schedule: who looks after it, and what became of it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.models import Teacher
from yanxiu.people.models.teacher import today
from yanxiu.planning import actions
from yanxiu.planning.forms import DoneForm, DropForm, OwnerForm, StepForm
from yanxiu.planning.models import Plan, PlanItem
from yanxiu.planning.permissions import may_manage_plan
from yanxiu.planning.queries import item_states
from yanxiu.planning.views.people import names_of, teacher_called
from yanxiu.planning.views.plan import event_links, item_line
from yanxiu.planning.views.shown import managed_plan, read_or_post, seen_plan
from yanxiu.ui.asking import kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE


@login_required
@read_or_post
def item(request: TeacherRequest, uid: UUID, part: UUID) -> HttpResponse:
    """Show one item with what can be done about it."""
    plan = worked_plan(request.teacher, uid, part)
    known = next((each for each in item_states(plan, today()) if each.item.uid == part), None)
    if known is None:
        raise Http404
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    names = ("owner", "done", "drop", "step")
    given = {name: request.POST if asked == name else None for name in names}
    found = known.item
    found.plan = plan
    all_forms: dict[str, forms.Form] = {
        "owner": OwnerForm(
            given["owner"], initial={"owner": found.owner.name if found.owner else ""}
        ),
        "done": DoneForm(given["done"], initial={"done_on": today()}),
        "drop": DropForm(given["drop"]),
        "step": StepForm(given["step"]),
    }
    if asked in {"step_done", "step_undone", "step_remove"}:
        messages.success(request, _step_changed(found, asked, request.POST, request.teacher))
        return redirect("planning:item", uid=plan.uid, part=part)
    if asked:
        done = _changed(found, asked, all_forms, request.teacher)
        if done:
            messages.success(request, done)
            if asked == "step":
                return redirect("planning:item", uid=plan.uid, part=part)
            return redirect("planning:plan", uid=plan.uid)
    wrong = any(form.errors for form in all_forms.values())
    context = {
        "plan": plan,
        "line": item_line(known, event_links([known], request.teacher)),
        "item": found,
        "owner_form": all_forms["owner"],
        "done_form": all_forms["done"],
        "drop_form": all_forms["drop"],
        "step_form": all_forms["step"],
        "steps": list(found.steps.select_related("owner")),
        "manages": allowed(
            may_manage_plan, request.teacher, Plan.objects.filter(pk=plan.pk)
        ).exists(),
        "today": today(),
        "names": names_of(plan.organisation),
    }
    return show(request, "planning/item.html", context, status=UNPROCESSABLE if wrong else 200)


def worked_plan(teacher: Teacher, uid: UUID, part: UUID) -> Plan:
    """Return the plan of an item that `teacher` manages, or looks after; else 404."""
    rows = PlanItem.objects.filter(plan__uid=uid, uid=part)
    if rows.filter(Q(owner=teacher) | Q(steps__owner=teacher)).exists():
        return seen_plan(teacher, uid)
    return managed_plan(teacher, uid)


def _step_changed(found: PlanItem, asked: str, answers: Any, teacher: Teacher) -> str:
    """Do what was asked about one step; return what to say."""
    uids = {str(step.uid): step for step in found.steps.all()}
    step = uids.get(answers.get("step_uid", ""))
    if step is None:
        raise Http404
    step.item = found
    if asked == "step_remove":
        actions.remove_step(step, by=teacher, at=timezone.now())
        return _("步骤已删去。")
    on = today() if asked == "step_done" else None
    actions.finish_step(step, on=on, by=teacher, at=timezone.now())
    return _("已记下这一步完成。") if on else _("已撤回这一步的完成。")


def _changed(found: PlanItem, asked: str, given: dict[str, forms.Form], teacher: Teacher) -> str:
    """Do what was asked; return what to say, "" where the form has to be shown again."""
    now = timezone.now()
    if asked == "undone":
        actions.finish_item(found, on=None, note="", by=teacher, at=now)
        return _("已撤回“完成”，状态按活动和月份重新得出。")
    if asked == "undrop":
        actions.drop_item(found, because="", by=teacher, at=now)
        return _("事项已恢复。")
    form = given.get(asked)
    if form is None:
        raise Http404
    said = ""
    if form.is_valid():
        with kept_in(form):
            said = _filled(found, asked, form.cleaned_data, teacher)
    return said


def _filled(found: PlanItem, asked: str, given: dict[str, Any], teacher: Teacher) -> str:
    now = timezone.now()
    if asked == "owner":
        owner = teacher_called(given["owner"], found.plan.organisation)
        actions.assign_owner(found, owner, by=teacher, at=now)
        return _("负责人已改好。")
    if asked == "done":
        on, note = given["done_on"], given["done_note"]
        actions.finish_item(found, on=on, note=note, by=teacher, at=now)
        return _("已注明完成。")
    if asked == "step":
        owner = teacher_called(given["step_owner"], found.plan.organisation)
        actions.add_step(
            found, text=given["step"], owner=owner, due_on=given["step_due"], by=teacher, at=now
        )
        return _("步骤已添加。")
    actions.drop_item(found, because=given["reason"], by=teacher, at=now)
    return _("事项已取消，原来的文字和原因都留着。")
