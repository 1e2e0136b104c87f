"""Lessons and lesson plans of an invented school: called off, hidden, reopened, at the edges."""
# ruff: noqa: FBT003 - rows of a table

from dataclasses import dataclass
from datetime import date, time

from hypothesis import strategies as st

from tests.recount.counts_teaching import NAMES
from tests.recount.school import apart, clocks, days, few, places, somebody, sometimes, units
from yanxiu.lessons.models import Lesson, LessonSeries
from yanxiu.preparation.models import LessonPlan, PlanComment, RequirementVersion

OWN_KIND = "own_1"
"""A kind of the school's own, beside the shipped ones."""


@dataclass(frozen=True)
class Taught:
    """One lesson; `heard` are who comes and whether they handed a record in."""

    place: int
    unit: int | None
    teacher: int
    kind: str
    level: str
    day: date
    clock: time
    state: str
    series: int | None
    researcher_came: bool | None
    heard: list[tuple[int, bool]]


@dataclass(frozen=True)
class Series:
    place: int
    unit: int | None
    kind: str


@dataclass(frozen=True)
class Topic:
    """One topic of a schedule; `term` is the one before, of, or after the invented school."""

    place: int
    unit: int
    term: int


@dataclass(frozen=True)
class Prepared:
    """One plan and all that was said about it."""

    place: int
    unit: int | None
    author: int
    kind: str
    state: str
    topic: int | None
    new_ideas: str
    reform: str
    project: bool
    agreed: date | None
    handed_in: date | None
    looked_at: int
    said: list[tuple[int, str, date | None, bool]]
    asked: list[tuple[int, date, bool]]


@dataclass(frozen=True)
class Required:
    place: int
    unit: int
    versions: list[tuple[str, date]]


@dataclass(frozen=True)
class Teaching:
    series: list[Series]
    taught: list[Taught]
    topics: list[Topic]
    prepared: list[Prepared]
    required: list[Required]


some_unit, maybe_day = st.integers(0, 2), st.none() | days
taught = st.builds(
    Taught, places, units, somebody, st.sampled_from([*NAMES, OWN_KIND, "mentoring_lesson"]),
    st.sampled_from(Lesson.Level.values), days, clocks,
    st.sampled_from(["given", "given", "planned", "cancelled"]),
    st.none() | st.integers(0, 1), st.none() | sometimes,
    apart(st.tuples(somebody, sometimes), 3, lambda one: one[0]),
)  # fmt: skip
prepared = st.builds(
    Prepared, places, units, somebody, st.sampled_from(LessonPlan.Kind.values),
    st.sampled_from([*LessonPlan.State.values, "agreed"]), st.none() | st.integers(0, 2),
    st.sampled_from(["", "大单元"]), st.sampled_from(["", "先学后教"]), sometimes,
    maybe_day, maybe_day, st.integers(0, 2),
    few(st.tuples(somebody, st.sampled_from(PlanComment.State.values), maybe_day, sometimes)),
    few(st.tuples(somebody, days, sometimes), 2),
)  # fmt: skip
teachings = st.builds(
    Teaching,
    series=few(
        st.builds(Series, places, units, st.sampled_from(LessonSeries.Kind.values)), 2
    ),
    taught=few(taught, 6),
    topics=few(st.builds(Topic, places, some_unit, st.integers(0, 2)), 3),
    prepared=few(prepared, 4),
    required=few(
        st.builds(Required, places, some_unit,
                  few(st.tuples(st.sampled_from(RequirementVersion.State.values), days)))
    ),
)  # fmt: skip

