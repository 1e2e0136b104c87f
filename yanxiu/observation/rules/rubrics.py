"""What a rubric holds, what is wrong with it, and what a filled one comes to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

WHOLE = 100
"""The weights of all dimensions together."""

ONE = Decimal("0.1")
"""Scores are told to a tenth."""


@dataclass(frozen=True)
class Level:
    """等级: one answer to an item, and how many points it gives."""

    name: str
    points: Decimal


@dataclass(frozen=True)
class Item:
    """指标: one thing to look at; a negative one takes points away, a bonus adds on top."""

    code: str
    text: str
    levels: tuple[Level, ...]
    is_negative: bool = False
    is_bonus: bool = False
    asks_evidence: bool = False

    @property
    def most(self) -> Decimal:
        """The points of the highest level."""
        return max(level.points for level in self.levels)

    def level_name(self, place: int | None) -> str:
        """Return what the level at `place` is called, "" where there is none."""
        return (
            self.levels[place].name if place is not None and 0 <= place < len(self.levels) else ""
        )

    @property
    def meaning(self) -> tuple[str, tuple[Level, ...], bool, bool]:
        """What makes it the same question: its words, its levels and which way it counts."""
        return self.text, self.levels, self.is_negative, self.is_bonus


@dataclass(frozen=True)
class Dimension:
    """维度: a group of items with a weight; one may be the focus."""

    code: str
    name: str
    weight: int
    items: tuple[Item, ...]
    is_focus: bool = False


@dataclass(frozen=True)
class Band:
    """等第: from how many points on a score is called so."""

    name: str
    at_least: Decimal


@dataclass(frozen=True)
class Sheet:
    """量表: one version of a rubric, as it stands on the form."""

    dimensions: tuple[Dimension, ...]
    extras: tuple[Item, ...] = ()
    bands: tuple[Band, ...] = ()
    test_weight: int = 0

    @property
    def items(self) -> dict[str, Item]:
        """Every item by its code, in the order of the form."""
        found = {item.code: item for part in self.dimensions for item in part.items}
        return found | {item.code: item for item in self.extras}

    def asks_the_same(self, other: "Sheet", code: str) -> bool:
        """Whether `code` is on both sheets and asks the same thing in the same levels."""
        mine, theirs = self.items.get(code), other.items.get(code)
        return mine is not None and theirs is not None and mine.meaning == theirs.meaning


@dataclass(frozen=True)
class Part:
    """What one dimension came to: points of its weight, and how many items were answered."""

    dimension: Dimension
    points: Decimal
    answered: int


@dataclass(frozen=True)
class Score:
    """得分: the parts, what extras changed, the test's share, and what it comes to."""

    parts: tuple[Part, ...]
    extra: Decimal
    test: Decimal | None
    total: Decimal
    grade: str


def sheet_from(given: Mapping[str, Any]) -> Sheet:
    """Return the sheet that a version stores as plain values.

    Raises:
        ValueError: something in it makes no sense; the message says what, for a person.
    """
    dimensions = tuple(_dimension(each, place) for place, each in enumerate(given["dimensions"], 1))
    extras = tuple(
        _item(each, f"x{place}") for place, each in enumerate(given.get("extras", ()), 1)
    )
    bands = tuple(
        sorted(
            (Band(each["name"], Decimal(str(each["at_least"]))) for each in given.get("bands", ())),
            key=lambda band: -band.at_least,
        )
    )
    sheet = Sheet(dimensions, extras, bands, int(given.get("test_weight", 0)))
    for problem in problems(sheet):
        raise ValueError(problem)
    return sheet


def _dimension(given: Mapping[str, Any], place: int) -> Dimension:
    code = given.get("code") or f"d{place}"
    return Dimension(
        code=code,
        name=given["name"],
        weight=int(given["weight"]),
        items=tuple(
            _item(each, f"{code}.{number}") for number, each in enumerate(given["items"], 1)
        ),
        is_focus=bool(given.get("focus")),
    )


def _item(given: Mapping[str, Any], code: str) -> Item:
    levels = tuple(
        Level(each["name"], Decimal(str(each["points"]))) for each in given.get("levels", ())
    )
    return Item(
        code=given.get("code") or code,
        text=given["text"],
        levels=levels,
        is_negative=bool(given.get("negative")),
        is_bonus=bool(given.get("bonus")),
        asks_evidence=bool(given.get("evidence")),
    )


def problems(sheet: Sheet) -> list[str]:
    """Return what is wrong with a sheet, each as a sentence for a person; empty if it is sound."""
    found = []
    total = sum(part.weight for part in sheet.dimensions)
    if total != WHOLE:
        found.append(f"各维度的权重加起来是{total}，应当是100。请调整后再存。")
    if sum(part.is_focus for part in sheet.dimensions) > 1:
        found.append("重点维度只能有一个。请只给一个维度标上“重点”。")
    codes = [item.code for part in sheet.dimensions for item in part.items]
    codes += [item.code for item in sheet.extras]
    if len(set(codes)) != len(codes):
        found.append("有两条指标的编号相同。请改成不同的编号。")
    if not all(part.items for part in sheet.dimensions):
        found.append("每个维度至少要有一条指标。")
    found += [
        f"指标“{item.text}”没有可选的等级。请至少给一个有分的等级。"
        for item in sheet.items.values()
        if not item.levels or item.most <= 0
    ]
    if not 0 <= sheet.test_weight < WHOLE:
        found.append("课后小测所占的比例应在0到99之间。")
    return found


def score(sheet: Sheet, given: Mapping[str, Decimal], test: Decimal | None = None) -> Score | None:
    """Return what a filled sheet comes to, None where nothing was answered.

    A dimension that nobody answered is left out and the others keep their proportion: what could
    not be seen in a lesson costs nothing.

    Args:
        sheet: the version that was filled.
        given: points by the code of the item.
        test: the share of the instant test, 0 to 100, where there was one.
    """
    parts = tuple(
        part
        for part in (_part(dimension, given) for dimension in sheet.dimensions)
        if part.answered
    )
    weight = sum(part.dimension.weight for part in parts)
    if not weight:
        return None
    base = sum((part.points for part in parts), Decimal(0)) * WHOLE / weight
    if test is not None and sheet.test_weight:
        base = (base * (WHOLE - sheet.test_weight) + test * sheet.test_weight) / WHOLE
    extra = _extra(sheet.extras, given)
    total = max(Decimal(0), base + extra).quantize(ONE, ROUND_HALF_UP)
    return Score(parts, extra, test, total, _grade(sheet.bands, total))


def _part(dimension: Dimension, given: Mapping[str, Decimal]) -> Part:
    asked = [item for item in dimension.items if item.code in given]
    plain = [item for item in asked if not item.is_negative]
    most = sum((item.most for item in plain), Decimal(0))
    got = sum((given[item.code] for item in plain), Decimal(0))
    lost = sum((given[item.code] for item in asked if item.is_negative), Decimal(0))
    points = max(Decimal(0), got / most * dimension.weight - lost) if most else Decimal(0)
    return Part(dimension, points, len(plain))


def _extra(extras: Iterable[Item], given: Mapping[str, Decimal]) -> Decimal:
    return sum(
        (
            -given[item.code] if item.is_negative else given[item.code]
            for item in extras
            if item.code in given
        ),
        Decimal(0),
    )


def _grade(bands: tuple[Band, ...], total: Decimal) -> str:
    return next((band.name for band in bands if total >= band.at_least), "")
