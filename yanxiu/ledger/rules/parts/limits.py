"""`limits`, `bundles` and `cross_credits`: what counts at most, all at once, and elsewhere too."""

from collections.abc import Mapping
from typing import Final

from yanxiu.ledger.rules.demands import (
    DROP,
    HOLD,
    SPILL,
    Bundle,
    BundlePart,
    Codes,
    CrossCredit,
    Limit,
)
from yanxiu.ledger.rules.facts import DIMENSIONS
from yanxiu.ledger.rules.parts.filters import RECORDS, TEACHERS, filter_in, filter_of
from yanxiu.ledger.rules.parts.settings import (
    COUNTS,
    PERIODS,
    SCOPES,
    UNITS,
    Setting,
    dated_number,
    dated_table,
)
from yanxiu.ledger.rules.reading import Item
from yanxiu.ledger.rules.values import Filter

_HELD_IN: Final = ("semester", "year")
_NO_CATEGORIES: Final = ("attendance", "author_order")
_SOMETIMES: Final = (
    "max",
    "max_share",
    "max_share_of",
    "max_items",
    "unit",
    "overflow",
    "years",
)
_LASTING: Final = ("career", "rolling")
_MOST_YEARS: Final = 50
_CROSS_PER: Final = ("item", "lesson", "flat", "amount")


def limit_of(item: Item, setting: Setting) -> Limit:
    """Read one of `limits`."""
    found = item.keys(
        ["limit", "title", "source", "scope"],
        [*_SOMETIMES, *RECORDS, *TEACHERS],
    )
    most, share, of = found.get("max"), found.get("max_share"), found.get("max_share_of")
    items = found.get("max_items")
    if most is None and share is None and items is None:
        right = "请写 max，如 max: 12；或写 max_share，如 max_share: 1/3；限份数的写 max_items"
        item.refuse("没有写明上限", right)
    if items:
        _only_items(items, found)
    if of and share is None:
        of.refuse("这里写了份额的总体", "请同时写 max_share，如 max_share: 1/3")
    if share and not share.is_mapping() and share.number(positive=True) >= 1:
        share.refuse(share.shown, "这里应是小于 1 的份额，如 1/3")
    scope, applies_to = found["scope"].choice(SCOPES), filter_in(found, setting)
    years = _years(item, found, scope)
    overflow, spill = _overflow(found.get("overflow"), setting, scope, applies_to)
    base = of.keys([], RECORDS) if of else {}
    return Limit(
        id=setting.new_id(found["limit"], "cap"),
        title=found["title"].text(),
        source=found["source"].text(),
        scope=scope,
        unit=found["unit"].choice(UNITS) if "unit" in found else setting.unit,
        applies_to=applies_to,
        maximum=dated_number(most, setting) if most else None,
        overflow=overflow,
        spill=spill,
        share=dated_number(share, setting, positive=True) if share else None,
        share_of=filter_in(base, setting) if base else None,
        most_items=dated_number(items, setting) if items else None,
        years=years,
    )


def _years(item: Item, found: Mapping[str, Item], scope: str) -> int:
    """Return for how many years in a row a rolling limit holds, 0 for any other."""
    years = found.get("years")
    if scope != "rolling":
        if years:
            years.refuse("这里写了 years", "任意连续几年的，scope 请写 rolling；否则请删去这一行")
        return 0
    if years is None:
        item.refuse("没有写明连续几年", "请写 years，如 years: 5")
    if "max_share" in found:
        right = "任意连续几年的，请写 max 或 max_items: 1；份额的 scope 请写 year 或 cycle"
        found["max_share"].refuse("任意连续几年里没有份额", right)
    items = found.get("max_items")
    if items and (items.is_mapping() or items.number() != 1):
        right = "任意连续几年里只能限一份：max_items: 1；限学时的写 max"
        items.refuse(items.shown, right)
    if years.integer() > _MOST_YEARS:
        years.refuse(years.shown, f"不多于 {_MOST_YEARS} 年；任教以来只限一次的，scope 请写 career")
    return years.integer()


def _only_items(items: Item, found: Mapping[str, Item]) -> None:
    """Refuse what does not go with a number of items: another cap, an overflow, a single event."""
    beside = next((name for name in ("max", "max_share", "overflow", "unit") if name in found), "")
    if beside:
        items.refuse(f"max_items 和 {beside} 写在同一条里", f"请把 {beside} 写到另一条封顶里")
    if found["scope"].text() not in (*PERIODS, *_LASTING):
        right = "限几份的 scope 请写 semester、year、cycle、career 或 rolling"
        found["scope"].refuse(found["scope"].shown, right)


