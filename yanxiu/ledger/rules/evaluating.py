"""What one record earns by itself, and why: one reckoning gives both.

Order: teacher and days, rule and evidence, base × rate, multipliers, attendance, rounding, event
cap. Whatever depends on other records is left to `standing`.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Final

from yanxiu.ledger.rules.admitting import (
    check_evidence,
    check_presence,
    missed,
    outside,
    refusal_of_day,
    refusal_of_teacher,
)
from yanxiu.ledger.rules.amounts import NOTHING, exact, fixed, rounded, shown
from yanxiu.ledger.rules.awards import Award, Step
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.persons import Person
from yanxiu.ledger.rules.quantities import quantity
from yanxiu.ledger.rules.reckoning import NothingEarned, Reckoning, equals, near
from yanxiu.ledger.rules.schemes import AwardRule, Limit, Multiplier, Scheme

__all__ = ["Award", "Step", "award"]

_MODE_WORDS: Final = {
    "floor": "舍",
    "ceiling": "进",
    "half_up": "四舍五入",
    "half_even": "四舍六入",
}


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
    if refused:
        return _void(scheme, rules[0], *refused)
    rule = scheme.rule_for(facts, tiers)
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
    for multiplier in reckoning.rule.multipliers:
        _multiply(reckoning, multiplier)
    _deduct(reckoning)
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
    label = (reckoning.scheme.label(rule.by, code) or "未注明") if rule.by else ""
    rate = table.of(code)
    if rate is None:
        raise reckoning.void(f"本条没有规定“{label}”的标准，不计", rule.source)
    value = number * exact(rate)
    if rule.per in {"hour", "stated"} and rate == 1 and rule.unit == "hour":
        return
    head = f"{label}：" if label else ""
    if not words or (rule.per == "item" and number == 1):
        text = f"{head}计 {shown(rate)} {reckoning.unit}"
    else:
        text = f"{head}{words} × {shown(rate)} {equals(value)} {near(value)} {reckoning.unit}"
    reckoning.note(text, value, rule.source)


def _multiply(reckoning: Reckoning, multiplier: Multiplier) -> None:
    facts, scheme = reckoning.facts, reckoning.scheme
    if not multiplier.applies_to.matches(facts):
        return
    table = multiplier.rates.on(facts.on)
    code = facts.code(multiplier.by) if multiplier.by else ""
    rate = table.of(code) if table else None
    if rate is None or rate == 1:
        return
    if multiplier.by:
        label = scheme.label(multiplier.by, code) or "未注明"
    else:
        named = [name for name, _ in multiplier.applies_to.parts if facts.code(name)]
        label = "、".join(scheme.label(name, facts.code(name)) for name in named) or "系数"
    value = reckoning.value * exact(rate)
    text = f"{label} × {shown(rate)} {equals(value)} {near(value)}"
    reckoning.note(text, value, multiplier.source)


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
        mode = _MODE_WORDS[rounding.mode]
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
