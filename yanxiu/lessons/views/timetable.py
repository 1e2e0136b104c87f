"""The timetable: one's own week, and for the research office reading a new one."""

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
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.lessons import actions
from yanxiu.lessons.models import Slot, Timetable
from yanxiu.lessons.permissions import may_see_timetable
from yanxiu.lessons.queries.settings import setting_of
from yanxiu.lessons.queries.timetable import ahead, in_force, preview, week_of
from yanxiu.lessons.views.reader import (
    manager_of,
    school_of,
    teachers_at,
    term_wanted,
    terms_for,
    uid_of,
)
from yanxiu.people.access import TeacherRequest, get_allowed, holds_at
from yanxiu.people.models import Teacher
from yanxiu.people.models.teacher import today
from yanxiu.texts.numerals import whole_number
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show
from yanxiu.ui.wording import weekday_text

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
RECENT = 10
WEEK = 5
ALL_DAYS = 7
SHOWN = 60


class TimetableForm(forms.Form):
    """The file of a timetable."""

    file = forms.FileField(
        label=gettext_lazy("课表文件"),
        help_text=gettext_lazy("xlsx、xls 或 csv。班级课表、教师课表、总课表都可以，不用改格式。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.tsv,.txt"}),
        error_messages={
            "required": gettext_lazy("还没有选择文件。"),
            "empty": gettext_lazy("这个文件是空的，请检查是否选错了。"),
        },
    )


def _grid(
    slots: Any, periods: int
) -> tuple[list[int], list[tuple[int, list[tuple[int, list[Slot]]]]]]:
    """Return the days shown, and the slots of each lesson of the day by day."""
    grid = week_of(slots)
    days = [*range(1, WEEK + 1)]
    days += [
        day for day in range(WEEK + 1, ALL_DAYS + 1) if any(day in row for row in grid.values())
    ]
    last = max([periods, *grid])
    lines = [(number, [(day, grid[number][day]) for day in days]) for number in range(1, last + 1)]
    return days, lines


@login_required
@require_safe
def timetable(request: TeacherRequest) -> HttpResponse:
    """Show one's own week, or that of a colleague to whoever manages lessons there."""
    school = school_of(request, "manage_lessons")
    terms = terms_for(school)
    term = term_wanted(request, terms)
    manages = holds_at(request.teacher, "manage_lessons", school)
    wanted = uid_of(request.GET.get("teacher", ""))
    people = list(teachers_at(school)) if manages else []
    whose = next((one for one in people if one.uid == wanted), request.teacher)
    standing = in_force(school, term)
    slots = list(standing.slots.filter(teacher=whose)) if standing else []
    setting = setting_of(school)
    days, lines = _grid(slots, len(setting.periods))
    day = today()
    coming = ahead(slots, term, school, day)
    context = {
        "standing": standing,
        "term": term,
        "terms": terms,
        "whose": whose,
        "people": people,
        "manages": manages,
        "has_slots": bool(slots),
        "days": [(number, weekday_text(number)) for number in days],
        "weekday": coming.weekday,
        "coming": [(slot, setting.clock(slot.period_no)) for slot in coming.slots],
        "coming_on": coming.day,
        "is_today": coming.day == day,
        "lines": lines,
        "recent": list(
            Timetable.objects.filter(organisation=school)
            .defer("found")
            .select_related("term")[:RECENT]
        )
        if manages
        else [],
        "form": TimetableForm() if manages else None,
        "school": school,
    }
    return show(request, "lessons/timetable.html", context)


@login_required
@read_or_post
def read(request: TeacherRequest) -> HttpResponse:
    """Take the file of a timetable and read it; nothing changes yet."""
    school = manager_of(request)
    terms = terms_for(school)
    term = term_wanted(request, terms)
    if term is None:
        raise Http404
    form = TimetableForm(request.POST or None, request.FILES or None)

    def deed(data: Any) -> str:
        file = data["file"]
        made = actions.read_timetable(
            school, term, file.read(), file.name, by=request.teacher, at=timezone.now()
        )
        return reverse("lessons:timetable_read", args=[made.uid])

    return ask(
        request, form, deed, done=_("读完了，还没有启用。请看清楚会怎样变，再决定。"),
        page="lessons/form.html",
        context={
            "heading": _("读入课表"), "lead": str(term), "back": reverse("lessons:timetable"),
            "submit": _("读一读"),
        },
    )  # fmt: skip


def _found(request: TeacherRequest, uid: UUID) -> Timetable:
    rows = Timetable.objects.select_related("organisation", "term")
    return get_allowed(may_see_timetable, request.teacher, rows, uid)


@login_required
@require_safe
def timetable_read(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show what was read out of a file, and what taking it would change."""
    found = _found(request, uid)
    seen = preview(found)
    context = {
        "timetable": found,
        "preview": seen,
        # A file of one class or teacher must not empty the weeks of all the others by default.
        "partial": bool(seen.kept) or len(seen.gone) > seen.teachers,
        "changed": seen.changed[:SHOWN],
        "more_changed": max(0, len(seen.changed) - SHOWN),
        "doubled": seen.doubled[:SHOWN],
        "remarks": found.found.get("remarks", [])[:SHOWN],
        "more_remarks": max(0, len(found.found.get("remarks", [])) - SHOWN)
        + found.found.get("more_remarks", 0),
        "standing": in_force(found.organisation, found.term),
    }
    return show(request, "lessons/timetable_read.html", context)


@login_required
@require_POST
def names(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Keep whom the unclear names mean."""
    found = _found(request, uid)
    given = {
        name: whole_number(request.POST.get(f"who-{place}", ""))
        for place, name in enumerate(request.POST.getlist("name"))
    }
    rows = teachers_at(found.organisation).filter(pk__in=[pk for pk in given.values() if pk])
    people: dict[int, Teacher] = {row.pk: row for row in rows}
    meant = {name: people[pk] for name, pk in given.items() if pk in people}
    actions.settle_names(found, meant, by=request.teacher, at=timezone.now())
    messages.success(request, _("已记下，以后读课表不再问。"))
    return redirect("lessons:timetable_read", uid=uid)


@login_required
@require_POST
def take(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Put a reading in force."""
    keep = request.POST.get("keep_others") == "on"
    actions.take_timetable(
        _found(request, uid), keep_others=keep, by=request.teacher, at=timezone.now()
    )
    messages.success(request, _("课表已启用。发现不对，可以撤销。"))
    return redirect("lessons:timetable_read", uid=uid)


@login_required
@require_POST
def undo(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take a timetable out of force."""
    actions.undo_timetable(_found(request, uid), by=request.teacher, at=timezone.now())
    messages.success(request, _("已撤销，原来的课表恢复使用。"))
    return redirect("lessons:timetable")
