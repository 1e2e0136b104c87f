"""A small and nasty school, as hypothesis invents it: edges of the term, two posts, moved things.

The rows are written directly, for the figures must count whatever stands in the tables.
"""
# ruff: noqa: FBT003 - rows of a table

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from yanxiu.activities.models import Attendance, Resolution
from yanxiu.kernel.spans import moment_at
from yanxiu.planning.models import ItemEvent, Plan
from yanxiu.training.models import OutsideTraining, SelfStudy

TERM = (date(2026, 9, 1), date(2027, 1, 23))
TODAY = date(2026, 11, 20)
NOW = moment_at(TODAY, time(9))

DAYS = [
    date(2026, 6, 30), date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2), date(2026, 10, 15),
    date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 21), date(2027, 1, 22),
    date(2027, 1, 23), date(2027, 2, 1),
]  # fmt: skip
CLOCKS = [time(0, 0), time(7, 30), time(8, 0), time(14, 0), time(22, 30)]
days, places = st.sampled_from(DAYS), st.integers(0, 3)
clocks = st.sampled_from(CLOCKS)
somebody, units = st.integers(0, 7), st.none() | st.integers(0, 2)
maybe_place = st.none() | places
sometimes = st.booleans()


def few(what: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[list[Any]]:
    return st.lists(what, max_size=most)


def apart(what: st.SearchStrategy[Any], most: int, key: Any) -> st.SearchStrategy[list[Any]]:
    return st.lists(what, max_size=most, unique_by=key)


@dataclass(frozen=True)
class Mark:
    teacher: int
    state: str
    expected: bool
    home: int | None


@dataclass(frozen=True)
class Met:
    """One session and all that hangs on it."""

    place: int
    unit: int | None
    day: date
    clock: time
    minutes: int
    end: str
    one_way: bool
    activity_class: str
    form: str
    interactions: list[str]
    marks: list[Mark]
    speakers: list[int]
    written: tuple[date, date | None] | None
    agreed: list[tuple[int | None, str]]
    remarks: list[tuple[int, date, bool]]
    visits: list[tuple[int, str, int, bool]]
    tagged: str
    make_up: bool


@dataclass(frozen=True)
class Recorded:
    teacher: int
    place: int
    day: date
    withdrawn: bool
    earned: list[tuple[str, Decimal, bool]]


@dataclass(frozen=True)
class Item:
    month: date
    last_on: date | None
    owner: int | None
    dropped: bool
    done: bool
    events: list[str]


@dataclass(frozen=True)
class Planned:
    place: int
    unit: int | None
    teacher: int | None
    kind: str
    state: str
    own_days: tuple[date, date] | None
    items: list[Item]
    goals: list[tuple[str, str]]
    rhythms: list[int | None]


@dataclass(frozen=True)
class Person:
    """What changes about one of the teachers."""

    teacher: int
    active: bool
    education: str
    entered: str
    began: str
    posts: list[tuple[int, str, date, date | None]]
    member: tuple[int, date, date | None, str] | None
    away: tuple[date, date | None] | None
    honour: tuple[date, date | None, bool] | None
    came_in: bool


@dataclass(frozen=True)
class School:
    people: list[Person]
    met: list[Met]
    recorded: list[Recorded]
    planned: list[Planned]
    trained: list[tuple[int, int, date, str, Decimal | None]]
    studied: list[tuple[int, int, date, str, int]]


spans = st.tuples(days, st.none() | st.integers(1, 90)).map(
    lambda two: (two[0], None if two[1] is None else two[0] + timedelta(days=two[1]))
)
months = st.sampled_from([date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1),
                          date(2026, 11, 1), date(2027, 1, 1), date(2027, 2, 1)])  # fmt: skip
