"""A lesson that was given, told as a 研修记录 the ledger understands."""

from decimal import Decimal

from yanxiu.kernel.sources import source_of
from yanxiu.ledger.actions import NewRecord
from yanxiu.ledger.models import Record
from yanxiu.lessons.models import Lesson
from yanxiu.texts.keys import key

PRESENTER = "presenter"
MOST = 60
"""Characters of a topic that tell it from others; the whole key has room in a record."""


def content_key(lesson: Lesson) -> str:
    """Return what makes one content count once, however often and at whatever level it is given.

    The trials of one lesson by one teacher are one content; else the same topic of the same unit
    and period is. A lesson whose topic nobody wrote down is its own content.
    """
    series = lesson.series
    if series and series.kind == series.Kind.POLISHING:
        return f"series:{series.uid}"
    if not lesson.title:
        return f"lesson:{lesson.uid}"
    words = key(f"{lesson.subject} {lesson.textbook_unit} {lesson.title}")[:MOST]
    return f"lesson:{words}:{lesson.period_of_unit or ''}"


def of_lesson(lesson: Lesson, *, by_host: bool) -> list[NewRecord]:
    """Return the record of who gave `lesson`; none where its kind earns nothing.

    Args:
        lesson: one that was given.
        by_host: somebody else than its teacher has said so.
    """
    if not lesson.kind.record_kind:
        return []
    assurance = Record.Assurance.HOST if by_host else Record.Assurance.DECLARED
    return [
        NewRecord(
            teacher=lesson.teacher,
            organisation=lesson.organisation,
            kind=lesson.kind.record_kind,
            role=PRESENTER,
            title=lesson.name,
            happened_at=lesson.starts_at,
            minutes=lesson.minutes,
            lessons=Decimal(1),
            attendance="present",
            organiser_level=lesson.level,
            content_key=content_key(lesson),
            assurance=assurance,
            source=source_of(lesson),
        )
    ]
