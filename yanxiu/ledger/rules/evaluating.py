"""What one record earns by itself, and why: one reckoning gives both.

Order: teacher and days, rule and evidence, base × rate and its cap, multipliers, attendance, a
late claim, rounding, event cap. Whatever depends on other records is left to `standing`.
"""

from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction

from yanxiu.ledger.rules.admitting import (
    check_evidence,
    check_presence,
    late_factor,
    missed,
    outside,
    refusal_of_day,
    refusal_of_teacher,
)
from yanxiu.ledger.rules.amounts import MODE_WORDS, NOTHING, exact, fixed, rounded, shown
from yanxiu.ledger.rules.awards import Award, Step
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.persons import Person
from yanxiu.ledger.rules.quantities import quantity
from yanxiu.ledger.rules.reckoning import NothingEarned, Reckoning, equals, near
from yanxiu.ledger.rules.schemes import AwardRule, Limit, Multiplier, Number, Scheme

__all__ = ["Award", "Step", "award"]


def award(scheme: Scheme, facts: Facts, person: Person | None = None) -> Award | None:
    """Return what `facts` earns under `scheme`, with the steps that lead there.

    None if the scheme does not speak of this kind of record at all. If it does and nothing is
    earned, an award of 0 that is not `valid`, whose last step tells the reason.

    Without `person` the teacher is taken as eligible and of no tier.
    """
    rules = scheme.rules_for_kind(facts.kind)
    if not rules:
        return None
    tiers = person.tiers if person else frozenset()
    refused = refusal_of_teacher(scheme, tiers) if person else None
    refused = refused or refusal_of_day(scheme, facts)
    rule = scheme.rule_for(facts, tiers)
    if refused:
        return _void(scheme, rule or rules[0], *refused)
    if rule is None:
        return _void(scheme, rules[0], outside(scheme, facts, rules, tiers), rules[0].source)
    reckoning = Reckoning(scheme, facts, rule, tiers)
    try:
        _reckon(reckoning)
    except NothingEarned:
        return _award(scheme, rule, reckoning.steps, NOTHING, valid=False)
    return _award(scheme, rule, reckoning.steps, fixed(reckoning.value), valid=True)


def _award(
    scheme: Scheme, rule: AwardRule, steps: list[Step], amount: Decimal, *, valid: bool
) -> Award:
    return Award(
        scheme=scheme.id,
        version=scheme.version,
        digest=scheme.digest,
        rule=rule.id,
        title=rule.title,
        source=rule.source,
        amount=amount,
        unit=rule.unit,
        unit_label=scheme.unit_label(rule.unit),
        valid=valid,
        steps=tuple(steps),
    )


def _void(scheme: Scheme, rule: AwardRule, text: str, source: str) -> Award:
    steps = [Step(text, NOTHING, source, rule.id)]
    return _award(scheme, rule, steps, NOTHING, valid=False)


def _reckon(reckoning: Reckoning) -> None:
    check_evidence(reckoning)
    check_presence(reckoning)
    _base(reckoning)
    for multiplier, rate in factors_of(reckoning.rule, reckoning.facts, reckoning.tiers):
        _multiply(reckoning, multiplier, rate)
    _deduct(reckoning)
    _take_late(reckoning)
    _round(reckoning)
    _cap(reckoning)


def _base(reckoning: Reckoning) -> None:
    facts, rule = reckoning.facts, reckoning.rule
    number, words = quantity(reckoning)
    table = rule.rates.on(facts.on)
    if table is None:
        first = rule.rates.values[0][0]
        raise reckoning.void(f"本条自 {first:%Y-%m-%d} 起施行，此前的记录不计", rule.source)
    code = facts.code(rule.by) if rule.by else ""
    label = _named(reckoning.scheme, rule.by, code) if rule.by else ""
    rate = table.of(code)
    if rate is None:
        raise reckoning.void(f"本条没有规定“{label}”的标准，不计", rule.source)
    value = number * exact(rate)
    if not (rule.per in {"hour", "stated"} and rate == 1 and rule.unit == "hour"):
        head = f"{label}：" if label else ""
        if not words or (rule.per == "item" and number == 1):
            text = f"{head}计 {shown(rate)} {reckoning.unit}"
        else:
            text = f"{head}{words} × {shown(rate)} {equals(value)} {near(value)} {reckoning.unit}"
        reckoning.note(text, value, rule.source)
    cap = rule.base_cap.on(facts.on) if rule.base_cap else None
    if cap is not None and reckoning.value > exact(cap):
        text = f"乘系数以前的上限 {shown(cap)} → {shown(cap)}"
        reckoning.note(text, exact(cap), rule.source)


