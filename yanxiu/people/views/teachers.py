"""The list of people and the page of one person."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, Q, QuerySet, UUIDField, Value
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from yanxiu.people import queries
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.actions import editing
from yanxiu.people.actions import teachers as actions
from yanxiu.people.forms import teachers as forms
from yanxiu.people.models import (
    Leave,
    Membership,
    Organisation,
    Post,
    Teacher,
    TeacherSkill,
    Tier,
    TierHolding,
    Unit,
)
from yanxiu.people.models.organisation import held_on, lineage_of
from yanxiu.people.models.teacher import today
from yanxiu.people.permissions import (
    may_guide_teacher,
    may_manage_organisation,
    may_manage_teacher,
    may_manage_unit,
    may_see_career_days,
    may_see_teacher,
)
from yanxiu.people.staff import path_of
from yanxiu.people.views.asking import ask
from yanxiu.ui.pages import show

PAGE = 50
STATES = (
    ("", gettext_lazy("在册")),
    ("never", gettext_lazy("从未登录")),
    ("gone", gettext_lazy("已离开")),
)
_SHOWN = ("uid", "name", "pinyin", "subjects", "is_active", "last_login")
_MOST_SCHOOLS, _MOST_CHOICES = 120, 260
"""Schools in one select; a county with more is searched by name."""


@login_required
def teachers(request: TeacherRequest) -> HttpResponse:
    """List the people this reader may see."""
    reader = request.teacher
    if not reader.holds("see_people"):
        raise Http404
    schools = _schools(reader)
    school = next((one for one in schools if str(one.uid) == request.GET.get("school")), None)
    one_school = school or (schools[0] if len(schools) == 1 else None)
    wanted = queries.TeacherFilter(
        text=request.GET.get("q", "")[:40],
        organisation=school,
        unit=_uid(request.GET.get("unit")),
        tier=request.GET.get("tier", "")[:40],
        state=request.GET.get("state", ""),
    )
    seen = allowed(may_see_teacher, reader, Teacher.objects.only(*_SHOWN))
    rows = queries.teachers(seen, wanted)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    choices = _choices(schools, one_school)
    tiers = [one.name for one in choices if one.what == "tier"]
    context = {
        "page": page,
        "lines": queries.lines(page.object_list),
        "wanted": wanted,
        "school": school,
        "schools": schools,
        "units": [one for one in choices if one.what == "unit"],
        "tiers": list(dict.fromkeys(tiers)),
        "states": STATES,
        "may_manage": reader.holds("manage_people"),
    }
    return show(request, "people/teachers.html", context)


def _schools(reader: Teacher) -> list[Organisation]:
    rows = Organisation.objects.filter(pk__in=reader.reach("see_people"))
    return list(rows.defer("labels").order_by("path")[:_MOST_SCHOOLS])


class Choice(NamedTuple):
    """One thing to narrow the list by."""

    what: str
    uid: UUID | None
    name: str
    order: int


def _choices(schools: list[Organisation], school: Organisation | None) -> list[Choice]:
    """Return the units of `school` and the tiers that these schools use; one statement."""
    above = {pk for one in schools[:1] for pk in one.lineage}
    mine = Q(organisation=None) | Q(organisation__in=[*above, *(one.pk for one in schools)])
    living = TierHolding.objects.filter(tier=OuterRef("pk"), ends_on=None)
    tiers = Tier.objects.filter(mine, Exists(living)).annotate(
        what=Value("tier"), of=Value(None, output_field=UUIDField()), place=F("order")
    )
    path = school.path if school else "-"
    units = Unit.objects.filter(organisation__path__startswith=path, ends_on=None).annotate(
        what=Value("unit"), of=F("uid"), place=F("kind__order")
    )
    names = ("what", "of", "name", "place")
    rows = units.order_by().values_list(*names).union(tiers.order_by().values_list(*names))
    found = sorted((Choice(*row) for row in rows), key=lambda one: (one.order, one.name))
    return found[:_MOST_CHOICES]


def _uid(text: str | None) -> str:
    try:
        return str(UUID(text)) if text else ""
    except ValueError:
        return ""


@login_required
def teacher(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show one person: facts, posts, units, tiers."""
    found = get_allowed(may_see_teacher, request.teacher, Teacher.objects.all(), uid)
    managed = allowed(may_manage_teacher, request.teacher, Teacher.objects.filter(pk=found.pk))
    may_manage = managed.exists()
    mine = (
        set(
            allowed(
                may_manage_organisation, request.teacher, Organisation.objects.all()
            ).values_list("pk", flat=True)
        )
        if may_manage
        else set()
    )
    context = {
        "person": found,
        "posts": [(post, post.organisation_id in mine) for post in _posts(found)],
        "seats": [(seat, seat.unit.organisation_id in mine) for seat in _seats(found)],
        "tiers": TierHolding.objects.filter(teacher=found).select_related("tier"),
        "may_manage": may_manage,
        "is_self": found.pk == request.teacher.pk,
        "may_list": request.teacher.holds("see_people"),
        "knows_career": may_manage or _knows_career(request.teacher, found),
        **_standing(request, found, may_manage=may_manage),
    }
    return show(request, "people/teacher.html", context)


