"""Setting a session up, moving it, calling it off, and who has which part."""

from datetime import time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yanxiu.activities import actions
from yanxiu.activities.forms import MoveForm, ReasonForm, SearchForm, SessionForm, times_of
from yanxiu.activities.models import ActivityKind, Attendance, Part, Session, Theme
from yanxiu.activities.permissions import may_plan_for_unit, may_see_theme
from yanxiu.activities.preview import names_of_people
from yanxiu.activities.templatetags.activities import clash_words
from yanxiu.activities.views.shown import managed_session
from yanxiu.agenda.queries import clashes_of
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.models import Organisation, Post, Teacher, Unit
from yanxiu.people.models.organisation import held_on
from yanxiu.people.models.teacher import below, today
from yanxiu.texts.keys import key
from yanxiu.ui.asking import kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

MOST_FOUND = 20
MOST_CLASHES = 3
USUAL = {"start": time(14, 30), "end": time(15, 50)}

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


# ---- a new one ----
class Audiences:
    """For whom this teacher may plan: units, and schools as a whole."""

    def __init__(self, teacher: Teacher) -> None:
        """Look them up."""
        units = allowed(may_plan_for_unit, teacher, Unit.objects.filter(ends_on=None))
        schools = Organisation.objects.filter(
            below(teacher.reach_paths("manage_sessions")), is_school=True
        )
        self.units = {f"unit-{row.pk}": row for row in units.select_related("organisation")}
        self.schools = {f"school-{row.pk}": row for row in schools.order_by("path")}

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return them as a form offers them; a school is named only where there are several."""
        schools = {row.organisation_id for row in self.units.values()}
        several = len(schools | {row.pk for row in self.schools.values()}) > 1
        whole = [
            (code, _("%(school)s全校") % {"school": row.name} if several else _("全校教师"))
            for code, row in self.schools.items()
        ]
        parts = [
            (code, f"{row.organisation.name} {row.name}" if several else row.name)
            for code, row in self.units.items()
        ]
        return [*parts, *whole]

    def of(self, code: str) -> tuple[Organisation, Unit | None]:
        """Return the organisation and unit that `code` stands for."""
        unit = self.units.get(code)
        return (unit.organisation, unit) if unit else (self.schools[code], None)


def kinds_for(organisations: Any) -> "QuerySet[ActivityKind]":
    """Return the activity kinds offered to all and those of `organisations`."""
    return ActivityKind.objects.filter(
        Q(organisation=None) | Q(organisation__in=organisations), retired_on=None
    )


def themes_for(teacher: Teacher) -> "QuerySet[Theme]":
    """Return the themes of running terms that this teacher can plan for."""
    rows = Theme.objects.filter(
        retired_at=None, term__starts_on__lte=today(), term__ends_on__gt=today()
    )
    return allowed(may_see_theme, teacher, rows.select_related("unit"))


@login_required
@read_or_post
def new(request: TeacherRequest) -> HttpResponse:
    """Plan one session."""
    audiences = Audiences(request.teacher)
    if not audiences.choices:
        raise Http404
    initial = {**USUAL, "day": today(), "title": request.GET.get("title", "")[:120]}
    initial |= {name: request.GET[name] for name in ("audience", "day") if name in request.GET}
    form = SessionForm(
        request.POST or None,
        initial=initial,
        audiences=audiences.choices,
        kinds=kinds_for([post.organisation_id for post in request.teacher.posts_today]),
        themes=themes_for(request.teacher),
    )
    if request.method == "POST" and form.is_valid():
        found = _planned(request, form, audiences)
        if found is not None:
            return redirect("activities:session", uid=found.uid)
    status = UNPROCESSABLE if form.errors else 200
    return show(request, "activities/new.html", {"form": form}, status=status)


def _planned(request: TeacherRequest, form: SessionForm, audiences: Audiences) -> Session | None:
    organisation, unit = audiences.of(form.cleaned_data["audience"])
    with kept_in(form):
        found = actions.plan_session(
            organisation,
            unit=unit,
            title=form.cleaned_data["title"],
            kind=form.cleaned_data["kind"],
            mode=form.cleaned_data["mode"],
            starts_at=form.starts_at,
            ends_at=form.ends_at,
            place=form.cleaned_data["place"],
            by=request.teacher,
            at=timezone.now(),
            **more_of(form),
        )
        messages.success(request, _("场次已排好，您是主持人；到时在这一页开始签到。"))
        warn_of_clashes(request, found)
        return found
    return None


def more_of(form: SessionForm) -> dict[str, Any]:
    """Return what the form says beside the usual, as `plan_session` takes it."""
    names = ("link", "form", "level", "needs_note", "research_theme")
    return {name: form.cleaned_data[name] for name in names}


def warn_of_clashes(request: TeacherRequest, found: Session) -> None:
    """Say what else is set at the same time, in the room or for the people; people decide."""
    extra = found.parts.values_list("teacher_id", flat=True)
    others = clashes_of(actions.occasion_of(found), extra)
    if not others:
        return
    names = names_of_people(others)
    words = "；".join(clash_words(other, names) for other in others[:MOST_CLASHES])
    messages.warning(request, _("同一时间还有：%(words)s。请核对，需要时改期。") % {"words": words})


# ---- changing one ----
@login_required
@read_or_post
def move(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give a session another title, time or place."""
    found = managed_session(request.teacher, uid)
    form = MoveForm(request.POST or None, initial=times_of(found))
    if request.method == "POST" and form.is_valid():
        with kept_in(form):
            moved = actions.move_session(
                found,
                title=form.cleaned_data["title"],
                starts_at=form.starts_at,
                ends_at=form.ends_at,
                place=form.cleaned_data["place"],
                mode=form.cleaned_data["mode"] or None,
                link=form.cleaned_data["link"],
                because=form.cleaned_data["because"],
                by=request.teacher,
                at=timezone.now(),
            )
            messages.success(request, _("已改好；时间或地点变了的，参加的老师会收到通知。"))
            warn_of_clashes(request, moved)
            return redirect("activities:session", uid=found.uid)
    status = UNPROCESSABLE if form.errors else 200
    return show(request, "activities/move.html", {"session": found, "form": form}, status=status)


