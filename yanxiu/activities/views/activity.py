"""The page on an activity as a whole: its programme, who shares in it, the discussion."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.activities import actions
from yanxiu.activities.forms import TimesForm, link_field
from yanxiu.activities.models import Activity, Attendance, HomeRecognition, Partner, Session, Theme
from yanxiu.activities.permissions import (
    may_manage_activity,
    may_recognise_home,
    may_see_activity,
    may_see_attendance,
    may_see_session,
)
from yanxiu.activities.queries import CAME, turnouts
from yanxiu.activities.views.planning import USUAL
from yanxiu.activities.views.shown import state_label
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.people.models.teacher import today
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
JOINED = ("kind", "organisation", "unit", "term", "research_theme__parent")


@dataclass(frozen=True)
class ProgrammeLine:
    """One session of the programme."""

    session: Session
    state: str
    label: str
    came: int | None
    opens: bool


@dataclass(frozen=True)
class Completion:
    """At how many sessions one person was, and whether that is enough."""

    teacher: Teacher
    came: int
    needed: int

    @property
    def is_complete(self) -> bool:
        """Whether the person was at as many as are asked for."""
        return self.came >= self.needed > 0


def managed(teacher: Teacher, uid: UUID) -> Activity:
    """Return the activity `uid` if `teacher` manages it, else 404."""
    return get_allowed(may_manage_activity, teacher, Activity.objects.select_related(*JOINED), uid)


@login_required
@require_safe
def activity(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show an activity: programme, partners, who has completed it, the discussion."""
    rows = Activity.objects.select_related(*JOINED)
    found = get_allowed(may_see_activity, request.teacher, rows, uid)
    talk = list(found.remarks.select_related("teacher", "answers__teacher"))
    said = [remark for remark in talk if not remark.withdrawn_at]
    context = {
        "activity": found,
        "manages": allowed(
            may_manage_activity, request.teacher, Activity.objects.filter(pk=found.pk)
        ).exists(),
        "programme": programme(found, request.teacher),
        "partners": list(found.partners.select_related("organisation", "unit")),
        "completions": completions(found, request.teacher),
        "talk": talk,
        "contributors": len(Counter(remark.teacher_id for remark in said)),
        "said": len(said),
    }
    return show(request, "activities/activity.html", context)


def programme(found: Activity, reader: Teacher) -> list[ProgrammeLine]:
    """Return the sessions of `found` in order; three statements."""
    at = timezone.now()
    sessions = list(found.sessions.all())
    counts = turnouts(sessions)
    opens = set(allowed(may_see_session, reader, found.sessions.all()).values_list("pk", flat=True))
    return [
        ProgrammeLine(
            row,
            row.state(at),
            state_label(row, at),
            counts[row.pk].came if row.pk in counts else None,
            row.pk in opens,
        )
        for row in sessions
    ]


def completions(found: Activity, reader: Teacher) -> list[Completion]:
    """Return how far each person the reader may see has come; by name, never by number."""
    if not found.sessions_to_complete:
        return []
    rows = Attendance.objects.filter(
        session__activity=found, session__closed_at__isnull=False, state__in=CAME
    )
    seen = allowed(may_see_attendance, reader, rows).select_related("teacher")
    counts: Counter[int] = Counter()
    people: dict[int, Teacher] = {}
    for row in seen:
        counts[row.teacher_id] += 1
        people[row.teacher_id] = row.teacher
    lines = [
        Completion(people[pk], came, found.sessions_to_complete) for pk, came in counts.items()
    ]
    return sorted(lines, key=lambda line: (line.teacher.pinyin, line.teacher.pk))


