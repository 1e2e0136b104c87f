"""What one record earns by itself, and why: one reckoning gives both.

Order: rule and evidence, base × rate, multipliers, attendance, rounding, event cap. Whatever
depends on other records is left to `standing`.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Final

from yanxiu.ledger.rules.amounts import NOTHING, exact, fixed, is_fixed, nearest, rounded, shown
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.schemes import AwardRule, Scheme

_COUNTED: Final = {"lesson": "lessons", "item": "items"}
_THOUSAND: Final = 1000
_MODE_WORDS: Final = {
    "floor": "舍",
    "ceiling": "进",
    "half_up": "四舍五入",
    "half_even": "四舍六入",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an explanation; `amount` is what stands after it, None for a mere remark."""

    text: str
    amount: Decimal | None
    source: str = ""
    rule: str = ""

    def as_json(self) -> dict[str, str]:
        """Return it as plain strings; an amount has four places."""
        value = "" if self.amount is None else str(self.amount)
        return {"text": self.text, "amount": value, "source": self.source, "rule": self.rule}


@dataclass(frozen=True, slots=True)
class Award:
    """认定结果: what a scheme gives one record by itself.

    Attributes:
        unit: `hour` or `credit`.
        valid: False if the record is void (absent, without required evidence, outside the rule);
            a valid award may still be of 0, such as a plan that is only counted.
        rule: id of the award rule, `""` if none applied.
    """

    scheme: str
    version: str
    digest: str
    rule: str
    title: str
    source: str
    amount: Decimal
    unit: str
    unit_label: str
    valid: bool
    steps: tuple[Step, ...]

    def as_json(self) -> dict[str, object]:
        """Return all of it as JSON values, amounts as text with four places."""
        return {
            "scheme": self.scheme,
            "version": self.version,
            "digest": self.digest,
            "rule": self.rule,
            "title": self.title,
            "source": self.source,
            "amount": str(self.amount),
            "unit": self.unit,
            "unit_label": self.unit_label,
            "valid": self.valid,
            "steps": [step.as_json() for step in self.steps],
        }


class _NothingEarned(Exception):
    """Ends a reckoning early; the reason has been noted."""


@dataclass
class _Reckoning:
    """An amount on its way, with every step it takes."""

    scheme: Scheme
    facts: Facts
    rule: AwardRule
    value: Fraction = Fraction(0)
    steps: list[Step] = field(default_factory=list)

    def note(self, text: str, value: Fraction, source: str, *, rule: str = "") -> None:
        """Go on to `value` and say how; `rule` names a limit, else it is the award rule."""
        self.value = value
        self.steps.append(Step(text, nearest(value), source, rule or self.rule.id))

    def void(self, text: str, source: str) -> _NothingEarned:
        """Say why nothing is earned; raise what this returns."""
        self.note(text, Fraction(0), source)
        return _NothingEarned()

    @property
    def unit(self) -> str:
        """The word for the unit of the amounts."""
        return self.scheme.unit_label(self.rule.unit)


def award(scheme: Scheme, facts: Facts) -> Award | None:
    """Return what `facts` earns under `scheme`, with the steps that lead there.

    None if the scheme does not speak of this kind of record at all. If it does and nothing is
    earned, an award of 0 that is not `valid`, whose last step tells the reason.
    """
    rules = scheme.rules_for_kind(facts.kind)
    if not rules:
        return None
    if facts.on < scheme.effective_from:
        text = f"本方案自 {scheme.effective_from:%Y-%m-%d} 起施行，此前的记录不适用"
        return _void(scheme, rules[0], text, scheme.source)
    rule = scheme.rule_for(facts)
    if rule is None:
        return _void(scheme, rules[0], _outside(scheme, facts, rules), rules[0].source)
    reckoning = _Reckoning(scheme, facts, rule)
    try:
        _reckon(reckoning)
    except _NothingEarned:
        return _award(scheme, rule, reckoning.steps, fixed(Fraction(0)), valid=False)
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


def _outside(scheme: Scheme, facts: Facts, rules: list[AwardRule]) -> str:
    """Say which property of the record keeps it out of every rule of its kind."""
    kind = scheme.label("kind", facts.kind)
    for dimension, codes in rules[0].applies_to.parts:
        if facts.code(dimension) not in codes:
            allowed = "、".join(scheme.label(dimension, code) for code in codes)
            own = scheme.label(dimension, facts.code(dimension)) or "未注明"
            return f"{kind}只认定：{allowed}；本记录为“{own}”，不计"
    return f"{kind}没有适用于本记录的条目，不计"


def _reckon(reckoning: _Reckoning) -> None:
    _check_evidence(reckoning)
    _check_presence(reckoning)
    _base(reckoning)
    _multiply(reckoning)
    _deduct(reckoning)
    _round(reckoning)
    _cap(reckoning)


def _check_evidence(reckoning: _Reckoning) -> None:
    scheme, rule = reckoning.scheme, reckoning.rule
    missing = [each for each in rule.requires if each not in reckoning.facts.evidence]
    if missing:
        words = "、".join(scheme.label("evidence", each) for each in missing)
        raise reckoning.void(f"缺{words}，本记录暂不计；补齐后即可认定", rule.source)