def _overflow(
    item: Item | None, setting: Setting, scope: str, applies_to: Filter
) -> tuple[str, Codes]:
    if item is None:
        return DROP, ()
    if not item.is_mapping():
        overflow = item.choice([DROP, HOLD])
        if overflow == HOLD and scope not in _HELD_IN:
            item.refuse(item.shown, "只有按学期或按年的封顶能留到下一期；请改写 overflow 或 scope")
        return overflow, ()
    target = item.keys([SPILL])[SPILL]
    codes = codes_of(target, setting)
    for each in applies_to.alternatives:
        if not any(code not in dict(each.parts).get(name, (code,)) for name, code in codes):
            right = "请转到 for 以外的代码，否则超出的部分又回到这里"
            target.refuse("转去的类别仍在本封顶之内", right)
    return SPILL, codes


def codes_of(item: Item, setting: Setting) -> Codes:
    """Return dimensions with one code each, at least one."""
    found = item.keys([], [each for each in DIMENSIONS if each not in _NO_CATEGORIES])
    if not found:
        item.refuse("这里是空的", "请写代码，如 {organiser_level: county}")
    return tuple(sorted((name, setting.known(code, name)) for name, code in found.items()))


def bundle_of(item: Item, setting: Setting) -> Bundle:
    """Read one of `bundles`."""
    found = item.keys(
        ["bundle", "title", "source", "scope", "parts", "earns"],
        ["as", "unit", "times", *TEACHERS],
    )
    parts = tuple(_bundle_part(each, setting) for each in found["parts"].items())
    if not parts:
        found["parts"].refuse("这里是空的", "请写至少一项，如 - {for: {…}, unit: lesson, min: 15}")
    return Bundle(
        id=setting.new_id(found["bundle"], "set"),
        title=found["title"].text(),
        source=found["source"].text(),
        scope=found["scope"].choice(PERIODS),
        unit=found["unit"].choice(UNITS) if "unit" in found else setting.unit,
        parts=parts,
        amount=dated_number(found["earns"], setting, positive=True),
        codes=codes_of(found["as"], setting) if "as" in found else (),
        teachers=filter_of(None, setting, who=found.get("who"), not_who=found.get("not_who")),
        times=found["times"].integer() if "times" in found else 1,
    )


def _bundle_part(item: Item, setting: Setting) -> BundlePart:
    found = item.keys(["unit", "min"], RECORDS)
    return BundlePart(
        applies_to=filter_in(found, setting),
        unit=found["unit"].choice([*UNITS, *COUNTS]),
        minimum=dated_number(found["min"], setting, positive=True),
    )


def cross_credit_of(item: Item, setting: Setting) -> CrossCredit:
    """Read one of `cross_credits`."""
    found = item.keys(
        ["cross_credit", "title", "source", "for", "as"],
        ["per", "by", "rates", "factor", "unit", "max", "scope", "except", *TEACHERS],
    )
    if ("rates" in found) == ("factor" in found):
        item.refuse("另计多少没有写明，或写了两次", "请写 rates（每份多少）或 factor（所得的几倍）")
    if ("max" in found) != ("scope" in found):
        item.refuse("max 和 scope 只写了一个", "请写明在哪个期间至多多少，如 max: 18, scope: year")
    by = found["by"].choice(DIMENSIONS) if "by" in found else ""
    per = found["per"].choice(_CROSS_PER[:-1]) if "per" in found else "item"
    factor = "factor" in found
    return CrossCredit(
        id=setting.new_id(found["cross_credit"], "also"),
        title=found["title"].text(),
        source=found["source"].text(),
        applies_to=filter_of(
            found["for"],
            setting,
            excluding=found.get("except"),
            who=found.get("who"),
            not_who=found.get("not_who"),
        ),
        unit=found["unit"].choice(UNITS) if "unit" in found else setting.unit,
        codes=codes_of(found["as"], setting),
        per=_CROSS_PER[-1] if factor else per,
        by=by,
        rates=dated_table(found["factor" if factor else "rates"], setting, by),
        maximum=dated_number(found["max"], setting) if "max" in found else None,
        scope=found["scope"].choice(PERIODS) if "scope" in found else "year",
    )


def bundles_of(item: Item, setting: Setting) -> tuple[Bundle, ...]:
    """Read `bundles`."""
    return tuple(bundle_of(each, setting) for each in item.items())


def cross_credits_of(item: Item, setting: Setting) -> tuple[CrossCredit, ...]:
    """Read `cross_credits`."""
    return tuple(cross_credit_of(each, setting) for each in item.items())
