"""Setting lessons up, changing them and calling them off."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from yanxiu.activities.models import Session
from yanxiu.activities.permissions import may_see_session
from yanxiu.agenda import actions as agenda
from yanxiu.agenda.models import Occasion
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of, moment_at
from yanxiu.lessons.actions.recorded import write_as_put_right
from yanxiu.lessons.models import Lesson, LessonKind, LessonSeries
from yanxiu.lessons.permissions import (
    may_change_lesson,
    may_check_level,
    may_manage_lesson,
    may_see_lesson,
)
from yanxiu.lessons.queries.settings import setting_of
from yanxiu.lessons.refusals import (
    AlreadyThatDay,
    NoSuchPerson,
    NoSurprise,
    NotYours,
    TeacherBusy,
    WrongState,
)
from yanxiu.notices.actions import notify
from yanxiu.people.access import allowed, holds_at, require
from yanxiu.people.models import Membership, Organisation, Post, Teacher, Unit
from yanxiu.ui.wording import moment_text

State = Lesson.State
LONGEST = timedelta(hours=4)
FARTHEST = timedelta(days=366)
FACTS = (
    "lesson_type", "subject", "class_name", "class_size", "title", "textbook_unit",
    "period_of_unit", "room", "link",
)  # fmt: skip
"""What a lesson is about and where; its own teacher may change these too."""
MORE = (
    "level", "audience", "announced", "responsible", "researcher_requested", "number", "period_no",
)  # fmt: skip
"""What is for those who manage it, as long as it was not given."""
TALK = ("session",)
"""Where it is talked about: for those who manage it, also once it was given."""


def _may_arrange(
    by: Teacher, teacher: Teacher, kind: LessonKind, organisation: Organisation, day: Any
) -> bool:
    """Tell whether `by` may have `teacher` watched in a lesson of `kind`.

    One's own lesson is one's own to offer; a group leader may for members, the research office for
    all. A lesson that is not open (随堂, 推门, 师徒) any colleague may go to hear.
    """
    if by.pk == teacher.pk or holds_at(by, "manage_lessons", organisation):
        return True
    colleague = any(post.organisation_id == organisation.pk for post in by.posts_today)
    if not kind.is_open and (colleague or holds_at(by, "see_lessons", organisation)):
        return True
    led = Membership.objects.on(day).filter(
        unit__in=by.leads, unit__organisation=organisation, teacher=teacher
    )
    return led.exists()


def _may_surprise(by: Teacher, teacher: Teacher, organisation: Organisation, day: Any) -> bool:
    """Tell whether `by` may plan to come without the teacher being told before."""
    if any(holds_at(by, right, organisation) for right in ("manage_lessons", "see_lessons")):
        return True
    return (
        Membership.objects.on(day).filter(unit__in=by.leads, teacher=teacher).exists()
        and by.pk != teacher.pk
    )


def check_times(starts_at: datetime, ends_at: datetime, at: datetime) -> None:
    """Refuse times that cannot be meant.

    Raises:
        BadInput: it ends before it starts, lasts half a day, or lies more than a year away.
    """
    if not timedelta(0) < ends_at - starts_at <= LONGEST:
        raise BadInput("下课时间要晚于上课时间，一节课也不超过4小时，没有保存。请核对时间。")
    if abs(starts_at - at) > FARTHEST:
        raise BadInput("上课的日期离现在超过一年，没有保存。请核对年份。")


def times_of(
    organisation: Organisation, day: Any, number: int | None
) -> tuple[datetime, datetime] | None:
    """Return when lesson `number` of `day` begins and ends in `organisation`, if it has one."""
    clock = setting_of(organisation).clock(number) if number else None
    return (moment_at(day, clock[0]), moment_at(day, clock[1])) if clock else None


def refuse_clash(
    lesson: Lesson, by: Teacher, *, even_so: bool, leave_out: int | None = None
) -> None:
    """Refuse a second lesson at the same time, and on the same day unless it is said so.

    Only what `by` may know of is named: the teacher learns nothing of a lesson that is hidden.
    """
    day = day_of(lesson.starts_at)
    start, end = moment_at(day), moment_at(day + timedelta(days=1))
    rows = Lesson.objects.filter(teacher=lesson.teacher, starts_at__gte=start, starts_at__lt=end)
    rows = (
        allowed(may_see_lesson, by, rows).exclude(state=State.CANCELLED).exclude(pk=leave_out or 0)
    )
    others = list(rows.select_related("kind"))
    for other in others:
        if other.starts_at < lesson.ends_at and lesson.starts_at < other.ends_at:
            raise TeacherBusy(lesson.teacher.name, other.starts_at, other.name)
    if others and not even_so:
        raise AlreadyThatDay(lesson.teacher.name, day, others[0].name)


def occasion_of(lesson: Lesson) -> Occasion:
    """Return the unsaved occasion that mirrors `lesson`; it is for those invited alone."""
    return Occasion(
        organisation_id=lesson.organisation_id,
        title=occasion_title(lesson),
        starts_at=lesson.starts_at,
        ends_at=lesson.ends_at,
        place=lesson.room,
        only_invited=True,
        source_kind=Lesson.SOURCE_KIND,
        source_id=lesson.uid,
    )


def occasion_title(lesson: Lesson) -> str:
    """Return what calendars call `lesson`."""
    return f"{lesson.kind.name}：{lesson.name}（{lesson.teacher.name}）"[:120]


@transaction.atomic
def arrange(
    organisation: Organisation,
    *,
    teacher: Teacher,
    kind: LessonKind,
    starts_at: datetime,
    ends_at: datetime,
    by: Teacher,
    at: datetime,
    unit: Unit | None = None,
    series: LessonSeries | None = None,
    even_so: bool = False,
    **facts: Any,
) -> Lesson:
    """Set up a lesson of `teacher` that others will watch, or are watching now.

    Where it is announced its teacher is told and finds it in the calendar; where it is not, only
    those invited know, and it is open to nobody else.

    Args:
        organisation: the school of the teacher on that day.
        teacher: who gives it.
        kind: what kind of lesson it is.
        starts_at: when it begins; `times_of` knows the times of the day's lessons.
        ends_at: when it ends.
        by: who arranges it.
        at: when, aware.
        unit: whose lesson it is; without it the group of the teacher with the same subject.
        series: what it is part of.
        even_so: the teacher has another watched lesson on that day, and it was talked over.
        facts: title, subject, class_name, … (FACTS) and level, audience, announced … (MORE).

    Raises:
        NotYours, NoSurprise: `by` may not have this teacher watched, or not without telling.
        BadInput: the times cannot be meant.
        NoSuchPerson: the teacher does not work there on the day.
        TeacherBusy, AlreadyThatDay: there is another lesson at the time, or on the day.
    """
    day = day_of(starts_at)
    if not _may_arrange(by, teacher, kind, organisation, day):
        raise NotYours(teacher.name, kind.name)
    announced = bool(facts.setdefault("announced", kind.tells_before))
    if not announced and starts_at > at and not _may_surprise(by, teacher, organisation, day):
        raise NoSurprise
    check_times(starts_at, ends_at, at)
    _may_talk_in(facts.get("session"), by)
    if not Post.objects.on(day).filter(teacher=teacher, organisation=organisation).exists():
        raise NoSuchPerson(teacher.name, organisation.name)
    lesson = Lesson(
        organisation=organisation,
        teacher=teacher,
        kind=kind,
        unit=unit or unit_of(teacher, organisation, facts.get("subject", ""), day),
        series=series,
        starts_at=starts_at,
        ends_at=ends_at,
        made_at=at,
        made_by=by,
        audience=Lesson.Audience.SCHOOL if kind.is_open else Lesson.Audience.INVITED,
    )
    _put(lesson, facts, (*FACTS, *MORE, *TALK))
    if not lesson.subject and lesson.unit:
        lesson.subject = lesson.unit.subject
    if not announced:
        lesson.audience = Lesson.Audience.INVITED
    refuse_clash(lesson, by, even_so=even_so)
    if series and lesson.number is None:
        lesson.number = 1 + series.lessons.filter(teacher=teacher).count()
    lesson.save(force_insert=True)
    _believe_level(lesson, by, at)
    agenda.plan_occasions([occasion_of(lesson)])
    trail.record(by, "lessons.arranged", lesson, at=at, detail={"kind": kind.name})
    if announced:
        _ask_to_give(lesson, by, at)
    return lesson


def _ask_to_give(lesson: Lesson, by: Teacher, at: datetime) -> None:
    """Put `lesson` into the calendar of who gives it, and tell as long as it lies ahead."""
    agenda.invite(source_of(lesson), [lesson.teacher])
    if lesson.starts_at > at:
        tell([lesson.teacher], lesson, f"请您上{lesson.kind.name}：{lesson.name}", by=by, at=at)


def _believe_level(lesson: Lesson, by: Teacher, at: datetime) -> None:
    """Take a new level above the school as checked where `by` is somebody who checks levels."""
    row = Lesson.objects.filter(pk=lesson.pk)
    checked = lesson.level not in Lesson.LOCAL and allowed(may_check_level, by, row).exists()
    if not checked and lesson.level_confirmed_at is None:
        return
    lesson.level_confirmed_at = at if checked else None
    lesson.level_confirmed_by_name = by.name if checked else ""
    lesson.save(update_fields=["level_confirmed_at", "level_confirmed_by_name"])


def _may_talk_in(session: Session | None, by: Teacher) -> None:
    """Let a lesson be talked about only in a session that `by` may see.

    Raises:
        NotAllowed: it is not for these eyes.
    """
    if session is not None:
        require(may_see_session, by, session)


def unit_of(teacher: Teacher, organisation: Organisation, subject: str, day: Any) -> Unit | None:
    """Return the group of `teacher` in `organisation` that a lesson of `subject` belongs to."""
    seats = Membership.objects.on(day).filter(
        teacher=teacher, unit__organisation=organisation, unit__ends_on=None
    )
    found = [seat.unit for seat in seats.select_related("unit__kind").order_by("unit__kind__order")]
    same = [unit for unit in found if subject and unit.subject == subject]
    taught = [unit for unit in found if unit.subject]
    return next(iter(same or taught or found), None)


def _put(lesson: Lesson, facts: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Set those of `facts` that are named; return what has changed, as it was."""
    before = {}
    for name in names:
        if name not in facts:
            continue
        value = facts[name]
        if isinstance(value, str):
            value = value.strip()
        if getattr(lesson, name) != value:
            before[name] = getattr(lesson, name)
            setattr(lesson, name, value)
    return before


