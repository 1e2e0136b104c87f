"""Checking plans, what checks found by group, and what a plan of the school is made of."""

import re
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.people.access import TeacherRequest, allowed, holds_at
from yanxiu.people.models import Unit
from yanxiu.preparation import actions, content
from yanxiu.preparation.forms import PlanFormForm, ReviewForm
from yanxiu.preparation.models import LessonPlan
from yanxiu.preparation.permissions import may_review_plan
from yanxiu.preparation.queries import plans
from yanxiu.preparation.queries.coverage import checked
from yanxiu.preparation.queries.form import form_of
from yanxiu.preparation.views.reader import own_school, plan_of, term_among
from yanxiu.terms.queries import terms_of
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
_HINT = re.compile(r"\s*[:：]\s*")


@login_required
@read_or_post
def review(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Check a plan: the plan on one side, what the school looks at on the other."""
    plan = plan_of(request, uid, may_review_plan)
    found = form_of(plan.organisation)
    version = plan.versions.order_by("-number").first()
    if version is None:
        raise Http404
    form = ReviewForm(request.POST or None, criteria=found.criteria, checklist=found.checklist)

    def deed(data: Any) -> str:
        actions.review(
            plan,
            mark=data["mark"],
            criteria=form.criteria,
            seen=data["seen"],
            comment=data["comment"],
            by=request.teacher,
            at=timezone.now(),
        )
        return f"{reverse('preparation:plans')}?whose=check"

    context = {
        "plan": plan,
        "version": version,
        "sections": [section for section in version.content if section["paragraphs"]],
        "missing": content.wanted_but_empty(version.content, found.sections),
    }
    return ask(
        request, form, deed, done=_("已检查，写教案的老师会收到。"),
        page="preparation/review.html", context=context,
    )  # fmt: skip


@login_required
@require_safe
def summary(request: TeacherRequest) -> HttpResponse:
    """Show by group how many plans were checked, what was seen and what was missing."""
    teacher, school = request.teacher, own_school(request)
    units = Unit.objects.filter(organisation=school, ends_on=None)
    if not holds_at(teacher, "see_lessons", school):
        units = units.filter(pk__in=teacher.leads)
        if not teacher.leads:
            raise Http404
    terms = terms_of(school)
    term = term_among(request, terms)
    context = {
        "rows": checked(list(units.order_by("kind__order", "id")), term) if term else [],
        "term": term,
        "terms": terms,
        "waiting": plans.waiting_for_check(
            allowed(may_review_plan, teacher, LessonPlan.objects.all())
        ).count(),
    }
    return show(request, "preparation/checks.html", context)


@login_required
@read_or_post
def form(request: TeacherRequest) -> HttpResponse:
    """Change what a lesson plan of the school is made of, a line each."""
    school = own_school(request)
    if not holds_at(request.teacher, "manage_lessons", school):
        raise Http404
    found = form_of(school)
    asked = PlanFormForm(
        request.POST or None,
        initial={
            "sections": "\n".join(_line(one) for one in found.sections),
            "criteria": "\n".join(one["name"] for one in found.criteria),
            "checklist": "\n".join(one["name"] for one in found.checklist),
            "steps": found.steps,
        },
    )

    def deed(data: Any) -> str:
        actions.save_form(
            school,
            sections=_sections(data["sections"], found.sections),
            criteria=_named(data["criteria"], found.criteria),
            checklist=_named(data["checklist"], found.checklist),
            steps=data["steps"],
            by=request.teacher,
            at=timezone.now(),
        )
        return reverse("preparation:form")

    context = {
        "saved": found if found.pk else None,
        "inherited": found.organisation_id != school.pk,
    }
    return ask(
        request, asked, deed, done=_("已保存。新写的教案用新的栏目，写好的不变。"),
        page="preparation/form.html", context=context,
    )  # fmt: skip


def _line(section: dict[str, Any]) -> str:
    """Write a section as the form shows it: its name, a star if wanted, and its hint."""
    star = "*" if section.get("wanted") else ""
    hint = f"：{section['help']}" if section.get("help") else ""
    return f"{section['name']}{star}{hint}"


def _sections(text: str, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Read sections a line each; one that keeps its name keeps its code."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    parts = [_HINT.split(line, maxsplit=1) for line in lines]
    names = [part[0].strip() for part in parts]
    bare = [name.rstrip("*＊").strip()[:40] for name in names]
    codes = _codes(bare, before)
    return [
        {
            "code": codes[at],
            "name": bare[at],
            "help": part[1].strip()[:200] if len(part) > 1 else "",
            "wanted": names[at] != bare[at],
        }
        for at, part in enumerate(parts)
    ]


def _named(text: str, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    names = [line.strip()[:60] for line in text.splitlines() if line.strip()]
    codes = _codes(names, before)
    return [{"code": code, "name": name} for code, name in zip(codes, names, strict=True)]


def _codes(names: list[str], before: list[dict[str, Any]]) -> list[str]:
    """Return a code for each name: the one it had, or a new one that nothing else had."""
    known = {one["name"]: one["code"] for one in before}
    taken = set(known.values())
    codes, number = [], 0
    for name in names:
        code = known.get(name, "")
        while not code or (name not in known and code in taken):
            number += 1
            code = f"own_{number}"
        taken.add(code)
        codes.append(code)
    return codes
