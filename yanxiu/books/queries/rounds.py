"""The story of a round: who reads along, what was agreed, where one met, what was written."""

from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from yanxiu.books.models import (
    CommonRound,
    Meeting,
    ReadingRecord,
    ReadingShare,
    RoundPart,
    RoundReader,
)
from yanxiu.books.permissions import may_manage_round
from yanxiu.books.queries.doors import doors_of_meetings
from yanxiu.people.models import Teacher
from yanxiu.works.models import Work
from yanxiu.works.permissions import may_see_work

PRESENT = Q(session__attendances__state__in=("present", "late"))
JOINED = ("book", "leader", "unit", "club", "organisation")
MOST_WORKS = 100


@dataclass(frozen=True)
class Story:
    """What a page and a paper tell of a round, as far as its reader may see it."""

    readers: list[Any]
    parts: list[RoundPart]
    meetings: list[Any]
    notes: list[Work]
    read_by: int


def _number(rows: "QuerySet[Any]", by: str) -> Any:
    """Return how many `rows` there are, as a column; 0 without any."""
    counted = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def told_rounds(teacher: Teacher) -> "QuerySet[Any]":
    """Return all rounds, each with what its page says beside the story, in the one statement.

    `my_record` is the reader's own record of the book, `manages` whether the reader manages the
    round, `read_by` how many of its readers have read the book, and `said` how much was said.
    """
    along = RoundReader.objects.filter(
        reading_round=OuterRef(OuterRef("pk")), teacher=OuterRef("teacher")
    )
    done = ReadingRecord.objects.filter(
        Exists(along), book=OuterRef("book"), state=ReadingRecord.State.READ, dropped_at=None
    ).exclude(told_to=ReadingRecord.ToldTo.NOBODY)
    own = ReadingRecord.objects.filter(teacher=teacher, book=OuterRef("book"), dropped_at=None)
    met = Meeting.objects.filter(
        reading_round=OuterRef(OuterRef("pk")), session=OuterRef("session")
    )
    said = ReadingShare.objects.filter(Q(reading_round=OuterRef("pk")) | Q(Exists(met)))
    rows: QuerySet[Any] = CommonRound.objects.select_related(*JOINED).annotate(
        my_record=Subquery(own.values("uid")[:1]),
        manages=ExpressionWrapper(may_manage_round(teacher), output_field=BooleanField()),
        read_by=_number(done, "book"),
        said=_number(said.annotate(one=Value(1)), "one"),
    )
    return rows


def story_of(found: Any, reader: Teacher) -> Story:
    """Return the story of a round of `told_rounds`; four statements."""
    readers = list(found.readers.select_related("teacher"))
    meetings = found.meetings.filter(session__cancelled_at=None).select_related("session")
    records = ReadingRecord.objects.filter(
        book=found.book_id, teacher__in=[one.teacher_id for one in readers], dropped_at=None
    )
    notes = Work.objects.filter(
        may_see_work(reader),
        source_kind=ReadingRecord.SOURCE_KIND,
        source_id__in=records.values("uid"),
        dropped_at=None,
        happened_on__gte=found.starts_on,
    )
    meetings = doors_of_meetings(meetings, reader).annotate(
        came=Count("session__attendances", filter=PRESENT)
    )
    return Story(
        readers=readers,
        parts=list(found.parts.all()),
        meetings=list(meetings.order_by("session__starts_at", "pk")),
        notes=list(notes.select_related("kind", "teacher")[:MOST_WORKS]),
        read_by=found.read_by,
    )


def shares_of(found: CommonRound) -> "QuerySet[ReadingShare]":
    """Return what was said between sessions, and in those tied to the round."""
    sessions = Meeting.objects.filter(reading_round=found).values("session")
    rows = ReadingShare.objects.filter(Q(reading_round=found) | Q(session__in=sessions))
    return rows.select_related("teacher", "work", "session")