def _check_presence(reckoning: _Reckoning) -> None:
    attendance, facts = reckoning.scheme.attendance, reckoning.facts
    if attendance is None or not attendance.applies_to.matches(facts):
        return
    if facts.attendance in attendance.nothing_for:
        word = reckoning.scheme.label("attendance", facts.attendance)
        raise reckoning.void(f"{word}，本次不计", attendance.source)


def _quantity(reckoning: _Reckoning) -> tuple[Fraction, str]:
    """Return how many units the rate is paid for, and the words that say so."""
    scheme, facts, rule = reckoning.scheme, reckoning.facts, reckoning.rule
    if rule.per == "hour":
        length = scheme.minutes_per_hour.on(facts.on)
        if facts.minutes is None or length is None:
            raise reckoning.void("没有登记时长，无法计算；补登时长后即可认定", scheme.time_source)
        value = exact(facts.minutes) / exact(length)
        hour = scheme.unit_label("hour")
        text = f"{facts.minutes} 分钟 ÷ {shown(length)} {_is(value)} {_near(value)} {hour}"
        reckoning.note(text, value, scheme.time_source)
        return value, f"{_near(value)} {hour}"
    if rule.per == "thousand_characters":
        if facts.characters is None:
            raise reckoning.void("没有登记字数，无法计算；补登字数后即可认定", rule.source)
        value = exact(facts.characters) / _THOUSAND
        return value, f"{_near(value)} 千字"
    if rule.per == "flat":
        return Fraction(1), ""
    stated = getattr(facts, _COUNTED[rule.per])
    value = exact(1 if stated is None else stated)
    return value, f"{_near(value)} {scheme.unit_label(rule.per)}"


def _base(reckoning: _Reckoning) -> None:
    facts, rule = reckoning.facts, reckoning.rule
    quantity, words = _quantity(reckoning)
    table = rule.rates.on(facts.on)
    if table is None:
        first = rule.rates.values[0][0]
        raise reckoning.void(f"本条自 {first:%Y-%m-%d} 起施行，此前的记录不计", rule.source)
    code = facts.code(rule.by) if rule.by else ""
    label = (reckoning.scheme.label(rule.by, code) or "未注明") if rule.by else ""
    rate = table.of(code)
    if rate is None:
        raise reckoning.void(f"本条没有规定“{label}”的标准，不计", rule.source)
    value = quantity * exact(rate)
    if rule.per == "hour" and rate == 1 and rule.unit == "hour":
        return
    head = f"{label}：" if label else ""
    if not words or (rule.per == "item" and quantity == 1):
        text = f"{head}计 {shown(rate)} {reckoning.unit}"
    else:
        text = f"{head}{words} × {shown(rate)} {_is(value)} {_near(value)} {reckoning.unit}"
    reckoning.note(text, value, rule.source)


def _multiply(reckoning: _Reckoning) -> None:
    facts = reckoning.facts
    for multiplier in reckoning.rule.multipliers:
        table = multiplier.rates.on(facts.on)
        code = facts.code(multiplier.by)
        rate = table.of(code) if table else None
        if rate is None or rate == 1:
            continue
        label = reckoning.scheme.label(multiplier.by, code) or "未注明"
        value = reckoning.value * exact(rate)
        text = f"{label} × {shown(rate)} {_is(value)} {_near(value)}"
        reckoning.note(text, value, multiplier.source)


def _deduct(reckoning: _Reckoning) -> None:
    attendance, facts = reckoning.scheme.attendance, reckoning.facts
    if attendance is None or attendance.deduct is None or not attendance.applies_to.matches(facts):
        return
    table = attendance.deduct.on(facts.on)
    minus = table.of(facts.attendance) if table else None
    if not minus:
        return
    word = reckoning.scheme.label("attendance", facts.attendance)
    value = max(Fraction(0), reckoning.value - exact(minus))
    text = f"{word} − {shown(minus)} {_is(value)} {_near(value)}"
    reckoning.note(text, value, attendance.source)


def _round(reckoning: _Reckoning) -> None:
    rounding = reckoning.rule.rounding or reckoning.scheme.rounding
    value = rounded(reckoning.value, rounding.step, rounding.mode)
    if value != reckoning.value:
        mode = _MODE_WORDS[rounding.mode]
        text = f"按 {shown(rounding.step)} 取整（{mode}）→ {shown(value)}"
        reckoning.note(text, value, rounding.source)


def _cap(reckoning: _Reckoning) -> None:
    scheme, facts, rule = reckoning.scheme, reckoning.facts, reckoning.rule
    cap = rule.event_cap.on(facts.on) if rule.event_cap else None
    if cap is not None and reckoning.value > exact(cap):
        reckoning.note(f"单次上限 {shown(cap)} → {shown(cap)}", exact(cap), rule.source)
    for limit in scheme.limits:
        if limit.scope != "event" or limit.unit != rule.unit or not limit.applies_to.matches(facts):
            continue
        most = limit.maximum.on(facts.on)
        if most is not None and reckoning.value > exact(most):
            text = f"{limit.title}：上限 {shown(most)} → {shown(most)}"
            reckoning.note(text, exact(most), limit.source, rule=limit.id)


def _is(value: Fraction) -> str:
    return "=" if is_fixed(value) else "≈"


def _near(value: Fraction) -> str:
    return shown(nearest(value))
