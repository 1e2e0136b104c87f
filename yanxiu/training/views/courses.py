"""Courses given elsewhere, as the research office keeps them; and what the school asks for."""

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

from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models.teacher import today
from yanxiu.texts.numerals import whole_number
from yanxiu.training import actions
from yanxiu.training.actions.courses import SWITCHES
from yanxiu.training.forms import DemandForm, OfficeCourseForm, SettingForm
from yanxiu.training.models import OutsideCourse, OutsideTraining
from yanxiu.training.permissions import may_manage_course, may_see_course, may_see_training
from yanxiu.training.queries.audiences import ALL, choices, label, people_of, staff
from yanxiu.training.queries.hours import with_hours_now
from yanxiu.training.queries.settings import setting_of
from yanxiu.training.views.reader import manager_of, tags_for
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show

PER_PAGE = 50
read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def courses(request: TeacherRequest) -> HttpResponse:
    """List the courses that people of this school went or can go to."""
    text = request.GET.get("q", "").strip()[:40]
    must = request.GET.get("must") == "1"
    rows = allowed(may_see_course, request.teacher, OutsideCourse.objects.all())
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(organiser__icontains=text))
    if must:
        rows = rows.filter(is_compulsory=True)
    living = ~Q(trainings__state=OutsideTraining.State.WITHDRAWN)
    rows = rows.annotate(people=Count("trainings", filter=living)).order_by("-starts_on", "id")
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "text": text,
        "must": must,
        "manages": request.teacher.holds("manage_sessions"),
        "today": today(),
    }
    return show(request, "training/courses.html", context)


@login_required
@read_or_post
def new(request: TeacherRequest) -> HttpResponse:
    """Enter a course, compulsory for some if need be."""
    school = manager_of(request)
    form = OfficeCourseForm(
        request.POST or None,
        audiences=choices(school, today()),
        tags=tags_for(request.teacher, today()),
        initial={"starts_on": today(), "last_on": today()},
    )

    def deed(data: Any) -> str:
        course = actions.enter_course(
            school,
            data,
            audience=data["audience"],
            demand=data["demand"],
            due_on=data["due_on"],
            by=request.teacher,
            at=timezone.now(),
        )
        return reverse("training:course", args=[course.uid])

    context = {"heading": _("登记外训课程"), "back": reverse("training:courses")}
    return ask(
        request, form, deed, done=_("课程已登记。"), page="training/form.html", context=context
    )


@login_required
@require_safe
def course(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a course and who goes; who must and has not yet; send people."""
    teacher = request.teacher
    found = get_allowed(
        may_see_course, teacher, OutsideCourse.objects.select_related("organisation"), uid
    )
    manages = any(
        found.organisation.path.startswith(path) for path in teacher.reach_paths("manage_sessions")
    )
    went = allowed(may_see_training, teacher, found.trainings.select_related("teacher")).exclude(
        state=OutsideTraining.State.WITHDRAWN
    )
    lines = list(with_hours_now(went).order_by("teacher__pinyin", "pk"))
    mine = next((line for line in lines if line.teacher_id == teacher.pk), None)
    context = {
        "course": found,
        "tags": found.tags.all(),
        "lines": lines,
        "mine": mine,
        "manages": manages,
        "over": found.last_on < today(),
        "audience": label(found.audience) if found.audience else "",
        "others": _others(found, lines) if manages else [],
    }
    return show(request, "training/course.html", context)


def _others(course: OutsideCourse, lines: list[OutsideTraining]) -> list[Any]:
    """Who can still be sent: those who must go, else everybody of the school."""
    known = {line.teacher_id for line in lines}
    people = people_of(course.organisation, course.audience or ALL, today())
    return [teacher for teacher in people if teacher.pk not in known]


@login_required
@require_POST
def send(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Send the people chosen."""
    rows = OutsideCourse.objects.select_related("organisation")
    found = get_allowed(may_manage_course, request.teacher, rows, uid)
    chosen = [number for pk in request.POST.getlist("teacher") if (number := whole_number(pk))]
    people = staff(found.organisation, today()).filter(pk__in=chosen)
    made = actions.send(found, people, by=request.teacher, at=timezone.now())
    messages.success(request, _("已派出%(count)d人，并提醒他们交汇报。") % {"count": len(made)})
    return redirect("training:course", uid=found.uid)


@login_required
@read_or_post
def edit(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Correct hours, tags, and who must go."""
    rows = OutsideCourse.objects.select_related("organisation")
    found = get_allowed(may_manage_course, request.teacher, rows, uid)
    form = DemandForm(
        request.POST or None,
        audiences=choices(found.organisation, today()),
        tags=tags_for(request.teacher, today()),
        initial={
            "hours": found.hours,
            "tags": found.tags.all(),
            "audience": found.audience,
            "demand": found.demand,
            "due_on": found.due_on,
        },
    )

    def deed(data: Any) -> str:
        actions.change_course(found, by=request.teacher, at=timezone.now(), **data)
        return reverse("training:course", args=[found.uid])

    context = {"heading": found.title, "back": reverse("training:course", args=[found.uid])}
    return ask(request, form, deed, done=_("已改好。"), page="training/form.html", context=context)


@login_required
@read_or_post
def setting(request: TeacherRequest) -> HttpResponse:
    """Set what the school asks of outside training and self-study."""
    school = manager_of(request)
    now = setting_of(school)
    form = SettingForm(
        request.POST or None, initial={name: getattr(now, name) for name in SWITCHES}
    )

    def deed(data: Any) -> str:
        actions.save_setting(school, data, by=request.teacher, at=timezone.now())
        return reverse("training:home")

    context = {
        "heading": _("培训设置"),
        "lead": _("本校和没有另设的下级都照这里办"),
        "back": reverse("training:home"),
    }
    done = _("设置已保存。")
    return ask(request, form, deed, done=done, page="training/form.html", context=context)
