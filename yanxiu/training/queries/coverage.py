"""Who has been trained in what, and who has not yet: states by name, never a ranking."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Max, QuerySet

from yanxiu.activities.models import Attendance
from yanxiu.activities.queries import CAME
from yanxiu.kernel.spans import Span, day_of
from yanxiu.people.models import Membership, Organisation, Teacher
from yanxiu.people.models.organisation import held_on
from yanxiu.training.models import (
    OutsideTraining,
    SelfStudy,
    SeriesPart,
    SkillResult,
    TrainingSeries,
)
from yanxiu.training.queries.audiences import people_of
from yanxiu.training.queries.topics import Topic, sessions_of, topic_of_part

DONE, BEGUN, OPEN = "done", "begun", "open"
WENT = (OutsideTraining.State.REPORTED, OutsideTraining.State.RECOGNISED)
"""From the report on, somebody has been to a course."""


@dataclass(frozen=True)
class Done:
    """How often somebody was trained in a topic, and when for the last time."""

    times: int
    on: date | None


def needed(topic: Topic) -> int:
    """Return how many times one must have come; more than once only for a series of sessions."""
    if topic.kind != "activity":
        return 1
    fixed = getattr(topic.row, "sessions_to_complete", None)
    if fixed:
        return int(fixed)
    return max(1, int(topic.row.sessions.filter(closed_at__isnull=False).count()))


def trained(topic: Topic, people: "QuerySet[Teacher]", span: Span | None = None) -> dict[int, Done]:
    """Return how often each of `people` was trained in `topic`, within `span` if one is given."""
    if topic.kind == "course":
        rows = OutsideTraining.objects.filter(
            course=topic.row, state__in=WENT, teacher__in=people
        ).values_list("teacher_id", "course__last_on")
        return {pk: Done(1, on) for pk, on in rows}
    if topic.kind == "skill":
        results = SkillResult.objects.filter(
            check_of=topic.row, level__gte=topic.row.passing, teacher__in=people
        )
        return {pk: Done(1, topic.row.held_on) for pk in results.values_list("teacher", flat=True)}
    if topic.kind == "part":
        notes = SelfStudy.objects.filter(
            part=topic.row, state=SelfStudy.State.ACCEPTED, teacher__in=people
        ).values_list("teacher_id", "happened_on")
        return {pk: Done(1, on) for pk, on in notes}
    return _at_sessions(topic, people, span)


def _at_sessions(topic: Topic, people: "QuerySet[Teacher]", span: Span | None) -> dict[int, Done]:
    sessions = sessions_of(topic).filter(closed_at__isnull=False)
    if span is not None:
        start, end = span.moments()
        sessions = sessions.filter(starts_at__gte=start, starts_at__lt=end)
    rows = (
        Attendance.objects.filter(
            session__in=sessions.values("pk"), state__in=CAME, teacher__in=people
        )
        .order_by()
        .values("teacher")
        .annotate(times=Count("session", distinct=True), last=Max("session__starts_at"))
    )
    return {row["teacher"]: Done(row["times"], _day(row["last"])) for row in rows}


def _day(moment: datetime | None) -> date | None:
    return day_of(moment) if moment else None


@dataclass(frozen=True)
class Line:
    """One name of a coverage list."""

    teacher: Teacher
    state: str
    times: int
    on: date | None


@dataclass(frozen=True)
class Coverage:
    """Target people ÷ trained ones, with the list of those still to be trained."""

    topic: Topic
    needed: int
    lines: list[Line] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many names are in each state."""
        return dict(Counter(line.state for line in self.lines))

    @property
    def target(self) -> int:
        """应训: how many are to be trained."""
        return len(self.lines)

    @property
    def done(self) -> int:
        """已训: how many are."""
        return self.counts.get(DONE, 0)

    @property
    def missing(self) -> list[Line]:
        """Those who are not, by name."""
        return [line for line in self.lines if line.state != DONE]


def coverage(
    topic: Topic,
    organisation: Organisation,
    audience: str,
    on: date,
    *,
    span: Span | None = None,
    among: "QuerySet[Teacher] | None" = None,
) -> Coverage:
    """Return who of `audience` was trained in `topic`; some six statements, however many.

    Args:
        topic: trained in what.
        organisation: whose people.
        audience: see `audiences`.
        on: the day on which the audience is looked up.
        span: trained when; at any time if None.
        among: narrow to these, for a leader who sees one group.
    """
    people = people_of(organisation, audience, on)
    if among is not None:
        people = people.filter(pk__in=among.values("pk"))
    found, enough = trained(topic, people.order_by(), span), needed(topic)
    return Coverage(topic, enough, [_line(each, found.get(each.pk), enough) for each in people])


def _line(teacher: Teacher, done: Done | None, enough: int) -> Line:
    if done is None:
        return Line(teacher, OPEN, 0, None)
    return Line(teacher, DONE if done.times >= enough else BEGUN, done.times, done.on)


@dataclass(frozen=True)
class Progress:
    """How far one person is in a series: a state for each of its parts, in their order."""

    teacher: Teacher
    states: Sequence[str]

    @property
    def done(self) -> int:
        """How many parts are done."""
        return sum(state == DONE for state in self.states)

    @property
    def is_complete(self) -> bool:
        """Whether all are."""
        return bool(self.states) and self.done == len(self.states)


@dataclass(frozen=True)
class SeriesProgress:
    """A series with its parts and the progress of each of its people."""

    parts: Sequence[SeriesPart]
    people: Sequence[Progress]

    @property
    def complete(self) -> int:
        """How many have completed all parts."""
        return sum(each.is_complete for each in self.people)

    def done_in(self, number: int) -> int:
        """Return how many have done part `number`, counted from 0."""
        return sum(each.states[number] == DONE for each in self.people)

    @property
    def done_by_part(self) -> list[tuple[SeriesPart, int]]:
        """Each part with how many have done it."""
        return [(part, self.done_in(number)) for number, part in enumerate(self.parts)]


JOINED = ("activity", "tag", "item", "course", "skill")


def progress(
    series: TrainingSeries, on: date, among: "QuerySet[Teacher] | None" = None
) -> SeriesProgress:
    """Return how far everybody of the series is; a few statements for each part."""
    people = people_of(series.organisation, series.audience, on)
    if among is not None:
        people = people.filter(pk__in=among.values("pk"))
    parts = list(series.parts.select_related(*JOINED))
    rows = list(people)
    known = Teacher.objects.filter(pk__in=[row.pk for row in rows])
    columns = [_column(part, known, series) for part in parts]
    return SeriesProgress(
        parts, [Progress(row, [column.get(row.pk, OPEN) for column in columns]) for row in rows]
    )


def _column(
    part: SeriesPart, people: "QuerySet[Teacher]", series: TrainingSeries
) -> dict[int, str]:
    topic = topic_of_part(part)
    span = Span(series.starts_on, series.last_on) if part.kind == SeriesPart.Kind.TAG else None
    enough = needed(topic)
    return {
        pk: DONE if done.times >= enough else BEGUN
        for pk, done in trained(topic, people, span).items()
    }


def units_of(people: Iterable[int], on: date) -> dict[int, list[str]]:
    """Return the names of the living units of each of `people`; one statement."""
    found: dict[int, list[str]] = {}
    rows = Membership.objects.filter(held_on(on), teacher__in=list(people), unit__ends_on=None)
    for pk, name in rows.order_by("unit__kind__order", "unit_id").values_list(
        "teacher_id", "unit__name"
    ):
        found.setdefault(pk, []).append(name)
    return found
