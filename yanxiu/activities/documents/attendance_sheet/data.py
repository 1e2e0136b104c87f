"""What stands on the attendance sheet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from yanxiu.activities.models import Attendance, Part, Session
from yanxiu.activities.queries import CAME, RollLine, roll
from yanxiu.kernel.spans import SCHOOL_ZONE
from yanxiu.ui.wording import day_text


@dataclass(frozen=True)
class Name:
    """One line: who, in which part, how it stands, how we know and since when."""

    name: str
    part: str
    state: str
    how: str
    at: datetime | None
    note: str


@dataclass(frozen=True)
class AttendanceSheet:
    """签到表 of one session; the counts are those of the lines."""

    organisation: str
    audience: str
    title: str
    kind: str
    when: str
    place: str
    hosts: str
    is_final: bool
    expected: int
    came: int
    absences: str
    names: list[Name]


def sheet_of(session: Session, *, homes: Iterable[int] | None = None) -> AttendanceSheet:
    """Return the sheet of `session`; before closing it is the list to sign on.

    Where several schools meet, `homes` are those whose people stand on it; None is all.
    """
    called = roll(session, homes=homes)
    start, end = (at.astimezone(SCHOOL_ZONE) for at in (session.starts_at, session.ends_at))
    hosts = Part.objects.filter(session=session, role=Part.Role.HOST).select_related("teacher")
    missing = [line for line in called.lines if line.state and line.state not in CAME]
    return AttendanceSheet(
        organisation=session.organisation.name,
        audience=session.unit.name if session.unit else "全校教师",
        title=session.title,
        kind=session.activity.kind.name,
        when=f"{day_text(start.date(), year=True)}{start:%H:%M}—{end:%H:%M}",
        place=session.place,
        hosts="、".join(part.teacher.name for part in hosts),
        is_final=session.closed_at is not None,
        expected=called.expected,
        came=called.came,
        absences="；".join(_absence(line) for line in missing),
        names=[_name(line) for line in called.lines],
    )


def _absence(line: RollLine) -> str:
    reason = line.attendance.reason if line.attendance else ""
    return f"{line.teacher.name}（{line.label}{'：' if reason else ''}{reason}）"


def _name(line: RollLine) -> Name:
    row = line.attendance
    signed = row is not None and row.method != Attendance.Method.CLOSING
    return Name(
        name=line.teacher.name,
        part=line.role or ("" if line.expected else "自行到场"),
        state=line.label,
        how=line.method,
        at=row.at if row and signed else None,
        note=row.reason if row else "",
    )