def tell(
    teachers: Iterable[Teacher], lesson: Lesson, title: str, *, by: Teacher | None, at: datetime,
    kind: str = "change", text: str = "",
) -> None:  # fmt: skip
    """Tell `teachers`, save who did it, something about `lesson`."""
    when = f"{moment_text(lesson.starts_at)} {lesson.room}".strip()
    notify(
        [each for each in teachers if by is None or each.pk != by.pk],
        kind=kind,
        title=title,
        text=text or when,
        source=source_of(lesson),
        organisation=lesson.organisation,
        at=at,
    )


def concerned(lesson: Lesson) -> list[Teacher]:
    """Return whoever has `lesson` in the calendar: who gives it, if told, and who comes."""
    return list(
        Teacher.objects.filter(
            attendee__occasion__source_kind=Lesson.SOURCE_KIND,
            attendee__occasion__source_id=lesson.uid,
        )
    )


def locked(lesson: Lesson) -> Lesson:
    """Return `lesson` read again under an exclusive lock."""
    return (
        Lesson.objects.select_for_update(of=("self",))
        .select_related("organisation", "unit", "teacher", "kind", "series")
        .get(pk=lesson.pk)
    )


def expect(lesson: Lesson, *states: str, remedy: str) -> None:
    """Refuse a deed that does not fit the state.

    Raises:
        WrongState: it is in none of `states`.
    """
    if lesson.state not in states:
        raise WrongState(lesson.get_state_display(), remedy)


