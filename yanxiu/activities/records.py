"""What happened in a session, told as 研修记录 the ledger understands."""

from collections import defaultdict
from collections.abc import Iterable

from yanxiu.activities.models import Attendance, Part, Session
from yanxiu.activities.queries import CAME
from yanxiu.kernel.sources import source_of
from yanxiu.ledger.actions import NewRecord
from yanxiu.ledger.models import Record

ASSURANCE = {
    Attendance.Method.CODE: Record.Assurance.OWN_CODE,
    Attendance.Method.ROLL_CALL: Record.Assurance.HOST,
    Attendance.Method.MAKE_UP: Record.Assurance.MADE_UP,
}

RANK = (Part.Role.MAIN_SPEAKER, Part.Role.HOST, Part.Role.RECORDER, Part.Role.ATTENDEE)
"""A person with several parts is recorded in the first of these: nobody earns twice at a time."""


def of_session(session: Session, *, only: Iterable[Attendance] | None = None) -> list[NewRecord]:
    """Return one record for each person who came, or of those in `only` who did."""
    rows = (
        session.attendances.select_related("teacher").filter(state__in=CAME)
        if only is None
        else [row for row in only if row.state in CAME]
    )
    parts: dict[int, set[str]] = defaultdict(set)
    for teacher, role in session.parts.values_list("teacher_id", "role"):
        parts[teacher].add(role)
    return [_record(session, row, parts[row.teacher_id]) for row in rows]


def _record(session: Session, row: Attendance, roles: set[str]) -> NewRecord:
    role = next((each for each in RANK if each in roles), Part.Role.ATTENDEE)
    return NewRecord(
        teacher=row.teacher,
        organisation=session.organisation,
        kind=session.activity.kind.record_kind,
        role=role,
        title=session.title,
        happened_at=session.starts_at,
        minutes=session.minutes,
        attendance=row.state,
        assurance=ASSURANCE[Attendance.Method(row.method)],
        source=source_of(session),
    )
