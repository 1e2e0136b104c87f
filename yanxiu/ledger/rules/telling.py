"""The explanation of one requirement: what was earned, what was cut by which rule, what is left."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from yanxiu.kernel.amounts import amount, plain
from yanxiu.ledger.rules.amounts import NOTHING, exact, fixed, shown
from yanxiu.ledger.rules.awards import Step
from yanxiu.ledger.rules.lines import Line, by_factor, measure
from yanxiu.ledger.rules.schemes import Requirement, Scheme
from yanxiu.ledger.rules.settling import AMOUNTS, Settled

SCOPE_WORDS: Final = {
    "semester": "本学期",
    "year": "本学年",
    "cycle": "本周期",
    "probation": "试用期",
    "first_year": "第一年",
    "career": "任教以来",
}


_SUMMER: Final = (7, 9)
"""A credit year that begins in these months or between them is a school year."""


def scope_word(scheme: Scheme, scope: str) -> str:
    """Return what a period is called at the place: 本学年, or 本年度 if it begins elsewhere."""
    first, last = _SUMMER
    if scope == "year" and not first <= scheme.cycle.year_start[0] <= last:
        return "本年度"
    return SCOPE_WORDS[scope]


def trace(scheme: Scheme, lines: Sequence[Line], requirement: Requirement) -> list[Step]:
    """Say what the entries earned, what was cut by which rule, and how it was converted."""
    scope, unit = scope_word(scheme, requirement.scope), requirement.unit
    real = [line for line in lines if line.virtual is None]
    if unit not in AMOUNTS:
        counts = (line for line in lines if line.counts and line.counts_as(unit))
        counted = (measure(line.earned.facts, unit) for line in counts)
        number = amount(sum(counted, Decimal(0)))
        text = f"{scope}已认定记录中计 {plain(number)} {scheme.unit_label(unit)}"
        return [Step(text, number, requirement.source, requirement.id)]
    steps = []
    for own in dict.fromkeys(line.earned.unit for line in real):
        alike = [each.earned.amount for each in real if each.earned.unit == own]
        earned = sum(alike, NOTHING)
        text = (
            f"{scope} {len(alike)} 条已认定记录，单独计得 {plain(earned)} {scheme.unit_label(own)}"
        )
        steps.append(Step(text, earned, requirement.source, requirement.id))
    steps += _added(scheme, [line for line in lines if line.virtual])
    steps += _cut_steps(lines)
    return steps + _conversions(scheme, lines, unit)


def _added(scheme: Scheme, lines: Iterable[Line]) -> list[Step]:
    sums: dict[tuple[tuple[str, str, str], str], Decimal] = {}
    for line in lines:
        if line.virtual:
            key = (line.virtual, line.earned.unit)
            sums[key] = sums.get(key, NOTHING) + line.earned.amount
    return [
        Step(f"{title}，加 {plain(value)} {scheme.unit_label(unit)}", None, source, rule)
        for ((rule, title, source), unit), value in sums.items()
        if value
    ]


def _cut_steps(lines: Iterable[Line]) -> list[Step]:
    cuts: dict[tuple[str, str, str], Decimal] = {}
    for line in lines:
        for cut in line.cuts:
            key = (cut.rule, cut.title, cut.source)
            cuts[key] = cuts.get(key, NOTHING) + cut.removed
    return [
        Step(f"{title}，{_sign(removed)} {plain(abs(removed))}", None, source, rule)
        for (rule, title, source), removed in cuts.items()
        if removed
    ]


def _sign(removed: Decimal) -> str:
    return "减去" if removed > 0 else "加"


def _conversions(scheme: Scheme, lines: Iterable[Line], unit: str) -> list[Step]:
    steps = []
    for whole, ratio, value in by_factor(lines, unit):
        if ratio and ratio != 1:
            sign = "×" if unit == "hour" else "÷"
            result = fixed(value)
            label = scheme.unit_label(unit)
            text = f"{plain(whole)} {sign} {shown(ratio)} = {plain(result)} {label}"
            steps.append(Step(text, result, _source(scheme, ratio), "conversion"))
    return steps


def _source(scheme: Scheme, ratio: object) -> str:
    for conversion in scheme.conversions:
        if any(exact(number) == ratio for _, number in conversion.hours_per_credit.values):
            return conversion.source
    return ""


def last_steps(
    scheme: Scheme,
    requirement: Requirement,
    settled: Settled,
    amounts: tuple[Decimal, Decimal, Decimal, Decimal],
    excess: Decimal,
) -> list[Step]:
    """Say what came from elsewhere, how what is asked came about, and where it stands."""
    required, recognised, pending, missing = (plain(each) for each in amounts)
    unit = "项" if requirement.choices else scheme.unit_label(requirement.unit)
    text = f"已认定 {recognised}，待认定 {pending}，要求 {required}，还差 {missing} {unit}"
    short = amounts[0] - amounts[1] - amounts[2]
    if requirement.is_share and amounts[3] > short > 0:
        text += f"（本项增加，总体也跟着增加，所以比 {plain(short)} 多）"
    last = Step(text, amounts[3], requirement.source, requirement.id)
    much = []
    if excess:
        words = f"超出“不应多于”的部分 {plain(excess)} {unit}，只提示，不扣"
        much.append(Step(words, None, requirement.source, requirement.id))
    return [*settled.steps, *settled.asked.steps, *_share(requirement, settled), *much, last]


def _share(requirement: Requirement, settled: Settled) -> list[Step]:
    if not requirement.is_share:
        return []
    text = f"总体为 {plain(settled.whole)}，本项 {plain(settled.own)}"
    if settled.whole:
        percent = fixed(exact(settled.own) * 100 / exact(settled.whole))
        text += f"，占 {plain(percent.quantize(Decimal('0.1')))}%"
    return [Step(text, settled.own, requirement.source, requirement.id)]
