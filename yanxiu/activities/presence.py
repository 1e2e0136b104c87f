"""What the record keeps of how somebody was there: for how long, and how sure we are."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from yanxiu.activities.assurance import level_of, shared_devices
from yanxiu.activities.models import Attendance, Session
from yanxiu.activities.queries import CAME, Roll, RollLine
from yanxiu.activities.sign_in_rules import rule_of
from yanxiu.ui.wording import clock_text


@dataclass(frozen=True)
class Presence:
    """Minutes that count, and the word of `ledger.Record.Assurance`."""

    minutes: int
    assurance: str


def presences(session: Session, rows: Collection[Attendance]) -> dict[int, Presence]:
    """Return the presence of each of `rows`, of people who came, by the teacher's primary key.

    Two statements; the activity and organisation of `session` are loaded.
    """
    if not rows:
        return {}
    signs_out = rule_of(session).signs_out
    shared = shared_devices(rows)
    return {
        row.teacher_id: Presence(
            minutes_of(session, row, signs_out=signs_out), level_of(row, shared).record
        )
        for row in rows
    }


def minutes_of(session: Session, row: Attendance, *, signs_out: bool) -> int:
    """Return the minutes for which `row` counts, at most the planned length.

    What the host decided goes before the pair of coming and leaving, and that before the planned
    length. Only the own sign-in says when somebody came: the host may call the roll at any time.
    """
    if row.minutes is not None:
        return min(row.minutes, session.minutes)
    if not signs_out or row.left_at is None:
        return session.minutes
    came = session.starts_at
    if row.method == Attendance.Method.CODE:
        came = max(came, row.at)
    seconds = (min(row.left_at, session.ends_at) - came).total_seconds()
    return max(0, int(seconds // 60))


def levelled(roll: Roll) -> Roll:
    """Return `roll` with how each person was there told in words, beyond the bare method."""
    rows = [line.attendance for line in roll.lines if line.attendance]
    shared = shared_devices(rows)
    return replace(roll, lines=[_levelled(line, shared) for line in roll.lines])


def _levelled(line: RollLine, shared: Collection[str]) -> RollLine:
    row = line.attendance
    if row is None or row.state not in CAME:
        return line
    words = [line.method]
    level = level_of(row, shared)
    if row.method == Attendance.Method.CODE and level.code != "own_device":
        words.append(level.name)
    if row.left_at:
        words.append(_("签退 %(at)s") % {"at": clock_text(row.left_at)})
    if row.minutes is not None:
        words.append(_("按 %(minutes)s 分钟计") % {"minutes": row.minutes})
    return replace(line, method=" · ".join(words))
