"""What a scheme says that cannot all be meant: warnings with both readings, never refusals."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from yanxiu.ledger.rules.amounts import exact, rounded, shown
from yanxiu.ledger.rules.schemes import AwardRule, Filter, Limit, Requirement, Scheme

_UNCONFIRMED: Final = "待确认"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: a stable `code`, the part it is about, and whole sentences."""

    code: str
    where: str
    text: str


def findings(scheme: Scheme) -> tuple[Finding, ...]:
    """Return what an officer should look at before the scheme is used, in a fixed order."""
    checks = (
        _quotas_against_total,
        _two_readings_of_quotas,
        _floors_against_total,
        _years_against_cycle,
        _units_against_each_other,
        _caps_against_floors,
        _rates_lost_by_rounding,
        _unconfirmed,
    )
    return tuple(finding for check in checks for finding in check(scheme))


def _least(requirement: Requirement) -> Fraction:
    """Return the newest minimum, for teachers of no special tier."""
    table = requirement.minimum.values[-1][1]
    number = table.of("other")
    return exact(number if number is not None else max(exact(n) for _, n in table.cells))


def _factor(scheme: Scheme) -> Fraction | None:
    """Return hours per credit if all records have the same."""
    factors = {exact(each.hours_per_credit.values[-1][1]) for each in scheme.conversions}
    return factors.pop() if len(factors) == 1 else None


def _in_unit(scheme: Scheme, value: Fraction, unit: str, to: str) -> Fraction | None:
    factor = _factor(scheme)
    if unit == to:
        return value
    if factor is None or not {unit, to} <= {"hour", "credit"}:
        return None
    return value * factor if to == "hour" else value / factor


def _plain(scheme: Scheme, scope: str, unit: str) -> Requirement | None:
    """Return the requirement over everything for `scope` in `unit`."""
    return next(
        (
            each
            for each in scheme.requirements
            if (each.scope, each.unit) == (scope, unit) and not each.applies_to.parts
        ),
        None,
    )


def _partitions(scheme: Scheme) -> dict[str, list[Requirement]]:
    found: dict[str, list[Requirement]] = {}
    for each in scheme.requirements:
        if each.partition:
            found.setdefault(each.partition, []).append(each)
    return found


def _listed(numbers: list[Fraction]) -> str:
    return " + ".join(shown(each) for each in numbers)


def _quotas_against_total(scheme: Scheme) -> Iterator[Finding]:
    for name, quotas in _partitions(scheme).items():
        total = _plain(scheme, quotas[0].scope, quotas[0].unit)
        numbers = [_least(each) for each in quotas]
        if total and sum(numbers) != _least(total):
            text = (
                f"各份合计 {_listed(numbers)} = {shown(Fraction(sum(numbers)))}，"
                f"与“{total.title}”{shown(_least(total))} 不等。请核对原文，改正其中一处。"
            )
            yield Finding("quotas-differ-from-total", name, text)


def _two_readings_of_quotas(scheme: Scheme) -> Iterator[Finding]:
    """As many quotas as years: say what it would mean if they were meant year by year."""
    for name, quotas in _partitions(scheme).items():
        if len(quotas) != scheme.cycle.years or quotas[0].scope != "cycle":
            continue
        problems = _problems_year_by_year(scheme, quotas)
        if problems:
            numbers = [_least(each) for each in quotas]
            text = (
                f"{len(quotas)} 份要求有两种读法。其一，整个周期的 {len(quotas)} 个主题："
                f"{_listed(numbers)} = {shown(Fraction(sum(numbers)))}，"
                "不分学年完成，本方案按此计算。"
                f"其二，{len(quotas)} 个学年各一份：{'；'.join(problems)}，自相矛盾，无法按此执行。"
                "请对照原文确认是前一种。"
            )
            yield Finding("quotas-read-two-ways", name, text)


def _problems_year_by_year(scheme: Scheme, quotas: list[Requirement]) -> list[str]:
    problems = []
    for requirement in scheme.requirements:
        if requirement.scope != "year" or requirement.applies_to.parts:
            continue
        least = _least(requirement)
        label = scheme.unit_label(requirement.unit)
        for amount, years in _years_by_quota(quotas).items():
            unit = quotas[0].unit
            own = _in_unit(scheme, amount, unit, requirement.unit)
            other = requirement.unit != unit
            if own is None or own == least or (own > least and not other):
                continue
            same = f"（{shown(own)} {label}）" if other else ""
            problems.append(
                f"第 {years} 学年 {shown(amount)} {scheme.unit_label(unit)}{same}，"
                f"{'低' if own < least else '高'}于“{requirement.title}”的 {shown(least)} {label}"
            )
    return problems


def _years_by_quota(quotas: list[Requirement]) -> dict[Fraction, str]:
    years: dict[Fraction, list[str]] = {}
    for number, quota in enumerate(quotas, start=1):
        years.setdefault(_least(quota), []).append(str(number))
    return {amount: "、".join(numbers) for amount, numbers in years.items()}


def _floors_against_total(scheme: Scheme) -> Iterator[Finding]:
    """Floors of disjoint filters over one dimension must fit into the total of their scope."""
    for total in scheme.requirements:
        if total.applies_to.parts:
            continue
        for dimension in sorted({d for r in scheme.requirements for d, _ in r.applies_to.parts}):
            floors = [
                each
                for each in scheme.requirements
                if (each.scope, each.unit) == (total.scope, total.unit)
                and [name for name, _ in each.applies_to.parts] == [dimension]
                and not each.partition
            ]
            codes = [code for each in floors for code in each.applies_to.codes(dimension) or ()]
            whole = sum((_least(each) for each in floors), Fraction(0))
            if len(codes) == len(set(codes)) and whole > _least(total):
                text = (
                    f"分项最低要求合计 {shown(whole)}，超过“{total.title}”{shown(_least(total))}。"
                    "达到总数的人仍会不达标；请核对分项或总数。"
                )
                yield Finding("floors-over-total", total.id, text)


