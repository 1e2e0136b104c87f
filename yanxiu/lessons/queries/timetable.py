"""What a timetable says, compared with the one in force, and whom its names mean."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from yanxiu.kernel.spans import day_of, moment_at
from yanxiu.lessons.models import Lesson, LessonSetting, Slot, Timetable, TimetableName
from yanxiu.lessons.timetables.words import class_key
from yanxiu.people.models import Organisation, Post, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.terms.models import Term
from yanxiu.terms.queries import SchoolDays, school_days, week_number
from yanxiu.texts.keys import key


def in_force(organisation: Organisation, term: Term | None) -> Timetable | None:
    """Return the timetable in force for a school in a term."""
    if term is None:
        return None
    rows = Timetable.objects.filter(organisation=organisation, state=Timetable.State.IN_FORCE)
    return rows.defer("found").filter(term=term).first()


@dataclass(frozen=True)
class Names:
    """The teachers of a school by what a timetable may call them."""

    by_name: Mapping[str, list[int]]
    said: Mapping[str, int]
    full: frozenset[str]
    called: Mapping[int, str]

    def meant(self, name: str) -> int | None:
        """Return the primary key of the teacher whom `name` means, None where it is not clear."""
        if name in self.said:
            return self.said[name]
        same = self.by_name.get(key(name), [])
        return same[0] if len(same) == 1 else None

    def like(self, name: str) -> list[int]:
        """Return those who could be meant: of the same full name, or of the same surname."""
        wanted = key(name)
        same = self.by_name.get(wanted, [])
        return same or [pk for pk, full in self.called.items() if key(full).startswith(wanted[:1])]


def names_of(organisation: Organisation) -> Names:
    """Return whom names mean in `organisation`; two statements."""
    posts = Post.objects.on(today()).filter(organisation__path__startswith=organisation.path)
    rows = Teacher.objects.filter(is_active=True, pk__in=posts.values("teacher"))
    called = dict(rows.values_list("pk", "name"))
    by_name: dict[str, list[int]] = defaultdict(list)
    for pk, name in called.items():
        by_name[key(name)].append(pk)
    said = TimetableName.objects.filter(organisation=organisation)
    return Names(
        by_name, dict(said.values_list("name", "teacher_id")), frozenset(called.values()), called
    )


@dataclass(frozen=True)
class Asked:
    """A name that is not clear, how often it stands there, and who could be meant."""

    name: str
    times: int
    where: str
    candidates: list[tuple[int, str]]


@dataclass(frozen=True)
class Changed:
    """What taking a timetable would change for one teacher."""

    name: str
    before: int
    after: int
    added: int
    removed: int


@dataclass
class Preview:
    """What taking a timetable would do."""

    slots: int = 0
    teachers: int = 0
    unknown: list[Asked] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    same: int = 0
    gone: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    kept: int = 0
    """Lessons of other classes that stay beside a file that goes by classes."""


Cell = tuple[int, int, str, str, str]
"""Weekday, period, weeks, class and subject of a lesson."""

Placed = tuple[int, Cell]
"""A lesson with the primary key of its teacher."""

DAYS = "一二三四五六日"


def staying(new: Iterable[Placed], classes: Iterable[str]) -> Callable[[Placed], bool]:
    """Return which lessons in force stay beside a file that is only a part of the timetable.

    Args:
        new: what the file says.
        classes: of which classes it tells the whole week: what it does not say of the others
            stays, unless its teacher is elsewhere at the time now. Without any, it tells the whole
            week of its teachers.
    """
    whole = {class_key(name) for name in classes}
    lessons = list(new)
    if not whole:
        named = {teacher for teacher, _cell in lessons}
        return lambda placed: placed[0] not in named
    taken: dict[tuple[int, int, int], set[str]] = defaultdict(set)
    for teacher, (weekday, period, weeks, _class, _subject) in lessons:
        taken[teacher, weekday, period].add(weeks)

    def stays(placed: Placed) -> bool:
        teacher, (weekday, period, weeks, class_name, _subject) = placed
        there = taken.get((teacher, weekday, period), set())
        busy = there if weeks == Slot.Weeks.EVERY else there & {weeks, Slot.Weeks.EVERY}
        return class_key(class_name) not in whole and not busy

    return stays


def placed(slot: Slot) -> Placed:
    """Return a lesson as it is compared."""
    return slot.teacher_id, (
        slot.weekday, slot.period_no, slot.weeks, slot.class_name, slot.subject,
    )  # fmt: skip


def preview(timetable: Timetable) -> Preview:
    """Compare a reading with the timetable in force; four statements.

    Where it goes by classes, what stays of other classes counts as it will be.
    """
    names = names_of(timetable.organisation)
    found = Preview()
    new: dict[int, set[Cell]] = defaultdict(set)
    open_names: dict[str, list[str]] = defaultdict(list)
    for told in timetable.found.get("slots", []):
        teacher = names.meant(told["teacher"])
        if teacher is None:
            open_names[told["teacher"]].append(told["where"])
        else:
            new[teacher].add(_cell(told))
    found.slots, found.teachers = sum(map(len, new.values())), len(new)
    found.unknown = [
        Asked(name, len(where), where[0], [(pk, names.called[pk]) for pk in names.like(name)])
        for name, where in sorted(open_names.items())
    ]
    old = _old(timetable)
    if classes := timetable.found.get("classes", []):
        stays = staying(((pk, cell) for pk, cells in new.items() for cell in cells), classes)
        for pk, cells in old.items():
            kept = {cell for cell in cells if stays((pk, cell))}
            found.kept += len(kept)
            if kept or pk in new:
                new[pk] |= kept
    for pk in sorted(new, key=lambda each: names.called.get(each, "")):
        before, after = old.get(pk, set()), new[pk]
        if before == after:
            found.same += 1
        else:
            found.changed.append(
                Changed(
                    names.called.get(pk, ""), len(before), len(after), len(after - before),
                    len(before - after),
                )
            )  # fmt: skip
    found.gone = sorted(names.called.get(pk, "") for pk in set(old) - set(new))
    found.doubled = _doubled(new, names)
    return found


def _cell(told: Mapping[str, Any]) -> Cell:
    return (
        told["weekday"], told["period"], told["weeks"], told["class_name"], told["subject"],
    )  # fmt: skip


def _old(timetable: Timetable) -> dict[int, set[Cell]]:
    standing = in_force(timetable.organisation, timetable.term)
    old: dict[int, set[Cell]] = defaultdict(set)
    if standing and standing.pk != timetable.pk:
        rows = standing.slots.values_list(
            "teacher_id", "weekday", "period_no", "weeks", "class_name", "subject"
        )
        for teacher, weekday, period, weeks, class_name, subject in rows:
            old[teacher].add((weekday, period, weeks, class_name, subject))
    return old


def _doubled(new: Mapping[int, set[Cell]], names: Names) -> list[str]:
    """Return who would be in two classes at once, with the time; joint classes look the same."""
    found = []
    for pk, cells in new.items():
        by_time: dict[tuple[int, int], set[str]] = defaultdict(set)
        for weekday, period, weeks, class_name, _subject in cells:
            if weeks == Slot.Weeks.EVERY:
                by_time[weekday, period].add(class_name)
        name = names.called.get(pk, "")
        name = names.called.get(pk, "")
        found += [
            f"{name}：周{DAYS[weekday - 1]}第{period}节在{'、'.join(sorted(classes))}"
            for (weekday, period), classes in sorted(by_time.items())
            if len(classes) > 1
        ]
    return found


# ---- asking the timetable in force ----
def slots_on(
    organisation: Organisation, term: Term | None, day: date, weekday: int | None
) -> "QuerySet[Slot]":
    """Return the lessons that are taught on `day`, which is taught as `weekday`."""
    if term is None or weekday is None:
        return Slot.objects.none()
    odd = week_number(term, day) % 2 == 1
    weeks = Slot.Weeks.ODD if odd else Slot.Weeks.EVEN
    return Slot.objects.filter(
        Q(weeks=Slot.Weeks.EVERY) | Q(weeks=weeks),
        timetable__organisation=organisation,
        timetable__term=term,
        timetable__state=Timetable.State.IN_FORCE,
        weekday=weekday,
    )


def _taught(slots: Iterable[Slot], term: Term, calendar: SchoolDays, day: date) -> list[Slot]:
    """Return which of `slots` are taught on `day`."""
    weekday = calendar.weekday(day)
    mark = Slot.Weeks.ODD if week_number(term, day) % 2 == 1 else Slot.Weeks.EVEN
    return [
        slot for slot in slots if slot.weekday == weekday and slot.weeks in {Slot.Weeks.EVERY, mark}
    ]


@dataclass(frozen=True)
class Ahead:
    """The column of the week that is today, and the lessons of the next day that has some."""

    weekday: int | None
    day: date | None
    slots: list[Slot]


DAYS_AHEAD = 14


def ahead(
    slots: Sequence[Slot], term: Term | None, organisation: Organisation, today: date
) -> Ahead:
    """Return what `slots` mean from `today` on; nothing outside the term; one statement.

    A make-up day stands in the column of the weekday that is taught on it.
    """
    if term is None or not term.starts_on <= today < term.ends_on:
        return Ahead(None, None, [])
    calendar = school_days(organisation)
    days = [today + timedelta(days=number) for number in range(DAYS_AHEAD)]
    for day in days:
        if day < term.ends_on and (taught := _taught(slots, term, calendar, day)):
            by_period = sorted(taught, key=lambda slot: slot.period_no)
            return Ahead(calendar.weekday(today), day, by_period)
    return Ahead(calendar.weekday(today), None, [])


def next_lessons(
    teacher: Teacher, organisation: Organisation, day: date, *, days: int = 7, most: int = 6
) -> list[tuple[date, Slot]]:
    """Return the next lessons of `teacher` by the timetable from `day` on, each with its day."""
    rows = Slot.objects.filter(
        teacher=teacher,
        timetable__organisation=organisation,
        timetable__term__starts_on__lte=day,
        timetable__term__ends_on__gt=day,
        timetable__state=Timetable.State.IN_FORCE,
    )
    slots = list(rows.select_related("timetable__term"))
    if not slots:
        return []
    term = slots[0].timetable.term
    calendar = school_days(organisation)
    found = []
    for each in (day + timedelta(days=number) for number in range(days)):
        found += [(each, slot) for slot in _taught(slots, term, calendar, each)]
    return found[:most]


def free_lessons(
    teacher: Teacher, organisation: Organisation, now: datetime, setting: LessonSetting
) -> list[tuple[date, Slot]]:
    """Return the next lessons of `teacher` that have not begun and that nobody is asked to yet."""
    day = day_of(now)
    found = next_lessons(teacher, organisation, day, most=20)
    if not found:
        return []
    rows = Lesson.objects.filter(teacher=teacher, announced=True, starts_at__gte=moment_at(day))
    taken = {
        (day_of(starts_at), number)
        for starts_at, number in rows.exclude(state=Lesson.State.CANCELLED).values_list(
            "starts_at", "period_no"
        )
    }
    return [
        (each, slot)
        for each, slot in found
        if (each, slot.period_no) not in taken
        and ((clock := setting.clock(slot.period_no)) is None or moment_at(each, clock[0]) > now)
    ][:6]


def lessons_of_day(teacher: Teacher, organisation: Organisation, day: date) -> list[Slot]:
    """Return what `teacher` teaches on `day` by the timetable, from the first lesson on."""
    found = next_lessons(teacher, organisation, day, days=1, most=20)
    return sorted((slot for _day, slot in found), key=lambda slot: slot.period_no)


def week_of(slots: Iterable[Slot]) -> dict[int, dict[int, list[Slot]]]:
    """Return slots by period and weekday, as a table shows them."""
    grid: dict[int, dict[int, list[Slot]]] = defaultdict(lambda: defaultdict(list))
    for slot in slots:
        grid[slot.period_no][slot.weekday].append(slot)
    return grid
