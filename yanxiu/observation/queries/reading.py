"""One observation as a reader may see it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from yanxiu.observation.models import (
    SAME_TIME,
    Advice,
    Mark,
    MarkConflict,
    Observation,
    ObservationText,
    Rating,
)
from yanxiu.observation.permissions import (
    may_check_observation,
    may_read_observation,
    may_reply_to_observation,
)
from yanxiu.observation.rules.rubrics import Dimension, Item, Score, score
from yanxiu.people.models import Teacher

Name = ObservationText.Name
Side = Mark.Side
JOINED = (
    "lesson__teacher", "lesson__kind", "lesson__organisation", "lesson__unit", "observer",
    "organisation", "rubric__rubric", "instant_test",
)  # fmt: skip


def flagged(rows: "QuerySet[Observation]", teacher: Teacher) -> "QuerySet[Any]":
    """Add to each row what `teacher` may do with it; no statement of its own."""

    def flag(permission: Callable[[Teacher], Q]) -> "ExpressionWrapper[Any]":
        return ExpressionWrapper(permission(teacher), output_field=BooleanField())

    return rows.annotate(
        reads=flag(may_read_observation),
        checks=flag(may_check_observation),
        replies=flag(may_reply_to_observation),
    )


@dataclass(frozen=True)
class Moment:
    """片段: one line of the course of a lesson, as a paper form has it."""

    clock: str
    kind: str
    teacher: str
    pupil: str
    mark: Mark


@dataclass(frozen=True)
class Stage:
    """环节: a part of the lesson with its length and what was noted in it."""

    name: str
    minutes: int | None
    moments: tuple[Moment, ...]


@dataclass(frozen=True)
class Answer:
    """One item of the rubric with what was found."""

    item: Item
    rating: Rating | None

    @property
    def level(self) -> str:
        """The name of the level, "" where it was left out."""
        row = self.rating
        if row is None or row.level is None or row.level >= len(self.item.levels):
            return ""
        return self.item.levels[row.level].name


@dataclass(frozen=True)
class Part:
    """A dimension with its answers and what it came to."""

    dimension: Dimension | None
    points: Decimal | None
    answers: tuple[Answer, ...]

    @property
    def rated(self) -> tuple[Answer, ...]:
        """The items that the observer did not leave out."""
        return tuple(one for one in self.answers if one.level)


@dataclass(frozen=True)
class Words:
    """The words of an observation: only for those who may read it."""

    stages: list[Stage]
    texts: list[tuple[str, str, str]]
    reply: ObservationText | None
    parts: list[Part]
    score: Score | None
    advice: list[Advice]

    @property
    def opinions(self) -> list[tuple[str, str, str]]:
        """The texts but for the suggestions, where these stand line by line as advice."""
        return [one for one in self.texts if one[0] != Name.SUGGESTIONS or not self.advice]

    @property
    def rated_items(self) -> tuple[int, int]:
        """How many items of the dimensions were rated, of how many."""
        parts = [part for part in self.parts if part.dimension]
        return sum(len(part.rated) for part in parts), sum(len(part.answers) for part in parts)


def clock_of(second: int) -> str:
    """Return a moment of the lesson as people note it: 3′05″."""
    return f"{second // 60}′{second % 60:02d}″"


def stages_of(marks: Iterable[Mark], ended: int | None = None) -> list[Stage]:
    """Return the course of a lesson by its stages; what stands before the first has no name."""
    found: list[Stage] = []
    name, begun = "", 0
    inside: list[Moment] = []
    standing = [mark for mark in marks if not mark.deleted]

    def close(at: int | None) -> None:
        minutes = None if at is None else max(0, round((at - begun) / 60))
        if name or inside:
            found.append(Stage(name, minutes if name else None, tuple(inside)))

    for mark in standing:
        if mark.side == Side.STAGE:
            close(mark.at_second)
            name, begun, inside = mark.stage or mark.text, mark.at_second, []
            if mark.stage and mark.text and mark.text != mark.stage:
                inside.append(_moment(mark))
        else:
            inside.append(_moment(mark))
    close(ended)
    return found


def _moment(mark: Mark) -> Moment:
    side, text = mark.side, mark.text
    return Moment(
        clock=clock_of(mark.at_second),
        kind=str(mark.get_side_display()) if side in {Side.QUOTE, Side.PHOTO} else "",
        teacher=text if side in {Side.TEACHER, Side.STAGE} else "",
        pupil=text if side not in {Side.TEACHER, Side.STAGE} else "",
        mark=mark,
    )


def words_of(observation: Observation) -> Words:
    """Return the words of an observation that this reader may read; four statements at most."""
    texts = {row.name: row for row in observation.texts.all()}
    ratings = list(observation.ratings.all()) if observation.rubric else []
    found = rated(observation, ratings)
    ended = None
    if observation.ended_at:
        ended = int((observation.ended_at - observation.began_at).total_seconds())
    return Words(
        stages=stages_of(observation.marks.filter(deleted=False), ended),
        texts=[
            (name, str(label), texts[name].text)
            for name, label in Name.choices
            if name != Name.REPLY and name in texts and texts[name].text.strip()
        ],
        reply=texts.get(Name.REPLY),
        parts=parts_of(observation, ratings, found),
        score=found,
        advice=list(observation.advice.select_related("done_in")),
    )


def same_time_of(observation: Observation) -> str:
    """Return how the observer heard another lesson at the same time, "" where that is not so."""
    row = observation.texts.filter(name=SAME_TIME).first()
    return row.text if row else ""


def open_conflicts(observation: Observation) -> "QuerySet[MarkConflict]":
    """Return what waits for the observer's choice; the presenter's reply is never the observer's.

    Before a reply could clash without being kept, some were; they stay out of everybody's sight.
    """
    return observation.conflicts.filter(settled_at=None).exclude(name=Name.REPLY)


def test_of(observation: Observation) -> Any:
    """Return the instant test of an observation, None where there was none."""
    return getattr(observation, "instant_test", None)


def rated(observation: Observation, ratings: Sequence[Rating]) -> Score | None:
    """Return what the ratings come to by the version that was filled."""
    if observation.rubric is None:
        return None
    given = {row.item: row.points for row in ratings if row.level is not None}
    test = test_of(observation)
    return score(observation.rubric.sheet, given, test.share if test else None)


def parts_of(
    observation: Observation, ratings: Sequence[Rating], found: Score | None
) -> list[Part]:
    """Return the form as it was filled, dimension by dimension, the extras last."""
    if observation.rubric is None:
        return []
    by_item = {row.item: row for row in ratings}
    points = {part.dimension.code: part.points for part in found.parts} if found else {}
    sheet = observation.rubric.sheet
    parts = [
        Part(
            dimension,
            points.get(dimension.code),
            tuple(Answer(item, by_item.get(item.code)) for item in dimension.items),
        )
        for dimension in sheet.dimensions
    ]
    if sheet.extras:
        answers = tuple(Answer(item, by_item.get(item.code)) for item in sheet.extras)
        parts.append(Part(None, None, answers))
    return parts


@dataclass(frozen=True)
class Outline:
    """What a checker sees of a record whose words are not for him: what is there, not what.

    How many suggestions the presenter took on is not in it: that is the presenter's own affair.
    """

    moments: int
    filled: list[str]
    advice: int
    minutes: int | None
    written_after: int


def outline_of(observation: Observation) -> Outline:
    """Return how complete an observation is, without a word of it; three statements."""
    texts = {row.name for row in observation.texts.exclude(text="")}
    minutes = None
    if observation.ended_at:
        minutes = int((observation.ended_at - observation.began_at).total_seconds() // 60)
    return Outline(
        moments=observation.marks.filter(deleted=False).count(),
        filled=[str(label) for name, label in Name.choices if name in texts],
        advice=observation.advice.count(),
        minutes=minutes,
        written_after=days_after(observation),
    )


def days_after(observation: Observation) -> int:
    """How many days after the lesson it was handed in."""
    given: datetime | None = observation.handed_in_at
    return (given - observation.lesson.ends_at).days if given else 0
