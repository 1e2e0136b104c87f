"""Mixed teams and programmes."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yanxiu.people import staff as queries
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.actions import staff as actions
from yanxiu.people.forms import staff as forms
from yanxiu.people.forms.teachers import school_day
from yanxiu.people.models import (
    Organisation,
    Programme,
    RequirementState,
    Teacher,
    Team,
    TeamMember,
)
from yanxiu.people.models.teacher import today
from yanxiu.people.permissions import (
    may_see_staff,
    may_see_teacher,
)
from yanxiu.people.views.asking import ask
from yanxiu.people.views.staff.scope import (
    PAGE,
    form_words,
    may_shape_staff_of,
    page_of,
    school_asked_for,
    school_to_shape,
)
from yanxiu.ui.pages import show


@login_required
def programme_new(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Offer those of one tier a programme."""
    organisation = school_to_shape(request, uid)
    form = forms.ProgrammeForm(
        request.POST or None,
        tiers=queries.tiers_for(organisation),
        initial=school_day(today()),
    )

    def deed(data: Mapping[str, Any]) -> str:
        made = actions.open_programme(organisation, data, by=request.teacher, at=timezone.now())
        return reverse("people:programme", args=[organisation.uid, made.pk])

    back = page_of(organisation, "people:tiers")
    asked = form_words(_("新的培养方案"), back, keep=f"programme-{uid}")
    return ask(
        request, form, deed, done=_("方案已建立，持有该层级的老师就是参加的人。"), context=asked
    )


@login_required
def programme(request: TeacherRequest, uid: UUID, programme: int) -> HttpResponse:
    """Show a programme: requirements, who takes part, how far each is. Nobody is ranked."""
    rows = Organisation.objects.all()
    organisation = get_allowed(may_see_staff, request.teacher, rows, uid)
    found = (
        Programme.objects.filter(organisation=organisation, pk=programme)
        .select_related("tier")
        .first()
    )
    if found is None:
        raise Http404
    asks = list(found.requirements.all())
    working = queries.working_in(organisation, today())
    seen = allowed(may_see_teacher, request.teacher, working)
    people = seen.filter(pk__in=queries.holders(found.tier, today(), or_above=False))
    page = Paginator(people.order_by("pinyin", "pk"), PAGE).get_page(request.GET.get("page"))
    met: dict[int, int] = {}
    states = RequirementState.objects.filter(
        requirement__in=asks, teacher__in=[one.pk for one in page], state="met"
    )
    for teacher in states.values_list("teacher_id", flat=True):
        met[teacher] = met.get(teacher, 0) + 1
    context = {
        "school": organisation,
        "programme": found,
        "requirements": asks,
        "page": page,
        "people": [(one, met.get(one.pk, 0)) for one in page],
    }
    return show(request, "people/programme.html", context)


@login_required
def teams(request: TeacherRequest) -> HttpResponse:
    """List the mixed teams, and propose one."""
    organisation, schools = school_asked_for(request)
    rows = Team.objects.filter(organisation=organisation).prefetch_related("members__teacher")
    context = {
        "school": organisation,
        "schools": schools,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "may_shape": may_shape_staff_of(request, organisation),
    }
    return show(request, "people/teams.html", context)


@login_required
def team_new(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Propose a team in which experienced, young and backbone teachers meet."""
    organisation = school_to_shape(request, uid)
    form = forms.TeamForm(request.POST or None)

    def deed(data: Mapping[str, Any]) -> str:
        known = queries.setting_of(organisation)
        proposal = actions.propose_team(
            queries.members(organisation, today()),
            known.young_below,
            known.senior_from,
            queries.honour_tiers(),
            data["size"],
        )
        made = actions.keep_team(
            organisation,
            name=data["name"],
            task=data["task"],
            members=proposal,
            by=request.teacher,
            at=timezone.now(),
        )
        return reverse("people:team", args=[made.uid])

    back = page_of(organisation, "people:teams")
    asked = form_words(_("提一个混编小组"), back, lead=organisation.name)
    done = _("已按老、年轻、骨干搭配提出名单，请按实际情况换人。")
    return ask(request, form, deed, done=done, context=asked)


@login_required
def team(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a mixed team; who shapes the staff changes its members."""
    reader = request.teacher
    seen = allowed(may_see_staff, reader, Organisation.objects.all()).values("pk")
    found = (
        Team.objects.filter(uid=uid, organisation__in=seen).select_related("organisation").first()
    )
    if found is None:
        raise Http404
    may_shape = may_shape_staff_of(request, found.organisation)
    if request.method == "POST":
        if not may_shape:
            raise Http404
        return _keep_team(request, found)
    members = list(found.members.select_related("teacher"))
    context = {
        "team": found,
        "members": members,
        "may_shape": may_shape,
        "forces": TeamMember.Force.choices,
        "others": _others(found, members) if may_shape else [],
    }
    return show(request, "people/team.html", context)


def _others(found: Team, members: list[TeamMember]) -> "QuerySet[Teacher]":
    working = queries.working_in(found.organisation, today())
    return working.exclude(pk__in=[one.teacher_id for one in members]).order_by("pinyin", "pk")[
        :400
    ]


def _keep_team(request: TeacherRequest, found: Team) -> HttpResponse:
    """Keep the members that were left ticked, and the one that was added."""
    post = request.POST
    kept = [
        (one.teacher_id, post.get(f"force-{one.teacher_id}", one.force))
        for one in found.members.all()
        if f"keep-{one.teacher_id}" in post
    ]
    added = post.get("add", "")
    if added.isdecimal():
        kept.append((int(added[:12]), post.get("add_force", TeamMember.Force.YOUNG)))
    forces = set(TeamMember.Force.values)
    actions.keep_team(
        found.organisation,
        team=found,
        name=post.get("name", "").strip()[:60] or found.name,
        task=post.get("task", "").strip()[:200],
        members=[(pk, force) for pk, force in kept if force in forces],
        by=request.teacher,
        at=timezone.now(),
    )
    messages.success(request, _("小组已保存。"))
    return redirect("people:team", uid=found.uid)
