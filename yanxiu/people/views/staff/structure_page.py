"""The structure of the staff, its goals and notes."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanxiu.people import staff as queries
from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.people.actions import staff as actions
from yanxiu.people.documents.structure_sheet import structure_sheet
from yanxiu.people.forms import staff as forms
from yanxiu.people.models import (
    Organisation,
    Tier,
    WorkforceGoal,
    WorkforceNote,
)
from yanxiu.people.models.teacher import today
from yanxiu.people.permissions import (
    may_see_staff,
)
from yanxiu.people.views.asking import ask
from yanxiu.people.views.staff.scope import (
    NOTES,
    form_words,
    may_shape_staff_of,
    page_of,
    school_asked_for,
    school_to_shape,
)
from yanxiu.people.views.staff.tiers_page import tier_asked_for
from yanxiu.ui.downloads import download
from yanxiu.ui.pages import show


@login_required
def staff(request: TeacherRequest) -> HttpResponse:
    """Show the structure of a staff, what people make of it, and where the goals stand."""
    organisation, schools = school_asked_for(request)
    day = today()
    setting = queries.setting_of(organisation)
    people = queries.members(organisation, day)
    goals = list(
        WorkforceGoal.objects.filter(organisation=organisation).select_related(
            "tier", "population_tier", "skill"
        )
    )
    known = list(Tier.objects.select_related("organisation"))
    tiers = queries.are_of_use(organisation, known)
    context = {
        "school": organisation,
        "schools": schools,
        "setting": setting,
        "structure": queries.structure(people, setting, tier_asked_for(request, tiers), known),
        "tiers": tiers,
        "goals": queries.goal_values(goals, people, setting, day, known),
        "notes": WorkforceNote.objects.filter(organisation=organisation)[:NOTES],
        "may_shape": may_shape_staff_of(request, organisation),
    }
    return show(request, "people/staff.html", context)


@login_required
def sheet(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the structure as a workbook."""
    rows = Organisation.objects.all()
    organisation = get_allowed(may_see_staff, request.teacher, rows, uid)
    setting = queries.setting_of(organisation)
    people = queries.members(organisation, today())
    content = structure_sheet(
        organisation.name,
        today(),
        queries.structure(
            people, setting, tier_asked_for(request, queries.tiers_for(organisation))
        ),
        setting.low_share,
    )
    return download(content, "structure.xlsx")


@login_required
def setting(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Say who counts as young and senior, and which share is low."""
    organisation = school_to_shape(request, uid)
    names = ("young_below", "senior_from", "low_share")
    known = queries.setting_of(organisation)
    initial = {name: getattr(known, name) for name in names}
    form = forms.SettingForm(request.POST or None, initial=initial)

    def deed(data: Mapping[str, Any]) -> str:
        actions.keep_setting(organisation, data, by=request.teacher, at=timezone.now())
        return page_of(organisation)

    asked = form_words(_("统计口径"), page_of(organisation), lead=organisation.name)
    return ask(request, form, deed, done=_("口径已保存。"), context=asked)


@login_required
def note(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Write what people make of the structure; the numbers of the day are kept beside it."""
    organisation = school_to_shape(request, uid)
    form = forms.NoteForm(request.POST or None)

    def deed(data: Mapping[str, Any]) -> str:
        found = queries.structure(
            queries.members(organisation, today()), queries.setting_of(organisation)
        )
        numbers = {
            _("教师"): found.total,
            found.young.label: found.young.count,
            found.college.label: found.college.count,
        }
        actions.write_note(
            organisation, data["text"], numbers, by=request.teacher, at=timezone.now()
        )
        return page_of(organisation)

    asked = form_words(_("写队伍分析"), page_of(organisation), keep=f"staff-note-{uid}")
    return ask(request, form, deed, done=_("分析已保存，当天的数字一并留下。"), context=asked)


@login_required
def goal(request: TeacherRequest, uid: UUID, goal: UUID | None = None) -> HttpResponse:
    """Set a goal for the staff, or change one."""
    organisation = school_to_shape(request, uid)
    found = None
    if goal:
        found = WorkforceGoal.objects.filter(organisation=organisation, uid=goal).first()
        if found is None:
            raise Http404
    form = forms.GoalForm(
        request.POST or None,
        instance=found,
        tiers=queries.tiers_for(organisation),
        skills=queries.skills_for(organisation),
    )

    def deed(data: Mapping[str, Any]) -> str:
        actions.keep_goal(organisation, data, goal=found, by=request.teacher, at=timezone.now())
        return page_of(organisation)

    asked = form_words(
        _("队伍目标"),
        page_of(organisation),
        sentence=_(
            "对象、指标、百分比和期限写全，系统就算得出现在到了多少；写不全的标“还不能衡量”。"
        ),
        keep=f"staff-goal-{uid}",
    )
    saved = _("目标已保存。")
    return ask(request, form, deed, done=saved, context=asked)  # type: ignore[arg-type]


@login_required
@require_POST
def drop_goal(request: TeacherRequest, uid: UUID, goal: UUID) -> HttpResponse:
    """Take a goal away."""
    organisation = school_to_shape(request, uid)
    found = WorkforceGoal.objects.filter(organisation=organisation, uid=goal).first()
    if found is None:
        raise Http404
    actions.drop_goal(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("目标已删去。"))
    return redirect(page_of(organisation))


@login_required
def skill(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Ask teachers about one more skill."""
    organisation = school_to_shape(request, uid)
    form = forms.SkillForm(request.POST or None)

    def deed(data: Mapping[str, Any]) -> str:
        actions.add_skill(organisation, **data, by=request.teacher, at=timezone.now())
        return page_of(organisation)

    known = "、".join(queries.skills_for(organisation).values_list("name", flat=True)[:60])
    asked = form_words(
        _("添加能力项"),
        page_of(organisation),
        sentence=_("现有：%(known)s") % {"known": known or _("还没有")},
    )
    return ask(request, form, deed, done=_("已添加。老师可以在自己的页上自评。"), context=asked)
