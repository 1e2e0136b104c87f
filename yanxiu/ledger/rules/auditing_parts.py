"""The sections audit and transfers, read from their place in the file."""

from typing import Final

from yanxiu.ledger.rules import parts
from yanxiu.ledger.rules.auditing import CHECKERS, HUNDRED, METHODS, ON_FAIL, STRATA, Audit
from yanxiu.ledger.rules.reading import Item
from yanxiu.ledger.rules.transferring import TransferRow

_YES: Final = ("true", "false")


def audit_of(item: Item, setting: parts.Setting) -> Audit:  # noqa: ARG001 (as all sections)
    """Read `audit`."""
    found = item.keys(
        ["method", "percent", "on_fail", "source"],
        ["strata", "by", "redo_days", "window", "spare_sampled"],
    )
    percent = found["percent"].number(positive=True)
    if percent > HUNDRED:
        found["percent"].refuse(found["percent"].shown, "百分数应大于 0、不超过 100，不写百分号")
    strata = found["strata"].items() if "strata" in found else []
    if "strata" in found:
        found["strata"].texts()
    window = found["window"].items() if "window" in found else []
    if "window" in found and len(window) != 2:  # noqa: PLR2004 (a first and a last day)
        found["window"].refuse(found["window"].shown, "请写首日和末日，如 [09-01, 12-31]")
    return Audit(
        method=found["method"].choice(METHODS),
        percent=percent,
        strata=tuple(one.choice(STRATA) for one in strata),
        on_fail=found["on_fail"].choice(ON_FAIL),
        source=found["source"].text(),
        by=found["by"].choice(CHECKERS) if "by" in found else "school",
        redo_days=found["redo_days"].integer() if "redo_days" in found else 15,
        window=(window[0].month_day(), window[1].month_day()) if window else None,
        spare_sampled="spare_sampled" in found and found["spare_sampled"].choice(_YES) == "true",
    )


def transfers_of(item: Item, setting: parts.Setting) -> tuple[TransferRow, ...]:
    """Read `transfers`."""
    return tuple(_row(each, setting) for each in item.items())


def _row(item: Item, setting: parts.Setting) -> TransferRow:
    found = item.keys(["transfer", "title", "from", "to", "factor", "source"])
    return TransferRow(
        id=setting.new_id(found["transfer"]),
        title=found["title"].text(),
        taken=found["from"].choice(parts.UNITS),
        given=found["to"].choice(parts.UNITS),
        factor=parts.dated_number(found["factor"], setting, positive=True),
        source=found["source"].text(),
    )
