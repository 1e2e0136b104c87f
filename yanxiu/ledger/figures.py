"""The numbers of the ledger: records, and what they earned."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet

from yanxiu.figures.table import Cell, Figure, Scope, lies_in, persons_of, total_of
from yanxiu.ledger.models import Entry, Record
from yanxiu.ledger.permissions import may_see_entry, may_see_record
from yanxiu.ledger.queries import living_entries
from yanxiu.people.models import Teacher
from yanxiu.people.narrowing import narrow
from yanxiu.ui.wording import amount_text, day_text


# ---- rows ----
def _in_scope(rows: "QuerySet[Any]", scope: Scope, day: str) -> "QuerySet[Any]":
    inside = {f"{day}__gte": scope.span.start, f"{day}__lt": scope.span.end}
    found: QuerySet[Any] = narrow(rows.filter(**inside), scope, day=day)
    return found


def records_in(scope: Scope) -> "QuerySet[Record]":
    """Return the records of what happened within `scope`, withdrawn ones left out."""
    return _in_scope(Record.objects.filter(withdrawn_at=None), scope, "happened_on")


def _posted_in(unit: str) -> Callable[[Scope], "QuerySet[Entry]"]:
    def rows(scope: Scope) -> "QuerySet[Entry]":
        return _in_scope(living_entries().filter(unit=unit), scope, "earned_on")

    return rows


def _reversals_in(scope: Scope) -> "QuerySet[Entry]":
    rows: QuerySet[Entry] = Entry.objects.filter(reverses__isnull=False)
    return _in_scope(rows, scope, "earned_on")


# ---- opened rows ----
def _open_records(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    joined = rows.select_related("teacher", "organisation")
    return joined.order_by("happened_on", "teacher__pinyin", "pk")


def _open_entries(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    joined = rows.select_related("teacher", "record", "reverses")
    return joined.order_by("earned_on", "teacher__pinyin", "pk")


def _record_cells(row: Record) -> Sequence[Cell]:
    return (
        Cell(day_text(row.happened_on, year=True)),
        Cell(row.teacher.name, Teacher.SOURCE_KIND, row.teacher.uid),
        Cell(row.title, Record.SOURCE_KIND, row.uid),
        Cell(row.organisation.name),
        Cell(str(row.get_assurance_display())),
    )


def _entry_cells(row: Entry) -> Sequence[Cell]:
    return (
        Cell(day_text(row.earned_on, year=True)),
        Cell(row.teacher.name, Teacher.SOURCE_KIND, row.teacher.uid),
        Cell(row.record.title, Record.SOURCE_KIND, row.record.uid),
        Cell(amount_text(row.amount)),
        Cell(f"第 {row.number} 笔"),
    )


def _reversal_cells(row: Entry) -> Sequence[Cell]:
    return (*_entry_cells(row), Cell(row.reason))


RECORD_COLUMNS = ("日期", "教师", "内容", "学校", "依据")
ENTRY_COLUMNS = ("日期", "教师", "内容", "数额", "入账")


def _of_records(code: str, name: str, meaning: str, *, unit: str, **more: Any) -> Figure:
    return Figure(
        code=f"ledger.{code}",
        name=name,
        meaning=meaning,
        unit=unit,
        rows=records_in,
        columns=RECORD_COLUMNS,
        cells=_record_cells,
        seen_by=may_see_record,
        opened=_open_records,
        place=lies_in("organisation"),
        **more,
    )


def _of_entries(code: str, name: str, meaning: str, *, unit: str, of: str) -> Figure:
    return Figure(
        code=f"ledger.{code}",
        name=name,
        meaning=meaning,
        unit=unit,
        rows=_posted_in(of),
        columns=ENTRY_COLUMNS,
        cells=_entry_cells,
        seen_by=may_see_entry,
        opened=_open_entries,
        place=lies_in("organisation"),
        reckon=total_of("amount"),
    )


FIGURES = [
    _of_records(
        "records",
        "研修记录",
        "所选日期内发生的研修记录，一人在一次活动中的一种身份算一条；已撤回的不算。",
        unit="条",
    ),
    _of_records(
        "teachers_with_records",
        "有研修记录的教师",
        "所选日期内至少有一条研修记录的教师，每人只算一次；已撤回的记录不算。",
        unit="人",
        reckon=persons_of("teacher"),
    ),
    _of_entries(
        "hours_posted",
        "已入账学时",
        "所选日期内的研修记录单独计得并已入账的学时（课时）之和，各条相加，"
        "没有扣除封顶，也不折合学分；已冲销的不算。",
        unit="学时",
        of="hour",
    ),
    _of_entries(
        "credits_posted",
        "已入账学分",
        "所选日期内的研修记录单独计得并已入账的学分之和，各条相加，没有扣除封顶；已冲销的不算。",
        unit="学分",
        of="credit",
    ),
    Figure(
        code="ledger.reversals",
        name="冲销",
        meaning="所选日期内的研修记录入账以后又冲销的笔数；原来的一笔和冲销的一笔都留着。",
        unit="笔",
        rows=_reversals_in,
        columns=(*ENTRY_COLUMNS, "原因"),
        cells=_reversal_cells,
        seen_by=may_see_entry,
        opened=_open_entries,
        place=lies_in("organisation"),
    ),
]
