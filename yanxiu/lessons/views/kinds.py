"""Lesson kinds of a school, and what it sets about its lessons."""

import re
from datetime import time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.kernel.refusals import BadInput
from yanxiu.lessons import actions
from yanxiu.lessons.forms import KindForm, SettingForm
from yanxiu.lessons.models import LessonKind
from yanxiu.lessons.permissions import may_manage_kind, may_see_kind
from yanxiu.lessons.queries.settings import setting_of
from yanxiu.lessons.views.reader import manager_of
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models.teacher import today
from yanxiu.texts.numerals import whole_number
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
WEEKDAYS = "一二三四五六日"
PERIOD = re.compile(r"\s*(\d{1,2})[:：](\d{2})\s*[-—~至到]+\s*(\d{1,2})[:：](\d{2})\s*")
CELL = re.compile(r"\s*(?:周|星期)?([一二三四五六日天1-7])\s*第?\s*(\d{1,2})\s*节?\s*")


@login_required
@require_safe
def kinds(request: TeacherRequest) -> HttpResponse:
    """List the kinds of lessons: those shipped and the school's own."""
    rows = allowed(may_see_kind, request.teacher, LessonKind.objects.select_related("organisation"))
    mine = set(allowed(may_manage_kind, request.teacher, rows).values_list("pk", flat=True))
    context = {
        "kinds": rows,
        "mine": mine,
        "manages": request.teacher.holds("manage_lessons"),
        "today": today(),
    }
    return show(request, "lessons/kinds.html", context)


@login_required
@read_or_post
def kind_new(request: TeacherRequest) -> HttpResponse:
    """Add a kind of the school."""
    school = manager_of(request)
    form = KindForm(request.POST or None, initial={"is_open": True, "tells_before": True})

    def deed(data: Any) -> str:
        actions.add_kind(school, by=request.teacher, at=timezone.now(), **data)
        return reverse("lessons:kinds")

    return ask(
        request, form, deed, done=_("已添加。"), page="lessons/form.html",
        context={"heading": _("添加课的类别"), "back": reverse("lessons:kinds")},
    )  # fmt: skip


@login_required
@read_or_post
def kind(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Rename a kind of the school, or arrange it otherwise."""
    found = get_allowed(may_manage_kind, request.teacher, LessonKind.objects.all(), uid)
    names = ("name", "is_open", "tells_before", "rule")
    form = KindForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    del form.fields["record_kind"]

    def deed(data: Any) -> str:
        actions.change_kind(found, by=request.teacher, at=timezone.now(), **data)
        return reverse("lessons:kinds")

    return ask(
        request, form, deed, done=_("已保存。"), page="lessons/form.html",
        context={"heading": found.name, "back": reverse("lessons:kinds")},
    )  # fmt: skip


@login_required
@require_POST
def retire(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Offer a kind no more, or again."""
    found = get_allowed(may_manage_kind, request.teacher, LessonKind.objects.all(), uid)
    on = None if found.retired_on else today()
    actions.retire_kind(found, on=on, by=request.teacher, at=timezone.now())
    messages.success(request, _("已停用，以前的课不受影响。") if on else _("已恢复使用。"))
    return redirect("lessons:kinds")


def _periods(text: str) -> list[tuple[time, time]]:
    found = []
    for line in text.splitlines():
        if not line.strip():
            continue
        match = PERIOD.fullmatch(line)
        if match is None:
            raise BadInput(f"“{line.strip()[:20]}”看不懂，没有保存。请写成“08:20-09:00”。")
        hour, minute, last_hour, last_minute = (int(part) for part in match.groups())
        try:
            found.append((time(hour, minute), time(last_hour, last_minute)))
        except ValueError as nonsense:
            message = f"“{line.strip()[:20]}”不是一天里的时间，没有保存。请核对。"
            raise BadInput(message) from nonsense
    return found


def _cells(text: str, periods: int) -> list[tuple[int, int]]:
    found = []
    for line in text.splitlines():
        if not line.strip():
            continue
        match = CELL.fullmatch(line)
        number = whole_number(match.group(2)) if match else None
        if match is None or number is None or not 1 <= number <= periods:
            raise BadInput(f"“{line.strip()[:20]}”看不懂，没有保存。请写成“周一 1”。")
        day = match.group(1)
        weekday = int(day) if day.isdecimal() else WEEKDAYS.index(day.replace("天", "日")) + 1
        found.append((weekday, number))
    return found


@login_required
@read_or_post
def settings(request: TeacherRequest) -> HttpResponse:
    """Say when lessons are, and when nobody is visited."""
    school = manager_of(request)
    now = setting_of(school)
    initial = {
        "periods": "\n".join(f"{begins}-{ends}" for begins, ends in now.periods),
        "protected": "\n".join(f"周{WEEKDAYS[day - 1]} {number}" for day, number in now.protected),
        "visits_often": now.visits_often,
    }

    def deed(data: Any) -> str:
        periods = _periods(data["periods"])
        actions.set_up(
            school,
            periods=periods,
            protected=_cells(data["protected"], len(periods)),
            visits_often=data["visits_often"],
            by=request.teacher,
            at=timezone.now(),
        )
        return reverse("lessons:home")

    return ask(
        request, SettingForm(request.POST or None, initial=initial), deed, done=_("已保存。"),
        page="lessons/form.html",
        context={"heading": _("节次与听课约定"), "back": reverse("lessons:home")},
    )  # fmt: skip
