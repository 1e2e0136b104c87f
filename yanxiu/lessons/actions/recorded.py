"""The record of a lesson that was given: writing it, writing it anew, taking it back."""

from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from yanxiu.ledger import actions as ledger
from yanxiu.ledger.actions.submitting import CLOSING, DECLARED
from yanxiu.ledger.models import RecognitionStep, Record
from yanxiu.ledger.rules.process import OFFICES
from yanxiu.lessons import records
from yanxiu.lessons.models import Lesson
from yanxiu.lessons.refusals import RecordConfirmed
from yanxiu.people.models import Teacher

SEEN: Final = "听课的人已经确认，不再需要另外认定"
LEVEL_CHECKED: Final = "级别已经核对，按核对的级别重新记录"
PUT_RIGHT: Final = "课题等有更正，照更正后的重新记录"
"""Why a record was written anew."""

Assurance = Record.Assurance


def standing(lesson: Lesson) -> "QuerySet[Record]":
    """Return the records of `lesson` that were not withdrawn."""
    return Record.objects.filter(
        source_kind=Lesson.SOURCE_KIND, source_id=lesson.uid, withdrawn_at=None
    )


def write(lesson: Lesson, *, by: Teacher, at: datetime, by_host: bool | None = None) -> None:
    """Write the record of who gave `lesson`.

    A lesson that one offered oneself and that nobody else confirms is one's own word, and so is a
    level above the school that nobody has checked; where a school arranged the lesson, or somebody
    heard it, the deed stands for the host's.

    Args:
        lesson: one that was given.
        by: whose deed it is.
        at: when, aware.
        by_host: somebody else than its teacher has said so; without it, `by` is looked at.
    """
    if by_host is None:
        by_host = by.pk != lesson.teacher_id
    heard = lesson.listeners.exclude(recorded_at=None).exists()
    alone = not by_host and lesson.made_by_id == lesson.teacher_id and not heard
    alone = alone or not lesson.level_stands
    news = records.of_lesson(lesson, by_host=by_host and not alone)
    ledger.submit(news, by=by, at=at, step=DECLARED if alone else CLOSING)


def write_where_own_word_waits(lesson: Lesson, *, because: str, by: Teacher, at: datetime) -> None:
    """Write the record anew where its teacher's own word waits, and `by` is somebody else."""
    waiting = standing(lesson).filter(assurance=Assurance.DECLARED, state=Record.State.WAITING)
    if by.pk == lesson.teacher_id or not lesson.level_stands or not waiting.exists():
        return
    withdraw(waiting, because=because, by=by, at=at)
    write(lesson, by=by, at=at)


def write_as_put_right(lesson: Lesson, *, by: Teacher, at: datetime) -> None:
    """Write the record anew where it says something else than `lesson` does now.

    What it is called and what makes its content count once are compared; who vouched for the old
    record vouches for the new one.

    Raises:
        RecordConfirmed: the record was recognised above the school.
    """
    if lesson.state != Lesson.State.GIVEN:
        return
    rows = standing(lesson)
    known = {(row.title, row.content_key, row.assurance) for row in rows}
    if all(said[:2] == (lesson.name, records.content_key(lesson)) for said in known):
        return
    refuse_recognised_above(lesson, "没有改动")
    withdraw(rows, because=PUT_RIGHT, by=by, at=at)
    by_host = any(assurance == Assurance.HOST for _title, _key, assurance in known)
    write(lesson, by=by, at=at, by_host=by_host)


def refuse_recognised_above(lesson: Lesson, outcome: str) -> None:
    """Refuse what would take back a record that was recognised above the school.

    Raises:
        RecordConfirmed: it was; `outcome` says what did not happen.
    """
    above = RecognitionStep.objects.filter(record__in=standing(lesson), level__in=OFFICES[1:])
    if above.exists():
        raise RecordConfirmed(outcome)


def withdraw(rows: "QuerySet[Record]", *, because: str, by: Teacher, at: datetime) -> None:
    """Withdraw each of `rows`."""
    for record in list(rows):
        ledger.withdraw(record, because=because, by=by, at=at)
