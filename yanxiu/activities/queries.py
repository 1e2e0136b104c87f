"""Reading across sessions and attendance."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from yanxiu.activities.models import ActivitySetting, Attendance, Part, Session
from yanxiu.kernel.spans import day_of, moment_at
from yanxiu.people.models import Membership, Organisation, Post, Role, Teacher
from yanxiu.people.models.organisation import held_on
from yanxiu.people.queries import on_leave
from yanxiu.people.relations import pointing_at

CAME = (Attendance.State.PRESENT, Attendance.State.LATE)
"""The states of those who were there."""

RANK = (Part.Role.MAIN_SPEAKER, Part.Role.HOST, Part.Role.RECORDER, Part.Role.ATTENDEE)
"""A person with several parts is recorded in the first of these: nobody earns twice at a time."""


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


def away_on(session: Session) -> set[int]:
    """Return the primary keys of those expected who are on leave for long on its day."""
    away = on_leave(day_of(session.starts_at))
    return set(expected_teachers(session).filter(pk__in=away).values_list("pk", flat=True))


def hosts(session: Session) -> "QuerySet[Teacher]":
    """Return the hosts of `session`."""
    return Teacher.objects.filter(parts__session=session, parts__role=Part.Role.HOST).distinct()


@dataclass(frozen=True)
class RollLine:
    """One name on the roll; `state` is "" while nothing is known.

    `is_away` is somebody on leave for long, whom closing marks as excused and not as absent.
    """

    teacher: Teacher
    state: str
    label: str
    method: str
    attendance: Attendance | None
    role: str
    expected: bool
    is_away: bool = False


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
        """How many names have no mark yet and are not away for long."""
        return sum(not line.state and not line.is_away for line in self.lines)


def roll(session: Session, *, homes: Iterable[int] | None = None) -> Roll:
    """Return the roll: four statements, whatever the number of names.

    A closed session shows what was made final; an open one whoever is expected now. Where
    several schools meet, `homes` are the schools whose people the reader may see; None is all.
    """
    rows = {row.teacher_id: row for row in session.attendances.select_related("teacher")}
    parts = list(session.parts.values_list("teacher_id", "role", "home"))
    roles = {teacher: Part.Role(role).label for teacher, role, _home in parts}
    home_of = {teacher: home for teacher, _role, home in parts if home}
    teachers = {pk: row.teacher for pk, row in rows.items()}
    expected = {pk for pk, row in rows.items() if row.expected}
    away: set[int] = set()
    if not session.closed_at:
        away = away_on(session)
        due = {teacher.pk: teacher for teacher in expected_teachers(session)}
        teachers |= due
        expected |= set(due)
    if homes is not None:
        shown = set(homes)
        teachers = {
            pk: teacher
            for pk, teacher in teachers.items()
            if home_of.get(pk, session.organisation_id) in shown
        }
    lines = [
        replace(
            _line(teacher, rows.get(pk), str(roles.get(pk, "")), expected=pk in expected),
            is_away=pk in away,
        )
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


def touched(rows: "QuerySet[Session]") -> "QuerySet[Session]":
    """Return those of `rows` in which anything has happened since they were made.

    Whatever row of whatever kind points to a session has happened in it, save the hosts that
    scheduling itself gives.
    """
    happened = Q(sign_in_opened_at__isnull=False) | Q(activity__plan_item__isnull=False)
    happened |= Q(closed_at__isnull=False) | Q(cancelled_at__isnull=False)
    for model, name in pointing_at(Session):
        found = model._default_manager.filter(**{name: OuterRef("pk")})
        if model is Part:
            found = found.exclude(role=Part.Role.HOST)
        happened |= Q(Exists(found))
    return rows.filter(happened)


def setting_of(organisation: Organisation) -> ActivitySetting:
    """Return what `organisation` has decided, or the nearest superior, or the usual."""
    line = organisation.lineage
    rows = {
        row.organisation_id: row for row in ActivitySetting.objects.filter(organisation__in=line)
    }
    found = next((rows[pk] for pk in reversed(line) if pk in rows), None)
    return found or ActivitySetting(organisation=organisation)


def office_of(organisation: Organisation) -> "QuerySet[Teacher]":
    """Return who manages the sessions of `organisation` itself today."""
    roles = [role.pk for role in Role.objects.all() if "manage_sessions" in role.rights]
    posts = Post.objects.filter(
        held_on(day_of(timezone.now())), organisation=organisation, role__in=roles
    )
    return Teacher.objects.filter(pk__in=posts.values("teacher"), is_active=True)


def minutes_duty(session: Session) -> "QuerySet[Teacher]":
    """Return whose duty the minutes are: the recorders, or the hosts where there is none."""
    recorders = Teacher.objects.filter(
        parts__session=session, parts__role=Part.Role.RECORDER
    ).distinct()
    return recorders if recorders.exists() else hosts(session)


def counts_only_with_note(session: Session) -> bool:
    """Tell whether a participant's own note is a condition of recognition."""
    return session.activity.needs_note or session.activity.kind.needs_note


def hosts_present(session: Session, by: Teacher) -> list[Teacher]:
    """Return the hosts whom closing by `by` takes to have been there, though nothing marks them.

    They ran the session: they close it, or called its roll; and somebody was there at all.
    """
    rows = list(session.attendances.values_list("teacher_id", "state", "method", "by_uid"))
    if not any(state in CAME for _teacher, state, _method, _by in rows):
        return []
    roll_call = Attendance.Method.ROLL_CALL
    ran = {uid for _teacher, _state, method, uid in rows if method == roll_call} | {by.uid}
    marked = {teacher for teacher, _state, _method, _by in rows}
    return [host for host in hosts(session) if host.pk not in marked and host.uid in ran]
