"""Who teaches which class when in the demo school: nobody in two rooms, no class with two teachers.

The open lessons take their period from here, so that they stand where the class has the subject.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import cycle

from yanxiu.config.demo.people import School
from yanxiu.kernel.spans import day_of, moment_at
from yanxiu.lessons.models import Slot, Timetable
from yanxiu.people.models import Membership, Teacher, Unit
from yanxiu.terms.queries import term_on

CLASSES = [f"{grade}（{number}）班" for grade in "一二三四五六" for number in (1, 2, 3)]
PERIODS = 6
SPREAD = (1, 3, 5, 2, 4)
"""In this order the days of the week are used, so that few lessons lie apart."""

A_WEEK = {"语文": 5, "数学": 5, "英语": 3}
"""How often a class has a subject; any other comes so seldom that its teachers see many classes."""
SELDOM = 2


def members(unit: Unit) -> list[Teacher]:
    """Return the members of a group in the order in which they came."""
    seats = Membership.objects.filter(unit=unit, ends_on=None).select_related("teacher")
    return [seat.teacher for seat in seats.order_by("pk")]


@dataclass
class Week:
    """The week while it is laid: what each class and each teacher already has."""

    taken: set[tuple[str | int, int, int]] = field(default_factory=set)
    slots: list[Slot] = field(default_factory=list)
    load: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def lay(self, teacher: Teacher, class_name: str, subject: str, times: int) -> None:
        """Give `class_name` the subject on `times` days of the week, where both are free."""
        first = CLASSES.index(class_name) + self.load[teacher.pk]
        for weekday in SPREAD[:times]:
            periods = [(first + weekday + step) % PERIODS + 1 for step in range(PERIODS)]
            free = [one for one in periods if self._free(teacher, class_name, weekday, one)]
            for period in free[:1]:
                self.taken |= {(teacher.pk, weekday, period), (class_name, weekday, period)}
                self.slots.append(
                    Slot(
                        teacher=teacher, weekday=weekday, period_no=period, subject=subject,
                        class_name=class_name,
                    )
                )  # fmt: skip
        self.load[teacher.pk] += 1

    def _free(self, teacher: Teacher, class_name: str, weekday: int, period: int) -> bool:
        return not {(teacher.pk, weekday, period), (class_name, weekday, period)} & self.taken


def fill(school: School, taught: list[tuple[Teacher, str]], *, now: datetime) -> None:
    """Lay the timetable of the term; the pairs in `taught` are who surely teaches which class."""
    term = term_on(school.organisation, day_of(now))
    if term is None:
        return
    table = Timetable.objects.create(
        organisation=school.organisation, term=term, file_name="示例课表.xlsx",
        state=Timetable.State.IN_FORCE, read_at=now, taken_at=moment_at(day_of(now)),
        by_name=school.posts["research_office"].name,
    )  # fmt: skip
    week = Week()
    for unit in [group.unit for group in school.groups if group.unit.subject]:
        for teacher, class_name in _shared_out(members(unit), taught):
            week.lay(teacher, class_name, unit.subject, A_WEEK.get(unit.subject, SELDOM))
    for slot in week.slots:
        slot.timetable = table
    Slot.objects.bulk_create(week.slots)


def _shared_out(
    people: list[Teacher], taught: list[tuple[Teacher, str]]
) -> Iterator[tuple[Teacher, str]]:
    """Yield each class once with who teaches it; the sure ones first, then who has fewest."""
    known = {teacher.pk for teacher in people}
    sure = {name: teacher for teacher, name in reversed(taught) if teacher.pk in known}
    yield from ((teacher, name) for name, teacher in sure.items())
    busy = {teacher.pk for teacher in sure.values()}
    others = cycle([one for one in people if one.pk not in busy] or people)
    for name in CLASSES:
        if name not in sure:
            yield next(others), name


def period_of(school: School, teacher: Teacher, class_name: str, on: date) -> tuple[date, int]:
    """Return the next day from `on` on which `teacher` has this class, and the lesson of the day.

    Without a timetable it is the third lesson of that day.
    """
    rows = Slot.objects.filter(
        teacher=teacher, class_name=class_name, timetable__organisation=school.organisation
    )
    periods = dict(rows.values_list("weekday", "period_no"))
    for day in (on + timedelta(days=number) for number in range(7)):
        if day.isoweekday() in periods:
            return day, periods[day.isoweekday()]
    return on, 3
