"""What confirmed plans ask to be read and written about it, how far one is, who has none yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from yanxiu.books.models import ReadingRecord
from yanxiu.kernel.spans import Span
from yanxiu.people.models import Organisation, Teacher
from yanxiu.planning.burden import act_named
from yanxiu.planning.models import Quota
from yanxiu.works.models import WorkKind
from yanxiu.works.queries.quotas import Asked, handed_in, is_meant, quotas_on, with_done

BOOK, NOTE = "reading", "reading_note"


@dataclass(frozen=True)
class Progress:
    """How far one person is with what a plan asks for; `is_open` where it names no number."""

    name: str
    period: str
    done: int
    amount: int
    is_open: bool
    of_books: bool


def asks_for_books(quota: Quota) -> bool:
    """Tell whether books that were read answer a quota."""
    return _act(quota) == BOOK


def asks_for_notes(quota: Quota) -> bool:
    """Tell whether what is written about books answers a quota."""
    return _act(quota) == NOTE


def _act(quota: Quota) -> str:
    return quota.act or act_named(quota.name).code


def asked_on(organisation: Organisation, on: date, teacher: Teacher | None = None) -> list[Asked]:
    """Return what is to be read and to be written about it; with `teacher`, of this person."""
    return quotas_on(
        organisation, on, teacher, asks=lambda one: asks_for_books(one) or asks_for_notes(one)
    )


def finished(span: Span) -> "QuerySet[ReadingRecord]":
    """Return what was read to the end on a day of `span`, unless it is told to nobody."""
    return ReadingRecord.objects.filter(
        state=ReadingRecord.State.READ,
        dropped_at=None,
        finished_on__gte=span.start,
        finished_on__lt=span.end,
    ).exclude(told_to=ReadingRecord.ToldTo.NOBODY)


def books_of(rows: "QuerySet[ReadingRecord]") -> "QuerySet[ReadingRecord]":
    """Return those of `rows` that are books: an article is read, but is no book."""
    return rows.filter(book__kind="book")


# ---- one person ----
def progress_of(
    teacher: Teacher, organisation: Organisation, on: date, records: Iterable[ReadingRecord]
) -> list[Progress]:
    """Return how far `teacher` is with what is asked; two statements.

    `records` are the reader's own since the school year began; what is told to nobody is counted
    for nobody, so that the person reads the same number as the office.
    """
    asked = asked_on(organisation, on, teacher)
    if not asked:
        return []
    widest = Span(min(one.span.start for one in asked), max(one.span.end for one in asked))
    days = [
        row.finished_on
        for row in records
        if row.state == ReadingRecord.State.READ
        and row.book.kind == "book"
        and row.told_to != ReadingRecord.ToldTo.NOBODY
    ]
    shares = handed_in(widest).filter(teacher=teacher).select_related("work__kind")
    notes = [(row.work.kind, row.work.happened_on) for row in shares]
    return [_progress(one, days, notes) for one in asked]


def _progress(
    one: Asked, days: Iterable[date | None], notes: Iterable[tuple[WorkKind, date]]
) -> Progress:
    of_books = asks_for_books(one.quota)
    if of_books:
        done = sum(day is not None and day in one.span for day in days)
    else:
        own = [kind.name for kind, _day in notes if kind.organisation_id]
        done = sum(day in one.span and is_meant(one.quota, kind, own) for kind, day in notes)
    return Progress(
        name=one.name,
        period=str(one.quota.get_period_display()),
        done=done,
        amount=one.amount,
        is_open=one.quota.is_open,
        of_books=of_books,
    )


# ---- those of a school ----
def with_done_of(
    rows: "QuerySet[Teacher]", one: Asked, kinds: Iterable[WorkKind]
) -> "QuerySet[Teacher]":
    """Return `rows` with `done`: how much of what `one` asks each of them has."""
    if asks_for_books(one.quota):
        return with_books(rows, one.span)
    given = list(kinds)
    own = [kind.name for kind in given if kind.organisation_id]
    meant = [kind.pk for kind in given if is_meant(one.quota, kind, own)]
    return with_done(rows, meant, one.span)


def with_books(rows: "QuerySet[Teacher]", span: Span) -> "QuerySet[Teacher]":
    """Return `rows` with `done`: how many books each has read within `span`."""
    own = (
        books_of(finished(span))
        .filter(teacher=OuterRef("pk"))
        .order_by()
        .values("teacher")
        .annotate(number=Count("pk"))
        .values("number")
    )
    counted: QuerySet[Any] = rows.annotate(
        done=Coalesce(Subquery(own, output_field=IntegerField()), Value(0))
    )
    return counted


def told_without_number(asked: Iterable[Asked]) -> list[Asked]:
    """Return what is asked for without saying how much: nobody can lack that."""
    return [one for one in asked if one.quota.is_open]
