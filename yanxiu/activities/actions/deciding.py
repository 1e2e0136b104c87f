"""What the host says about doubtful sign-ins."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from yanxiu.activities.actions.planning import locked
from yanxiu.activities.actions.roll import call_roll
from yanxiu.activities.actions.signing_in import take_up_scans
from yanxiu.activities.doubts import doubts
from yanxiu.activities.models import Attendance, RollBatch, Session
from yanxiu.activities.permissions import may_manage_session
from yanxiu.activities.queries import CAME
from yanxiu.activities.refusals import Undecided
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.people.access import require
from yanxiu.people.models import Teacher


@transaction.atomic
def confirm_attendance(
    session: Session, teachers: Collection[Teacher], *, by: Teacher, at: datetime
) -> int:
    """Say that `teachers` were seen in the room; from then on nothing about them is doubtful.

    Returns:
        How many sign-ins were confirmed.

    Raises:
        NotAllowed: `by` does not manage the session.
        SessionAlreadyClosed, SessionCancelled: it can no longer be changed.
    """
    require(may_manage_session, by, session)
    session = locked(session)
    rows = session.attendances.filter(teacher__in=teachers, state__in=CAME, confirmed_at=None)
    confirmed = rows.update(confirmed_at=at, confirmed_by_uid=by.uid)
    if confirmed:
        detail = {"teachers": [str(teacher.uid) for teacher in teachers]}
        trail.record(by, "activities.attendance-confirmed", session, at=at, detail=detail)
    return confirmed


def set_aside(session: Session, teacher: Teacher, *, by: Teacher, at: datetime) -> RollBatch | None:
    """Say that `teacher` was not seen; the person may sign in again, from the own phone.

    Raises:
        NotAllowed, SessionAlreadyClosed, SessionCancelled: as `call_roll` says.
    """
    reason = _("主持人没有确认这次签到")
    return call_roll(session, {teacher: Attendance.State.ABSENT}, by=by, at=at, reason=reason)


@transaction.atomic
def set_minutes(
    session: Session, minutes: Mapping[Teacher, int], *, by: Teacher, at: datetime
) -> int:
    """Decide for how many minutes people count, where the sign-out is missing or wrong.

    Raises:
        NotAllowed, SessionAlreadyClosed, SessionCancelled: as `confirm_attendance` says.
        BadInput: more minutes than the session has.
    """
    require(may_manage_session, by, session)
    session = locked(session)
    most = session.minutes
    if any(not 0 <= value <= most for value in minutes.values()):
        raise BadInput(
            _("分钟数要在 0 到 %(most)s 之间，没有保存。请核对后再填。") % {"most": most}
        )
    rows = list(session.attendances.filter(teacher__in=minutes, state__in=CAME))
    by_teacher = {teacher.pk: value for teacher, value in minutes.items()}
    for row in rows:
        row.minutes = by_teacher[row.teacher_id]
    Attendance.objects.bulk_update(rows, ["minutes"], batch_size=100)
    detail = {"minutes": {str(teacher.uid): value for teacher, value in minutes.items()}}
    trail.record(by, "activities.minutes-decided", session, at=at, detail=detail)
    return len(rows)


def settle(session: Session) -> None:
    """Take up who waits, and refuse while anything has to be decided; `session` is locked.

    Closing calls this before it makes attendance final.

    Raises:
        Undecided: some sign-ins need the host's word.
    """
    take_up_scans(session)
    open_ones = [one.teacher.name for one in doubts(session) if one.must_be_decided]
    if open_ones:
        raise Undecided(list(dict.fromkeys(open_ones)))
