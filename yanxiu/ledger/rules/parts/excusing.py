"""`exemptions` and `probation`: of whom less is asked, and of whom something else."""

from decimal import Decimal
from typing import Final

from yanxiu.ledger.rules.demands import Exemption, Probation
from yanxiu.ledger.rules.parts.exchanges import asked
from yanxiu.ledger.rules.parts.frame import MODES
from yanxiu.ledger.rules.parts.requirements import ASKED_IN
from yanxiu.ledger.rules.parts.settings import Setting
from yanxiu.ledger.rules.reading import Item

EFFECTS: Final = ("waive_year", "pro_rate", "extend_cycle", "waive")
_SCOPES: Final[dict[str, tuple[str, ...]]] = {
    "waive_year": ("semester", "year"),
    "pro_rate": ("semester", "year"),
    "extend_cycle": ("cycle",),
    "waive": ASKED_IN,
}
_BY_MONTHS: Final = ("waive_year", "pro_rate")
_RETIRING: Final = ("true", "false", "cycle")


def exemptions_of(item: Item, setting: Setting) -> tuple[Exemption, ...]:
    """Read `exemptions`."""
    return tuple(_exemption(each, setting) for each in item.items())


def _exemption(item: Item, setting: Setting) -> Exemption:
    found = item.keys(
        ["reason", "title", "effect", "source"],
        ["least_days", "scopes", "requirements", "at_retirement", "rounding", "before_joining"],
    )
    effect = found["effect"].choice(EFFECTS)
    named = found["requirements"].items() if "requirements" in found else []
    names = tuple(asked(each, setting) for each in named)
    retiring = found["at_retirement"].choice(_RETIRING) if "at_retirement" in found else "false"
    least_days = found["least_days"].integer() if "least_days" in found else 0
    return Exemption(
        reason=setting.new_id(found["reason"]),
        title=found["title"].text(),
        effect=effect,
        source=found["source"].text(),
        least_days=least_days or 1,
        scopes=_scopes(found, setting, effect, names),
        requirements=names,
        at_retirement=retiring != "false",
        retiring_in_cycle=retiring == "cycle",
        rounding=_rounding(found["rounding"]) if "rounding" in found else None,
        before_joining=_before_joining(found, effect),
        each_day=least_days == 1,
    )


def _before_joining(found: dict[str, Item], effect: str) -> bool:
    """Say whether the time before the first day of work is excused of itself."""
    item = found.get("before_joining")
    if item is None or item.choice(["true", "false"]) == "false":
        return False
    if effect not in _BY_MONTHS:
        right = "请写 effect: pro_rate（按月减）或 waive_year（免这一年）"
        found["effect"].refuse(f"before_joining 不能和 {effect} 同写", right)
    if effect == "pro_rate" and "least_days" in found:
        right = "入职以前的月份都减，请删去 least_days"
        found["least_days"].refuse("before_joining 和 least_days 写在同一条里", right)
    return True


def _rounding(item: Item) -> tuple[Decimal, str]:
    found = item.keys(["step", "mode"])
    return found["step"].decimal(positive=True), found["mode"].choice(MODES)


def _scopes(
    found: dict[str, Item], setting: Setting, effect: str, names: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the scopes that are concerned: as written, else the usual and those of `names`."""
    item = found.get("scopes")
    if item:
        scopes = [each.choice(ASKED_IN) for each in item.items()]
    else:
        scopes = [*_SCOPES[effect], *(setting.asked[name][0] for name in names)]
    if effect in _BY_MONTHS and "career" in scopes:
        right = "“从来”没有月份可减；请改用 effect: waive，或不列这一项要求"
        (item or found["requirements"]).refuse("这里有 scope 是 career 的要求", right)
    return tuple(dict.fromkeys(scopes))


def probation_of(item: Item, _setting: Setting) -> Probation:
    """Read `probation`."""
    found = item.keys(["months", "source"], ["from", "outside_cycle"])
    if "from" in found:
        found["from"].choice(["joined"])
    return Probation(
        months=found["months"].integer(),
        outside_cycle="outside_cycle" in found
        and found["outside_cycle"].choice(["true", "false"]) == "true",
        source=found["source"].text(),
    )
