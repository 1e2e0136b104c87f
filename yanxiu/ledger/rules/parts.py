"""The parts of a scheme, each read from its place in the file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from yanxiu.ledger.rules.facts import DIMENSIONS
from yanxiu.ledger.rules.reading import Item
from yanxiu.ledger.rules.schemes import (
    OTHER,
    Attendance,
    AwardRule,
    Conversion,
    Cycle,
    Dated,
    Dedupe,
    Filter,
    Limit,
    Multiplier,
    Number,
    Requirement,
    RoleExclusivity,
    Rounding,
    Table,
    Threshold,
)

UNITS: Final = ("hour", "credit")
COUNTS: Final = ("lesson", "item", "record")
SCOPES: Final = ("event", "day", "semester", "year", "cycle")
PERIODS: Final = ("semester", "year", "cycle")
PER: Final = ("hour", "lesson", "item", "thousand_characters", "flat")
MODES: Final = ("floor", "half_up", "half_even", "ceiling")
SEVERITIES: Final = ("block", "warn", "info")
LABELLED: Final = (*DIMENSIONS, "unit", "evidence", "tier")

T = TypeVar("T")


@dataclass
class Setting:
    """What the parts of one file share: its words, its unit and its first day."""

    effective_from: date
    unit: str
    origin: str
    labels: Mapping[str, Mapping[str, str]]
    ids: dict[str, int] = field(default_factory=dict)

    def known(self, item: Item, dimension: str) -> str:
        """Return a code that `labels` declares for `dimension`; anything else is a slip."""
        text = item.text()
        words = self.labels.get(dimension, {})
        if text not in words:
            there = "、".join(words) or "（还没有）"
            right = f"请先在 labels.{dimension} 中写明它的中文名；已有：{there}"
            item.refuse(f"不认识代码“{text}”", right)
        return text

    def new_id(self, item: Item) -> str:
        """Return an id that no other part of the file has."""
        text = item.text()
        if text in self.ids:
            item.refuse(f"编号“{text}”重复", f"第 {self.ids[text]} 行已经用过，请另取一个")
        self.ids[text] = item.line
        return text


def dated(item: Item, setting: Setting, read: Callable[[Item], T]) -> Dated[T]:
    """Return values by their first day; a value without a day holds from the scheme's first."""
    if not _has_days(item):
        return Dated(((setting.effective_from, read(item)),))
    values = sorted(((key.day(), read(value)) for key, value in item.pairs()), key=lambda v: v[0])
    return Dated(tuple(values))


def _has_days(item: Item) -> bool:
    return item.is_mapping() and any(key.text()[:4].isdigit() for key, _ in item.pairs())


def dated_number(item: Item, setting: Setting, *, positive: bool = False) -> Dated[Number]:
    """Return a number that may change on known days."""
    return dated(item, setting, lambda value: value.number(positive=positive))


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


def filter_of(item: Item | None, setting: Setting) -> Filter:
    """Return the filter written under `for`; none lets everything pass."""
    if item is None:
        return Filter()
    found = item.keys([], DIMENSIONS)
    parts = []
    for dimension, codes in found.items():
        if not codes.texts():
            codes.refuse("这里是空的", "请写至少一个代码，或删去这一行")
        parts.append((dimension, tuple(setting.known(code, dimension) for code in codes.items())))
    return Filter(tuple(sorted(parts)))


def rounding_of(item: Item) -> Rounding:
    """Read `rounding`."""
    found = item.keys(["step", "mode", "at", "source"])
    return Rounding(
        step=found["step"].decimal(positive=True),
        mode=found["mode"].choice(MODES),
        at=found["at"].choice(["award"]),
        source=found["source"].text(),
    )


def cycle_of(item: Item) -> Cycle:
    """Read `cycle`."""
    found = item.keys(["years", "year_start", "first_year", "semester_starts", "source"])
    starts = tuple(start.month_day() for start in found["semester_starts"].items())
    if not starts:
        found["semester_starts"].refuse("这里是空的", "请写各学期的起始日，如 [09-01, 02-01]")
    return Cycle(
        years=found["years"].integer(),
        year_start=found["year_start"].month_day(),
        first_year=found["first_year"].integer(),
        semester_starts=starts,
        source=found["source"].text(),
    )


def conversion_of(item: Item, setting: Setting) -> Conversion:
    """Read one of `conversions`."""
    found = item.keys(["hours_per_credit", "source"], ["for"])
    return Conversion(
        applies_to=filter_of(found.get("for"), setting),
        hours_per_credit=dated_number(found["hours_per_credit"], setting, positive=True),
        source=found["source"].text(),
    )


def requirement_of(item: Item, setting: Setting) -> Requirement:
    """Read one of `requirements`."""
    found = item.keys(
        ["requirement", "title", "source", "scope", "min"], ["unit", "for", "severity"]
    )
    return Requirement(
        id=setting.new_id(found["requirement"]),
        title=found["title"].text(),
        source=found["source"].text(),
        scope=found["scope"].choice(PERIODS),
        unit=found["unit"].choice([*UNITS, *COUNTS]) if "unit" in found else setting.unit,
        applies_to=filter_of(found.get("for"), setting),
        minimum=dated_table(found["min"], setting, "tier"),
        severity=found["severity"].choice(SEVERITIES) if "severity" in found else "block",
    )


