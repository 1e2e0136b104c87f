"""What stands on lists and pages of books, and how many have read it; never who is ahead."""

from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from yanxiu.books.models import BookList, BookListItem, ReadingRecord, Recommendation
from yanxiu.books.permissions import may_see_list
from yanxiu.people.models import Organisation, Teacher

FEWEST = 3
"""Of a book that nobody has put before others, so many readers are told of together."""

State = ReadingRecord.State


def told_of(organisation: Organisation) -> "QuerySet[ReadingRecord]":
    """Return what was read to the end in `organisation` and below, and told to somebody."""
    rows = ReadingRecord.objects.filter(
        state=State.READ, dropped_at=None, organisation__path__startswith=organisation.path
    )
    return rows.exclude(told_to=ReadingRecord.ToldTo.NOBODY)


def with_states(
    rows: "QuerySet[Any]", teacher: Teacher, organisation: Organisation, book: str = "book"
) -> "QuerySet[Any]":
    """Return `rows` with `my_state`, `my_record` and `read_by`: how many have read the book."""
    mine = ReadingRecord.objects.filter(teacher=teacher, book=OuterRef(book), dropped_at=None)
    others = (
        told_of(organisation)
        .filter(book=OuterRef(book))
        .order_by()
        .values("book")
        .annotate(number=Count("pk"))
        .values("number")
    )
    found: QuerySet[Any] = rows.annotate(
        my_state=Subquery(mine.values("state")[:1]),
        my_record=Subquery(mine.values("uid")[:1]),
        read_by=Coalesce(Subquery(others, output_field=IntegerField()), Value(0)),
    )
    return found


def listed_on(teacher: Teacher, organisation: Organisation, on: date) -> "QuerySet[BookListItem]":
    """Return what the lists of the day give to read, with the own state; one statement."""
    lists = BookList.objects.filter(
        may_see_list(teacher), starts_on__lte=on, ends_on__gt=on, dropped_at=None
    ).filter(Q(unit=None) | Q(unit__in=teacher.units))
    rows = BookListItem.objects.filter(book_list__in=lists.values("pk"))
    rows = rows.select_related("book", "book_list")
    found: QuerySet[BookListItem] = with_states(rows, teacher, organisation).order_by(
        "book_list__unit", "-book_list__starts_on", "order"
    )
    return found


def most_read(organisation: Organisation, on_from: date, on_until: date) -> list[dict[str, Any]]:
    """Return the books that most colleagues have read in a time: books in order, never persons.

    A book that nobody has put before others is told of from `FEWEST` readers on.
    """
    rows = told_of(organisation).filter(finished_on__gte=on_from, finished_on__lt=on_until)
    shown = (
        Q(book__items__book_list__dropped_at=None, book__items__isnull=False)
        | Q(
            book__recommendations__withdrawn_at=None,
            book__recommendations__isnull=False,
        )
        | Q(book__rounds__isnull=False)
    )
    counted = (
        rows.order_by()
        .values("book__uid", "book__title", "book__author")
        .annotate(
            readers=Count("teacher", distinct=True),
            public=Count("pk", filter=shown, distinct=True),
        )
        .filter(Q(readers__gte=FEWEST) | Q(public__gt=0))
        .order_by("-readers", "book__title")
    )
    return [dict(row) for row in counted[:20]]


def recommended(
    teacher: Teacher, organisation: Organisation, seen: "QuerySet[Recommendation]"
) -> "QuerySet[Recommendation]":
    """Return recommendations with the own state and how many have read them."""
    rows = seen.select_related("book", "teacher", "unit", "organisation")
    found: QuerySet[Recommendation] = with_states(rows, teacher, organisation)
    return found