def _years_against_cycle(scheme: Scheme) -> Iterator[Finding]:
    for yearly in scheme.requirements:
        total = _plain(scheme, "cycle", yearly.unit)
        if yearly.scope != "year" or yearly.applies_to.parts or total is None:
            continue
        over_years = _least(yearly) * scheme.cycle.years
        if over_years > _least(total):
            text = (
                f"“{yearly.title}”{shown(_least(yearly))} × {scheme.cycle.years} 学年 = "
                f"{shown(over_years)}，多于“{total.title}”{shown(_least(total))}。"
                "逐年达标的人必然超过总数，总数不再起作用；请核对。"
            )
            yield Finding("years-over-cycle", yearly.id, text)


def _units_against_each_other(scheme: Scheme) -> Iterator[Finding]:
    for scope in ("semester", "year", "cycle"):
        in_hours, in_credits = (_plain(scheme, scope, unit) for unit in ("hour", "credit"))
        if in_hours is None or in_credits is None:
            continue
        same = _in_unit(scheme, _least(in_hours), "hour", "credit")
        if same is not None and same != _least(in_credits):
            text = (
                f"“{in_hours.title}”{shown(_least(in_hours))} 折合 {shown(same)} 学分，"
                f"与“{in_credits.title}”{shown(_least(in_credits))} 不一致，"
                "较高的一项起作用；请核对。"
            )
            yield Finding("units-disagree", in_hours.id, text)


def _caps_against_floors(scheme: Scheme) -> Iterator[Finding]:
    for requirement in scheme.requirements:
        if requirement.unit not in ("hour", "credit"):
            continue
        most = _most(scheme, requirement)
        if most is not None and most < _least(requirement):
            text = (
                f"“{requirement.title}”要求 {shown(_least(requirement))}，"
                f"而封顶之下最多只能计 {shown(most)}，任何人都无法达到；请提高封顶或降低要求。"
            )
            yield Finding("floor-above-caps", requirement.id, text)


def _most(scheme: Scheme, requirement: Requirement) -> Fraction | None:
    """Return the most that can count toward `requirement`, None if something is unlimited."""
    whole: dict[str, Fraction] = {}
    for rule in scheme.award_rules:
        if not _may_match(rule.applies_to, requirement.applies_to) or not _pays(rule):
            continue
        bounds = [
            (_over(scheme, limit, requirement), limit.id)
            for limit in scheme.limits
            if _covers(limit.applies_to, rule.applies_to)
        ]
        known = [(bound, name) for bound, name in bounds if bound is not None]
        if not known:
            return None
        bound, name = min(known)
        whole[name] = bound
    return sum(whole.values(), Fraction(0))


def _pays(rule: AwardRule) -> bool:
    return any(number for _, number in rule.rates.values[-1][1].cells)


def _over(scheme: Scheme, limit: Limit, requirement: Requirement) -> Fraction | None:
    """Return the most a limit lets pass in the scope of `requirement`, in its unit."""
    periods = {
        "semester": Fraction(len(scheme.cycle.semester_starts)),
        "year": Fraction(1),
        "cycle": Fraction(1, scheme.cycle.years),
    }
    if limit.scope not in periods:
        return None
    most = exact(limit.maximum.values[-1][1])
    times = periods[limit.scope] / periods[requirement.scope]
    return _in_unit(scheme, most * max(Fraction(1), times), limit.unit, requirement.unit)


def _may_match(one: Filter, other: Filter) -> bool:
    return all(
        not (codes := other.codes(dimension)) or set(own) & set(codes)
        for dimension, own in one.parts
    )


def _covers(wide: Filter, narrow: Filter) -> bool:
    return all(
        set(narrow.codes(dimension) or ()) and set(narrow.codes(dimension) or ()) <= set(codes)
        for dimension, codes in wide.parts
    )


def _rates_lost_by_rounding(scheme: Scheme) -> Iterator[Finding]:
    for rule in scheme.award_rules:
        rounding = rule.rounding or scheme.rounding
        rates = [exact(number) for _, number in rule.rates.values[-1][1].cells if number]
        lost = [rate for rate in rates if not rounded(rate, rounding.step, rounding.mode)]
        if lost and rule.per != "thousand_characters":
            text = (
                f"“{rule.title}”每份 {shown(lost[0])}，按 {shown(Decimal(rounding.step))} 取整"
                "后为 0，"
                "单独一份永远计不到；请为本条另写 rounding，或改动取整单位。"
            )
            yield Finding("rounds-to-nothing", rule.id, text)


def _unconfirmed(scheme: Scheme) -> Iterator[Finding]:
    sources = [(each.id, each.title, each.source) for each in scheme.requirements]
    sources += [(each.id, each.title, each.source) for each in scheme.limits]
    sources += [(each.id, each.title, each.source) for each in scheme.award_rules]
    seen = set()
    for name, title, source in sources:
        if _UNCONFIRMED in source and source not in seen:
            seen.add(source)
            text = f"“{title}”的出处写着：{source}。启用前请核对原文，改写出处。"
            yield Finding("unconfirmed-source", name, text)