MORNING = time(8)
FIRST, LAST, AFTER = date(2026, 9, 1), date(2027, 1, 22), date(2027, 1, 23)
TRICKY = Teaching(
    series=[
        # Of the maths group, though its lesson is the whole school's; nothing of the other given.
        Series(0, 0, "polishing"), Series(1, None, "festival"),
    ],
    taught=[
        # One of each kind in the first and the last moments of the term, by a leader and others.
        *(Taught(0, 0, number % 3, kind, "school", (FIRST, LAST)[number % 2], time(0, 0), "given",
                 None, None, []) for number, kind in enumerate([*NAMES, OWN_KIND])),
        # The first moment after the term, and one called off that a researcher was to hear.
        Taught(0, 0, 3, "open_lesson", "group", AFTER, time(0, 0), "given", None,
               True, [(1, True)]),
        Taught(0, 0, 3, "open_lesson", "group", date(2026, 11, 19), MORNING, "cancelled", 1, True,
               [(1, True)]),
        # Two hand a record in of one lesson; another was heard by somebody who wrote nothing.
        Taught(0, None, 3, "study_lesson", "group", date(2026, 10, 15), time(22, 30), "given", 0,
               True, [(1, True), (2, True)]),
        Taught(0, 0, 3, "study_lesson", "group", date(2026, 11, 20), MORNING, "given", 0, False,
               [(2, False)]),
        # A guest of the other school, who gives a lesson there too; nobody has confirmed the last.
        Taught(0, 0, 6, "guest_lesson", "school", FIRST, MORNING, "given", None, None, []),
        Taught(1, None, 6, "display_lesson", "school", FIRST, MORNING, "given", None, None, []),
        Taught(2, 2, 6, "display_lesson", "school", date(2026, 11, 19), MORNING, "planned", None,
               None, []),
        # By one who led the school until yesterday; a display of the group, and at the department.
        Taught(0, 1, 5, "display_lesson", "group", FIRST, MORNING, "given", None, None, []),
        Taught(2, 2, 7, "open_lesson", "group", LAST, MORNING, "given", None, None, []),
    ],
    topics=[Topic(0, 0, 0), Topic(0, 0, 1), Topic(0, 0, 1), Topic(2, 2, 2)],
    prepared=[
        # Agreed in the first moment; agreed and opened again; drafted with an old date of it.
        Prepared(0, 0, 2, "shared", "agreed", 1, "大单元", "先学后教", True, FIRST, None, 1,
                 [(3, "adopted", FIRST, False), (3, "partly", LAST, False),
                  (3, "kept", FIRST, False), (3, "adopted", FIRST, True),
                  (4, "adopted", date(2026, 8, 31), False), (4, "adopted", AFTER, False)],
                 [(3, FIRST, True), (3, AFTER, True), (3, date(2026, 8, 31), True),
                  (2, FIRST, False)]),
        Prepared(0, 0, 2, "shared", "discussed", 2, "大单元", "", False, FIRST, None, 0, [], []),
        Prepared(1, None, 6, "shared", "agreed", 1, "", "", False, AFTER, None, 0,
                 [(3, "adopted", LAST, False)], []),
        # Handed in and looked at twice; given back; taken back; the same state of a group's plan.
        Prepared(0, 0, 3, "personal", "checked", 2, "", "", False, None, LAST, 2, [], []),
        Prepared(0, None, 3, "personal", "returned", None, "", "", False, None, FIRST, 1, [], []),
        Prepared(0, 0, 3, "personal", "draft", None, "", "", False, None, FIRST, 1, [], []),
        Prepared(0, 0, 2, "shared", "handed_in", None, "", "", False, None, FIRST, 1, [], []),
        # Handed in too late, and not looked at yet.
        Prepared(0, 0, 1, "personal", "handed_in", None, "", "", False, None, AFTER, 1,
                 [], []),
        Prepared(0, 0, 1, "personal", "handed_in", None, "", "", False, None, LAST, 0, [], []),
        # Agreed with a project, a reform, an idea, nothing.
        Prepared(0, 0, 1, "shared", "agreed", None, "", "", True, LAST, None, 0, [], []),
        Prepared(0, 1, 1, "shared", "agreed", None, "", "先学后教", False, LAST, None, 0, [], []),
        Prepared(2, 2, 0, "shared", "agreed", 3, "大单元", "", False, LAST, None, 0,
                 [(0, "partly", LAST, False)], [(0, LAST, True)]),
        Prepared(0, 0, 1, "shared", "agreed", None, "", "", False, LAST, None, 0, [], []),
    ],
    required=[
        Required(0, 0, [("approved", FIRST), ("approved", date(2026, 10, 15)),
                        ("proposed", FIRST)]),
        Required(0, 1, [("approved", AFTER)]),
        Required(2, 2, [("returned", FIRST)]),
        Required(1, 1, [("approved", date(2026, 6, 30))]),
    ],
)  # fmt: skip
"""What such counts trip over, all at once."""
