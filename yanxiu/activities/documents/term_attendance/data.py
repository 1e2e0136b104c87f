"""What stands on the attendance of a term."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from yanxiu.activities.models import Activity, Attendance
from yanxiu.activities.permissions import may_see_attendance
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import allowed
from yanxiu.people.models import Organisation, Teacher
from yanxiu.terms.models import Term

State = Attendance.State


@dataclass(frozen=True)
class Person:
    """One teacher's term: how often in which state, and how many minutes in which form."""

    name: str
    states: dict[str, int]
    minutes: dict[str, int]


@dataclass(frozen=True)
class Grid:
    """The sessions of one unit (or the whole school) against the people who were expected."""

    name: str
    heads: list[str]
    lines: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class TermAttendance:
    """学期考勤: the people in total, and one grid for each unit."""

    organisation: str
    term: str
    people: list[Person]
    grids: list[Grid]


@dataclass(frozen=True)
class _Mark:
    teacher: int
    name: str
    pinyin: str
    unit: str
    session: int
    title: str
    starts_at: datetime
    minutes: int
    form: str
    state: str


FIELDS = (
    "teacher_id", "teacher__name", "teacher__pinyin", "session__unit__name", "session_id",
    "session__title", "session__starts_at", "session__ends_at", "session__activity__form", "state",
    "minutes",
)  # fmt: skip


def sheet_of(organisation: Organisation, term: Term, reader: Teacher) -> TermAttendance:
    """Return the final attendance of `term` as far as `reader` may see it; one statement."""
    start, end = term.span.moments()
    rows = Attendance.objects.filter(
        session__organisation__path__startswith=organisation.path,
        session__closed_at__isnull=False,
        session__starts_at__gte=start,
        session__starts_at__lt=end,
    )
    seen = allowed(may_see_attendance, reader, rows).order_by("session__starts_at", "session")
    marks = [_mark(*values) for values in seen.values_list(*FIELDS)]
    grids = defaultdict(list)
    for mark in marks:
        grids[mark.unit].append(mark)
    return TermAttendance(
        organisation.name,
        str(term),
        _people(marks),
        [_grid(name, found) for name, found in sorted(grids.items())],
    )


def _mark(  # noqa: PLR0917 (one for each column read)
    teacher: int,
    name: str,
    pinyin: str,
    unit: str | None,
    session: int,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    form: str,
    state: str,
    minutes: int | None,
) -> _Mark:
    length = int((ends_at - starts_at).total_seconds() // 60) if minutes is None else minutes
    return _Mark(
        teacher, name, pinyin, unit or "全校", session, title, starts_at, length, form, state
    )


def _people(marks: list[_Mark]) -> list[Person]:
    found: dict[int, list[_Mark]] = defaultdict(list)
    for mark in marks:
        found[mark.teacher].append(mark)
    people = []
    for mine in sorted(found.values(), key=lambda one: (one[0].pinyin, one[0].teacher)):
        spent: Counter[str] = Counter()
        for mark in mine:
            if mark.state in {State.PRESENT, State.LATE}:
                spent[mark.form] += mark.minutes
        states = Counter(mark.state for mark in mine)
        people.append(Person(mine[0].name, dict(states), dict(spent)))
    return people


def _grid(name: str, marks: list[_Mark]) -> Grid:
    sessions = {mark.session: mark for mark in marks}
    order = sorted(sessions.values(), key=lambda mark: (mark.starts_at, mark.session))
    cells = {(mark.teacher, mark.session): str(State(mark.state).label) for mark in marks}
    names = {mark.teacher: (mark.pinyin, mark.teacher, mark.name) for mark in marks}
    heads = [_head(mark) for mark in order]
    lines = [
        (person[2], [cells.get((person[1], mark.session), "") for mark in order])
        for person in sorted(names.values())
    ]
    return Grid(name, heads, lines)


def _head(mark: _Mark) -> str:
    day = day_of(mark.starts_at)
    return f"{day.month}.{day.day} {mark.title}"


FORMS = [(form.value, str(form.label)) for form in Activity.Form]
STATES = [(state.value, str(state.label)) for state in State]
