"""What the sections of one file share: words, unit, first day; and numbers that change on days."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from yanxiu.ledger.rules.facts import DIMENSIONS
from yanxiu.ledger.rules.reading import Item
from yanxiu.ledger.rules.values import OTHER, UNKNOWN_TIME, Dated, Number, Table, Time

UNITS: Final = ("hour", "credit")
COUNTS: Final = ("lesson", "item", "record")
SCOPES: Final = ("event", "day", "semester", "year", "cycle", "career", "rolling")
PERIODS: Final = ("semester", "year", "cycle")
SEVERITIES: Final = ("block", "warn", "info")
LABELLED: Final = (*DIMENSIONS, "unit", "evidence", "tier")

T = TypeVar("T")
_YEAR: Final = re.compile("[0-9]{4}")


@dataclass
class Setting:
    """What the parts of one file share: its words, its unit, its first day and its hour."""

    effective_from: date
    unit: str
    origin: str
    labels: Mapping[str, Mapping[str, str]]
    ids: dict[str, int] = field(default_factory=dict)
    time: Time = UNKNOWN_TIME
    asked: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Scope and unit of each requirement read so far, by its id."""
    chosen: list[tuple[Item, str]] = field(default_factory=list)
    """What requirements choose among, with their scope; checked when all are read."""

    def known(self, item: Item, dimension: str) -> str:
        """Return a code that `labels` declares for `dimension`; anything else is a slip."""
        text = item.text()
        words = self.labels.get(dimension, {})
        if text not in words:
            there = "、".join(words) or "（还没有）"
            right = f"请先在 labels.{dimension} 中写明它的中文名；已有：{there}"
            item.refuse(f"不认识代码“{text}”", right)
        return text

    def all_known(self, item: Item, dimension: str) -> tuple[str, ...]:
        """Return a list of codes of `dimension`, each known and written once, at least one."""
        if not item.texts():
            item.refuse("这里是空的", "请写至少一个代码，或删去这一行")
        return tuple(self.known(code, dimension) for code in item.items())

    def new_id(self, item: Item, kind: str = "") -> str:
        """Return an id that no other part of the file has; `kind` ends the name proposed else."""
        text = item.text()
        if text in self.ids:
            right = f"第 {self.ids[text]} 行已经用过，请另取一个，如 {self._free(text, kind)}"
            item.refuse(f"编号“{text}”重复", right)
        self.ids[text] = item.line
        return text

    def _free(self, text: str, kind: str) -> str:
        names = [f"{text}-{kind}"] if kind else []
        names += [f"{text}-{number}" for number in range(2, len(self.ids) + 3)]
        return next(name for name in names if name not in self.ids)


def dated(item: Item, setting: Setting, read: Callable[[Item], T]) -> Dated[T]:
    """Return values by their first day; a value without a day holds from the scheme's first."""
    if not _has_days(item):
        return Dated(((setting.effective_from, read(item)),))
    values = sorted(((key.day(), read(value)) for key, value in item.pairs()), key=lambda v: v[0])
    return Dated(tuple(values))


def _has_days(item: Item) -> bool:
    """Say whether keys are days; an author's order, `"1"`, is a code."""
    return item.is_mapping() and any(_YEAR.match(key.text()) for key, _ in item.pairs())


def dated_number(item: Item, setting: Setting, *, positive: bool = False) -> Dated[Number]:
    """Return a number that may change on known days."""
    return dated(item, setting, lambda value: value.number(positive=positive))


def share_of_one(item: Item, setting: Setting, *, positive: bool = True) -> Dated[Number]:
    """Return a part of one, such as 1/5, which may change on known days."""
    share = dated_number(item, setting, positive=positive)
    if any(number > 1 for _, number in share.values):
        item.refuse(item.shown, "这里应是份额，不大于 1，如 1/5")
    return share


def dated_table(item: Item, setting: Setting, by: str) -> Dated[Table]:
    """Return a number for each code of `by` (or one number), which may change on known days."""
    return dated(item, setting, lambda value: _table(value, setting, by))


def _table(item: Item, setting: Setting, by: str) -> Table:
    if not item.is_mapping():
        return Table(((OTHER, item.number()),))
    if not by:
        item.refuse("这里按代码分列，却没有写明按什么分", "请加一行 by，如 by: organiser_level")
    cells = []
    for key, value in item.pairs():
        code = OTHER if key.text() == OTHER else setting.known(key, by)
        cells.append((code, value.number()))
    return Table(tuple(cells))
