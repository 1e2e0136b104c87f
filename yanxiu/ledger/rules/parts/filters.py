"""`for`, `except`, `who` and `not_who`: which records something is for, and which teachers."""

from typing import Final

from yanxiu.ledger.rules.facts import DIMENSIONS
from yanxiu.ledger.rules.parts.settings import Setting, dated_number
from yanxiu.ledger.rules.reading import Item
from yanxiu.ledger.rules.values import MEASURES, Bound, Filter

RECORDS: Final = ("for", "except")
"""The keys of a section that is for some records."""

TEACHERS: Final = ("who", "not_who")
"""The keys of a section that is for some teachers."""

_BOUNDS: Final = {"at_least": True, "less_than": False}


def filter_in(found: dict[str, Item], setting: Setting) -> Filter:
    """Return the filter that a section writes with its keys of `RECORDS` and `TEACHERS`."""
    return filter_of(
        found.get("for"),
        setting,
        excluding=found.get("except"),
        who=found.get("who"),
        not_who=found.get("not_who"),
    )


def filter_of(
    item: Item | None,
    setting: Setting,
    *,
    excluding: Item | None = None,
    who: Item | None = None,
    not_who: Item | None = None,
) -> Filter:
    """Return the filter written under `for`; none lets everything pass.

    Args:
        item: one mapping, or a list of which one must pass.
        setting: what the file shares.
        excluding: what stands under `except`, written alike.
        who: a list of tiers under `who`.
        not_who: a list of tiers under `not_who`.
    """
    first, *others = _alternatives(item, setting) if item else [Filter()]
    return Filter(
        parts=first.parts,
        bounds=first.bounds,
        others=tuple(others),
        excluding=tuple(_alternatives(excluding, setting)) if excluding else (),
        who=setting.all_known(who, "tier") if who else (),
        not_who=setting.all_known(not_who, "tier") if not_who else (),
    )


def _alternatives(item: Item, setting: Setting) -> list[Filter]:
    items = [item] if item.is_mapping() else item.items()
    if not items:
        item.refuse("这里是空的", "请写至少一组条件，或删去这一行")
    return [_one(each, setting) for each in items]


def _one(item: Item, setting: Setting) -> Filter:
    found = item.keys([], [*DIMENSIONS, *_BOUNDS])
    if not found:
        item.refuse("这里是空的", "请写至少一个条件，如 {kind: [research_activity]}")
    parts, bounds = [], []
    for name, value in found.items():
        if name in _BOUNDS:
            bounds.extend(_bounds(value, setting, is_least=_BOUNDS[name]))
        else:
            parts.append((name, setting.all_known(value, name)))
    return Filter(tuple(sorted(parts)), tuple(bounds))


def _bounds(item: Item, setting: Setting, *, is_least: bool) -> list[Bound]:
    found = item.keys([], MEASURES)
    if not found:
        item.refuse("这里是空的", "请写数量，如 {hour: 90}")
    return [
        Bound(name, dated_number(value, setting, positive=True), is_least, setting.time)
        for name, value in found.items()
    ]
