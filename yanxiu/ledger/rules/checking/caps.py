"""Caps: floors that no one can reach under them, and caps that never cut anything."""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from yanxiu.ledger.rules.amounts import exact, shown
from yanxiu.ledger.rules.checking.finding import CONTRADICTION, NOTE, Finding
from yanxiu.ledger.rules.checking.numbers import UNITS, covers, in_unit, least, may_match
from yanxiu.ledger.rules.schemes import AwardRule, Limit, Requirement, Scheme
from yanxiu.ledger.rules.values import Filter

_TIMES = {"semester": 0, "year": 1, "cycle": 1}


def caps_against_floors(scheme: Scheme) -> Iterator[Finding]:
    """What is asked must be reachable under the caps."""
    for requirement in scheme.requirements:
        if requirement.unit not in UNITS or requirement.scope not in _TIMES:
            continue
        most = _most(scheme, requirement)
        if most is not None and most < least(requirement):
            sentence = (
                f"“{requirement.title}”要求 {shown(least(requirement))}，"
                f"而封顶之下最多只能计 {shown(most)}，任何人都无法达到。"
            )
            todo = "请提高封顶或降低要求。"
            yield Finding("floor-above-caps", requirement.id, sentence, todo, CONTRADICTION)


def _most(scheme: Scheme, requirement: Requirement) -> Fraction | None:
    """Return the most that can count toward `requirement`, None if something is unlimited."""
    if scheme.bundles or scheme.cross_credits or _is_helped(scheme, requirement):
        return None
    filters = (requirement.applies_to, *requirement.within)
    rules = [
        rule
        for rule in scheme.award_rules
        if all(may_match(rule.applies_to, each) for each in filters) and _pays(rule)
    ]
    caps = {
        limit.id: bound
        for limit in scheme.limits
        if (bound := _over(scheme, limit, requirement)) is not None
    }
    over = {rule.id: _capping(scheme, rule, filters) & caps.keys() for rule in rules}
    if not all(over.values()):
        return None
    tightest = {min(caps_of, key=lambda name: (caps[name], name)) for caps_of in over.values()}
    bounds = [sum((caps[name] for name in tightest), Fraction(0))]
    bounds += [caps[name] for name in caps if over and all(name in each for each in over.values())]
    return min(bounds)


def _is_helped(scheme: Scheme, requirement: Requirement) -> bool:
    """Say whether something else than its own records may fill it."""
    makes_up = requirement.scope == "year" and scheme.make_up and scheme.make_up.until
    return bool(
        makes_up
        or any(each.taker == requirement.id for each in scheme.substitutions)
        or any(each.requirement == requirement.id for each in scheme.carry_over)
        or any(each.spill for each in scheme.limits)
    )


def _capping(scheme: Scheme, rule: AwardRule, filters: tuple[Filter, ...]) -> set[str]:
    """Return the limits under which all records of `rule` stand, as far as `filters` let them."""
    return {
        limit.id
        for limit in scheme.limits
        if covers(limit.applies_to, rule.applies_to)
        or any(covers(limit.applies_to, each) for each in filters)
    }


def _pays(rule: AwardRule) -> bool:
    return any(number for _, number in rule.rates.values[-1][1].cells)


def _over(scheme: Scheme, limit: Limit, requirement: Requirement) -> Fraction | None:
    """Return the most a limit lets pass in the scope of `requirement`, in its unit."""
    lasts = limit.scope == "career" or limit.years
    if limit.scope not in _TIMES and not lasts:
        return None
    if limit.maximum is None or limit.overflow != "drop":
        return None
    times = (
        Fraction(runs(scheme, limit, requirement.scope))
        if lasts
        else _periods(scheme, limit.scope, requirement.scope)
    )
    most = exact(limit.maximum.values[-1][1]) * times
    return in_unit(scheme, most, limit.unit, requirement.unit)


def _periods(scheme: Scheme, small: str, large: str) -> Fraction:
    """Return how many of the periods `small` lie in one `large`, at least one."""
    a_year = {
        "semester": Fraction(len(scheme.cycle.semester_starts)),
        "year": Fraction(1),
        "cycle": Fraction(1, scheme.cycle.years),
    }
    return max(Fraction(1), a_year[small] / a_year[large])


def runs(scheme: Scheme, limit: Limit, scope: str) -> int:
    """Return how often a cap of the career or of years in a row can be filled in one `scope`."""
    years = scheme.cycle.years if scope == "cycle" else 1
    return ceil(Fraction(years, limit.years)) if limit.years else 1


def implied_caps(scheme: Scheme) -> Iterator[Finding]:
    """A cap that smaller caps keep anyhow; it stays for the reader, but never cuts."""
    for wide in scheme.limits:
        for narrow in scheme.limits:
            if wide is narrow or not _implies(scheme, narrow, wide):
                continue
            sentence = (
                f"“{wide.title}”从不会起作用：“{narrow.title}”的封顶已经更紧，加起来也到不了它。"
            )
            yield Finding("cap-never-reached", wide.id, sentence, "可以保留，请知晓。", NOTE)
            break


def shares_before_caps(scheme: Scheme) -> Iterator[Finding]:
    """A share that a later cap can raise again: it is taken of what the limits before it left."""
    for number, limit in enumerate(scheme.limits):
        if limit.share is None:
            continue
        base = limit.share_of or Filter()
        later = [
            each
            for each in scheme.limits[number + 1 :]
            if each.maximum is not None
            and each.scope in _TIMES
            and not covers(limit.applies_to, each.applies_to)
            and may_match(base, each.applies_to)
        ]
        if not later:
            continue
        others = "、".join(f"“{each.title}”上限" for each in later)
        sentence = f"“{limit.title}”的份额先封，{others}在它后面再封掉别的，份额可能又超过。"
        todo = "最后也不许超过的，请把份额写成固定的数（max）；否则可以保留，请知晓。"
        yield Finding("share-before-cap", limit.id, sentence, todo, NOTE)


def _implies(scheme: Scheme, narrow: Limit, wide: Limit) -> bool:
    if not (narrow.maximum and wide.maximum) or narrow.unit != wide.unit:
        return False
    if narrow.scope not in _TIMES or wide.scope not in _TIMES or narrow.scope == wide.scope:
        return False
    if narrow.overflow == "hold" or not covers(narrow.applies_to, wide.applies_to):
        return False
    each, whole = (exact(limit.maximum.values[-1][1]) for limit in (narrow, wide) if limit.maximum)
    return each * _periods(scheme, narrow.scope, wide.scope) <= whole
