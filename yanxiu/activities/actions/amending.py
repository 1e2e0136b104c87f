"""Correcting final attendance, with a trail."""

from datetime import datetime

from django.db import transaction

from yanxiu.activities import records
from yanxiu.activities.models import Amendment, Attendance, Session
from yanxiu.activities.permissions import may_manage_session
from yanxiu.activities.refusals import NothingToAmend, ReasonMissing
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.models import Record
from yanxiu.people.access import require
from yanxiu.people.models import Teacher


@transaction.atomic
def amend_attendance(
    session: Session, teacher: Teacher, *, state: str, reason: str, by: Teacher, at: datetime
) -> Amendment:
    """Correct the final attendance of one person; records and entries follow.

    The old record is withdrawn and its entries reversed; where the person did come, a new record
    earns what is right. Nothing that stood before is lost from sight.

    Args:
        session: a closed session.
        teacher: whose attendance was wrong.
        state: the right `Attendance.State`.
        reason: why, one sentence that the person can read.
        by: who corrects it.
        at: when, aware.

    Raises:
        NotAllowed: `by` does not manage the session.
        BadInput: the session is not closed yet.
        ReasonMissing: there is no reason.
        NothingToAmend: the state is what it was.
    """
    require(may_manage_session, by, session)
    session = (
        Session.objects.select_for_update(of=("self",))
        .select_related("activity__kind", "organisation", "unit")
        .get(pk=session.pk)
    )
    if not session.closed_at:
        raise BadInput("本场次还没有关闭，不需要更正；请直接在点名表里改。")
    if not reason.strip():
        raise ReasonMissing("更正考勤")
    row = Attendance.objects.filter(session=session, teacher=teacher).first()
    before = row.state if row else ""
    if before == state:
        raise NothingToAmend
    row = row or Attendance(session=session, teacher=teacher, expected=False)
    row.state, row.method, row.at, row.by_uid = state, Attendance.Method.MAKE_UP, at, by.uid
    row.reason = reason.strip()[:200]
    row.save()
    amendment = Amendment.objects.create(
        session=session,
        teacher=teacher,
        before=before,
        after=state,
        reason=row.reason,
        at=at,
        by_uid=by.uid,
        by_name=by.name,
    )
    _correct_records(session, teacher, row, by, at)
    trail.record(
        by,
        "activities.attendance-amended",
        row,
        at=at,
        detail={"before": before, "after": state, "reason": row.reason},
    )
    return amendment


def _correct_records(
    session: Session, teacher: Teacher, row: Attendance, by: Teacher, at: datetime
) -> None:
    """Withdraw what the old state recorded and submit what the new one does."""
    for record in Record.objects.filter(
        teacher=teacher, source_kind=Session.SOURCE_KIND, source_id=session.uid, withdrawn_at=None
    ):
        ledger.withdraw(record, because=f"更正考勤：{row.reason}"[:200], by=by, at=at)
    ledger.submit(records.of_session(session, only=[row]), by=by, at=at)
