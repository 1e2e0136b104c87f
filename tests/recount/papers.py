"""What was observed and written in a small and nasty school, as hypothesis invents it."""
# ruff: noqa: FBT003 - rows of a table

from dataclasses import dataclass
from datetime import date, time, timedelta

from hypothesis import strategies as st

from tests.recount.building import Ground
from tests.recount.school import (
    NOW,
    apart,
    at,
    clocks,
    days,
    few,
    places,
    somebody,
    sometimes,
    units,
)
from yanxiu.lessons.models import Lesson, LessonKind
from yanxiu.observation.models import LessonAccount, Observation
from yanxiu.works.models import CallEntry, CallForPapers, Outcome, Submission, Work, WorkKind


@dataclass(frozen=True)
class Sheet:
    """One observer's record of a lesson."""

    observer: int
    place: int
    kind: str
    state: str


@dataclass(frozen=True)
class Heard:
    """One lesson, what its observers wrote, and the accounts of it."""

    place: int
    unit: int | None
    presenter: int
    day: date
    clock: time
    state: str
    announced: bool
    sheets: list[Sheet]
    accounts: list[tuple[int, bool]]


@dataclass(frozen=True)
class Wrote:
    """One work, where it was sent, and what it won."""

    author: int
    place: int
    day: date
    kind: str
    own_kind: bool
    state: str
    grade: str
    dropped: bool
    sent: list[tuple[int, date | None, str]]
    won: list[tuple[int, date, str, str]]
    entered: list[tuple[int, date, str, str, str, bool]]


@dataclass(frozen=True)
class Papers:
    heard: list[Heard]
    wrote: list[Wrote]


sheets = st.builds(
    Sheet, somebody, places, st.sampled_from(["daily", "push_door", "open"]),
    st.sampled_from([*Observation.State.values, "handed_in", "checked"]),
)  # fmt: skip
heard = st.builds(
    Heard,
    place=places,
    unit=units,
    presenter=somebody,
    day=days,
    clock=clocks,
    state=st.sampled_from(["given", "given", "planned", "cancelled"]),
    announced=sometimes,
    sheets=apart(sheets, 4, lambda sheet: sheet.observer),
    accounts=apart(st.tuples(somebody, sometimes), 2, lambda account: account[0]),
)
wrote = st.builds(
    Wrote,
    author=somebody,
    place=places,
    day=days,
    kind=st.sampled_from(
        ["reflection", "jotting", "paper", "experience", "lesson_talk", "design", "micro_lesson",
         "essay", "excerpt"]
    ),
    own_kind=sometimes,
    state=st.sampled_from([*Work.State.values, "handed_in", "rated"]),
    grade=st.sampled_from(["", "", "excellent", "good"]),
    dropped=st.sampled_from([False, False, True]),
    sent=few(st.tuples(places, st.none() | days, st.sampled_from(Submission.State.values))),
    won=few(
        st.tuples(places, days, st.sampled_from(Outcome.Kind.values),
                  st.sampled_from([*Outcome.State.values, "confirmed"])), 2,
    ),
    entered=few(
        st.tuples(places, days, st.sampled_from(["school", "county", "provincial"]),
                  st.sampled_from([*CallForPapers.State.values, "announced"]),
                  st.sampled_from(["", "first", "third"]), sometimes), 2,
    ),
)  # fmt: skip
papers = st.builds(Papers, few(heard, 4), few(wrote, 5))

OCTOBER, NOVEMBER, LAST = date(2026, 10, 15), date(2026, 11, 19), date(2027, 1, 22)
NASTY_PAPERS = Papers(
    heard=[
        # At the last midnight of the term; of the guests, one belongs to the other school.
        Heard(0, 0, 3, LAST, time(22, 30), "given", False,
              [Sheet(6, 1, "open", "handed_in"), Sheet(2, 0, "push_door", "checked"),
               Sheet(4, 0, "open", "draft")], [(3, True), (2, True)]),
        # The observer joins the group later, and at midnight the days of two clocks differ.
        Heard(0, 0, 3, OCTOBER, time(9), "given", True, [Sheet(5, 0, "daily", "checked")],
              [(2, True), (3, False)]),
        Heard(0, None, 2, date(2026, 11, 1), time(0), "given", True,
              [Sheet(5, 0, "push_door", "handed_in")], []),
        # Planned only, and yet observed; heard by one whose record was returned; after the term.
        Heard(2, 2, 1, NOVEMBER, time(8), "planned", True, [Sheet(0, 2, "open", "handed_in")], []),
        Heard(1, None, 6, NOVEMBER, time(8), "given", True, [Sheet(1, 3, "open", "returned")],
              [(6, True)]),
        Heard(0, 0, 3, date(2027, 1, 23), time(0), "given", True,
              [Sheet(2, 0, "daily", "checked")], [(3, True)]),
    ],
    wrote=[
        # One in sixteen of all that the other school sent; the half is rounded up.
        Wrote(3, 0, OCTOBER, "paper", False, "awarded", "excellent", False,
              [(1, OCTOBER, "awarded" if number == 0 else "not_chosen") for number in range(16)],
              [(0, LAST, "prize", "confirmed"), (0, date(2027, 1, 23), "prize", "confirmed")],
              [(0, LAST, "county", "announced", "first", True),
               (1, date(2027, 1, 23), "county", "announced", "first", True)]),
        # Written before the author joined the group, and after.
        Wrote(5, 0, OCTOBER, "reflection", True, "handed_in", "", False,
              [(0, date(2026, 8, 31), "published"), (0, None, "recommended")],
              [(0, OCTOBER, "publication", "confirmed"), (0, NOVEMBER, "publication", "told")],
              [(0, OCTOBER, "school", "announced", "", False),
               (0, NOVEMBER, "provincial", "reviewing", "second", True)]),
        Wrote(5, 0, NOVEMBER, "excerpt", False, "read", "", False,
              [(0, NOVEMBER, "withdrawn"), (0, NOVEMBER, "sent")],
              [(0, NOVEMBER, "publication", "confirmed")],
              [(0, NOVEMBER, "group", "announced", "third", False)]),
        Wrote(6, 1, LAST, "lesson_talk", False, "rated", "excellent", False, [], [], []),
        Wrote(2, 0, OCTOBER, "essay", False, "draft", "", True, [], [], []),
        Wrote(2, 0, OCTOBER, "essay", False, "returned", "excellent", False, [], [], []),
    ],
)  # fmt: skip


