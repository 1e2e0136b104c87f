"""The staff as a whole: its structure, goals, titles, programmes and mixed teams."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanxiu.people import staff as queries
from yanxiu.people.access import TeacherRequest, allowed, get_allowed, holds_at
from yanxiu.people.actions import staff as actions
from yanxiu.people.documents.structure_sheet import structure_sheet
from yanxiu.people.forms import staff as forms
from yanxiu.people.forms.teachers import school_day
from yanxiu.people.models import (
    Organisation,
    Programme,
    RequirementState,
    Teacher,
    Team,
    TeamMember,
    Tier,
    TierHolding,
    WorkforceGoal,
    WorkforceNote,
)
from yanxiu.people.models.teacher import today
from yanxiu.people.permissions import (
    SHAPING_STAFF,
    may_see_staff,
    may_see_teacher,
    may_shape_staff,
)
from yanxiu.people.roster.tiers import place_of
from yanxiu.people.views.asking import ask
from yanxiu.texts.numerals import whole_number
from yanxiu.ui.pages import show

PAGE = 50
NOTES = 5
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _schools(reader: Teacher) -> list[Organisation]:
    rows = allowed(may_see_staff, reader, Organisation.objects.all())
    return list(rows.order_by("path")[:120])


def _chosen(request: TeacherRequest) -> tuple[Organisation, list[Organisation]]:
    """Return the organisation asked for, or the reader's own, and all to choose from."""
    schools = _schools(request.teacher)
    if not schools:
        raise Http404
    wanted = request.GET.get("school")
    chosen = next((one for one in schools if str(one.uid) == wanted), None)
    own = next((one for one in schools if one == request.teacher.organisation), schools[0])
    return chosen or own, schools


def _shaped(request: TeacherRequest, uid: UUID) -> Organisation:
    return get_allowed(may_shape_staff, request.teacher, Organisation.objects.all(), uid)


def _may_shape(request: TeacherRequest, organisation: Organisation) -> bool:
    """Tell whether `may_shape_staff` holds, which needs no statement."""
    return any(holds_at(request.teacher, right, organisation) for right in SHAPING_STAFF)


def _page_of(organisation: Organisation, name: str = "people:staff") -> str:
    return f"{reverse(name)}?school={organisation.uid}"


def _tier(request: TeacherRequest, tiers: Iterable[Tier]) -> Tier | None:
    wanted = request.GET.get("tier", "")
    return next((tier for tier in tiers if str(tier.pk) == wanted), None)


@login_required
def staff(request: TeacherRequest) -> HttpResponse:
    """Show the structure of a staff, what people make of it, and where the goals stand."""
    organisation, schools = _chosen(request)
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
        "structure": queries.structure(people, setting, _tier(request, tiers), known),
        "tiers": tiers,
        "goals": queries.goal_values(goals, people, setting, day, known),
        "notes": WorkforceNote.objects.filter(organisation=organisation)[:NOTES],
        "may_shape": _may_shape(request, organisation),
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
        queries.structure(people, setting, _tier(request, queries.tiers_for(organisation))),
        setting.low_share,
    )
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = "attachment; filename*=UTF-8''structure.xlsx"
    return response


def _asked(heading: str, back: str, **more: Any) -> Mapping[str, Any]:
    return {"heading": heading, "back_url": back, **more}