def partition_of(item: Item, setting: Setting) -> list[Requirement]:
    """Read one of `partitions`: quotas that together make up the whole, one requirement each."""
    found = item.keys(
        ["partition", "title", "source", "by", "scope", "quotas"], ["unit", "severity"]
    )
    name = setting.new_id(found["partition"])
    by = found["by"].choice(DIMENSIONS)
    severity = found["severity"].choice(SEVERITIES) if "severity" in found else "warn"
    quotas = []
    for key, value in found["quotas"].pairs():
        code = setting.known(key, by)
        label = setting.labels[by][code]
        quotas.append(
            Requirement(
                id=f"{name}:{code}",
                title=f"{found['title'].text()}·{label}",
                source=found["source"].text(),
                scope=found["scope"].choice(PERIODS),
                unit=found["unit"].choice(UNITS) if "unit" in found else setting.unit,
                applies_to=Filter(((by, (code,)),)),
                minimum=dated_table(value, setting, "tier"),
                severity=severity,
                partition=name,
            )
        )
    return quotas


def limit_of(item: Item, setting: Setting) -> Limit:
    """Read one of `limits`."""
    found = item.keys(["limit", "title", "source", "scope", "max"], ["unit", "for", "overflow"])
    return Limit(
        id=setting.new_id(found["limit"]),
        title=found["title"].text(),
        source=found["source"].text(),
        scope=found["scope"].choice(SCOPES),
        unit=found["unit"].choice(UNITS) if "unit" in found else setting.unit,
        applies_to=filter_of(found.get("for"), setting),
        maximum=dated_number(found["max"], setting),
        overflow=found["overflow"].choice(["drop"]) if "overflow" in found else "drop",
    )


def award_rule_of(item: Item, setting: Setting) -> AwardRule:
    """Read one of `award_rules`."""
    found = item.keys(
        ["rule", "title", "source", "for", "per", "rates"],
        ["by", "multiply", "requires", "rounding", "event_cap", "after", "dedupe"],
    )
    applies_to = filter_of(found["for"], setting)
    if applies_to.codes("kind") is None:
        found["for"].refuse("没有写明活动类别", "请写 kind，如 for: {kind: [research_activity]}")
    by = found["by"].choice(DIMENSIONS) if "by" in found else ""
    cap, after, same = found.get("event_cap"), found.get("after"), found.get("dedupe")
    requires = found["requires"].items() if "requires" in found else []
    return AwardRule(
        id=setting.new_id(found["rule"]),
        title=found["title"].text(),
        source=found["source"].text(),
        origin=setting.origin,
        unit=setting.unit,
        applies_to=applies_to,
        per=found["per"].choice(PER),
        by=by,
        rates=dated_table(found["rates"], setting, by),
        multipliers=tuple(
            _multiplier(each, setting)
            for each in (found["multiply"].items() if "multiply" in found else [])
        ),
        requires=tuple(setting.known(each, "evidence") for each in requires),
        rounding=rounding_of(found["rounding"]) if "rounding" in found else None,
        event_cap=dated_number(cap, setting) if cap else None,
        threshold=_threshold(after, setting) if after else None,
        dedupe=_dedupe(same) if same else None,
    )


def _multiplier(item: Item, setting: Setting) -> Multiplier:
    found = item.keys(["by", "rates", "source"])
    by = found["by"].choice(DIMENSIONS)
    return Multiplier(by, dated_table(found["rates"], setting, by), found["source"].text())


def _threshold(item: Item, setting: Setting) -> Threshold:
    found = item.keys(["count", "measure", "scope", "source"])
    return Threshold(
        count=dated_number(found["count"], setting),
        measure=found["measure"].choice(COUNTS),
        scope=found["scope"].choice(PERIODS),
        source=found["source"].text(),
    )


def _dedupe(item: Item) -> Dedupe:
    found = item.keys(["policy", "source"])
    return Dedupe(found["policy"].choice(["highest"]), found["source"].text())


def attendance_of(item: Item, setting: Setting) -> Attendance:
    """Read `attendance`."""
    found = item.keys(["nothing_for", "source"], ["for", "deduct", "void"])
    scope, void_from = "", []
    if "void" in found:
        void = found["void"].keys(["scope", "from"])
        scope = void["scope"].choice(PERIODS)
        void_from = [
            (setting.known(key, "attendance"), dated_number(value, setting, positive=True))
            for key, value in void["from"].pairs()
        ]
    deduct = found.get("deduct")
    nothing = found["nothing_for"].items()
    return Attendance(
        applies_to=filter_of(found.get("for"), setting),
        deduct=dated_table(deduct, setting, "attendance") if deduct else None,
        nothing_for=tuple(setting.known(each, "attendance") for each in nothing),
        void_scope=scope,
        void_from=tuple(void_from),
        source=found["source"].text(),
    )


def role_exclusivity_of(item: Item, setting: Setting) -> RoleExclusivity:
    """Read `role_exclusivity`."""
    found = item.keys(["active", "passive", "source"])
    return RoleExclusivity(
        active=tuple(setting.known(each, "role") for each in found["active"].items()),
        passive=tuple(setting.known(each, "role") for each in found["passive"].items()),
        source=found["source"].text(),
    )
