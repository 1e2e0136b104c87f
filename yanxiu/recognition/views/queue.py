"""The queue of whoever decides: one tap for what is plain, a word for the rest."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yanxiu.agenda.models import Task
from yanxiu.kernel.refusals import Refusal
from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import day_of
from yanxiu.ledger.actions.asking import QUEUE, RECOGNISE
from yanxiu.ledger.actions.recognising import LeftOut
from yanxiu.ledger.models import RecognitionStep, Record
from yanxiu.ledger.permissions import may_take_step
from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.models import Teacher
from yanxiu.places.table import links
from yanxiu.recognition import actions
from yanxiu.recognition.actions.asking import ANSWER, ANSWER_OVERDUE
from yanxiu.recognition.queries.queue import (
    GROUPINGS,
    TEACHER,
    Line,
    Overview,
    Wanted,
    grouped,
    lines,
    overview,
    waiting,
)
from yanxiu.texts.numerals import whole_number
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

PER_PAGE = 30
FEW = 4
"""Up to so many lines nothing is to be filtered, and the first of them stands higher on a phone."""

MOST_ELSEWHERE = 20
_ANSWERS = (ANSWER, ANSWER_OVERDUE)
read_or_post = require_http_methods(["GET", "HEAD", "POST"])


def decides_anything(teacher: Teacher) -> bool:
    """Tell whether a queue can be anything to this reader."""
    return teacher.holds("recognise_hours") or bool(teacher.leads)


def _wanted(request: TeacherRequest) -> Wanted:
    asked = request.GET
    by = asked.get("by", "")
    year_end = asked.get("when") == "year_end"
    if by not in GROUPINGS or (year_end and not by):
        by = TEACHER if year_end else ""
    return Wanted(
        school=_uid(asked.get("school", "")),
        kind=asked.get("kind", "")[:40],
        step=asked.get("step", "")[:60],
        late=asked.get("late") == "1",
        below=asked.get("below") == "1",
        year_end=year_end,
        by=by,
    )


def _uid(text: str) -> str:
    try:
        return str(UUID(text)) if text else ""
    except ValueError:
        return ""


@login_required
@read_or_post
def queue(request: TeacherRequest) -> HttpResponse:
    """Show what waits for this reader, or take what was decided about it."""
    if not decides_anything(request.teacher):
        raise Http404
    if request.method == "POST":
        return _take(request)
    return _shown(request)


def _shown(
    request: TeacherRequest, typed: dict[str, dict[str, str]] | None = None, status: int = 200
) -> HttpResponse:
    teacher, wanted = request.teacher, _wanted(request)
    day = day_of(timezone.now())
    known = overview(teacher, day)
    wide = replace(wanted, below=True)
    if wanted.school and not known.count(wanted) and known.count(wide):
        # Who is told that a school below is late comes from there: what waits is below.
        wanted = wide
    page = _page(request, known, wanted)
    here = lines(list(page.object_list), day)
    for line in here:
        kept = (typed or {}).get(str(line.record.uid))
        if kept:
            line.typed, line.error = kept, kept.get("error", "")
    if typed and not any(line.error for line in here):
        # Somebody was faster, and the record is no longer here.
        messages.error(request, next(iter(typed.values()))["error"])
    context = {
        "page": page,
        "few": FEW,
        "groups": grouped(here, wanted.by),
        "ways": sorted({line.way for line in here if line.way}),
        "wanted": wanted,
        "schools": known.schools(),
        "kinds": known.kinds(),
        "steps": known.steps(),
        "tabs_here": _tabs(known, wanted),
        "address": request.get_full_path(),
        **_elsewhere(teacher),
        "manages": teacher.holds("recognise_hours"),
    }
    return show(
        request, "recognition/queue.html", context, fragment="recognition/_queue.html",
        status=status,
    )  # fmt: skip


def _page(request: TeacherRequest, known: Overview, wanted: Wanted) -> "Page[Record]":
    rows = waiting(request.teacher, wanted, day_of(timezone.now()))
    paginator = Paginator(rows, PER_PAGE)
    # The overview has counted already.
    paginator.count = known.count(wanted)
    return paginator.get_page(request.GET.get("page"))


def _tabs(known: Overview, wanted: Wanted) -> list[tuple[str, str, int, bool]]:
    """Return the chips: word, address, how many, and whether it is the one shown."""
    bare = Wanted(school=wanted.school)
    offered = [
        (_("现在办"), bare, {}),
        (_("已逾期"), replace(bare, late=True), {"late": "1"}),
        (_("年度登记"), replace(bare, year_end=True), {"when": "year_end"}),
        (_("代下级办"), replace(bare, below=True), {"below": "1"}),
    ]
    found = []
    for word, what, asked in offered:
        count = known.count(what)
        if what.below:
            count -= known.count(bare)
        is_here = (what.late, what.year_end, what.below) == (
            wanted.late, wanted.year_end, wanted.below,
        )  # fmt: skip
        if count > 0 or is_here or not asked:
            more = {"school": wanted.school} if wanted.school else {}
            found.append((word, "?" + urlencode({**asked, **more}), count, is_here))
    return found


def _elsewhere(teacher: Teacher) -> dict[str, Any]:
    """Return what waits for the reader on pages of its own: objections, outside courses.

    One statement, and one for each kind of thing that waits.
    """
    rows = Task.objects.filter(
        Q(kind__startswith=RECOGNISE) | Q(kind__in=_ANSWERS), teacher=teacher, state=Task.State.OPEN
    ).exclude(source_kind=QUEUE)
    told = list(rows.values_list("kind", "source_kind", "source_id"))
    sources = [Source(kind, uid) for what, kind, uid in told if what not in _ANSWERS]
    return {
        "objections": len({uid for what, _kind, uid in told if what in _ANSWERS}),
        "elsewhere": list(links(sources[:MOST_ELSEWHERE], teacher).values()) if sources else [],
    }


def _take(request: TeacherRequest) -> HttpResponse:
    """Do what one button of the page says; a refusal comes back beside its record."""
    shown = _shown_before(request.POST.getlist("row"))
    deed, _colon, which = request.POST.get("do", "").partition(":")
    chosen = _chosen(request, deed, which, shown)
    if not chosen:
        messages.info(request, _("没有选中任何一条，没有改动。"))
        return _back(request)
    turns, at = dict(shown), timezone.now()
    typed = {
        "amount": request.POST.get(f"amount_{which}", "").strip()[:12],
        "reason": request.POST.get(f"reason_{which}", "").strip()[:200],
    }
    try:
        _do(deed, chosen, typed, request=request, at=at, turns=turns)
    except Refusal as refusal:
        if request.headers.get("HX-Request") == "true":
            # The page still holds what was typed; the refusal stands above it.
            raise
        if deed not in {"return", "partial"}:
            messages.error(request, str(refusal))
            return _back(request)
        uid = str(chosen[0].uid)
        if not allowed(may_take_step, request.teacher, Record.objects.filter(uid=uid)).exists():
            # The row is gone from the page, so the page cannot hold what was typed.
            raise
        return _shown(request, {uid: {**typed, "error": str(refusal)}}, UNPROCESSABLE)
    return _back(request)


def _do(
    deed: str,
    chosen: list[Record],
    typed: dict[str, str],
    *,
    request: TeacherRequest,
    at: datetime,
    turns: dict[UUID, int],
) -> None:
    by, title = request.teacher, {"title": chosen[0].title}
    if deed == "return":
        actions.give_back(chosen, reason=typed["reason"], by=by, at=at, turns=turns)
        messages.success(request, _("已退回：%(title)s") % title)
    elif deed == "partial":
        actions.recognise(
            chosen, amount=_amount(typed["amount"]), reason=typed["reason"], by=by, at=at,
            turns=turns,
        )  # fmt: skip
        messages.success(request, _("已按调整的数认定：%(title)s") % title)
    else:
        rows, left = actions.recognise_unchanged(chosen, by=by, at=at, turns=turns)
        if rows:
            messages.success(request, _("已认定 %(count)s 条。") % {"count": len(rows)})
        if left:
            messages.warning(request, _said_of(left))


def _said_of(left: Sequence[LeftOut]) -> str:
    """Return which records were left out, each with its person and why."""
    told = [
        _("%(name)s“%(title)s”%(why)s")
        % {"name": one.record.teacher.name, "title": one.record.title, "why": _why(one)}
        for one in left
    ]
    return _("有 %(count)s 条您打开这一页以后有变动，这次没有认定：%(which)s。") % {
        "count": len(left), "which": "；".join(told),
    }  # fmt: skip


def _why(one: LeftOut) -> str:
    if one.record.withdrawn_at:
        return _("已经撤回（%(why)s）") % {"why": one.record.withdrawn_because}
    if one.last is None or one.last.decision == RecognitionStep.Decision.CLAIMED:
        return _("本人改过或补充过，请看了再办")
    return _("已由%(name)s%(deed)s") % {
        "name": one.last.by_name, "deed": one.last.get_decision_display(),
    }  # fmt: skip


class _NotANumber(Refusal):
    code = "not-a-number"

    def __init__(self) -> None:
        super().__init__("认定的数量要写数字，如 8 或 7.5，没有改动。请改好再点。")


def _amount(text: str) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise _NotANumber from None
    if not found.is_finite():
        raise _NotANumber
    return found.quantize(Decimal("0.01"))


def _shown_before(rows: Sequence[str]) -> list[tuple[UUID, int]]:
    """Return which records the page showed, in its order, each with the turn it had."""
    found = []
    for row in rows[:PER_PAGE]:
        uid, _colon, turn = row.partition(":")
        number = whole_number(turn)
        key = _uid(uid)
        if not key or number is None:
            return []
        found.append((UUID(key), number))
    return found


def _chosen(
    request: TeacherRequest, deed: str, which: str, shown: list[tuple[UUID, int]]
) -> list[Record]:
    """Return the records that the button is about, of those that the page showed."""
    numbers: list[str] = []
    if deed in {"accept", "partial", "return"}:
        numbers = [which]
    elif deed == "group":
        numbers = which.split(",")
    elif deed == "picked":
        numbers = request.POST.getlist("pick")
    elif deed == "rest":
        numbers = [str(number) for number in range(len(shown))]
    places = {whole_number(one) for one in numbers}
    uids = [uid for place, (uid, _turn) in enumerate(shown) if place in places]
    rows = list(Record.objects.filter(uid__in=uids))
    if deed in {"group", "picked", "rest"}:
        # The own records stand in nobody's own queue; a made-up form changes nothing about that.
        rows = [row for row in rows if row.teacher_id != request.teacher.pk]
    return rows


def _back(request: TeacherRequest) -> HttpResponse:
    query = request.GET.urlencode()
    address = reverse("recognition:queue") + (f"?{query}" if query else "")
    if request.headers.get("HX-Request") == "true":
        return _shown(request)
    return redirect(address)


__all__ = ["Line", "decides_anything", "queue"]