@login_required
def setting(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Say who counts as young and senior, and which share is low."""
    organisation = _shaped(request, uid)
    names = ("young_below", "senior_from", "low_share")
    known = queries.setting_of(organisation)
    initial = {name: getattr(known, name) for name in names}
    form = forms.SettingForm(request.POST or None, initial=initial)

    def deed(data: Mapping[str, Any]) -> str:
        actions.keep_setting(organisation, data, by=request.teacher, at=timezone.now())
        return _page_of(organisation)

    asked = _asked(_("统计口径"), _page_of(organisation), lead=organisation.name)
    return ask(request, form, deed, done=_("口径已保存。"), context=asked)


@login_required
def note(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Write what people make of the structure; the numbers of the day are kept beside it."""
    organisation = _shaped(request, uid)
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
        return _page_of(organisation)

    asked = _asked(_("写队伍分析"), _page_of(organisation), keep=f"staff-note-{uid}")
    return ask(request, form, deed, done=_("分析已保存，当天的数字一并留下。"), context=asked)


@login_required
def goal(request: TeacherRequest, uid: UUID, goal: UUID | None = None) -> HttpResponse:
    """Set a goal for the staff, or change one."""
    organisation = _shaped(request, uid)
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
        return _page_of(organisation)

    asked = _asked(
        _("队伍目标"),
        _page_of(organisation),
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
    organisation = _shaped(request, uid)
    found = WorkforceGoal.objects.filter(organisation=organisation, uid=goal).first()
    if found is None:
        raise Http404
    actions.drop_goal(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("目标已删去。"))
    return redirect(_page_of(organisation))


@login_required
def skill(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Ask teachers about one more skill."""
    organisation = _shaped(request, uid)
    form = forms.SkillForm(request.POST or None)

    def deed(data: Mapping[str, Any]) -> str:
        actions.add_skill(organisation, **data, by=request.teacher, at=timezone.now())
        return _page_of(organisation)

    known = "、".join(queries.skills_for(organisation).values_list("name", flat=True)[:60])
    asked = _asked(
        _("添加能力项"),
        _page_of(organisation),
        sentence=_("现有：%(known)s") % {"known": known or _("还没有")},
    )
    return ask(request, form, deed, done=_("已添加。老师可以在自己的页上自评。"), context=asked)


@login_required
def tiers(request: TeacherRequest) -> HttpResponse:
    """List the titles with those who hold or held them, by level, kind and year."""
    organisation, schools = _chosen(request)
    wanted = {name: request.GET.get(name, "")[:40] for name in ("ladder", "level", "year")}
    rows = _holdings(request, organisation, wanted)
    own = queries.tiers_for(organisation).annotate(
        held=Count("holdings", filter=Q(holdings__ends_on=None), distinct=True)
    )
    own_rows = list(own)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "school": organisation,
        "schools": schools,
        "page": page,
        "wanted": wanted,
        "tiers": own_rows,
        "ladders": sorted({tier.ladder or place_of(tier.name)[0] for tier in own_rows} - {""}),
        "levels": sorted({tier.level or place_of(tier.name)[1] for tier in own_rows} - {""}),
        "programmes": Programme.objects.filter(organisation=organisation).select_related("tier"),
        "may_shape": _may_shape(request, organisation),
        "day": today(),
    }
    return show(request, "people/tiers.html", context)


def _holdings(
    request: TeacherRequest, organisation: Organisation, wanted: Mapping[str, str]
) -> "QuerySet[TierHolding]":
    working = queries.working_in(organisation, today())
    seen = allowed(may_see_teacher, request.teacher, working)
    rows = TierHolding.objects.filter(teacher__in=seen.values("pk").order_by())
    if wanted["ladder"]:
        rows = rows.filter(
            Q(tier__ladder=wanted["ladder"])
            | Q(tier__ladder="", tier__name__contains=wanted["ladder"][:2])
        )
    if wanted["level"]:
        rows = rows.filter(
            Q(tier__level=wanted["level"])
            | Q(tier__level="", tier__name__startswith=wanted["level"])
        )
    if year := whole_number(wanted["year"][:4]):
        rows = rows.filter(starts_on__year__lte=year).filter(
            Q(ends_on=None) | Q(ends_on__year__gte=year)
        )
    found: QuerySet[TierHolding] = rows.select_related("tier", "teacher").order_by(
        "tier__order", "tier", "-starts_on", "pk"
    )
    return found


@login_required
def shape_tier(request: TeacherRequest, uid: UUID, tier: int | None = None) -> HttpResponse:
    """Add a title, or change what one asks and brings."""
    organisation = _shaped(request, uid)
    found = None
    initial: dict[str, Any] = {}
    if tier:
        found = queries.tiers_for(organisation).filter(pk=tier).first()
        if found is None:
            raise Http404
        names = ("name", "ladder", "level", "is_honour", "criteria", "duties", "term_years")
        initial = {name: getattr(found, name) for name in names}
        asks = found.requirements.filter(programme=None, is_duty=False)
        initial["requirements"] = "\n".join(asks.values_list("text", flat=True))
    form = forms.ShapeTierForm(request.POST or None, initial=initial)

    def deed(data: Mapping[str, Any]) -> str:
        actions.shape_tier(organisation, data, tier=found, by=request.teacher, at=timezone.now())
        return _page_of(organisation, "people:tiers")

    back = _page_of(organisation, "people:tiers")
    asked = _asked(_("层级与称号"), back, lead=organisation.name, keep=f"tier-{uid}-{tier or 0}")
    return ask(request, form, deed, done=_("已保存。"), context=asked)


@login_required
def programme_new(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Offer those of one tier a programme."""
    organisation = _shaped(request, uid)
    form = forms.ProgrammeForm(
        request.POST or None,
        tiers=queries.tiers_for(organisation),
        initial=school_day(today()),
    )

    def deed(data: Mapping[str, Any]) -> str:
        made = actions.open_programme(organisation, data, by=request.teacher, at=timezone.now())
        return reverse("people:programme", args=[organisation.uid, made.pk])

    back = _page_of(organisation, "people:tiers")
    asked = _asked(_("新的培养方案"), back, keep=f"programme-{uid}")
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
    organisation, schools = _chosen(request)
    rows = Team.objects.filter(organisation=organisation).prefetch_related("members__teacher")
    context = {
        "school": organisation,
        "schools": schools,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "may_shape": _may_shape(request, organisation),
    }
    return show(request, "people/teams.html", context)


@login_required
def team_new(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Propose a team in which experienced, young and backbone teachers meet."""
    organisation = _shaped(request, uid)
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

    back = _page_of(organisation, "people:teams")
    asked = _asked(_("提一个混编小组"), back, lead=organisation.name)
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
    may_shape = _may_shape(request, found.organisation)
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