@login_required
@read_or_post
def cancel(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Call a session off, with the reason."""
    found = managed_session(request.teacher, uid)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with kept_in(form):
            actions.cancel_session(
                found, because=form.cleaned_data["reason"], by=request.teacher, at=timezone.now()
            )
            messages.success(request, _("场次已取消，计划里会显示没有举行。"))
            return redirect("activities:session", uid=found.uid)
    context = {
        "session": found,
        "form": form,
        "signed_in": Attendance.objects.filter(session=found).count(),
    }
    status = UNPROCESSABLE if form.errors else 200
    return show(request, "activities/cancel.html", context, status=status)


# ---- parts ----
@login_required
@read_or_post
def parts(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show who has a part, find somebody by name, give and take parts."""
    found = managed_session(request.teacher, uid)
    if request.method == "POST":
        return _part_changed(request, found)
    asked = "q" in request.GET
    form = SearchForm(request.GET if asked else None, initial={"role": Part.Role.MAIN_SPEAKER})
    people: list[Teacher] = []
    if asked and form.is_valid():
        people = people_of(found, form.cleaned_data["q"])
    context = {
        "session": found,
        "form": form,
        "asked": asked,
        "people": people,
        "role": form.cleaned_data.get("role", "") if asked and form.is_valid() else "",
        "parts": found.parts.filter(home=None).select_related("teacher").order_by("role", "id"),
    }
    return show(request, "activities/parts.html", context)


def people_of(found: Session, text: str) -> list[Teacher]:
    """Return the people of the session's school, or below it, whose name or pinyin fits `text`."""
    word = key(text)
    posts = Post.objects.filter(
        held_on(day_of(found.starts_at)), organisation__path__startswith=found.organisation.path
    )
    rows = Teacher.objects.filter(
        Q(name_key__contains=word) | Q(pinyin__startswith=text.strip().lower()),
        pk__in=posts.values("teacher"),
        is_active=True,
    )
    return list(rows.order_by("pinyin", "id")[:MOST_FOUND]) if word else []


def _part_changed(request: TeacherRequest, found: Session) -> HttpResponse:
    role = request.POST.get("role", "")
    uid = request.POST.get("teacher", "")
    if role not in Part.Role.values:
        raise Http404
    if "away" in request.POST:
        part = _row(found.parts.select_related("teacher", "session").filter(role=role), uid)
        actions.take_part_away(part, by=request.teacher, at=timezone.now())
        messages.success(request, _("已去掉%(name)s。") % {"name": part.teacher.name})
    else:
        posts = Post.objects.filter(organisation__path__startswith=found.organisation.path)
        people = Teacher.objects.filter(pk__in=posts.values("teacher"))
        teacher = _row(people, uid, "uid")
        part = actions.give_part(found, teacher, role, by=request.teacher, at=timezone.now())
        messages.success(
            request,
            _("%(name)s：%(role)s。") % {"name": teacher.name, "role": part.get_role_display()},
        )
    return redirect("activities:parts", uid=found.uid)


def _row(rows: "QuerySet[Any]", uid: str, field: str = "teacher__uid") -> Any:
    """Return the row of the teacher `uid`, or 404 for anything else."""
    try:
        wanted = UUID(uid)
    except ValueError as nonsense:
        raise Http404 from nonsense
    found = rows.filter(**{field: wanted}).first()
    if found is None:
        raise Http404
    return found
