"""What happened in the demo school: sessions, sign-ins, minutes, closings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import cycle
from random import Random
from typing import Any

from yanxiu.activities import actions, codes
from yanxiu.activities.models import ActivityKind, Attendance, Part, Session
from yanxiu.config.demo.calendar import Half, week_of
from yanxiu.config.demo.people import Group, School
from yanxiu.kernel.spans import day_of, moment_at
from yanxiu.people.models import Teacher
from yanxiu.planning.models import Plan

COMES, LATE = 0.93, 0.05
TRAINING_MINUTES = 100


@dataclass(frozen=True)
class Topic:
    """What a session was about, and what its minutes say."""

    title: str
    process: str
    conclusions: str
    next_steps: str


@dataclass(frozen=True)
class Chapter:
    """One term of the demo: its plan, its days, what may happen, and up to when it has."""

    plan: Plan
    half: Half
    data: Mapping[str, Any]
    chance: Random
    now: datetime


def live_through(school: School, chapter: Chapter) -> int:
    """Let the sessions of a term happen; return how many were closed."""
    plan, chance = chapter.plan, chapter.chance
    office = school.posts["research_office"]
    actions.schedule_rhythms(plan, by=office, at=moment_at(chapter.half.start))
    closed = 0
    for group in school.groups:
        topics = cycle(Topic(*row) for row in group.plan["topics"])
        mine = Session.objects.filter(unit=group.unit, activity__term=plan.term)
        for number, session in enumerate(mine.order_by("starts_at")):
            if session.ends_at < chapter.now - timedelta(hours=1):
                closed += _live(session, group, next(topics), number, chance)
    for week, title in chapter.data["trainings"]:
        closed += _training(school, chapter, week, title)
    return closed


def _live(session: Session, group: Group, topic: Topic, number: int, chance: Random) -> int:
    """Let one session of a group happen; every ninth is called off."""
    before = session.starts_at - timedelta(days=2)
    if number % 9 == 8:  # noqa: PLR2004 (see the docstring)
        actions.cancel_session(
            session, because="全校迎接体检，顺延一周", by=group.leader, at=before
        )
        return 0
    actions.move_session(
        session,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        title=topic.title,
        by=group.leader,
        at=before,
    )
    session.refresh_from_db()
    speaker = chance.choice(group.members[1:])
    actions.give_part(session, speaker, Part.Role.MAIN_SPEAKER, by=group.leader, at=before)
    _attend(session, group.members, group.leader, chance)
    _finish(session, group.leader, topic, with_minutes=number % 7 != 6)  # noqa: PLR2004
    return 1


def _attend(session: Session, members: list[Teacher], host: Teacher, chance: Random) -> None:
    """Let most sign in with the code, and the host mark those on leave."""
    opened = session.starts_at - timedelta(minutes=5)
    session = actions.open_sign_in(session, by=host, at=opened)
    leave: dict[Teacher, str] = {}
    for member in members:
        if member is not host and chance.random() > COMES:
            leave[member] = chance.choice(
                [Attendance.State.LEAVE, Attendance.State.LEAVE, Attendance.State.ON_DUTY]
            )
            continue
        minutes = chance.randint(12, 25) if chance.random() < LATE else chance.randint(-4, 6)
        at = session.starts_at + timedelta(minutes=minutes)
        actions.sign_in(session.uid, member, at=at, code=codes.code_at(session, at))
    if leave:
        actions.call_roll(session, leave, by=host, at=session.starts_at + timedelta(minutes=30))


def _finish(session: Session, host: Teacher, topic: Topic, *, with_minutes: bool) -> None:
    if with_minutes:
        actions.save_minutes(
            session,
            process=topic.process,
            conclusions=topic.conclusions,
            next_steps=topic.next_steps,
            version=0,
            by=host,
            at=session.ends_at - timedelta(minutes=3),
        )
    actions.close_session(session, by=host, at=session.ends_at + timedelta(minutes=2))


def _training(school: School, chapter: Chapter, week: int, title: str) -> int:
    """Set up a training of the whole school, and let it happen if its time has come."""
    office = school.posts["research_office"]
    starts_at = moment_at(week_of(chapter.half, week, 1), time(15, 0))
    session = actions.plan_session(
        school.organisation,
        title=title,
        place="报告厅",
        by=office,
        starts_at=starts_at,
        kind=ActivityKind.objects.get(organisation=None, code="school_theme_training"),
        ends_at=starts_at + timedelta(minutes=TRAINING_MINUTES),
        at=moment_at(chapter.half.start),
    )
    if session.ends_at > chapter.now:
        return 0
    _attend(session, school.teachers, office, chapter.chance)
    topic = Topic(
        title, "教科室说明要求，两个教研组交流做法。", "各组结合本学科定一件小事去做。", ""
    )
    _finish(session, office, topic, with_minutes=True)
    return 1


def correct_one(school: School, *, at: datetime) -> None:
    """Correct the attendance of one person of the maths group, as happens every term."""
    group = school.groups[1]
    row = (
        Attendance.objects.filter(
            session__unit=group.unit, state=Attendance.State.LEAVE, session__closed_at__lt=at
        )
        .select_related("session", "teacher")
        .order_by("-session__starts_at")
        .first()
    )
    if row:
        actions.amend_attendance(
            row.session,
            row.teacher,
            state=Attendance.State.LATE,
            reason="请假后又赶到，主持人漏记",
            by=group.leader,
            at=at,
        )


def session_of_today(school: School, *, now: datetime) -> Session:
    """Set up a session of the maths group for this day, so that a visitor can sign in."""
    group = school.groups[1]
    # The next quarter of an hour, unless that is tomorrow already.
    starts_at = now + timedelta(minutes=15 - now.minute % 15)
    if day_of(starts_at) != day_of(now):
        starts_at = now
    starts_at = starts_at.replace(second=0, microsecond=0)
    return actions.plan_session(
        school.organisation,
        title="估算教学：什么时候需要准确",
        unit=group.unit,
        place="录播教室",
        kind=ActivityKind.objects.get(organisation=None, code="research_activity"),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=80),
        by=group.leader,
        at=now,
    )