marks = st.builds(
    Mark, somebody, st.sampled_from(Attendance.State.values), sometimes, maybe_place
)  # fmt: skip
met = st.builds(
    Met,
    place=places,
    unit=units,
    day=days,
    clock=clocks,
    minutes=st.sampled_from([1, 40, 45, 90, 100]),
    end=st.sampled_from(["closed", "closed", "open", "cancelled"]),
    one_way=sometimes,
    activity_class=st.sampled_from(["theory", "observation", "exchange", "training"]),
    form=st.sampled_from(["whole", "group", "dispersed"]),
    interactions=st.sampled_from([[], ["discussion"]]),
    marks=apart(marks, 5, lambda mark: mark.teacher),
    speakers=st.lists(somebody, max_size=2, unique=True),
    written=st.none() | st.tuples(days, st.none() | days),
    agreed=few(st.tuples(st.none() | somebody, st.sampled_from(Resolution.State.values))),
    remarks=few(st.tuples(somebody, days, sometimes)),
    visits=apart(
        st.tuples(st.integers(0, 2), st.sampled_from(["lecture", "guidance"]),
                  st.integers(0, 200), sometimes), 2, lambda visit: visit[0],
    ),
    tagged=st.sampled_from(["", "activity", "session"]),
    make_up=sometimes,
)  # fmt: skip
amounts = st.decimals("0.25", "9", places=2)
recorded = st.builds(
    Recorded, somebody, places, days, sometimes,
    few(st.tuples(st.sampled_from(["hour", "credit"]), amounts, sometimes), 2),
)  # fmt: skip
items = st.builds(
    Item, months, st.none() | days, st.none() | somebody, sometimes, sometimes,
    few(st.sampled_from(ItemEvent.State.values), 2),
)  # fmt: skip
planned = st.builds(
    Planned, places, units, st.none() | somebody, st.sampled_from(Plan.Kind.values),
    st.sampled_from(["confirmed", "confirmed", "draft", "submitted"]),
    st.none() | st.tuples(days, st.integers(1, 90)).map(
        lambda two: (two[0], two[0] + timedelta(days=two[1]))),
    few(items), few(st.tuples(st.sampled_from(["", "听课节数"]),
                              st.sampled_from(["", "ledger.records"])), 2),
    few(st.sampled_from([None, 3]), 2),
)  # fmt: skip
person = st.builds(
    Person, somebody, st.sampled_from([True, True, True, False]),
    st.sampled_from(["", "本科", "大专", "中专"]),
    st.sampled_from(["", "2026-06", "2026-07", "2026-09-01", "2027-01"]),
    st.sampled_from(["", "2026-08", "2010-07"]),
    few(st.tuples(places, st.sampled_from(["teacher", "principal"]), days,
                  st.none() | st.integers(1, 60)), 2).map(
        lambda posts: [(p, r, d, None if n is None else d + timedelta(days=n))
                       for p, r, d, n in posts]),
    st.none() | st.tuples(st.integers(0, 2), spans, st.sampled_from(["member", "leader"])).map(
        lambda three: (three[0], *three[1], three[2])),
    st.none() | spans,
    st.none() | st.tuples(spans, sometimes).map(lambda two: (*two[0], two[1])),
    sometimes,
)  # fmt: skip
schools = st.builds(
    School,
    people=apart(person, 5, lambda one: one.teacher),
    met=few(met, 5),
    recorded=few(recorded, 5),
    planned=few(planned, 3),
    trained=apart(
        st.tuples(somebody, places, days, st.sampled_from(OutsideTraining.State.values),
                  st.none() | amounts), 3, lambda one: one[0],
    ),
    studied=few(
        st.tuples(somebody, places, days, st.sampled_from(SelfStudy.State.values),
                  st.integers(0, 300)),
    ),
)  # fmt: skip


NASTY = School(
    people=[
        # Joins the maths group in the middle of the term; has a second post at the other school,
        # and led the own one until yesterday.
        Person(5, True, "大专", "2026-07", "",
               [(1, "teacher", date(2026, 9, 2), None),
                (0, "principal", date(2026, 6, 30), date(2026, 11, 20))],
               (0, date(2026, 11, 1), None, "member"), (date(2026, 11, 20), None),
               (date(2026, 8, 31), date(2026, 11, 20), True), False),
        # Has left the house, and leads a group on paper.
        Person(4, False, "本科", "", "2026-08", [], (1, date(2026, 9, 1), None, "leader"), None,
               (date(2026, 9, 1), None, True), True),
    ],
    met=[
        # Begins at the last midnight of the term; a guest of the other school speaks and comes.
        Met(0, 0, date(2027, 1, 22), time(22, 30), 90, "closed", True, "theory", "whole", [],
            [Mark(6, "late", False, 1), Mark(3, "present", True, None)], [6, 3],
            (date(2027, 1, 22), date(2027, 1, 22)), [(3, "done"), (None, "open")],
            [(3, date(2026, 9, 1), False), (3, date(2026, 9, 2), True)],
            [(0, "lecture", 50, True), (2, "lecture", 50, True)], "session", True),
        # The first moment after the term.
        Met(0, None, date(2027, 1, 23), time(0, 0), 45, "closed", False, "training", "group",
            ["discussion"], [Mark(3, "present", True, None)], [3], None, [], [], [], "activity",
            False),
        Met(2, 2, date(2026, 9, 1), time(0, 0), 40, "cancelled", False, "exchange", "group", [],
            [Mark(1, "absent", True, None)], [], None, [], [], [(1, "guidance", 20, False)], "",
            False),
    ],
    recorded=[
        # Before the person joined the group, and after; one earned and was undone.
        Recorded(5, 0, date(2026, 10, 15), False, [("hour", Decimal("1.25"), False)]),
        Recorded(5, 0, date(2026, 11, 19), False, [("hour", Decimal("2.5"), True),
                                                   ("credit", Decimal("0.5"), False)]),
        Recorded(5, 1, date(2026, 11, 19), True, []),
    ],
    planned=[
        Planned(0, None, None, "guideline", "confirmed", None,
                [Item(date(2026, 10, 1), None, None, False, False, [])], [("", "")], [None]),
        Planned(0, 0, None, "work", "confirmed", (date(2026, 6, 30), date(2026, 9, 2)),
                [Item(date(2026, 8, 1), date(2026, 9, 1), 2, False, False, ["missed"]),
                 Item(date(2026, 9, 1), None, None, True, True, ["held"])],
                [("", "ledger.records")], [3, None]),
        Planned(0, None, 3, "personal", "confirmed", None,
                [Item(date(2026, 11, 1), None, 3, False, False, [])], [("听课节数", "")], []),
    ],
    trained=[(3, 0, date(2026, 9, 1), "reported", Decimal(8)),
             (5, 1, date(2027, 1, 22), "recognised", Decimal("6.5"))],
    studied=[(3, 0, date(2027, 1, 22), "accepted", 50), (3, 0, date(2026, 9, 2), "sent", 60)],
)  # fmt: skip
"""What has gone wrong in such counts before, all at once."""


def at(day: date, clock: time = time(9)) -> datetime:
    return moment_at(day, clock)
