"""Where reading begins: what one has in hand, what the lists give, what colleagues recommend."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanxiu.books.forms import StartForm
from yanxiu.books.models import CommonRound, ReadingRecord, ReadingShare, Recommendation
from yanxiu.books.permissions import may_see_recommendation, may_see_record, may_see_round
from yanxiu.books.queries.mine import IN_HAND, excerpts_with, found_in, records_of, since
from yanxiu.books.queries.quotas import progress_of
from yanxiu.books.queries.shelves import listed_on, recommended
from yanxiu.books.views.reader import (
    LONGEST_WORD,
    MOST_ROWS,
    PER_PAGE,
    chosen,
    in_charge,
    lists_readers,
    own_school,
)
from yanxiu.documents.sheets import SheetColumn, SheetContent
from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.models import Post, Role
from yanxiu.people.models.teacher import today
from yanxiu.planning.quota_spans import school_year_of
from yanxiu.ui.downloads import workbook
from yanxiu.ui.pages import show

State = ReadingRecord.State


@login_required
@require_safe
def home(request: TeacherRequest) -> HttpResponse:
    """Show what the reader has in hand, and what there would be to read."""
    teacher, school, on = request.teacher, own_school(request), today()
    records = list(since(records_of(teacher), school_year_of(on).start)[:MOST_ROWS])
    tips = allowed(may_see_recommendation, teacher, Recommendation.objects.all())
    rounds = allowed(may_see_round, teacher, CommonRound.objects.filter(ended_at=None))
    context = {
        "form": StartForm(),
        "in_hand": [row for row in records if row.state in IN_HAND][:PER_PAGE],
        "read": [row for row in records if row.state == State.READ][:5],
        "progress": progress_of(teacher, school, on, records),
        "items": list(listed_on(teacher, school, on)[:30]),
        "tips": list(recommended(teacher, school, tips.filter(withdrawn_at=None))[:5]),
        "rounds": list(rounds.select_related("book", "unit", "club", "organisation")[:5]),
        "asked": ReadingShare.objects.filter(
            teacher=teacher, library=ReadingShare.Library.ASKED
        ).count(),
        "wide": lists_readers(teacher),
        "in_charge": in_charge(request),
    }
    return show(request, "books/home.html", context)


LEADING = {"see_works", "manage_works"}
"""Rights by which somebody is known to answer for teaching research."""
CHOICES = ("reading", "want", "read", "aside", "away")


def _mine(request: TeacherRequest) -> "QuerySet[ReadingRecord]":
    """Return the own records as the form narrows them."""
    which = chosen(request.GET.get("state", ""), CHOICES)
    rows = ReadingRecord.objects.filter(teacher=request.teacher).select_related("book")
    rows = rows.exclude(dropped_at=None) if which == "away" else rows.filter(dropped_at=None)
    if which and which != "away":
        rows = rows.filter(state=which)
    words = request.GET.get("q", "").strip()[:LONGEST_WORD]
    return found_in(rows, words) if words else rows


@login_required
@require_safe
def mine(request: TeacherRequest) -> HttpResponse:
    """List all one has read, and find words in what one copied out."""
    words = request.GET.get("q", "").strip()[:LONGEST_WORD]
    page = Paginator(_mine(request), PER_PAGE).get_page(request.GET.get("page"))
    found: dict[int, list[Any]] = {}
    if words:
        here = excerpts_with(request.teacher, words).filter(record__in=[row.pk for row in page])
        for excerpt in here:
            found.setdefault(excerpt.record_id, []).append(excerpt)
    context = {
        "page": page,
        "rows": [(row, found.get(row.pk, [])[:3]) for row in page],
        "which": chosen(request.GET.get("state", ""), CHOICES),
        "words": words,
    }
    return show(request, "books/mine.html", context)


@login_required
@require_safe
def mine_sheet(request: TeacherRequest) -> HttpResponse:
    """Give the own reading as a workbook: the records, and what was copied out."""
    rows = list(_mine(request).prefetch_related("excerpts")[:MOST_ROWS])
    kinds = {"开始": "day", "读完": "day"}
    heads = ("书名", "作者", "读到哪一步", "读法", "读了哪些", "开始", "读完", "札记")
    records = SheetContent(
        name=_("读书记录"),
        title=_("我的读书记录"),
        columns=tuple(SheetColumn(head, kinds.get(head, "text")) for head in heads),  # type: ignore[arg-type]
        rows=tuple(
            (
                row.book.title,
                row.book.author,
                str(row.get_state_display()),
                str(row.get_mode_display()),
                row.pages,
                row.started_on,
                row.finished_on,
                row.notes,
            )
            for row in rows
        ),
    )
    excerpts = SheetContent(
        name=_("摘录"),
        title=_("我的摘录"),
        columns=tuple(SheetColumn(head) for head in ("书名", "页码或章节", "摘录", "一句想法")),
        rows=tuple(
            (row.book.title, one.page, one.text, one.thought)
            for row in rows
            for one in row.excerpts.all()
        ),
    )
    return workbook(_("我的读书记录"), records, excerpts)


@login_required
@require_safe
def open_records(request: TeacherRequest) -> HttpResponse:
    """List what colleagues let others read of their reading."""
    school = own_school(request)
    rows = allowed(may_see_record, request.teacher, ReadingRecord.objects.all())
    rows = rows.filter(told_to__in=(ReadingRecord.ToldTo.GROUP, ReadingRecord.ToldTo.SCHOOL))
    rows = rows.exclude(teacher=request.teacher).filter(dropped_at=None)
    leading = [role.pk for role in Role.objects.all() if LEADING.intersection(role.rights)]
    cadres = Post.objects.on(today()).filter(organisation=school, role__in=leading)
    only = request.GET.get("who") == "cadres"
    if only:
        rows = rows.filter(teacher__in=cadres.values("teacher"))
    words = request.GET.get("q", "").strip()[:LONGEST_WORD]
    if words:
        rows = rows.filter(book__title__icontains=words)
    context = {
        "page": Paginator(rows.select_related("book", "teacher"), PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "only": only,
        "words": words,
    }
    return show(request, "books/open.html", context)