def _knows_career(reader: Teacher, found: Teacher) -> bool:
    return allowed(may_see_career_days, reader, Teacher.objects.filter(pk=found.pk)).exists()


def _standing(request: TeacherRequest, found: Teacher, *, may_manage: bool) -> dict[str, Any]:
    """Return leave, skills and the path; the kind of a leave is for the person and who manages."""
    is_self = found.pk == request.teacher.pk
    rows = Teacher.objects.filter(pk=found.pk)
    return {
        "leave_today": Leave.objects.on(today()).filter(teacher=found).first(),
        "knows_leave": may_manage or is_self,
        "skills": list(TeacherSkill.objects.filter(teacher=found).select_related("skill")),
        "may_rate": is_self or allowed(may_guide_teacher, request.teacher, rows).exists(),
        "path": path_of(found, with_leave=may_manage or is_self),
    }


def _posts(found: Teacher) -> "QuerySet[Post]":
    rows: QuerySet[Post] = found.posts.select_related("role", "organisation")
    return rows.order_by("ends_on", "-starts_on", "role__order")


def _seats(found: Teacher) -> "QuerySet[Membership]":
    rows: QuerySet[Membership] = found.memberships.select_related("unit__organisation")
    return rows.order_by("ends_on", "-starts_on", "pk")


def _managed(request: TeacherRequest, uid: UUID) -> Teacher:
    return get_allowed(may_manage_teacher, request.teacher, Teacher.objects.all(), uid)


def _page_of(person: Teacher) -> str:
    return reverse("people:teacher", args=[person.uid])


def _asked(heading: str, back: str, **more: Any) -> Mapping[str, Any]:
    return {"heading": heading, "back_url": back, **more}


@login_required
def new_teacher(request: TeacherRequest) -> HttpResponse:
    """Add one person by hand."""
    schools = _own_schools(request)
    if not schools.exists():
        raise Http404
    form = forms.NewTeacherForm(
        request.POST or None, schools=schools, initial=forms.school_day(today())
    )

    def deed(data: Mapping[str, Any]) -> str:
        person = editing.add_person(
            data["organisation"],
            name=data["name"],
            phone=data["phone"],
            job_number=data["job_number"],
            post_title=data["post_title"],
            starts_on=data["starts_on"],
            facts={name: data[name] for name in editing.FACTS if name not in {"name", "phone"}},
            by=request.teacher,
            at=timezone.now(),
        )
        return _page_of(person)

    asked = _asked(_("添加教师"), reverse("people:teachers"), keep="teacher-new")
    return ask(request, form, deed, done=_("已添加。请接着把这位老师加入教研组。"), context=asked)


def _own_schools(request: TeacherRequest) -> "QuerySet[Organisation]":
    rows = allowed(may_manage_organisation, request.teacher, Organisation.objects.all())
    return rows.order_by("-is_school", "path")


