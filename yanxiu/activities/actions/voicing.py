"""What participants say: discussion, notes of their own, anonymous feedback."""

import secrets
from datetime import datetime

from django.db import transaction

from yanxiu.activities import records
from yanxiu.activities.models import (
    Activity,
    Attendance,
    FeedbackAnswer,
    FeedbackGiven,
    ParticipantNote,
    Remark,
    Session,
)
from yanxiu.activities.permissions import may_see_activity
from yanxiu.activities.queries import CAME, counts_only_with_note
from yanxiu.activities.refusals import AlreadyAnswered, NotThere
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.models import Record
from yanxiu.people.access import require
from yanxiu.people.models import Teacher

LONGEST = 2000
_ID_BITS = 62


@transaction.atomic
def say(
    activity: Activity, *, text: str, by: Teacher, at: datetime, answers: Remark | None = None
) -> Remark:
    """Contribute to the discussion of an activity.

    Raises:
        NotAllowed: `by` may not see the activity.
        BadInput: nothing was written, or it is too long.
    """
    require(may_see_activity, by, activity)
    if not text.strip():
        raise BadInput("没有写内容，没有发出。")
    if len(text) > LONGEST:
        raise BadInput(f"一次最多{LONGEST}字，没有发出；您写的还在框里，可以分两次发。")
    remark = Remark.objects.create(
        activity=activity, teacher=by, text=text.strip(), answers=answers, at=at
    )
    trail.record(by, "activities.remark-made", remark, at=at)
    return remark


@transaction.atomic
def withdraw_remark(remark: Remark, *, by: Teacher, at: datetime) -> None:
    """Take one's own remark back; the thread keeps its place without its words.

    Raises:
        BadInput: it is somebody else's.
    """
    if remark.teacher_id != by.pk:
        raise BadInput("只能撤回自己的发言，没有改动。")
    remark.text, remark.withdrawn_at = "", at
    remark.save(update_fields=["text", "withdrawn_at"])
    trail.record(by, "activities.remark-withdrawn", remark, at=at)


def was_there(session: Session, teacher: Teacher) -> bool:
    """Tell whether the attendance of `session` says that `teacher` came."""
    return Attendance.objects.filter(session=session, teacher=teacher, state__in=CAME).exists()


@transaction.atomic
def save_note(
    session: Session, *, text: str, is_shared: bool, by: Teacher, at: datetime
) -> ParticipantNote:
    """Keep what `by` noted of a session; private unless shared.

    Where the note is the condition of recognition, handing it in after the closing writes the
    record that was waiting for it.

    Raises:
        NotThere: `by` was not at the session.
        BadInput: nothing was written.
    """
    if not was_there(session, by):
        raise NotThere("心得")
    if not text.strip():
        raise BadInput("没有写内容，没有保存。几句话也可以。")
    note, _fresh = ParticipantNote.objects.update_or_create(
        session=session,
        teacher=by,
        defaults={"text": text.strip(), "is_shared": is_shared, "saved_at": at},
    )
    trail.record(by, "activities.note-saved", note, at=at)
    if session.closed_at and counts_only_with_note(session):
        _record_now(session, by, at)
    return note


def _record_now(session: Session, teacher: Teacher, at: datetime) -> None:
    source = source_of(session)
    standing = Record.objects.filter(
        teacher=teacher, source_kind=source.kind, source_id=source.uid, withdrawn_at=None
    )
    if standing.exists():
        return
    rows = session.attendances.select_related("teacher").filter(teacher=teacher)
    ledger.submit(records.of_session(session, only=rows), by=teacher, at=at, step="note")


@transaction.atomic
def give_feedback(
    session: Session, *, usefulness: int, will_use: str, word: str, by: Teacher
) -> None:
    """Keep what somebody who was there thinks, so that nobody can tell who it was.

    The answer carries neither teacher nor moment. Its key is drawn by lot, and each new answer
    writes all answers of the session anew in another order, so that neither the order of the rows
    nor the transaction in which they were written points to a person. That `by` has answered
    stands apart, without a moment; there is no line in the trail.

    Raises:
        NotThere: `by` was not at the session.
        AlreadyAnswered: `by` has answered before.
        BadInput: the session is not closed yet.
    """
    if not session.closed_at:
        raise BadInput("这一场还没有关闭，关闭以后再评，没有保存。")
    if not was_there(session, by):
        raise NotThere("活动评价")
    _given, fresh = FeedbackGiven.objects.get_or_create(session=session, teacher=by)
    if not fresh:
        raise AlreadyAnswered
    answers = list(FeedbackAnswer.objects.select_for_update().filter(session=session))
    answers.append(
        FeedbackAnswer(
            session=session,
            usefulness=FeedbackAnswer.Usefulness(usefulness),
            will_use=FeedbackAnswer.WillUse(will_use),
            word=word.strip()[:200],
        )
    )
    _write_anew(session, answers)


def _write_anew(session: Session, answers: list[FeedbackAnswer]) -> None:
    """Replace the answers of `session` by the same ones under new keys, in a new order."""
    FeedbackAnswer.objects.filter(session=session).delete()
    secrets.SystemRandom().shuffle(answers)
    FeedbackAnswer.objects.bulk_create(
        FeedbackAnswer(
            pk=secrets.randbits(_ID_BITS) + 1,
            session=session,
            usefulness=answer.usefulness,
            will_use=answer.will_use,
            word=answer.word,
        )
        for answer in answers
    )
