"""Looking after the records: what waits, what is overdue, what is missing, who was heard."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.lessons.models import Lesson
from yanxiu.lessons.permissions import may_see_lesson
from yanxiu.observation import actions
from yanxiu.observation.forms import SettingForm
from yanxiu.observation.models import Observation
from yanxiu.observation.queries import coverage as heard
from yanxiu.observation.queries import lists
from yanxiu.observation.queries.settings import setting_of
from yanxiu.observation.views.reader import (
    checks_any,
    manager_of,
    own_school,
    this_term,
)
from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.texts.numerals import whole_number
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show

PER_PAGE = 50
State = Observation.State


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def checking(request: TeacherRequest) -> HttpResponse:
    """List the records this reader may check; several are checked at once."""
    if not checks_any(request.teacher):
        raise Http404
    if request.method == "POST":
        return _check_some(request)
    school = own_school(request)
    setting, now = setting_of(school), timezone.now()
    rows = lists.to_check(request.teacher)
    show_state = request.GET.get("state", "waiting")
    overdue = lists.overdue(rows, now, setting.check_days)
    if show_state == "overdue":
        rows = overdue
    elif show_state in State.values:
        rows = rows.filter(state=show_state)
    else:
        show_state, rows = "waiting", rows.filter(state=State.HANDED_IN)
    context = {
        "page": Paginator(rows.order_by("handed_in_at", "pk"), PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "state": show_state,
        "overdue": overdue.count(),
        "days": setting.check_days,
        "chips": [
            ("waiting", _("待检查")),
            ("overdue", _("逾期")),
            (State.CHECKED, _("已检查")),
            (State.RETURNED, _("已退回")),
        ],
    }
    return show(request, "observation/checking.html", context)


def _check_some(request: TeacherRequest) -> HttpResponse:
    wanted = request.POST.getlist("record")[:PER_PAGE]
    rows = lists.to_check(request.teacher).filter(state=State.HANDED_IN)
    some = list(rows.filter(pk__in=_keys(wanted)))
    done = actions.check_all(some, by=request.teacher, at=timezone.now())
    if done:
        said = ngettext("已检查 %(number)d 份。", "已检查 %(number)d 份。", done)
        messages.success(request, said % {"number": done})
    else:
        messages.info(request, _("没有勾选，什么都没有改。"))
    return redirect("observation:checking")


def _keys(texts: list[str]) -> list[int]:
    return [key for text in texts if (key := whole_number(text)) is not None]


@login_required
@require_safe
def completeness(request: TeacherRequest) -> HttpResponse:
    """List the lessons that were given, with whether 评课表 and 述课表 are there."""
    if not checks_any(request.teacher):
        raise Http404
    school = own_school(request)
    start, end = this_term(school).moments()
    rows = Lesson.objects.filter(starts_at__gte=start, starts_at__lt=end)
    rows = heard.papers(allowed(may_see_lesson, request.teacher, rows))
    all_of_them = request.GET.get("show") == "all"
    if not all_of_them:
        rows = heard.lacking(rows)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "all": all_of_them,
    }
    return show(request, "observation/completeness.html", context)


@login_required
@require_safe
def coverage(request: TeacherRequest) -> HttpResponse:
    """List the teachers this reader goes to hear, those not heard for longest first."""
    teacher, school = request.teacher, own_school(request)
    paths = teacher.reach_paths("see_lessons")
    wide = any(school.path.startswith(path) for path in paths)
    if not wide and not teacher.leads:
        raise Http404
    whose = heard.Whose(school.path, None if wide else tuple(teacher.leads))
    push_door = request.GET.get("how") == "push_door"
    rows = heard.heard(whose, this_term(school), unannounced=push_door).exclude(pk=teacher.pk)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "push_door": push_door,
        "not_yet": heard.not_yet(rows).count(),
    }
    return show(request, "observation/coverage.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def setting(request: TeacherRequest) -> HttpResponse:
    """Change what the school has agreed on for observing."""
    school = manager_of(request)
    standing = setting_of(school)
    names = ("hand_in_days", "check_days", "empty_phrases")
    form = SettingForm(
        request.POST or None, initial={name: getattr(standing, name) for name in names}
    )

    def deed(data: Any) -> str:
        actions.save_setting(school, by=request.teacher, at=timezone.now(), **data)
        return reverse("observation:home")

    context = {"school": school}
    page = "observation/setting.html"
    return ask(request, form, deed, done=_("已保存。"), page=page, context=context)
