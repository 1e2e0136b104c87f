"""Setting a lesson up and changing it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yanxiu.kernel.spans import day_of
from yanxiu.lessons import actions
from yanxiu.lessons.forms import NewLessonForm, ReasonForm, WhatForm, WhenForm, shown
from yanxiu.lessons.models import Lesson, LessonSetting, Slot
from yanxiu.lessons.permissions import may_change_lesson, may_manage_lesson
from yanxiu.lessons.queries.settings import kinds_for, setting_of
from yanxiu.lessons.queries.timetable import free_lessons
from yanxiu.lessons.views.reader import lesson_of, school_of, series_for, sessions_for, teachers_at
from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.models import Organisation
from yanxiu.people.models.teacher import today
from yanxiu.terms.queries import school_days
from yanxiu.ui.asking import ask, kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE
from yanxiu.ui.wording import day_text

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
ASKED = (
    "teacher", "kind", "series", "day", "period_no", "title", "subject", "class_name", "room",
    "start", "end", "announced", "level", "session",
)  # fmt: skip
"""What the address of a new lesson may bring along."""
USUAL = "routine_lesson"
"""The kind of a lesson of which nobody says more: it is shown to those who were asked alone."""
FRIDAY, SUNDAY = 5, 7


@login_required
@read_or_post
def new(request: TeacherRequest) -> HttpResponse:
    """Arrange a lesson: one's own, or one that somebody will hear."""
    school = school_of(request, "manage_lessons")
    initial: dict[str, Any] = {
        "teacher": request.teacher.uid,
        "day": today(),
        "level": Lesson.Level.SCHOOL,
        **{name: request.GET[name] for name in ASKED if request.GET.get(name)},
    }
    kinds, setting = kinds_for(school, today()), setting_of(school)
    code = request.GET.get("code") or USUAL
    usual = next((each.uid for each in kinds if each.code == code), None)
    if usual and "kind" not in initial:
        initial["kind"] = usual
    form = NewLessonForm(
        request.POST or None,
        initial=initial,
        setting=setting,
        teachers=teachers_at(school),
        kinds=kinds,
        series=series_for(request.teacher),
        sessions=sessions_for(request.teacher),
    )
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            with kept_in(form):
                lesson = _arranged(request, form, school)
                _tell_arranged(request, lesson)
                return redirect("lessons:lesson", uid=lesson.uid)
    context = {
        "form": form,
        "school": school,
        "kinds": kinds,
        "own_lessons": _own_lessons(request, school, setting),
        "code": code,
        # What was typed for one period must not come back over another that is chosen next.
        "kept_for": "-".join(request.GET.get(name, "") for name in ("teacher", "day", "period_no")),
    }
    return show(request, "lessons/new.html", context, status=status)


def _own_lessons(
    request: TeacherRequest, school: Organisation, setting: LessonSetting
) -> list[tuple[date, Slot]]:
    """Return the reader's next lessons by the timetable, as long as none was chosen."""
    if request.method != "GET" or any(request.GET.get(name) for name in ("period_no", "teacher")):
        return []
    return free_lessons(request.teacher, school, timezone.now(), setting)


def _tell_arranged(request: TeacherRequest, lesson: Lesson) -> None:
    """Say that it is arranged, and what may have been overlooked."""
    day, past = day_of(lesson.starts_at), lesson.ends_at < timezone.now()
    if past:
        messages.success(request, _("已记下这节上过的课，请接着点“已上”。"))
    elif lesson.title:
        messages.success(request, _("已安排。可以接着请人来听。"))
    else:
        messages.success(request, _("已安排。课题还空着，想好了点“修改”补上；可以接着请人来听。"))
    if (school_days(lesson.organisation).weekday(day) or SUNDAY) > FRIDAY:
        messages.warning(
            request,
            _("%(day)s不是平常上课的日子，已照您写的安排；日期错了请点“修改”。")
            % {"day": day_text(day)},
        )


