"""Who and what is accepted at all: `eligibility` and `validity`."""

from yanxiu.ledger.rules.parts.filters import RECORDS, TEACHERS, filter_in
from yanxiu.ledger.rules.parts.settings import Setting, dated, dated_number, share_of_one
from yanxiu.ledger.rules.reading import Item
from yanxiu.ledger.rules.schemes import Eligibility, Validity


def eligibility_of(item: Item, setting: Setting) -> Eligibility:
    """Read `eligibility`."""
    found = item.keys(["source"], TEACHERS)
    if not found.keys() & set(TEACHERS):
        item.refuse("没有写明对象", "请写 who 或 not_who，如 not_who: [retiring]")
    return Eligibility(filter_in(found, setting), found["source"].text())


def validity_of(item: Item, setting: Setting) -> tuple[Validity, ...]:
    """Read `validity`: one mapping, or a list of them for different records."""
    items = [item] if item.is_mapping() else item.items()
    return tuple(_validity(each, setting) for each in items)


def _validity(item: Item, setting: Setting) -> Validity:
    said = ("claim_within_days", "claim_by", "accepted_from", "accepted_to")
    found = item.keys(["source"], [*said, "late_factor", *RECORDS])
    if not found.keys() & set(said):
        item.refuse("没有写明期限", f"请至少写一项：{'、'.join(said)}")
    within, by = found.get("claim_within_days"), found.get("claim_by")
    late = found.get("late_factor")
    if late and not (within or by):
        late.refuse("没有写明何时算过期", "请写 claim_within_days 或 claim_by，如 claim_by: 01-30")
    first, last = (
        found[name].day() if name in found else None for name in ("accepted_from", "accepted_to")
    )
    if first and last and last < first:
        found["accepted_to"].refuse(found["accepted_to"].shown, "这一天不能早于 accepted_from")
    return Validity(
        applies_to=filter_in(found, setting),
        source=found["source"].text(),
        claim_within_days=dated_number(within, setting, positive=True) if within else None,
        claim_by=dated(by, setting, lambda value: value.month_day()) if by else None,
        accepted_from=first,
        accepted_to=last,
        late_factor=share_of_one(late, setting) if late else None,
    )