def build_papers(on: Ground, told: Papers) -> None:
    """Write everything into the tables."""
    lesson_kind = LessonKind.objects.filter(organisation=None).earliest("pk")
    for one in told.heard:
        _hear(on, one, lesson_kind)
    for work in told.wrote:
        _write(on, work)


def _hear(on: Ground, told: Heard, kind: LessonKind) -> None:
    starts = at(told.day, told.clock)
    lesson = Lesson.objects.create(
        organisation=on.places[told.place], teacher=on.teachers[told.presenter], kind=kind,
        unit=None if told.unit is None else on.units[told.unit], starts_at=starts,
        ends_at=starts + timedelta(minutes=40), announced=told.announced, state=told.state,
        given_at=starts if told.state == "given" else None, made_at=NOW,
    )  # fmt: skip
    for sheet in told.sheets:
        Observation.objects.create(
            lesson=lesson, observer=on.teachers[sheet.observer],
            organisation=on.places[sheet.place], kind=sheet.kind, state=sheet.state,
            began_at=starts, changed_at=starts,
            handed_in_at=None if sheet.state == "draft" else starts,
        )  # fmt: skip
    for teacher, handed_in in told.accounts:
        LessonAccount.objects.create(
            lesson=lesson, teacher=on.teachers[teacher], changed_at=NOW,
            handed_in_at=NOW if handed_in else None,
        )  # fmt: skip


def _kind(on: Ground, told: Wrote) -> WorkKind:
    """Return the shipped kind, or the school's own that counts like it."""
    like = WorkKind.objects.get(organisation=None, code=told.kind)
    if not told.own_kind:
        return like
    own, _new = WorkKind.objects.get_or_create(
        organisation=on.places[told.place], code=f"own_{told.kind}",
        defaults={"name": f"本校{like.name}", "act": like.act, "record_kind": like.record_kind},
    )  # fmt: skip
    return own


def _write(on: Ground, told: Wrote) -> None:
    author = on.teachers[told.author]
    work = Work.objects.create(
        kind=_kind(on, told), organisation=on.places[told.place], teacher=author, title="一得",
        happened_on=told.day, state=told.state, grade=told.grade, started_at=NOW, saved_at=NOW,
        dropped_at=NOW if told.dropped else None,
    )  # fmt: skip
    for number, (place, day, state) in enumerate(told.sent):
        Submission.objects.create(
            organisation=on.places[place], work=work, destination=f"某刊{number}", state=state,
            sent_on=day, recommended_at=NOW, recommended_by_name="周主任",
        )  # fmt: skip
    for place, day, kind, state in told.won:
        Outcome.objects.create(
            organisation=on.places[place], teacher=author, work=work, kind=kind, title="一得",
            event="某评选", happened_on=day, state=state, told_at=NOW,
        )  # fmt: skip
    for number, (place, day, level, state, prize, chosen) in enumerate(told.entered):
        call = CallForPapers.objects.create(
            organisation=on.places[place], title=f"征集{number}", level=level, closes_on=day,
            state=state, made_at=NOW, made_by_name="周主任",
            announced_at=NOW if state == "announced" else None,
        )  # fmt: skip
        CallEntry.objects.create(
            call=call, organisation=on.places[place], work=work, teacher=author, title="一得",
            blind_title="一得", prize=prize, is_chosen=chosen, entered_at=NOW,
            withdrawn_at=NOW if told.dropped else None,
        )  # fmt: skip
