"""What is seen in lessons, by item, group and term: never by person."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, F, QuerySet

from yanxiu.kernel.spans import Span
from yanxiu.observation.models import Observation, Rating, RubricVersion
from yanxiu.observation.permissions import HANDED_IN
from yanxiu.people.models import Organisation, Teacher

FEWEST = 3
"""Of fewer presenters nothing is told: it would be a word about a person."""

WHOLE = Decimal(100)


@dataclass(frozen=True)
class Cell:
    """What one group came to in one item: the share of full points, None where too few were seen.

    `presenters` and `answers` say on how much it rests.
    """

    share: Decimal | None
    presenters: int
    answers: int


@dataclass(frozen=True)
class Line:
    """One item of a rubric with a cell for each group."""

    text: str
    is_negative: bool
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class Table:
    """The items of one rubric by group; `too_few` are groups of which nothing can be told."""

    version: RubricVersion
    groups: tuple[str, ...]
    lines: tuple[Line, ...]
    too_few: tuple[str, ...]


def seen_in(
    school: Organisation, span: Span, units: Sequence[int] | None = None
) -> "QuerySet[Observation]":
    """Return the handed-in observations of the lessons of a school, or of some of its groups."""
    start, end = span.moments()
    rows = Observation.objects.filter(
        state__in=HANDED_IN,
        rubric__isnull=False,
        lesson__organisation__path__startswith=school.path,
        lesson__starts_at__gte=start,
        lesson__starts_at__lt=end,
    )
    return rows if units is None else rows.filter(lesson__unit__in=units)


def rubrics_in(rows: "QuerySet[Observation]") -> list[RubricVersion]:
    """Return the newest version of each rubric that was filled, the most used first."""
    found = (
        RubricVersion.objects.filter(observations__in=rows.values("pk"))
        .select_related("rubric")
        .annotate(used=Count("observations"))
        .order_by("-number")
    )
    newest: dict[int, RubricVersion] = {}
    used: dict[int, int] = defaultdict(int)
    for version in found:
        newest.setdefault(version.rubric_id, version)
        used[version.rubric_id] += version.used
    return sorted(newest.values(), key=lambda each: -used[each.rubric_id])


def by_group(rows: "QuerySet[Observation]", version: RubricVersion) -> Table:
    """Return how the items of a rubric came out in each group; one statement.

    Only points leave the database, summed up: no person, no score of a person, no single record.
    Other versions of the same rubric count where the item has kept its code.
    """
    sums = (
        Rating.objects.filter(
            observation__in=rows.filter(rubric__rubric=version.rubric_id).values("pk"),
            level__isnull=False,
        )
        .order_by()
        .values(
            "item",
            group=F("observation__lesson__unit__name"),
            school=F("observation__lesson__organisation__name"),
        )
        .annotate(
            mean=Avg("points"),
            answers=Count("pk"),
            presenters=Count("observation__lesson__teacher", distinct=True),
        )
    )
    found = list(sums)
    several = len({row["school"] for row in found}) > 1
    cells: dict[tuple[str, str], Cell] = {}
    items = version.sheet.items
    for row in found:
        item = items.get(row["item"])
        if item is not None:
            cells[row["item"], _named(row, several=several)] = _cell(row, item.most)
    named = {group for _item, group in cells}
    told = {group for (_item, group), cell in cells.items() if cell.share is not None}
    groups = tuple(sorted(told))
    lines = tuple(
        Line(item.text, item.is_negative, tuple(cells.get((code, group)) for group in groups))
        for code, item in items.items()
    )
    return Table(version, groups, lines, tuple(sorted(named - told)))


def _named(row: Mapping[str, Any], *, several: bool) -> str:
    """Return what a group is called; where several schools are looked at, with its school."""
    group = row["group"] or "不属于哪个组的课"
    return f"{row['school']}{group}" if several else group


def _cell(row: Mapping[str, Any], most: Decimal) -> Cell:
    if row["presenters"] < FEWEST:
        return Cell(None, row["presenters"], row["answers"])
    share = Decimal(str(row["mean"])) / most * WHOLE
    return Cell(share.quantize(Decimal(1)), row["presenters"], row["answers"])


# ---- one's own lessons, for oneself alone ----
@dataclass(frozen=True)
class OwnItem:
    """One item over one's own lessons, in the order they were given."""

    text: str
    points: tuple[tuple[Any, str], ...]


def own_items(teacher: Teacher, span: Span) -> list[OwnItem]:
    """Return how each item came out in the teacher's own lessons; for the teacher alone."""
    start, end = span.moments()
    rows = (
        Rating.objects.filter(
            observation__lesson__teacher=teacher,
            observation__state__in=HANDED_IN,
            observation__lesson__starts_at__gte=start,
            observation__lesson__starts_at__lt=end,
            level__isnull=False,
        )
        .select_related("observation__rubric", "observation__lesson")
        .order_by("observation__lesson__starts_at", "pk")
    )
    return own_items_of(rows)


def own_items_of(rows: Iterable[Rating]) -> list[OwnItem]:
    """Gather ratings by the text of their item."""
    found: dict[str, list[tuple[Any, str]]] = defaultdict(list)
    for row in rows:
        rubric = row.observation.rubric
        item = rubric.sheet.items.get(row.item) if rubric else None
        if item is not None and row.level is not None and row.level < len(item.levels):
            found[item.text].append((row.observation.lesson, item.levels[row.level].name))
    return [OwnItem(text, tuple(points)) for text, points in found.items()]