class ShapeForm(forms.Form):
    """What kind of event an activity is."""

    theme = forms.CharField(label=gettext_lazy("活动主题"), max_length=120)
    form = forms.ChoiceField(label=gettext_lazy("形式"), choices=Activity.Form.choices)
    level = forms.ChoiceField(label=gettext_lazy("组织层级"), choices=Activity.Level.choices)
    research_theme = forms.ModelChoiceField(
        Theme.objects.none(), label=gettext_lazy("属于哪个研究主题"), required=False
    )
    guests = forms.CharField(
        label=gettext_lazy("嘉宾"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("校外来宾写姓名和单位；登记过的专家在场次页里请。"),
    )
    sessions_to_complete = forms.IntegerField(
        label=gettext_lazy("到场几场算完成"), min_value=1, max_value=60, required=False,
        help_text=gettext_lazy("不填就不看完成情况。"),
    )  # fmt: skip
    needs_note = forms.BooleanField(label=gettext_lazy("到场的人要交心得才予认定"), required=False)


@login_required
@read_or_post
def shape(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Say what kind of event the activity is."""
    found = managed(request.teacher, uid)
    names = list(ShapeForm.base_fields)
    form = ShapeForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    form.fields["research_theme"].queryset = Theme.objects.filter(  # type: ignore[attr-defined]
        organisation=found.organisation, term=found.term, retired_at=None
    )

    def deed(typed: Any) -> str:
        actions.shape_activity(found, **typed, by=request.teacher, at=timezone.now())
        return reverse("activities:activity", args=[found.uid])

    return ask(
        request, form, deed, done=_("已保存。"), page="activities/shape.html",
        context={"activity": found},
    )  # fmt: skip


class AddSessionForm(TimesForm):
    """One more sitting."""

    link = link_field()


@login_required
@read_or_post
def add(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Add one more session to the programme."""
    found = managed(request.teacher, uid)
    last = found.sessions.order_by("-starts_at").first()
    initial = {**USUAL, "day": today(), "place": last.place if last else ""}
    form = AddSessionForm(request.POST or None, initial=initial)

    def deed(typed: Any) -> str:
        made = actions.add_session(
            found,
            title=typed["title"],
            starts_at=form.starts_at,
            ends_at=form.ends_at,
            place=typed["place"],
            link=typed["link"],
            by=request.teacher,
            at=timezone.now(),
        )
        return reverse("activities:activity", args=[made.activity.uid])

    return ask(
        request, form, deed, done=_("已加进日程。"), page="activities/add_session.html",
        context={"activity": found},
    )  # fmt: skip


# ---- partners ----
class Partners:
    """The units and schools that can be asked: those of the same town, by name."""

    def __init__(self, found: Activity) -> None:
        """Look them up: the activity's own school and its neighbours under one superior."""
        root = found.organisation.path.split(".")[0]
        schools = Organisation.objects.filter(path__startswith=f"{root}.").order_by("path")
        units = Unit.objects.filter(
            organisation__path__startswith=f"{root}.", ends_on=None
        ).select_related("organisation")
        own = found.organisation_id
        self.schools = {f"school-{row.pk}": row for row in schools if row.pk != own}
        self.units = {f"unit-{row.pk}": row for row in units if row.pk != found.unit_id}

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return them as a form offers them."""
        whole = [
            (code, _("%(school)s（全校）") % {"school": row.name})
            for code, row in self.schools.items()
        ]
        parts = [(code, f"{row.organisation.name} {row.name}") for code, row in self.units.items()]
        return [*whole, *parts]

    def of(self, code: str) -> tuple[Organisation, Unit | None]:
        """Return the organisation and unit that `code` stands for."""
        unit = self.units.get(code)
        return (unit.organisation, unit) if unit else (self.schools[code], None)


class PartnerForm(forms.Form):
    """Who shares in the activity, as what."""

    whom = forms.ChoiceField(label=gettext_lazy("学校或教研组"))
    capacity = forms.ChoiceField(
        label=gettext_lazy("作为"), choices=Partner.Capacity.choices, initial="invited"
    )


@login_required
@read_or_post
def partners(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show who shares in the activity, ask one more, or take an invitation back."""
    found = managed(request.teacher, uid)
    if "away" in request.POST:
        partner = found.partners.filter(pk=_number(request.POST["away"])).first()
        if partner is None:
            raise Http404
        actions.remove_partner(partner, by=request.teacher, at=timezone.now())
        messages.success(request, _("已去掉。"))
        return redirect("activities:partners", uid=found.uid)
    offered = Partners(found)
    form = PartnerForm(request.POST or None)
    form.fields["whom"].choices = [("", _("请选择")), *offered.choices]  # type: ignore[attr-defined]

    def deed(typed: Any) -> str:
        organisation, unit = offered.of(typed["whom"])
        actions.add_partner(
            found,
            organisation,
            unit=unit,
            capacity=typed["capacity"],
            by=request.teacher,
            at=timezone.now(),
        )
        return reverse("activities:partners", args=[found.uid])

    context = {
        "activity": found,
        "partners": found.partners.select_related("organisation", "unit"),
    }
    return ask(
        request, form, deed, done=_("已加上；对方的老师会在自己的首页看到。"),
        page="activities/partners.html", context=context,
    )  # fmt: skip


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0  # noqa: PLR2004


# ---- recognition at home ----
@login_required
@read_or_post
def recognise(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Let a school recognise, or decline, what its own people did elsewhere."""
    rows = HomeRecognition.objects.select_related("organisation", "session__organisation")
    asked = get_allowed(may_recognise_home, request.teacher, rows, uid)
    if request.method == "POST":
        why = request.POST.get("because", "") if "decline" in request.POST else None
        done = actions.recognise_home(
            asked, by=request.teacher, at=timezone.now(), decline_because=why
        )
        messages.success(request, str(done.get_state_display()))
        return redirect("activities:recognise", uid=asked.uid)
    own = actions.own_people(asked)
    return show(request, "activities/recognise.html", {"asked": asked, "own": own})
