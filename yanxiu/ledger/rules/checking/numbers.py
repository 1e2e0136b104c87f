"""The numbers of a scheme as the checks compare them: the newest, in one unit."""

from fractions import Fraction

from yanxiu.ledger.rules.amounts import exact, shown
from yanxiu.ledger.rules.schemes import Requirement, Scheme
from yanxiu.ledger.rules.values import Filter

UNITS = ("hour", "credit")


def least(requirement: Requirement) -> Fraction:
    """Return the newest minimum, for teachers of no special tier."""
    table = requirement.minimum.values[-1][1]
    number = table.of("other")
    return exact(number if number is not None else max(exact(n) for _, n in table.cells))


def factor(scheme: Scheme) -> Fraction | None:
    """Return hours per credit if all records have the same."""
    factors = {exact(each.hours_per_credit.values[-1][1]) for each in scheme.conversions}
    return factors.pop() if len(factors) == 1 else None


def in_unit(scheme: Scheme, value: Fraction, unit: str, to: str) -> Fraction | None:
    """Return `value` in another unit, None if that differs from record to record."""
    if unit == to:
        return value
    ratio = factor(scheme)
    if ratio is None or not {unit, to} <= set(UNITS):
        return None
    return value * ratio if to == "hour" else value / ratio


def of_everybody(requirement: Requirement) -> bool:
    """Say whether it asks every teacher, and not for a share."""
    own = requirement.applies_to
    return not (own.who or own.not_who or requirement.is_share)


def plain(scheme: Scheme, scope: str, unit: str) -> Requirement | None:
    """Return the requirement over everything for `scope` in `unit`."""
    for each in scheme.requirements:
        whole = each.applies_to.everything and not each.within and of_everybody(each)
        if whole and (each.scope, each.unit) == (scope, unit):
            return each
    return None


def partitions(scheme: Scheme) -> dict[str, list[Requirement]]:
    """Return the requirements of each partition."""
    found: dict[str, list[Requirement]] = {}
    for each in scheme.requirements:
        if each.partition:
            found.setdefault(each.partition, []).append(each)
    return found


def added(numbers: list[Fraction]) -> str:
    """Write a sum out: `2 + 2.5`."""
    return " + ".join(shown(each) for each in numbers)


def may_match(one: Filter, other: Filter) -> bool:
    """Say whether some record could pass both; bounds are not looked at."""
    return any(
        _agree(dict(mine.parts), dict(theirs.parts))
        for mine in one.alternatives
        for theirs in other.alternatives
    )


def _agree(one: dict[str, tuple[str, ...]], other: dict[str, tuple[str, ...]]) -> bool:
    return all(name not in other or set(own) & set(other[name]) for name, own in one.items())


def covers(wide: Filter, narrow: Filter) -> bool:
    """Say whether every record that passes `narrow` surely passes `wide`."""
    if wide.excluding or wide.who or wide.not_who:
        return False
    return all(
        any(_holds(dict(theirs.parts), wider) for wider in wide.alternatives)
        for theirs in narrow.alternatives
    )


def _holds(narrow: dict[str, tuple[str, ...]], wide: Filter) -> bool:
    if wide.bounds:
        return False
    return all(name in narrow and set(narrow[name]) <= set(codes) for name, codes in wide.parts)
