"""What a reader has in hand, has read, and has copied out."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from yanxiu.books.models import Excerpt, ReadingRecord
from yanxiu.kernel.sources import source_of
from yanxiu.people.models import Teacher
from yanxiu.works.models import Work
from yanxiu.works.permissions import may_see_work

State = ReadingRecord.State
IN_HAND = (State.READING, State.WANT)


def records_of(teacher: Teacher) -> "QuerySet[ReadingRecord]":
    """Return the own records, put away ones left out."""
    rows = ReadingRecord.objects.filter(teacher=teacher, dropped_at=None)
    return rows.select_related("book")


def found_in(rows: "QuerySet[ReadingRecord]", words: str) -> "QuerySet[ReadingRecord]":
    """Return those of one's own `rows` in whose title, notes or excerpts `words` stand."""
    copied = Excerpt.objects.filter(record=OuterRef("pk")).filter(
        Q(text__icontains=words) | Q(thought__icontains=words)
    )
    return rows.filter(
        Q(book__title__icontains=words)
        | Q(book__author__icontains=words)
        | Q(notes__icontains=words)
        | Q(Exists(copied))
    )


def excerpts_with(teacher: Teacher, words: str) -> "QuerySet[Excerpt]":
    """Return the own excerpts in which `words` stand."""
    rows = Excerpt.objects.filter(record__teacher=teacher, record__dropped_at=None)
    return rows.filter(Q(text__icontains=words) | Q(thought__icontains=words))


def notes_about(record: ReadingRecord, reader: Teacher) -> "QuerySet[Work]":
    """Return what was written about the book from this record, as far as `reader` may see it."""
    source = source_of(record)
    rows = Work.objects.filter(
        may_see_work(reader), source_kind=source.kind, source_id=source.uid, dropped_at=None
    )
    return rows.select_related("kind")


def since(rows: "QuerySet[ReadingRecord]", on: date) -> "QuerySet[ReadingRecord]":
    """Return what is in hand, and what was finished since `on`."""
    return rows.filter(Q(state__in=IN_HAND) | Q(finished_on__gte=on))
