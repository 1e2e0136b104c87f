"""`requirements`, `partitions` and `year_band`: what must be reached."""

from datetime import date
from decimal import Decimal
from typing import Final

from yanxiu.ledger.rules.demands import Limit, Requirement
from yanxiu.ledger.rules.facts import DIMENSIONS
from yanxiu.ledger.rules.parts.filters import RECORDS, TEACHERS, filter_in, filter_of
from yanxiu.ledger.rules.parts.settings import (
    COUNTS,
    PERIODS,
    SEVERITIES,
    UNITS,
    Setting,
    dated_number,
    dated_table,
)
from yanxiu.ledger.rules.reading import Item
from yanxiu.ledger.rules.values import OTHER, Dated, Filter, Table

ASKED_IN: Final = (*PERIODS, "probation", "first_year", "career")
CHOICE: Final = "choice"
"""What stands for the unit of a requirement that asks for other requirements."""
YEAR_BAND: Final = "year_band"
_BOUNDS: Final = ("min", "max", "min_share", "max_share")
_CHOICE_KEY: Final = "at_least_of"
_SOMETIMES: Final = (
    *_BOUNDS,
    "of",
    "severity",
    "count_from",
    "count_to",
    "outside_cycle",
    "of_which",
    *RECORDS,
    *TEACHERS,
)


def requirements_of(item: Item, setting: Setting) -> list[Requirement]:
    """Read one of `requirements`, with the parts of it that stand under `of_which`."""
    keys = ["requirement", "title", "source", "scope"]
    found = item.keys(keys, [*_SOMETIMES, "unit", _CHOICE_KEY])
    scope = found["scope"].choice(ASKED_IN)
    if _CHOICE_KEY in found:
        return [_choice(found, setting, scope)]
    unit = found["unit"].choice([*UNITS, *COUNTS]) if "unit" in found else setting.unit
    whole = _requirement(item, found, setting, (scope, unit), None)
    return [whole, *_parts(found, setting, whole)]


def _choice(found: dict[str, Item], setting: Setting, scope: str) -> Requirement:
    """Read a requirement that asks for some of other requirements."""
    known = {"requirement", "title", "source", "scope", "severity", _CHOICE_KEY, *TEACHERS}
    for key in found.keys() - known:
        right = f"有 {_CHOICE_KEY} 的要求只数别的要求，请删去 {key}"
        found[key].refuse(f"这里写了 {key}", right)
    item = found[_CHOICE_KEY]
    own = item.keys(["n", "of"])
    needed, choices = own["n"].integer(), own["of"].texts()
    if not needed < len(choices):
        own["n"].refuse(own["n"].shown, "应小于 of 里的项数；全部都要的，分别写成要求就行")
    name = setting.new_id(found["requirement"], "floor")
    setting.asked[name] = scope, CHOICE
    setting.chosen.append((own["of"], scope))
    return Requirement(
        id=name,
        title=found["title"].text(),
        source=found["source"].text(),
        scope=scope,
        unit="item",
        applies_to=filter_in(found, setting),
        minimum=Dated(((setting.effective_from, Table(((OTHER, Decimal(needed)),))),)),
        severity=_severity(found, "block"),
        choices=choices,
        needed=needed,
    )


def check_choices(setting: Setting) -> None:
    """Refuse a choice among what is no requirement of the same scope."""
    for item, scope in setting.chosen:
        for each in item.items():
            name = each.text()
            own = setting.asked.get(name)
            if own is None:
                there = "、".join(setting.asked)
                each.refuse(f"没有编号为“{name}”的要求", f"已有的要求：{there}")
            if own[1] == CHOICE:
                each.refuse(f"“{name}”自己又写了 {_CHOICE_KEY}", "请直接写其中各项")
            if own[0] != scope:
                right = f"请改为 scope 同是 {scope} 的要求"
                each.refuse(f"“{name}”的期间是 {own[0]}，与本项不同", right)


def _parts(found: dict[str, Item], setting: Setting, whole: Requirement) -> list[Requirement]:
    """Read `of_which`: floors inside a floor, so of two dimensions at once."""
    requirements = []
    for item in found["of_which"].items() if "of_which" in found else []:
        own = item.keys(["requirement", "title"], [*_SOMETIMES, "source"])
        part = _requirement(item, own, setting, (whole.scope, whole.unit), whole)
        requirements += [part, *_parts(own, setting, part)]
    return requirements


def _requirement(
    item: Item,
    found: dict[str, Item],
    setting: Setting,
    frame: tuple[str, str],
    whole: Requirement | None,
) -> Requirement:
    _check_bounds(item, found)
    name = setting.new_id(found["requirement"], "floor")
    setting.asked[name] = frame
    scope, unit = frame
    least, most = found.get("min"), found.get("max")
    least_share, most_share = found.get("min_share"), found.get("max_share")
    return Requirement(
        id=name,
        title=found["title"].text(),
        source=found["source"].text() if "source" in found else (whole.source if whole else ""),
        scope=scope,
        unit=unit,
        applies_to=_for_the_same(filter_in(found, setting), whole),
        minimum=dated_table(least, setting, "tier") if least else nothing(setting),
        severity=_severity(found, whole.severity if whole else "block"),
        maximum=dated_table(most, setting, "tier") if most else None,
        least_share=dated_number(least_share, setting, positive=True) if least_share else None,
        most_share=dated_number(most_share, setting, positive=True) if most_share else None,
        of=filter_of(found.get("of"), setting) if "of" in found else Filter(),
        within=(*whole.within, whole.applies_to) if whole else (),
        parent=whole.id if whole else "",
        count_from=_latest(found.get("count_from"), whole.count_from if whole else None),
        outside_cycle=_is_outside(found, whole),
        count_to=_earliest(found.get("count_to"), whole.count_to if whole else None),
    )


