"""Checking plans, marking examples, and what a school's plan is made of."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.notices.actions import notify
from yanxiu.people.access import NotAllowed, holds_at, require, require_right
from yanxiu.people.models import Organisation, Teacher
from yanxiu.preparation import content
from yanxiu.preparation.actions.writing import expect, locked
from yanxiu.preparation.models import LessonPlan, PlanForm, PlanReview
from yanxiu.preparation.permissions import DONE, may_review_plan
from yanxiu.preparation.queries.form import form_of

State, Mark = LessonPlan.State, PlanReview.Mark
LONGEST = 2000
MOST = 40
STEPS = ("talk", "own", "note")
_CODE = re.compile(r"[a-z][a-z_0-9]{0,39}")


@transaction.atomic
def review(
    plan: LessonPlan,
    *,
    mark: str,
    criteria: Mapping[str, str],
    seen: Sequence[str] = (),
    comment: str = "",
    by: Teacher,
    at: datetime,
) -> PlanReview:
    """Say what a check found; `revise` gives the plan back, anything else ends the check.

    Args:
        plan: handed in, or agreed.
        mark: one of `PlanReview.Mark`, for all of it.
        criteria: a mark for each criterion of the school's form, by its code; some may lack.
        seen: the codes of the points of the checklist that were found.
        comment: for the author; giving back asks for it.
        by: the reviewer.
        at: when, aware.

    Raises:
        NotAllowed: the plan is not this teacher's to check.
        WrongState: it is not handed in, or was taken back.
        BadInput: it is given back without a word, or a mark cannot be meant.
    """
    require(may_review_plan, by, plan)
    plan = locked(plan)
    expect(plan, *DONE, State.AGREED, remedy="本人可能刚刚撤回，交了以后再检查。")
    if mark not in Mark.values or not set(criteria.values()) <= {*Mark.values, ""}:
        raise BadInput("没有看懂评的是什么，没有保存。请从选项里选。")
    if mark == Mark.REVISE and not comment.strip():
        raise BadInput("请修改的话，要写明改什么，没有退回。写一两处最要紧的就行。")
    form = form_of(plan.organisation)
    version = plan.versions.order_by("-number")[:1].get()
    found = PlanReview.objects.create(
        plan=plan,
        version=version,
        reviewer=by,
        criteria=[{**one, "mark": criteria.get(one["code"], "")} for one in form.criteria],
        checklist=[{**one, "seen": one["code"] in seen} for one in form.checklist],
        missing=content.wanted_but_empty(version.content, form.sections),
        comment=comment.strip()[:LONGEST],
        mark=mark,
        at=at,
    )
    _move_on(plan, mark)
    trail.record(by, "preparation.plan-checked", plan, at=at, detail={"mark": mark})
    notify(
        [plan.author],
        kind="decision",
        title=f"教案检查：{plan.title}（{found.get_mark_display()}）",
        source=source_of(plan),
        organisation=plan.organisation,
        at=at,
        text=found.comment,
    )
    return found


def _move_on(plan: LessonPlan, mark: str) -> None:
    """Let the check have its effect on the plan."""
    if mark == Mark.REVISE:
        plan.state = State.DISCUSSED if plan.is_shared else State.RETURNED
    elif not plan.is_shared:
        plan.state = State.CHECKED
    plan.save(update_fields=["state"])


@transaction.atomic
def mark_example(plan: LessonPlan, *, is_example: bool, by: Teacher, at: datetime) -> LessonPlan:
    """Mark a plan as an example for the whole school, or no longer.

    An own plan becomes an example only if its author agrees, by being the one who marks it.

    Raises:
        NotAllowed: neither the author of a plan that was checked or agreed, nor, for a shared
            one, the research office.
        WrongState: it is not finished.
    """
    plan = locked(plan)
    office = plan.is_shared and holds_at(by, "manage_lessons", plan.organisation)
    if plan.author_id != by.pk and not office:
        raise NotAllowed
    if is_example:
        expect(plan, State.AGREED, State.CHECKED, remedy="定稿或检查过的才能作范例。")
    plan.is_example = is_example
    plan.save(update_fields=["is_example"])
    trail.record(by, "preparation.example-marked", plan, at=at, detail={"example": is_example})
    return plan


@transaction.atomic
def save_form(
    organisation: Organisation,
    *,
    sections: Sequence[Mapping[str, Any]],
    criteria: Sequence[Mapping[str, Any]],
    checklist: Sequence[Mapping[str, Any]],
    steps: Sequence[str],
    by: Teacher,
    at: datetime,
) -> PlanForm:
    """Set what a lesson plan of the school is made of; plans already begun keep theirs.

    Raises:
        NotAllowed: `by` does not manage the lessons of the school.
        BadInput: there is no section, too many, or a name is empty or there twice.
    """
    require_right(by, "manage_lessons", organisation)
    for what, rows in (("栏目", sections), ("检查标准", criteria), ("检查要点", checklist)):
        _check(what, rows)
    if not sections:
        raise BadInput("教案至少要有一栏，没有保存。")
    form, _fresh = PlanForm.objects.update_or_create(
        organisation=organisation,
        defaults={
            "sections": [dict(one) for one in sections],
            "criteria": [dict(one) for one in criteria],
            "checklist": [dict(one) for one in checklist],
            "steps": [step for step in STEPS if step in steps],
            "saved_at": at,
            "saved_by_name": by.name,
        },
    )
    trail.record(by, "preparation.form-saved", form, at=at)
    return form


def _check(what: str, rows: Sequence[Mapping[str, Any]]) -> None:
    names = [str(one["name"]).strip() for one in rows]
    if len(rows) > MOST:
        raise BadInput(f"{what}最多 {MOST} 条，没有保存。太多了没有人写得完。")
    if not all(names) or len(set(names)) < len(names):
        raise BadInput(f"{what}里有空的或重名的，没有保存。请每行写一个不同的名称。")
    if not all(_CODE.fullmatch(str(one["code"])) for one in rows):
        raise BadInput(f"{what}的代号有误，没有保存。请刷新页面后再改。")
