"""`attendance` and `role_exclusivity`: how somebody took part."""

from yanxiu.ledger.rules.parts.filters import RECORDS, filter_in, filter_of
from yanxiu.ledger.rules.parts.settings import (
    PERIODS,
    Setting,
    dated_number,
    dated_table,
    share_of_one,
)
from yanxiu.ledger.rules.reading import Item
from yanxiu.ledger.rules.schemes import Attendance, Number, RoleExclusivity
from yanxiu.ledger.rules.values import Dated, Filter


def attendance_of(item: Item, setting: Setting) -> Attendance:
    """Read `attendance`."""
    found = item.keys(
        ["nothing_for", "source"], [*RECORDS, "deduct", "void", "absent_share", "absent_factor"]
    )
    scope, void_from = "", []
    if "void" in found:
        void = found["void"].keys(["scope", "from"])
        scope = void["scope"].choice(PERIODS)
        void_from = [
            (setting.known(key, "attendance"), dated_number(value, setting, positive=True))
            for key, value in void["from"].pairs()
        ]
    deduct, factor = found.get("deduct"), found.get("absent_factor")
    absent_from, absent_for, is_over = _absent(found.get("absent_share"), setting)
    if factor and absent_from is None:
        factor.refuse("没有写明缺席多少才按此计", "请写 absent_share，如 absent_share: {from: 1/5}")
    return Attendance(
        applies_to=filter_in(found, setting),
        deduct=dated_table(deduct, setting, "attendance") if deduct else None,
        nothing_for=tuple(setting.known(e, "attendance") for e in found["nothing_for"].items()),
        void_scope=scope,
        void_from=tuple(void_from),
        source=found["source"].text(),
        absent_from=absent_from,
        absent_for=absent_for,
        absent_factor=dated_number(factor, setting) if factor else None,
        absent_over=is_over,
    )


def _absent(item: Item | None, setting: Setting) -> tuple[Dated[Number] | None, Filter, bool]:
    """Return the share that matters, of which records, and whether only more than it does."""
    if item is None:
        return None, Filter(), False
    found = item.keys([], ["from", "over", "for"])
    if ("from" in found) == ("over" in found):
        right = "达到就算的写 from，如 from: 1/5；超过才算的写 over，如 over: 1/5"
        item.refuse("缺席多少没有写明，或写了两次", right)
    is_over = "over" in found
    share = share_of_one(found["over" if is_over else "from"], setting, positive=not is_over)
    return share, filter_of(found.get("for"), setting), is_over


def role_exclusivity_of(item: Item, setting: Setting) -> RoleExclusivity:
    """Read `role_exclusivity`."""
    found = item.keys(["active", "passive", "source"])
    return RoleExclusivity(
        active=tuple(setting.known(each, "role") for each in found["active"].items()),
        passive=tuple(setting.known(each, "role") for each in found["passive"].items()),
        source=found["source"].text(),
    )
