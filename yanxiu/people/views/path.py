"""What happens to one person: leave, moving, skills, and where the person stands in a tier."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanxiu.people import staff as queries
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.actions import staff as actions
from yanxiu.people.forms import staff as forms
from yanxiu.people.forms.teachers import school_day
from yanxiu.people.models import (
    Leave,
    Organisation,
    RequirementState,
    Teacher,
    TeacherSkill,
    Tier,
    TierHolding,
    TierRequirement,
    TierReview,
)
from yanxiu.people.models.teacher import today
from yanxiu.people.permissions import (
    may_guide_teacher,
    may_manage_organisation,
    may_manage_teacher,
    may_see_teacher,
)
from yanxiu.people.views.asking import ask
from yanxiu.ui.pages import show


def _managed(request: TeacherRequest, uid: UUID) -> Teacher:
    return get_allowed(may_manage_teacher, request.teacher, Teacher.objects.all(), uid)


def _page_of(person: Teacher) -> str:
    return reverse("people:teacher", args=[person.uid])


def _asked(heading: str, person: Teacher, **more: Any) -> Mapping[str, Any]:
    return {"heading": heading, "back_url": _page_of(person), "lead": person.name, **more}


def _guides(request: TeacherRequest, person: Teacher) -> bool:
    rows = Teacher.objects.filter(pk=person.pk)
    return allowed(may_guide_teacher, request.teacher, rows).exists()


@login_required
def absence(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Note that somebody is away for a time."""
    person = _managed(request, uid)
    form = forms.LeaveForm(request.POST or None, initial=school_day(today()))

    def deed(data: Mapping[str, Any]) -> str:
        actions.add_leave(
            person, kind=data["kind"], starts_on=data["starts_on"], ends_on=data["ends_on"],
            by=request.teacher, at=timezone.now(),
        )  # fmt: skip
        return _page_of(person)

    what = _("离岗期间不算应到、不算任务；只记类别和起止，不用写原因、不用交证明。")
    asked = _asked(_("登记离岗"), person, sentence=what)
    return ask(request, form, deed, done=_("离岗已登记。"), context=asked)


@login_required
@require_POST
def absence_end(request: TeacherRequest, uid: UUID, leave: UUID) -> HttpResponse:
    """Let a leave end today."""
    person = _managed(request, uid)
    found = Leave.objects.filter(teacher=person, uid=leave).select_related("teacher").first()
    if found is None:
        raise Http404
    actions.end_leave(found, on=today(), by=request.teacher, at=timezone.now())
    messages.success(request, _("已回岗。"))
    return redirect(_page_of(person))


