"""`award_rules`: what one record earns by itself."""

from typing import Final

from yanxiu.ledger.rules.facts import DIMENSIONS
from yanxiu.ledger.rules.parts.filters import RECORDS, TEACHERS, filter_in
from yanxiu.ledger.rules.parts.frame import rounding_of
from yanxiu.ledger.rules.parts.settings import (
    COUNTS,
    PERIODS,
    UNITS,
    Setting,
    dated_number,
    dated_table,
)
from yanxiu.ledger.rules.reading import Item
from yanxiu.ledger.rules.schemes import AwardRule, Dedupe, Multiplier, Threshold

PER: Final = (
    "hour",
    "lesson",
    "item",
    "thousand_characters",
    "flat",
    "day",
    "half_day",
    "stated",
)
POLICIES: Final = ("highest", "first", "sum_capped")
KEYS: Final = ("content", "event")
MULTIPLYING: Final = ("all", "highest")
_SOMETIMES: Final = (
    "except",
    *TEACHERS,
    "unit",
    "by",
    "multiply",
    "multiply_policy",
    "base_cap",
    "requires",
    "rounding",
    "event_cap",
    "after",
    "dedupe",
)


def award_rule_of(item: Item, setting: Setting) -> AwardRule:
    """Read one of `award_rules`."""
    found = item.keys(["rule", "title", "source", "for", "per", "rates"], _SOMETIMES)
    applies_to = filter_in(found, setting)
    if applies_to.codes("kind") is None:
        found["for"].refuse("没有写明活动类别", "请写 kind，如 for: {kind: [research_activity]}")
    by = found["by"].choice(DIMENSIONS) if "by" in found else ""
    cap, after, same = found.get("event_cap"), found.get("after"), found.get("dedupe")
    needed, either = _evidence(found.get("requires"), setting)
    base, multiplying = found.get("base_cap"), found.get("multiply_policy")
    if multiplying and "multiply" not in found:
        multiplying.refuse(multiplying.shown, "没有系数可选：请写 multiply，或删去这一行")
    return AwardRule(
        id=setting.new_id(found["rule"], "rule"),
        title=found["title"].text(),
        source=found["source"].text(),
        origin=setting.origin,
        unit=found["unit"].choice(UNITS) if "unit" in found else setting.unit,
        applies_to=applies_to,
        per=found["per"].choice(PER),
        by=by,
        rates=dated_table(found["rates"], setting, by),
        multipliers=tuple(
            _multiplier(each, setting)
            for each in (found["multiply"].items() if "multiply" in found else [])
        ),
        requires=needed,
        rounding=rounding_of(found["rounding"]) if "rounding" in found else None,
        event_cap=dated_number(cap, setting) if cap else None,
        threshold=_threshold(after, setting) if after else None,
        dedupe=_dedupe(same, setting) if same else None,
        requires_any=either,
        base_cap=dated_number(base, setting) if base else None,
        only_highest=multiplying is not None and multiplying.choice(MULTIPLYING) == "highest",
    )


def _evidence(
    item: Item | None, setting: Setting
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the evidence needed in any case, and groups of which one each is needed."""
    needed, either = [], []
    for each in item.items() if item else []:
        if each.is_list():
            either.append(setting.all_known(each, "evidence"))
        else:
            needed.append(setting.known(each, "evidence"))
    return tuple(needed), tuple(either)


def _multiplier(item: Item, setting: Setting) -> Multiplier:
    found = item.keys(["rates", "source"], ["by", *RECORDS, *TEACHERS])
    if not found.keys() & {"by", "for", "who", "not_who"}:
        item.refuse("没有写明按什么乘", "请写 by，如 by: role；或写 for，如 for: {grade: [fail]}")
    by = found["by"].choice(DIMENSIONS) if "by" in found else ""
    rates = dated_table(found["rates"], setting, by)
    return Multiplier(by, rates, found["source"].text(), filter_in(found, setting))


def _threshold(item: Item, setting: Setting) -> Threshold:
    found = item.keys(["count", "measure", "scope", "source"])
    return Threshold(
        count=dated_number(found["count"], setting),
        measure=found["measure"].choice(COUNTS),
        scope=found["scope"].choice(PERIODS),
        source=found["source"].text(),
    )


def _dedupe(item: Item, setting: Setting) -> Dedupe:
    found = item.keys(["policy", "source"], ["key", "max", "group"])
    policy = found["policy"].choice(POLICIES)
    if policy == "sum_capped" and "max" not in found:
        item.refuse("没有写明合计的上限", "请写 max，如 max: 3")
    if policy != "sum_capped" and "max" in found:
        found["max"].refuse("这里写了上限", "只有 policy: sum_capped 才有 max，请改一处")
    return Dedupe(
        policy=policy,
        source=found["source"].text(),
        key=found["key"].choice(KEYS) if "key" in found else "content",
        maximum=dated_number(found["max"], setting) if "max" in found else None,
        group=found["group"].text() if "group" in found else "",
    )
