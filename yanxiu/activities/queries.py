"""Reading across sessions and attendance."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from yanxiu.activities.models import Attendance, Part, Session
from yanxiu.kernel.spans import day_of, moment_at
from yanxiu.people.models import Membership, Post, Teacher
from yanxiu.people.models.organisation import held_on

CAME = (Attendance.State.PRESENT, Attendance.State.LATE)
"""The states of those who were there."""


def expected_teachers(session: Session) -> "QuerySet[Teacher]":
    """Return who is expected: the unit (or the school) on the session's day, and the invited."""
    day = day_of(session.starts_at)
    if session.unit_id:
        home = Membership.objects.filter(held_on(day), unit=session.unit_id).values("teacher")
    else:
        home = Post.objects.filter(held_on(day), organisation=session.organisation_id).values(
            "teacher"
        )
    invited = Part.objects.filter(session=session).values("teacher")
    return Teacher.objects.filter(Q(pk__in=home, is_active=True) | Q(pk__in=invited)).order_by(
        "pinyin", "id"
    )


def hosts(session: Session) -> "QuerySet[Teacher]":
    """Return the hosts of `session`."""
    return Teacher.objects.filter(parts__session=session, parts__role=Part.Role.HOST).distinct()


@dataclass(frozen=True)
class RollLine:
    """One name on the roll; `state` is "" while nothing is known."""

    teacher: Teacher
    state: str
    label: str
    method: str
    attendance: Attendance | None
    role: str
    expected: bool


@dataclass(frozen=True)
class Roll:
    """The roll of one session, with its counts by state."""

    lines: list[RollLine]
    counts: dict[str, int]

    @property
    def expected(self) -> int:
        """应到: how many were expected."""
        return sum(line.expected for line in self.lines)

    @property
    def came(self) -> int:
        """实到: how many came, late ones and walk-ins included."""
        return self.counts.get("present", 0) + self.counts.get("late", 0)

    @property
    def unmarked(self) -> int:
        """How many names have no mark yet."""
        return self.counts.get("", 0)


def roll(session: Session) -> Roll:
    """Return the roll: three statements, whatever the number of names.

    A closed session shows what was made final; an open one whoever is expected now.
    """
    rows = {row.teacher_id: row for row in session.attendances.select_related("teacher")}
    roles = {
        teacher: Part.Role(role).label
        for teacher, role in session.parts.values_list("teacher_id", "role")
    }
    teachers = {pk: row.teacher for pk, row in rows.items()}
    expected = {pk for pk, row in rows.items() if row.expected}
    if not session.closed_at:
        due = {teacher.pk: teacher for teacher in expected_teachers(session)}
        teachers |= due
        expected |= set(due)
    lines = [
        _line(teacher, rows.get(pk), str(roles.get(pk, "")), expected=pk in expected)
        for pk, teacher in teachers.items()
    ]
    lines.sort(key=lambda line: (line.teacher.pinyin, line.teacher.pk))
    return Roll(lines, dict(Counter(line.state for line in lines)))


def _line(teacher: Teacher, row: Attendance | None, role: str, *, expected: bool) -> RollLine:
    return RollLine(
        teacher=teacher,
        state=row.state if row else "",
        label=str(row.get_state_display()) if row else "",
        method=str(row.get_method_display()) if row else "",
        attendance=row,
        role=str(role),
        expected=expected,
    )


def in_state(state: str, at: datetime) -> Q:
    """Return the condition that `Session.state(at)` is `state`."""
    living = Q(cancelled_at=None, closed_at=None)
    conditions = {
        "cancelled": ~Q(cancelled_at=None),
        "closed": ~Q(closed_at=None),
        "open": living & ~Q(sign_in_opened_at=None),
        "due": living & Q(sign_in_opened_at=None, starts_at__lte=at),
        "planned": living & Q(sign_in_opened_at=None, starts_at__gt=at),
    }
    return conditions[state]


def ahead(at: datetime) -> Q:
    """Return the condition that a session is of today or later and has not ended."""
    today = moment_at(day_of(at))
    return Q(closed_at=None, starts_at__gte=today) & (Q(cancelled_at=None) | Q(starts_at__gt=at))


def left_open(at: datetime) -> Q:
    """Return the condition that a session of an earlier day was neither closed nor called off."""
    return Q(closed_at=None, cancelled_at=None, starts_at__lt=moment_at(day_of(at)))


def ended(at: datetime) -> Q:
    """Return the condition that a session was closed, or called off and its time is over."""
    return ~Q(closed_at=None) | (~Q(cancelled_at=None) & Q(starts_at__lte=at))


@dataclass(frozen=True)
class Turnout:
    """应到 and 实到 of one closed session."""

    expected: int
    came: int


def turnouts(sessions: Iterable[Session]) -> dict[int, Turnout]:
    """Return the turnout of each closed one of `sessions` by primary key; one statement."""
    closed = [session.pk for session in sessions if session.closed_at]
    rows = (
        Attendance.objects.filter(session__in=closed)
        .values("session")
        .annotate(
            due=Count("pk", filter=Q(expected=True)),
            came=Count("pk", filter=Q(state__in=CAME)),
        )
    )
    return {row["session"]: Turnout(row["due"], row["came"]) for row in rows}
