"""Skill checks: levels, percentages, and by name for those who may see it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.documents.sheets import SheetColumn, SheetContent
from yanxiu.kernel.refusals import BadInput
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Teacher
from yanxiu.people.models.teacher import today
from yanxiu.texts.numerals import whole_number
from yanxiu.training import actions
from yanxiu.training.forms import SkillForm
from yanxiu.training.models import SkillCheck, SkillResult
from yanxiu.training.permissions import (
    may_manage_skill_check,
    may_see_skill_check,
    may_see_skill_results,
)
from yanxiu.training.queries.audiences import choices, label, people_of
from yanxiu.training.views.reader import manager_of
from yanxiu.ui.asking import ask
from yanxiu.ui.downloads import workbook
from yanxiu.ui.pages import show

PER_PAGE = 50
YOUNG, OLD = 35, 45
read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Line:
    """One person of a check."""

    teacher: Teacher
    own: int | None
    level: int | None
    score: Decimal | None
    band: str


def _band(teacher: Teacher, on: date) -> str:
    """The age band of a teacher; the year of birth is all that is needed."""
    year = teacher.born[:4]
    if not year.isdecimal():
        return _("年龄未填")
    age = on.year - int(year)
    if age < YOUNG:
        return _("35岁以下")
    return _("35至45岁") if age <= OLD else _("45岁以上")


def _lines(check: SkillCheck) -> list[Line]:
    """Everybody the check is for, by name; three statements."""
    results = {row.teacher_id: row for row in check.results.all()}
    nothing = SkillResult()
    return [
        Line(one, row.own_level, row.level, row.score, _band(one, check.held_on))
        for one in people_of(check.organisation, check.audience, check.held_on)
        for row in [results.get(one.pk, nothing)]
    ]


def _shares(check: SkillCheck, lines: list[Line]) -> list[tuple[str, int, int]]:
    """How many are at each level: as checked, and as they see themselves."""
    found, own = Counter(line.level for line in lines), Counter(line.own for line in lines)
    return [(word, found[number], own[number]) for number, word in enumerate(check.levels, start=1)]


def _bands(check: SkillCheck, lines: list[Line]) -> list[tuple[str, int, int]]:
    """How many of each age band master it, of those who were checked."""
    groups: dict[str, list[int]] = {}
    for line in lines:
        if line.level is not None:
            groups.setdefault(line.band, []).append(line.level)
    return [
        (band, sum(level >= check.passing for level in levels), len(levels))
        for band, levels in sorted(groups.items())
    ]


@login_required
@require_safe
def skills(request: TeacherRequest) -> HttpResponse:
    """List the checks of the school."""
    rows = allowed(may_see_skill_check, request.teacher, SkillCheck.objects.all())
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "manages": request.teacher.holds("manage_sessions"),
    }
    return show(request, "training/skills.html", context)


@login_required
@read_or_post
def new(request: TeacherRequest) -> HttpResponse:
    """Set up a check."""
    school = manager_of(request)
    form = SkillForm(
        request.POST or None, audiences=choices(school, today()), initial={"held_on": today()}
    )

    def deed(data: Any) -> str:
        check = actions.start_skill_check(school, by=request.teacher, at=timezone.now(), **data)
        return reverse("training:skill", args=[check.uid])

    context = {"heading": _("建一次技能测查"), "back": reverse("training:skills")}
    return ask(request, form, deed, done=_("已建好。"), page="training/form.html", context=context)


@login_required
@require_safe
def skill(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show shares by level and age band; names to those who may see them, else one's own."""
    teacher = request.teacher
    rows = SkillCheck.objects.select_related("organisation")
    found = get_allowed(may_see_skill_check, teacher, rows, uid)
    path = found.organisation.path
    names = any(path.startswith(one) for one in teacher.reach_paths("see_hours"))
    manages = any(path.startswith(one) for one in teacher.reach_paths("manage_sessions"))
    lines = _lines(found)
    checked = [line for line in lines if line.level is not None]
    mastered = sum((line.level or 0) >= found.passing for line in checked)
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "check": found,
        "audience": label(found.audience),
        "levels": list(enumerate(found.levels, start=1)),
        "passing": found.levels[found.passing - 1],
        "shares": _shares(found, lines),
        "bands": _bands(found, lines),
        "checked": len(checked),
        "mastered": mastered,
        "percent": mastered * 100 // len(checked) if checked else 0,
        "people": len(lines),
        "page": page if names or manages else None,
        "manages": manages,
        "own": next((line for line in lines if line.teacher.pk == teacher.pk), None),
    }
    return show(request, "training/skill.html", context)


@login_required
@require_safe
def sheet(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the results by name as a workbook."""
    rows = SkillCheck.objects.select_related("organisation")
    found = get_allowed(may_see_skill_results, request.teacher, rows, uid)
    words = dict(enumerate(found.levels, start=1))
    content = SheetContent(
        name=_("测查结果"),
        title=found.name,
        columns=(
            SheetColumn(_("姓名")), SheetColumn(_("年龄段")), SheetColumn(_("自评")),
            SheetColumn(_("测查")), SheetColumn(_("得分"), "decimal"),
        ),
        rows=[
            (line.teacher.name, line.band, words.get(line.own or 0), words.get(line.level or 0),
             line.score)
            for line in _lines(found)
        ],
    )  # fmt: skip
    return workbook(found.name, content)


@login_required
@require_POST
def rate(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Keep what the reader thinks of the own skill."""
    rows = SkillCheck.objects.select_related("organisation")
    found = get_allowed(may_see_skill_check, request.teacher, rows, uid)
    level = request.POST.get("level", "")
    actions.rate_oneself(found, whole_number(level) or 0, by=request.teacher, at=timezone.now())
    messages.success(request, _("自评已保存，只有您和教科室看得到。"))
    return redirect("training:skill", uid=found.uid)


@login_required
@require_POST
def results(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Enter what was found, for the names of one page."""
    rows = SkillCheck.objects.select_related("organisation")
    found = get_allowed(may_manage_skill_check, request.teacher, rows, uid)
    people = people_of(found.organisation, found.audience, found.held_on).values_list(
        "pk", flat=True
    )
    entered = {
        pk: (_whole(request.POST[f"level-{pk}"]), _score(request.POST.get(f"score-{pk}", "")))
        for pk in people
        if f"level-{pk}" in request.POST
    }
    if not entered:
        raise BadInput(_("没有收到任何人的结果，没有保存。请在名单里填好再交。"))
    count = actions.enter_results(found, entered, by=request.teacher, at=timezone.now())
    messages.success(request, _("已保存，改动%(count)d人。") % {"count": count})
    return redirect(f"{reverse('training:skill', args=[found.uid])}?{request.GET.urlencode()}")


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 3 else None  # noqa: PLR2004


def _score(text: str) -> Decimal | None:
    if not text.strip():
        return None
    try:
        value = Decimal(text.strip())
    except InvalidOperation as nonsense:
        raise BadInput(_("得分要写数字，全部没有保存。请改好再交。")) from nonsense
    if not value.is_finite() or not 0 <= value <= 1000:  # noqa: PLR2004
        raise BadInput(_("得分应在0到1000之间，全部没有保存。请改好再交。"))
    return value.quantize(Decimal("0.01"))