def _latest(item: Item | None, of_whole: date | None) -> date | None:
    """A part does not count what its whole does not count."""
    days = [day for day in (item.day() if item else None, of_whole) if day]
    return max(days) if days else None


def _earliest(item: Item | None, of_whole: date | None) -> date | None:
    days = [day for day in (item.day() if item else None, of_whole) if day]
    return min(days) if days else None


def _check_bounds(item: Item, found: dict[str, Item]) -> None:
    if not found.keys() & set(_BOUNDS):
        right = f"请至少写一项：{'、'.join(_BOUNDS)}，如 min: 24"
        item.refuse("没有写明要达到多少", right)
    shares = [found[name] for name in ("min_share", "max_share") if name in found]
    for share in shares:
        if not share.is_mapping() and share.number(positive=True) > 1:
            share.refuse(share.shown, "这里应是份额，不大于 1，如 2/3")
    first, last = found.get("count_from"), found.get("count_to")
    if first and last and last.day() < first.day():
        last.refuse(last.shown, "这一天不能早于 count_from")
    if "of" in found and not shares:
        found["of"].refuse("这里写了份额的总体", "只有 min_share、max_share 才有 of，请改一处")


def _severity(found: dict[str, Item], otherwise: str) -> str:
    return found["severity"].choice(SEVERITIES) if "severity" in found else otherwise


def _for_the_same(own: Filter, whole: Requirement | None) -> Filter:
    """A part is asked of whom its whole is asked of, unless it says otherwise."""
    if whole is None or own.who or own.not_who:
        return own
    who, not_who = whole.applies_to.who, whole.applies_to.not_who
    return Filter(own.parts, own.bounds, own.others, own.excluding, who, not_who)


def _is_outside(found: dict[str, Item], whole: Requirement | None) -> bool:
    if "outside_cycle" in found:
        return found["outside_cycle"].choice(["true", "false"]) == "true"
    return whole is not None and whole.outside_cycle


def nothing(setting: Setting) -> Dated[Table]:
    """Return a minimum of nothing."""
    return Dated(((setting.effective_from, Table(((OTHER, Decimal(0)),))),))


def partition_of(item: Item, setting: Setting) -> list[Requirement]:
    """Read one of `partitions`: quotas that together make up the whole, one requirement each."""
    found = item.keys(
        ["partition", "title", "source", "by", "scope", "quotas"],
        ["unit", "severity", *RECORDS, *TEACHERS],
    )
    name = setting.new_id(found["partition"], "parts")
    by = found["by"].choice(DIMENSIONS)
    whole = filter_in(found, setting)
    quotas = []
    for key, value in found["quotas"].pairs():
        code = setting.known(key, by)
        label = setting.labels[by][code]
        quota = Requirement(
            id=f"{name}:{code}",
            title=f"{found['title'].text()}·{label}",
            source=found["source"].text(),
            scope=found["scope"].choice(PERIODS),
            unit=found["unit"].choice(UNITS) if "unit" in found else setting.unit,
            applies_to=Filter(((by, (code,)),), who=whole.who, not_who=whole.not_who),
            minimum=dated_table(value, setting, "tier"),
            severity=_severity(found, "warn"),
            partition=name,
            within=() if whole.everything else (whole,),
        )
        setting.asked[quota.id] = (quota.scope, quota.unit)
        quotas.append(quota)
    return quotas


def year_band_of(item: Item, setting: Setting) -> tuple[list[Requirement], list[Limit]]:
    """Read `year_band`: the least a year must have, and the most that counts in it."""
    found = item.keys(["source"], ["min", "max", "unit", "severity", *TEACHERS])
    if not found.keys() & {"min", "max"}:
        item.refuse("没有写明上下限", "请写 min 或 max，如 max: 144")
    source = found["source"].text()
    unit = found["unit"].choice(UNITS) if "unit" in found else setting.unit
    who = filter_in(found, setting)
    least, most = found.get("min"), found.get("max")
    requirements, limits = [], []
    if least:
        setting.asked[YEAR_BAND] = ("year", unit)
        minimum, severity = dated_table(least, setting, "tier"), _severity(found, "block")
        own = Requirement(YEAR_BAND, "每年下限", source, "year", unit, who, minimum, severity)
        requirements.append(own)
    if most:
        cap = dated_number(most, setting)
        limits.append(Limit(f"{YEAR_BAND}_most", "每年", source, "year", unit, who, cap))
    return requirements, limits
