"""Series of lessons: the list, a new one, and one with its trials side by side."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.lessons import actions
from yanxiu.lessons.forms import SeriesForm
from yanxiu.lessons.models import Lesson, LessonSeries
from yanxiu.lessons.permissions import may_manage_series, may_see_lesson, may_see_series
from yanxiu.lessons.views.reader import activities_for, own_school, uid_of
from yanxiu.people.access import TeacherRequest, allowed, get_allowed, holds_at
from yanxiu.people.models import Organisation, Unit
from yanxiu.people.models.teacher import today
from yanxiu.places.table import link_of
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show

PER_PAGE = 50
MOST = 60
WHOLE = "school"
read_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _rows() -> Any:
    return LessonSeries.objects.select_related("organisation", "unit", "activity")


@login_required
@require_safe
def all_series(request: TeacherRequest) -> HttpResponse:
    """List the series that this reader may see."""
    rows = allowed(may_see_series, request.teacher, _rows())
    kind = request.GET.get("kind", "")
    if kind in LessonSeries.Kind.values:
        rows = rows.filter(kind=kind)
    given = Q(lessons__state=Lesson.State.GIVEN)
    rows = rows.annotate(
        lesson_count=Count("lessons", filter=~Q(lessons__state=Lesson.State.CANCELLED)),
        given_count=Count("lessons", filter=given),
    ).order_by("-starts_on", "-pk")
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "kinds": LessonSeries.Kind.choices,
        "kind": kind,
    }
    return show(request, "lessons/all_series.html", context)


def _audiences(request: TeacherRequest, school: Organisation) -> list[tuple[str, str]]:
    teacher = request.teacher
    units = Unit.objects.filter(organisation=school, ends_on=None)
    manages = holds_at(teacher, "manage_lessons", school)
    if not manages:
        units = units.filter(pk__in=teacher.units)
    found = [(str(unit.uid), unit.name) for unit in units.order_by("kind__order", "pk")]
    return [*found, (WHOLE, _("全校"))] if manages else found


@login_required
@read_or_post
def new(request: TeacherRequest) -> HttpResponse:
    """Set up a series."""
    school = own_school(request)
    audiences = _audiences(request, school)
    initial = {"starts_on": today(), "kind": request.GET.get("kind", "")}
    form = SeriesForm(
        request.POST or None,
        initial=initial,
        audiences=audiences,
        activities=activities_for(request.teacher),
    )

    def deed(data: Any) -> str:
        facts = dict(data)
        wanted = uid_of(facts.pop("audience", ""))
        units = Unit.objects.filter(organisation=school)
        unit = units.filter(uid=wanted).first() if wanted else None
        made = actions.start_series(
            school, unit=unit, by=request.teacher, at=timezone.now(), **facts
        )
        return reverse("lessons:series", args=[made.uid])

    return ask(
        request, form, deed, done=_("已建好。接着安排第一节课。"), page="lessons/series_form.html",
        context={"none": not audiences},
    )  # fmt: skip


@login_required
@require_safe
def series(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a series and its lessons in order."""
    found = get_allowed(may_see_series, request.teacher, _rows(), uid)
    rows = Lesson.objects.filter(series=found).select_related("teacher", "kind", "organisation")
    lessons = list(
        allowed(may_see_lesson, request.teacher, rows)
        .annotate(heard=Count("listeners", filter=Q(listeners__recorded_at__isnull=False)))
        .order_by("starts_at", "pk")[:MOST]
    )
    here = LessonSeries.objects.filter(pk=found.pk)
    context = {
        "series": found,
        "lessons": lessons,
        "given": sum(each.state == Lesson.State.GIVEN for each in lessons),
        "heard": sum(each.heard for each in lessons),
        "manages": allowed(may_manage_series, request.teacher, here).exists(),
        "event": link_of(found.activity, request.teacher),
    }
    return show(request, "lessons/series.html", context)


@login_required
@read_or_post
def edit(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Put a series right."""
    found = get_allowed(may_manage_series, request.teacher, _rows(), uid)
    names = ("kind", "title", "purpose", "subject", "starts_on", "last_on")
    initial = {name: getattr(found, name) for name in names}
    if found.activity:
        initial["activity"] = found.activity.uid
    activities = activities_for(request.teacher, found)
    form = SeriesForm(request.POST or None, initial=initial, activities=activities)

    def deed(data: Any) -> str:
        actions.change_series(found, by=request.teacher, at=timezone.now(), **data)
        return reverse("lessons:series", args=[found.uid])

    return ask(
        request, form, deed, done=_("已保存。"), page="lessons/series_form.html",
        context={"series": found},
    )  # fmt: skip


@login_required
@require_POST
def sum_up(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Keep what was learned, and end the series or open it again."""
    found = get_allowed(may_manage_series, request.teacher, _rows(), uid)
    ended = request.POST.get("do") == "end"
    summary = request.POST.get("summary", found.summary)
    actions.sum_up_series(
        found, summary=summary, ended=ended, by=request.teacher, at=timezone.now()
    )
    messages.success(request, _("已结束，随时可以重新打开。") if ended else _("已保存。"))
    return redirect("lessons:series", uid=uid)