@login_required
def move(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Let somebody go to another school, into retirement, or away."""
    person = _managed(request, uid)
    schools = allowed(may_manage_organisation, request.teacher, Organisation.objects.all())
    posts = person.posts.filter(ends_on=None)
    form = forms.MoveForm(
        request.POST or None,
        schools=schools.order_by("path"),
        own=schools.filter(pk__in=posts.values("organisation")),
        initial=school_day(today()),
    )

    def deed(data: Mapping[str, Any]) -> str:
        organisation = data["organisation"]
        rest = {name: value for name, value in data.items() if name != "organisation"}
        actions.move_teacher(person, organisation, **rest, by=request.teacher, at=timezone.now())
        still = allowed(may_see_teacher, request.teacher, Teacher.objects.filter(pk=person.pk))
        return _page_of(person) if still.exists() else reverse("people:teachers")

    what = _("在这所学校的岗位和单位从那天起结束；以前的活动、记录和学时一条不少，随人走。")
    asked = _asked(_("调动、退休或离职"), person, sentence=what, submit=_("办理"))
    return ask(request, form, deed, done=_("去向已登记。"), context=asked)


@login_required
def skills(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Say how far one is with each skill; who guides the person checks it."""
    person = get_allowed(may_see_teacher, request.teacher, Teacher.objects.all(), uid)
    own = person.pk == request.teacher.pk
    if not (own or _guides(request, person)):
        raise Http404
    organisation = person.organisation
    asked_of = list(queries.skills_for(organisation)) if organisation else []
    known = {row.skill_id: row for row in TeacherSkill.objects.filter(teacher=person)}
    levels = {pk: row.rated if own else (row.checked or row.rated) for pk, row in known.items()}
    form = forms.SkillsForm(request.POST or None, skills=asked_of, levels=levels)

    def deed(_data: Mapping[str, Any]) -> str:
        actions.rate_skills(person, form.levels, by=request.teacher, at=timezone.now())
        return _page_of(person)

    what = _("给自己看的自评，按实际填就好，不作评价。") if own else _("核定后，统计按核定的算。")
    if not asked_of:
        what = _("学校还没有设能力项。教科室可以在“教师队伍”页添加。")
    context = _asked(_("能力水平"), person, sentence=what)
    return ask(request, form, deed, done=_("已保存。"), context=context)


@login_required
def standing(request: TeacherRequest, uid: UUID, tier: int) -> HttpResponse:
    """Show where one person stands with what a tier asks, its duties and reviews."""
    person = get_allowed(may_see_teacher, request.teacher, Teacher.objects.all(), uid)
    found = Tier.objects.filter(pk=tier).first()
    if found is None:
        raise Http404
    asks = TierRequirement.objects.filter(tier=found).select_related("programme")
    states = {
        row.requirement_id: row
        for row in RequirementState.objects.filter(teacher=person, requirement__tier=found)
    }
    context = {
        "person": person,
        "tier": found,
        "holdings": TierHolding.objects.filter(teacher=person, tier=found),
        "asks": [(ask, states.get(ask.pk)) for ask in asks],
        "reviews": TierReview.objects.filter(teacher=person, tier=found),
        "may_guide": _guides(request, person),
        "is_self": person.pk == request.teacher.pk,
    }
    return show(request, "people/standing.html", context)


@login_required
def requirement(request: TeacherRequest, uid: UUID, requirement: int) -> HttpResponse:
    """Note where one person stands with one requirement, or what shows it."""
    person = get_allowed(may_see_teacher, request.teacher, Teacher.objects.all(), uid)
    guides = _guides(request, person)
    if not (guides or person.pk == request.teacher.pk):
        raise Http404
    found = TierRequirement.objects.filter(pk=requirement).select_related("tier").first()
    if found is None:
        raise Http404
    row = RequirementState.objects.filter(requirement=found, teacher=person).first()
    initial = {"state": row.state, "evidence": row.evidence, "count": row.count} if row else {}
    form = forms.RequirementForm(request.POST or None, initial=initial)
    if not guides:
        del form.fields["state"]
    back = reverse("people:standing", args=[person.uid, found.tier_id])

    def deed(data: Mapping[str, Any]) -> str:
        actions.note_requirement(
            found, person, state=data.get("state", "open"), evidence=data["evidence"],
            count=data["count"], by=request.teacher, at=timezone.now(),
        )  # fmt: skip
        return back

    asked = _asked(_("要求的达成"), person, sentence=found.text)
    return ask(request, form, deed, done=_("已记下。"), context={**asked, "back_url": back})


@login_required
def review(request: TeacherRequest, uid: UUID, tier: int) -> HttpResponse:
    """Nominate somebody for a tier, or review the year in it, with the decision."""
    person = get_allowed(may_guide_teacher, request.teacher, Teacher.objects.all(), uid)
    found = Tier.objects.filter(pk=tier).first()
    if found is None:
        raise Http404
    form = forms.ReviewForm(request.POST or None)
    back = reverse("people:standing", args=[person.uid, found.pk])

    def deed(data: Mapping[str, Any]) -> str:
        actions.review_tier(person, found, **data, by=request.teacher, at=timezone.now())
        return back

    what = _("条件：%(criteria)s") % {"criteria": found.criteria or _("还没有写条件。")}
    asked = _asked(
        _("%(tier)s：推荐与考核") % {"tier": found.name}, person, sentence=what,
        keep=f"review-{uid}-{tier}",
    )  # fmt: skip
    done = _("结论和日期已存下，本人看得到。")
    return ask(request, form, deed, done=done, context={**asked, "back_url": back})
