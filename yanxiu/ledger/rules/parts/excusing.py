"""`exemptions` and `probation`: of whom less is asked, and of whom something else."""

from typing import Final

from yanxiu.ledger.rules.demands import Exemption, Probation
from yanxiu.ledger.rules.parts.exchanges import asked
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


def exemptions_of(item: Item, setting: Setting) -> tuple[Exemption, ...]:
    """Read `exemptions`."""
    return tuple(_exemption(each, setting) for each in item.items())


def _exemption(item: Item, setting: Setting) -> Exemption:
    found = item.keys(
        ["reason", "title", "effect", "source"],
        ["least_days", "scopes", "requirements", "at_retirement"],
    )
    effect = found["effect"].choice(EFFECTS)
    scopes = found.get("scopes")
    named = found["requirements"].items() if "requirements" in found else []
    return Exemption(
        reason=setting.new_id(found["reason"]),
        title=found["title"].text(),
        effect=effect,
        source=found["source"].text(),
        least_days=found["least_days"].integer() if "least_days" in found else 1,
        scopes=tuple(each.choice(ASKED_IN) for each in scopes.items())
        if scopes
        else _SCOPES[effect],
        requirements=tuple(asked(each, setting) for each in named),
        at_retirement="at_retirement" in found
        and found["at_retirement"].choice(["true", "false"]) == "true",
    )


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
