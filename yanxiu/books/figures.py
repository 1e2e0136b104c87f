"""The numbers that reading gives to reports and dashboards; what is told to nobody is in none."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from yanxiu.activities.models import Session
from yanxiu.activities.permissions import may_see_session
from yanxiu.books.models import (
    CommonRound,
    ReadingClub,
    ReadingRecord,
    ReadingShare,
    Recommendation,
)
from yanxiu.books.permissions import (
    may_list_record,
    may_own_record,
    may_see_club,
    may_see_recommendation,
    may_see_round,
    may_see_share,
)
from yanxiu.books.queries.meetings import reading_sessions
from yanxiu.books.queries.quotas import finished
from yanxiu.figures.table import Cell, Figure, Scope, lies_in, persons_of
from yanxiu.people.models import Membership, Teacher
from yanxiu.people.narrowing import narrow
from yanxiu.ui.wording import day_text, local
from yanxiu.works.models import Work
from yanxiu.works.permissions import HANDED_IN, may_see_work


# ---- what was read ----
def books_in(scope: Scope) -> "QuerySet[ReadingRecord]":
    """Return the books read to the end on days within `scope`."""
    rows = finished(scope.span).filter(book__kind="book")
    found: QuerySet[ReadingRecord] = narrow(rows, scope, day="finished_on")
    return found


def _articles_in(scope: Scope) -> "QuerySet[ReadingRecord]":
    rows = finished(scope.span).exclude(book__kind="book")
    found: QuerySet[ReadingRecord] = narrow(rows, scope, day="finished_on")
    return found


def _may_open(teacher: Teacher) -> Q:
    return may_own_record(teacher) | may_list_record(teacher)


def _record_cells(row: ReadingRecord) -> Sequence[Cell]:
    return (
        Cell(day_text(row.finished_on, year=True)),
        Cell(row.teacher.name),
        Cell(row.book.named, ReadingRecord.SOURCE_KIND, row.uid),
        Cell(str(row.get_mode_display())),
    )


def _of_records(
    code: str,
    name: str,
    meaning: str,
    rows: Callable[[Scope], "QuerySet[ReadingRecord]"],
    unit: str,
    **more: Any,
) -> Figure:
    return Figure(
        code=f"books.{code}",
        name=name,
        meaning=meaning,
        unit=unit,
        rows=rows,
        columns=("读完", "教师", "书名", "读法"),
        cells=_record_cells,
        seen_by=_may_open,
        opened=lambda found: found.select_related("teacher", "book").order_by("finished_on", "pk"),
        place=lies_in("organisation"),
        **more,
    )


# ---- what was written about it ----
def _notes_in(scope: Scope) -> "QuerySet[Work]":
    rows = Work.objects.filter(
        state__in=HANDED_IN,
        dropped_at=None,
        source_kind=ReadingRecord.SOURCE_KIND,
        happened_on__gte=scope.span.start,
        happened_on__lt=scope.span.end,
    )
    found: QuerySet[Work] = narrow(rows, scope, day="happened_on")
    return found


def _note_cells(row: Work) -> Sequence[Cell]:
    return (
        Cell(day_text(row.happened_on, year=True)),
        Cell(row.teacher.name),
        Cell(row.kind.name),
        Cell(row.title, Work.SOURCE_KIND, row.uid),
    )


# ---- read together ----
def _rounds_in(scope: Scope) -> "QuerySet[CommonRound]":
    rows = CommonRound.objects.filter(starts_on__gte=scope.span.start, starts_on__lt=scope.span.end)
    rows = scope.narrow(rows, teacher=None)
    if scope.teacher is None:
        return rows
    return rows.filter(pk__in=rows.filter(readers__teacher=scope.teacher).values("pk"))


def _round_cells(row: CommonRound) -> Sequence[Cell]:
    return (
        Cell(day_text(row.starts_on, year=True)),
        Cell(row.book.named, CommonRound.SOURCE_KIND, row.uid),
        Cell(row.among),
        Cell(row.leader.name),
    )


def _clubs_in(scope: Scope) -> "QuerySet[ReadingClub]":
    rows = ReadingClub.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=scope.span.start), founded_on__lt=scope.span.end
    )
    rows = scope.narrow(rows, unit=None, teacher=None)
    if scope.unit is not None:
        # A club is of no group: those are counted in which somebody of the group reads.
        members = Membership.objects.filter(
            Q(ends_on=None) | Q(ends_on__gt=scope.span.start),
            unit=scope.unit,
            starts_on__lt=scope.span.end,
        )
        of_unit = rows.filter(members__teacher__in=members.values("teacher"))
        rows = rows.filter(pk__in=of_unit.values("pk"))
    if scope.teacher is not None:
        rows = rows.filter(pk__in=rows.filter(members__teacher=scope.teacher).values("pk"))
    return rows


def _club_cells(row: ReadingClub) -> Sequence[Cell]:
    return (
        Cell(row.name, ReadingClub.SOURCE_KIND, row.uid),
        Cell(str(row.get_form_display())),
        Cell(row.leader.name),
        Cell(day_text(row.founded_on, year=True)),
    )


def _meetings_in(scope: Scope) -> "QuerySet[Session]":
    start, end = scope.span.moments()
    rows = reading_sessions().filter(
        closed_at__isnull=False, starts_at__gte=start, starts_at__lt=end
    )
    rows = scope.narrow(rows, teacher=None)
    if scope.teacher is None:
        return rows
    came = rows.filter(
        attendances__teacher=scope.teacher, attendances__state__in=("present", "late")
    )
    return rows.filter(pk__in=came.values("pk"))


def _session_cells(row: Session) -> Sequence[Cell]:
    return (
        Cell(day_text(local(row.starts_at).date(), year=True)),
        Cell(row.title, Session.SOURCE_KIND, row.uid),
        Cell(row.unit.name if row.unit else row.organisation.name),
    )


def _shares_in(scope: Scope) -> "QuerySet[ReadingShare]":
    rows = ReadingShare.objects.filter(
        shared_on__gte=scope.span.start, shared_on__lt=scope.span.end
    )
    found: QuerySet[ReadingShare] = narrow(rows, scope, day="shared_on")
    return found


def _library_in(scope: Scope) -> "QuerySet[ReadingShare]":
    return _shares_in(scope).filter(library=ReadingShare.Library.AGREED)


def _share_cells(row: ReadingShare) -> Sequence[Cell]:
    return (
        Cell(day_text(row.shared_on, year=True)),
        Cell(row.teacher.name),
        Cell(row.about or row.text[:20], ReadingShare.SOURCE_KIND, row.uid),
    )


def _of_shares(
    code: str, name: str, meaning: str, rows: Callable[[Scope], "QuerySet[ReadingShare]"]
) -> Figure:
    return Figure(
        code=f"books.{code}",
        name=name,
        meaning=meaning,
        unit="段",
        rows=rows,
        columns=("日期", "教师", "说的是"),
        cells=_share_cells,
        seen_by=may_see_share,
        opened=lambda found: found.select_related("teacher").order_by("shared_on", "pk"),
        place=lies_in("organisation"),
    )


def _tips_in(scope: Scope) -> "QuerySet[Recommendation]":
    start, end = scope.span.moments()
    rows = Recommendation.objects.filter(withdrawn_at=None, made_at__gte=start, made_at__lt=end)
    return scope.narrow(rows)


def _tip_cells(row: Recommendation) -> Sequence[Cell]:
    return (
        Cell(day_text(local(row.made_at).date(), year=True)),
        Cell(row.teacher.name),
        Cell(row.book.named, Recommendation.SOURCE_KIND, row.uid),
        Cell(row.reason),
    )


FIGURES = [
    _of_records(
        "read",
        "读完的书",
        "读完日期在所选范围内的书；文章、刊物和只给自己看的不算。",
        books_in,
        "本",
    ),
    _of_records(
        "readers",
        "读完过书的教师",
        "在所选范围内读完过书的教师，每人只算一次；只给自己看的不算。",
        books_in,
        "人",
        reckon=persons_of("teacher"),
    ),
    _of_records(
        "articles",
        "读完的文章与刊物",
        "读完日期在所选范围内的文章和刊物；只给自己看的不算。",
        _articles_in,
        "篇",
    ),
    Figure(
        code="books.notes",
        name="与书相连的笔记与心得",
        meaning="从读书记录写起、已经交出的读书笔记和读书心得；草稿和退回修改的不算。",
        unit="篇",
        rows=_notes_in,
        columns=("日期", "作者", "类别", "题目"),
        cells=_note_cells,
        seen_by=may_see_work,
        opened=lambda found: found.select_related("teacher", "kind").order_by("happened_on", "pk"),
        place=lies_in("organisation"),
    ),
    Figure(
        code="books.rounds",
        name="共读",
        meaning="开始日期在所选范围内的共读；问到一个人时，是这个人参加的。",
        unit="次",
        rows=_rounds_in,
        columns=("开始", "书名", "一起读的", "召集人"),
        cells=_round_cells,
        seen_by=may_see_round,
        opened=lambda found: found.select_related(
            "book", "leader", "unit", "club", "organisation"
        ).order_by("starts_on", "pk"),
        place=lies_in("organisation"),
    ),
    Figure(
        code="books.clubs",
        name="读书会",
        meaning="在所选范围内有过的读书会和读书沙龙；问到一个组、一个人时，是其中有人、本人参加过的。",
        unit="个",
        rows=_clubs_in,
        columns=("名称", "形式", "召集人", "成立"),
        cells=_club_cells,
        seen_by=may_see_club,
        opened=lambda found: found.select_related("leader").order_by("founded_on", "pk"),
        place=lies_in("organisation"),
    ),
    Figure(
        code="books.meetings",
        name="读书活动",
        meaning="在所选范围内举行并已关闭的读书交流、共读和登记为读书聚会的场次；问到一个人时，是这个人到场的。",
        unit="场",
        rows=_meetings_in,
        columns=("日期", "主题", "单位"),
        cells=_session_cells,
        seen_by=may_see_session,
        opened=lambda found: found.select_related("unit", "organisation").order_by(
            "starts_at", "pk"
        ),
        place=lies_in("organisation"),
    ),
    _of_shares(
        "shares", "读书分享", "在所选范围内说给大家的读书分享，场次上和共读里的都算。", _shares_in
    ),
    _of_shares(
        "library",
        "分享库里的读书分享",
        "在所选范围内的读书分享里，推荐进分享库、作者同意了的。",
        _library_in,
    ),
    Figure(
        code="books.recommendations",
        name="推荐的读物",
        meaning="在所选范围内推荐、没有撤回的书、文章和刊物；问到一个组时，是推荐给这个组的。",
        unit="条",
        rows=_tips_in,
        columns=("日期", "推荐人", "书名", "为什么值得读"),
        cells=_tip_cells,
        seen_by=may_see_recommendation,
        opened=lambda found: found.select_related("teacher", "book").order_by("made_at", "pk"),
        place=lies_in("organisation"),
    ),
]