def _named(scheme: Scheme, dimension: str, code: str) -> str:
    """Return what a code is called in a step; a bare number would read as a factor."""
    label = scheme.label(dimension, code) or "未注明"
    return f"第{code}作者" if dimension == "author_order" and label == code else label


def factors_of(
    rule: AwardRule, facts: Facts, tiers: Collection[str]
) -> list[tuple[Multiplier, Number]]:
    """Return the multipliers of `rule` for one record, with their numbers, in written order."""
    found = []
    for each in rule.multipliers:
        if not (each.applies_to.matches(facts) and each.applies_to.concerns(tiers)):
            continue
        table = each.rates.on(facts.on)
        rate = table.of(facts.code(each.by) if each.by else "") if table else None
        if rate is not None and rate != 1:
            found.append((each, rate))
    if not rule.only_highest:
        return found
    highest = max((rate for _, rate in found if rate > 1), default=None)
    first = next((each for each in found if each[1] == highest), None)
    return [each for each in found if each[1] < 1 or each is first]


def _multiply(reckoning: Reckoning, multiplier: Multiplier, rate: Number) -> None:
    facts, scheme, teachers = reckoning.facts, reckoning.scheme, multiplier.applies_to
    if multiplier.by:
        label = _named(scheme, multiplier.by, facts.code(multiplier.by))
    else:
        named = [name for name, _ in teachers.parts if facts.code(name)]
        words = [scheme.label(name, facts.code(name)) for name in named]
        words += [scheme.label("tier", each) for each in teachers.who if each in reckoning.tiers]
        label = "、".join(words) or "系数"
    value = reckoning.value * exact(rate)
    text = f"{label} × {shown(rate)} {equals(value)} {near(value)}"
    reckoning.note(text, value, multiplier.source)


def _take_late(reckoning: Reckoning) -> None:
    late = late_factor(reckoning.scheme, reckoning.facts)
    if late is None:
        return
    factor, words, source = late
    value = reckoning.value * factor
    text = f"{words}，× {shown(factor)} {equals(value)} {near(value)}"
    reckoning.note(text, value, source)


def _deduct(reckoning: Reckoning) -> None:
    attendance, facts = reckoning.scheme.attendance, reckoning.facts
    if attendance is None or not attendance.applies_to.matches(facts):
        return
    table = attendance.deduct.on(facts.on) if attendance.deduct else None
    minus = table.of(facts.attendance) if table else None
    if minus:
        word = reckoning.scheme.label("attendance", facts.attendance)
        value = max(Fraction(0), reckoning.value - exact(minus))
        text = f"{word} − {shown(minus)} {equals(value)} {near(value)}"
        reckoning.note(text, value, attendance.source)
    factor = attendance.absent_factor.on(facts.on) if attendance.absent_factor else None
    words = missed(reckoning.scheme, attendance, facts) if factor is not None else ""
    if factor is not None and words:
        value = reckoning.value * exact(factor)
        text = f"{words}，× {shown(factor)} {equals(value)} {near(value)}"
        reckoning.note(text, value, attendance.source)


def _round(reckoning: Reckoning) -> None:
    rounding = reckoning.rule.rounding or reckoning.scheme.rounding
    if rounding.at != "award":
        return
    value = rounded(reckoning.value, rounding.step, rounding.mode)
    if value != reckoning.value:
        mode = MODE_WORDS[rounding.mode]
        text = f"按 {shown(rounding.step)} 取整（{mode}）→ {shown(value)}"
        reckoning.note(text, value, rounding.source)


def event_limits(scheme: Scheme, unit: str) -> list[Limit]:
    """Return the limits over one event that cut an amount of `unit`; `counting` does the rest."""
    return [
        limit
        for limit in scheme.limits
        if (limit.scope, limit.unit, limit.overflow) == ("event", unit, "drop")
    ]


def _cap(reckoning: Reckoning) -> None:
    scheme, facts, rule = reckoning.scheme, reckoning.facts, reckoning.rule
    cap = rule.event_cap.on(facts.on) if rule.event_cap else None
    if cap is not None and reckoning.value > exact(cap):
        reckoning.note(f"单次上限 {shown(cap)} → {shown(cap)}", exact(cap), rule.source)
    for limit in event_limits(scheme, rule.unit):
        concerned = limit.applies_to.matches(facts) and limit.applies_to.concerns(reckoning.tiers)
        most = limit.maximum.on(facts.on) if limit.maximum and concerned else None
        if most is not None and reckoning.value > exact(most):
            text = f"{limit.title}：上限 {shown(most)} → {shown(most)}"
            reckoning.note(text, exact(most), limit.source, rule=limit.id)
