"""Planning visits: who teaches when, who is free, who has been visited and who has not."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from yanxiu.kernel.spans import day_of
from yanxiu.lessons.models import Lesson, LessonSetting, Slot
from yanxiu.lessons.permissions import may_be_visited, may_see_lesson
from yanxiu.lessons.queries.counts import with_record
from yanxiu.lessons.queries.settings import setting_of
from yanxiu.lessons.queries.timetable import slots_on
from yanxiu.people.access import allowed
from yanxiu.people.models import Leave, Organisation, Post, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.terms.models import Term
from yanxiu.terms.queries import school_days

AHEAD_OF_TERM = timedelta(days=62)


@dataclass
class Visited:
    """How often lessons of one teacher were heard in the term, and how many are still to come.

    `times` counts lessons of which somebody handed in an observation, as the page of who was heard
    does; `ahead` those arranged and not yet given; `days` has both, by day.
    """

    teacher: Teacher
    is_new: bool
    away: bool
    times: int = 0
    ahead: int = 0
    last_on: date | None = None
    days: dict[date, str] = field(default_factory=dict)

    @property
    def order(self) -> tuple[bool, int, date]:
        """Newcomers first, then who was visited least, then whose visit lies longest back."""
        return (not self.is_new, self.times + self.ahead, self.last_on or date.min)


@dataclass(frozen=True)
class Chance:
    """A lesson that could be heard."""

    slot: Slot
    visited: Visited
    often: bool
    that_day: str


@dataclass(frozen=True)
class Period:
    """One lesson of the day: what is taught, whether the reader is free, and who else is."""

    number: int
    begins: str
    ends: str
    protected: bool
    own: Slot | None
    chances: list[Chance]
    free: list[str]


@dataclass(frozen=True)
class DayPlan:
    """One day of one school as a planner of visits sees it."""

    day: date
    weekday: int | None
    has_timetable: bool
    periods: list[Period]
    visited: list[Visited]
    subjects: list[str]


def _people(reader: Teacher, school: Organisation, term: Term, day: date) -> dict[int, Visited]:
    """Return the teachers whose visits `reader` may plan, each with the term's visits."""
    here = Post.objects.on(day).filter(organisation=school)
    rows = allowed(may_be_visited, reader, Teacher.objects.filter(is_active=True))
    away = Leave.objects.on(day).filter(teacher=OuterRef("pk"))
    found = rows.filter(pk__in=here.values("teacher")).annotate(away=Exists(away))
    people = {
        row.pk: Visited(row, is_new(row, term), row.away) for row in found if row.pk != reader.pk
    }
    start, end = term.span.moments()
    lessons = allowed(may_see_lesson, reader, Lesson.objects.all()).filter(
        teacher__in=people, starts_at__gte=start, starts_at__lt=end
    )
    lessons = lessons.exclude(state=Lesson.State.CANCELLED).select_related("kind")
    for lesson in with_record(lessons).order_by("starts_at"):
        visited, on = people[lesson.teacher_id], day_of(lesson.starts_at)
        visited.days[on] = lesson.kind.name
        if lesson.recorded:
            visited.times, visited.last_on = visited.times + 1, on
        elif lesson.state == Lesson.State.PLANNED and on >= today():
            visited.ahead += 1
    return people


def is_new(teacher: Teacher, term: Term) -> bool:
    """Tell whether `teacher` came to the school in the term or in the two months before."""
    came = teacher.entered or teacher.started_work
    first = (term.starts_on - AHEAD_OF_TERM).isoformat()[:7]
    return bool(came) and first <= came < term.ends_on.isoformat()


def plan_of(
    reader: Teacher, school: Organisation, term: Term, day: date, *, subject: str = ""
) -> DayPlan:
    """Return what could be heard on `day`, for a reader who plans visits.

    Six statements, however many teachers there are.
    """
    weekday = school_days(school).weekday(day)
    setting = setting_of(school)
    people = _people(reader, school, term, day)
    slots = list(slots_on(school, term, day, weekday))
    by_period: dict[int, list[Slot]] = defaultdict(list)
    for slot in slots:
        by_period[slot.period_no].append(slot)
    subjects = sorted({slot.subject for slot in slots if slot.subject})
    asked = _Asked(reader, day, weekday, subject)
    periods = [
        _period(number, by_period[number], people, setting, asked)
        for number in range(1, len(setting.periods) + 1)
    ]
    visited = sorted(people.values(), key=lambda one: (one.times, not one.is_new))
    return DayPlan(day, weekday, bool(slots), periods, visited, subjects)


@dataclass(frozen=True)
class _Asked:
    """Who plans, for which day, and for which subject ("" is any)."""

    reader: Teacher
    day: date
    weekday: int | None
    subject: str


def _period(
    number: int,
    slots: list[Slot],
    people: dict[int, Visited],
    setting: LessonSetting,
    asked: _Asked,
) -> Period:
    teaching = {slot.teacher_id for slot in slots}
    chances = [
        Chance(
            slot,
            people[slot.teacher_id],
            people[slot.teacher_id].times + people[slot.teacher_id].ahead >= setting.visits_often,
            people[slot.teacher_id].days.get(asked.day, ""),
        )
        for slot in slots
        if slot.teacher_id in people
        and not people[slot.teacher_id].away
        and asked.subject in {"", slot.subject}
    ]
    begins, ends = setting.periods[number - 1]
    return Period(
        number=number,
        begins=begins,
        ends=ends,
        protected=[asked.weekday, number] in setting.protected,
        own=next((slot for slot in slots if slot.teacher_id == asked.reader.pk), None),
        chances=sorted(chances, key=lambda one: (bool(one.that_day), one.visited.order)),
        free=[
            one.teacher.name for pk, one in people.items() if pk not in teaching and not one.away
        ],
    )


def next_school_day(day: date) -> date:
    """Return the next day from Monday to Friday; holidays are told on the page."""
    while day.isoweekday() > 5:  # noqa: PLR2004 (Friday)
        day += timedelta(days=1)
    return day