def _arranged(request: TeacherRequest, form: NewLessonForm, school: Any) -> Lesson:
    starts_at, ends_at = form.times
    data = form.cleaned_data
    return actions.arrange(
        school,
        teacher=data["teacher"],
        kind=data["kind"],
        starts_at=starts_at,
        ends_at=ends_at,
        series=data["series"],
        even_so=data["even_so"],
        by=request.teacher,
        at=timezone.now(),
        **form.facts,
        **form.more,
    )


@login_required
@read_or_post
def edit(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Change a lesson: what is taught, and for those who manage it when and for whom."""
    lesson = lesson_of(request, uid, may_change_lesson)
    rows = Lesson.objects.filter(pk=lesson.pk)
    manages = allowed(may_manage_lesson, request.teacher, rows).exists()
    times = manages and lesson.state == Lesson.State.PLANNED
    form: WhatForm
    if times:
        form = WhenForm(
            request.POST or None,
            initial=shown(lesson),
            setting=setting_of(lesson.organisation),
            teachers=teachers_at(lesson.organisation),
            series=series_for(request.teacher),
            sessions=sessions_for(request.teacher, lesson),
        )
    else:
        sessions = sessions_for(request.teacher, lesson) if manages else None
        form = WhatForm(request.POST or None, initial=shown(lesson), sessions=sessions)

    def deed(data: Any) -> str:
        given: dict[str, Any] = dict(form.facts)
        if isinstance(form, WhenForm):
            starts_at, ends_at = form.times
            given |= form.more
            if "day" not in form.changed_data and given["period_no"] == (lesson.period_no or -1):
                # The school's times of the day may have changed since; the lesson keeps its own.
                starts_at, ends_at = lesson.starts_at, lesson.ends_at
            given |= {"starts_at": starts_at, "ends_at": ends_at, "even_so": data["even_so"]}
        now = timezone.now()
        changed = actions.change(lesson, by=request.teacher, at=now, **given)
        if times and data["series"] != lesson.series:
            actions.put_into_series(changed, data["series"], by=request.teacher, at=now)
        return reverse("lessons:lesson", args=[lesson.uid])

    context = {
        "lesson": lesson,
        "times": times,
    }
    done = _("已保存。时间或地点有变的，已经告诉要来的人。") if times else _("已保存。")
    if lesson.state == Lesson.State.GIVEN:
        done = _("已保存。课题有变的，研修记录也照新的重写了。")
    return ask(request, form, deed, done=done, page="lessons/edit.html", context=context)


@login_required
@read_or_post
def cancel(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Ask why a lesson is called off, and do it."""
    lesson = lesson_of(request, uid, may_change_lesson)

    def deed(data: Any) -> str:
        actions.cancel(lesson, because=data["reason"], by=request.teacher, at=timezone.now())
        return reverse("lessons:lesson", args=[lesson.uid])

    return ask(
        request, ReasonForm(request.POST or None), deed,
        done=_("已取消，已经告诉要来的人。点“恢复”可以撤销。"), page="lessons/cancel.html",
        context={"lesson": lesson, "back_url": reverse("lessons:lesson", args=[lesson.uid])},
    )  # fmt: skip


@login_required
@read_or_post
def take_back(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Ask why a lesson was not given after all, and withdraw that it was."""
    lesson = lesson_of(request, uid, may_change_lesson)

    def deed(data: Any) -> str:
        actions.take_back(lesson, because=data["reason"], by=request.teacher, at=timezone.now())
        return reverse("lessons:lesson", args=[lesson.uid])

    return ask(
        request, ReasonForm(request.POST or None), deed,
        done=_("已撤回，这节课的研修记录也已撤回。"), page="lessons/take_back.html",
        context={"lesson": lesson, "back_url": reverse("lessons:lesson", args=[lesson.uid])},
    )  # fmt: skip