@transaction.atomic
def change(
    lesson: Lesson,
    *,
    by: Teacher,
    at: datetime,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    even_so: bool = False,
    **facts: Any,
) -> Lesson:
    """Change what is taught, or, for those who manage it, when and for whom.

    Whoever comes is told of another time or room. The record of a lesson that was given is written
    anew where it would say something else.

    Raises:
        NotAllowed: `by` may not change it, or not what is to be changed.
        BadInput: the times cannot be meant.
        RecordConfirmed: its record says otherwise, and was recognised above the school.
        TeacherBusy, AlreadyThatDay: there is another lesson at the time, or on the day.
        WrongState: it was called off.
    """
    require(may_change_lesson, by, lesson)
    lesson = locked(lesson)
    expect(lesson, State.PLANNED, State.GIVEN, remedy="请另外安排一节。")
    moved = starts_at is not None and (starts_at, ends_at) != (lesson.starts_at, lesson.ends_at)
    if "session" in facts and facts["session"] != lesson.session:
        require(may_manage_lesson, by, lesson)
        _may_talk_in(facts["session"], by)
    if moved or any(name in facts and getattr(lesson, name) != facts[name] for name in MORE):
        require(may_manage_lesson, by, lesson)
        expect(lesson, State.PLANNED, remedy="时间和安排已经不能改；写错了请先点“撤回确认”。")
    if lesson.announced and facts.get("announced") is False:
        raise BadInput("已经告诉过上课的教师，不能再改成不通知，没有保存。请另外安排一节。")
    was_told, room = lesson.announced, lesson.room
    before = _put(lesson, facts, (*FACTS, *MORE, *TALK))
    if moved and starts_at and ends_at:
        check_times(starts_at, ends_at, at)
        before["starts_at"] = lesson.starts_at.isoformat()
        lesson.starts_at, lesson.ends_at = starts_at, ends_at
        refuse_clash(lesson, by, even_so=even_so, leave_out=lesson.pk)
    if not before:
        return lesson
    lesson.save()
    if "level" in before:
        _believe_level(lesson, by, at)
    write_as_put_right(lesson, by=by, at=at)
    _mirror(lesson, at)
    if lesson.announced and not was_told:
        _ask_to_give(lesson, by, at)
    if moved or room != lesson.room:
        tell(concerned(lesson), lesson, f"听课的时间或地点有变：{lesson.name}", by=by, at=at)
    detail = {"before": {name: str(value) for name, value in before.items()}}
    trail.record(by, "lessons.changed", lesson, at=at, detail=detail)
    return lesson


def _mirror(lesson: Lesson, at: datetime) -> None:
    agenda.move_occasion(
        source_of(lesson),
        title=occasion_title(lesson),
        starts_at=lesson.starts_at,
        ends_at=lesson.ends_at,
        place=lesson.room,
        at=at,
    )