@login_required
def edit_teacher(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Change the facts of one person."""
    person = _managed(request, uid)
    initial = {name: getattr(person, name) for name in editing.FACTS}
    initial["subjects"] = "、".join(person.subjects)
    is_own = person.pk == request.teacher.pk
    form = forms.FactsForm(request.POST or None, initial=initial, is_own=is_own)

    def deed(data: Mapping[str, Any]) -> str:
        editing.edit_teacher(person, data, by=request.teacher, at=timezone.now())
        return _page_of(person)

    asked = _asked(_("修改资料"), _page_of(person), lead=person.name, keep=f"teacher-{uid}")
    return ask(request, form, deed, done=_("资料已保存。"), context=asked)


@login_required
def add_post(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give one person another post."""
    person = _managed(request, uid)
    form = forms.PostForm(
        request.POST or None, schools=_own_schools(request), initial=forms.school_day(today())
    )

    def deed(data: Mapping[str, Any]) -> str:
        actions.give_post(
            person, data.pop("organisation"), data.pop("role"),  # type: ignore[attr-defined]
            by=request.teacher, at=timezone.now(), **data,
        )  # fmt: skip
        return _page_of(person)

    asked = _asked(_("添加任职"), _page_of(person), lead=person.name)
    return ask(request, form, deed, done=_("任职已添加。"), context=asked)


@login_required
def end_post(request: TeacherRequest, uid: UUID, post: UUID) -> HttpResponse:
    """End one post on a day."""
    person = _managed(request, uid)
    rows = person.posts.filter(ends_on=None).select_related("role", "organisation")
    found = rows.filter(organisation__in=request.teacher.reach("manage_people"), uid=post).first()
    if found is None:
        raise Http404
    form = forms.DayForm(request.POST or None, initial=forms.school_day(today()))

    def deed(data: Mapping[str, Any]) -> str:
        actions.end_post(found, on=data["on"], by=request.teacher, at=timezone.now())
        still = allowed(may_see_teacher, request.teacher, Teacher.objects.filter(pk=person.pk))
        return _page_of(person) if still.exists() else reverse("people:teachers")

    what = _(
        "%(name)s：%(school)s · %(role)s。记录和学时都保留，只是从那天起不再有这个岗位的权限。"
    ) % {
        "name": person.name,
        "school": found.organisation.name,
        "role": found.title or found.role.name,
    }
    asked = _asked(_("结束任职"), _page_of(person), sentence=what, submit=_("结束任职"))
    return ask(request, form, deed, done=_("任职已结束。"), context=asked)


@login_required
def join_unit(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Put one person into a unit."""
    person = _managed(request, uid)
    units = allowed(may_manage_unit, request.teacher, Unit.objects.filter(ends_on=None))
    posts = Post.objects.filter(held_on(today()), teacher=person)
    units = units.filter(organisation__in=posts.values("organisation")) | units.filter(
        organisation__in=posts.values("organisation__parent")
    )
    form = forms.JoinForm(request.POST or None, units=units, initial=forms.school_day(today()))

    def deed(data: Mapping[str, Any]) -> str:
        actions.join_unit(
            data["unit"], person, starts_on=data["starts_on"], duty=data["duty"],
            by=request.teacher, at=timezone.now(),
        )  # fmt: skip
        return _page_of(person)

    asked = _asked(_("加入单位"), _page_of(person), lead=person.name)
    return ask(request, form, deed, done=_("已加入。"), context=asked)


@login_required
def leave_unit(request: TeacherRequest, uid: UUID, unit: UUID) -> HttpResponse:
    """Take one person out of a unit on a day."""
    person = _managed(request, uid)
    seat = person.memberships.filter(unit__uid=unit, ends_on=None).select_related("unit").first()
    if seat is None:
        raise Http404
    form = forms.DayForm(request.POST or None, initial=forms.school_day(today()))

    def deed(data: Mapping[str, Any]) -> str:
        actions.end_membership(seat, on=data["on"], by=request.teacher, at=timezone.now())
        return _page_of(person)

    what = _("%(name)s离开“%(unit)s”；以前的活动和记录都保留。") % {
        "name": person.name,
        "unit": seat.unit.name,
    }
    asked = _asked(_("离开单位"), _page_of(person), sentence=what, submit=_("离开"))
    return ask(request, form, deed, done=_("已离开。"), context=asked)


@login_required
def hold_tier(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Put one person into a tier."""
    person = _managed(request, uid)
    paths = [post.organisation.path for post in request.teacher.posts_today]
    above = {pk for path in paths for pk in lineage_of(path)}
    mine = Q(organisation=None) | Q(organisation__in=above)
    mine |= Q(organisation__in=request.teacher.reach("manage_people"))
    form = forms.TierForm(
        request.POST or None,
        tiers=Tier.objects.filter(mine),
        initial=forms.school_day(today()),
    )

    def deed(data: Mapping[str, Any]) -> str:
        actions.hold_tier(
            person, data["tier"], starts_on=data["starts_on"],
            about={name: data[name] for name in ("subject", "grade", "round", "grounds")},
            by=request.teacher, at=timezone.now(),
        )  # fmt: skip
        return _page_of(person)

    asked = _asked(_("添加层级"), _page_of(person), lead=person.name)
    return ask(request, form, deed, done=_("层级已添加。"), context=asked)


@login_required
def archive_teacher(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take one person off the roster."""
    person = _managed(request, uid)
    form = forms.ArchiveForm(request.POST or None)

    def deed(data: Mapping[str, Any]) -> str:
        editing.archive_teacher(
            person, reason=data["reason"], by=request.teacher, at=timezone.now()
        )
        return _page_of(person)

    what = _("%(name)s将不能再登录，新的场次不再算应到；以前的记录和学时都保留，随时可以恢复。") % {
        "name": person.name
    }
    asked = _asked(_("设为已离开"), _page_of(person), sentence=what, submit=_("设为已离开"))
    return ask(request, form, deed, done=_("已设为离开。"), context=asked)


@login_required
@require_POST
def return_teacher(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Put one person back on the roster."""
    person = _managed(request, uid)
    editing.return_teacher(person, by=request.teacher, at=timezone.now())
    messages.success(request, _("已恢复在册。"))
    return redirect(_page_of(person))
