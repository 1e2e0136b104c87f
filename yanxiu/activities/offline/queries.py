"""Reading the roll for a device, and what its taps left to be settled."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from yanxiu.activities.models import Attendance, OfflineTap, Session
from yanxiu.activities.queries import RollLine
from yanxiu.kernel.spans import day_of
from yanxiu.people.models import Membership, Post, Teacher
from yanxiu.people.models.organisation import held_on
from yanxiu.texts.keys import key
from yanxiu.texts.spoken import initials


def names(session: Session, lines: Iterable[RollLine]) -> list[dict[str, Any]]:
    """Return what a device needs of each name on the roll; one statement.

    That is the name, how to find it, the unit, and the mark with its time in milliseconds: nothing
    else of a person leaves the house.
    """
    lines = list(lines)
    units = _units(session, {line.teacher.pk for line in lines})
    return [
        {
            "uid": str(line.teacher.uid),
            "name": line.teacher.name,
            "find": f"{line.teacher.pinyin} {initials(line.teacher.name)}",
            "unit": units.get(line.teacher.pk, ""),
            "role": line.role,
            "guest": not line.expected,
            "state": line.state,
            "at": milliseconds(line.attendance),
        }
        for line in lines
    ]


def standing(lines: Iterable[RollLine]) -> dict[str, list[Any]]:
    """Return by uid the mark of each name that has one, and its time in milliseconds."""
    return {
        str(line.teacher.uid): [line.state, milliseconds(line.attendance)]
        for line in lines
        if line.state
    }


def milliseconds(row: Attendance | None) -> int:
    """Return when `row` was marked, in milliseconds since 1970; 0 if it was not."""
    return int(row.at.timestamp() * 1000) if row else 0


def _units(session: Session, teachers: Collection[int]) -> dict[int, str]:
    """Return the unit of each teacher in the session's school; nothing for a unit's own session."""
    if session.unit_id:
        return {}
    rows = Membership.objects.filter(
        held_on(day_of(session.starts_at)),
        teacher__in=teachers,
        unit__organisation=session.organisation_id,
    ).order_by("-unit__kind__order", "-unit_id")
    return dict(rows.values_list("teacher_id", "unit__name"))


def colleagues(session: Session) -> "QuerySet[Teacher]":
    """Return who has a post in the session's school on its day."""
    posts = Post.objects.filter(
        held_on(day_of(session.starts_at)), organisation=session.organisation_id
    )
    return Teacher.objects.filter(pk__in=posts.values("teacher"), is_active=True)


def on_the_list(session: Session) -> "QuerySet[Teacher]":
    """Return whom a host of `session` can mark: colleagues, the unit, the invited, the marked."""
    members = Membership.objects.filter(
        held_on(day_of(session.starts_at)), unit=session.unit_id
    ).values("teacher")
    return Teacher.objects.filter(
        Q(pk__in=colleagues(session).values("pk"))
        | Q(pk__in=members)
        | Q(pk__in=session.parts.values("teacher"))
        | Q(pk__in=session.attendances.values("teacher"))
    )


def called(session: Session, typed: Collection[str]) -> dict[str, list[Teacher]]:
    """Return the colleagues of each typed name; one statement."""
    keys = {key(name): name for name in typed}
    found: dict[str, list[Teacher]] = defaultdict(list)
    for teacher in colleagues(session).filter(name_key__in=keys):
        found[keys[teacher.name_key]].append(teacher)
    return found


def to_settle() -> Q:
    """Return the condition that a tap waits for somebody's decision."""
    outcome = OfflineTap.Outcome
    return Q(settled_at=None) & (
        Q(outcome__in=[outcome.DISAGREES, outcome.PROPOSED, outcome.NAMELESS])
        | Q(outcome=outcome.TAKEN, met__isnull=False)
    )


@dataclass(frozen=True)
class Question:
    """One person about whom devices and roll say different things.

    Attributes:
        name: who.
        teacher: the same as a row; None if the roster does not know the name.
        now: the mark that stands, None if there is none.
        taps: what was tapped, the latest first.
    """

    name: str
    teacher: Teacher | None
    now: Attendance | None
    taps: list[OfflineTap]


def questions(session: Session) -> list[Question]:
    """Return what waits for a decision in `session`, by name; three statements."""
    waiting = session.offline_taps.filter(to_settle())
    people = set(waiting.exclude(teacher=None).values_list("teacher_id", flat=True))
    rows = {row.teacher_id: row for row in session.attendances.filter(teacher__in=people)}
    grouped: dict[tuple[int | None, str], list[OfflineTap]] = defaultdict(list)
    said = session.offline_taps.filter(
        Q(teacher__in=people) | Q(teacher=None), settled_at=None
    ).exclude(outcome=OfflineTap.Outcome.REPLACED)
    for tap in said.select_related("teacher").order_by("-tapped_at", "-order"):
        grouped[tap.teacher_id, tap.teacher.name if tap.teacher else tap.name].append(tap)
    return [
        Question(name, taps[0].teacher, rows.get(pk or 0), taps)
        for (pk, name), taps in sorted(grouped.items(), key=lambda item: item[0][1])
    ]
