"""Whether a record is accepted at all: teacher, days and claim windows, evidence, presence."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from yanxiu.ledger.rules.amounts import exact, shown
from yanxiu.ledger.rules.facts import DIMENSIONS, Facts
from yanxiu.ledger.rules.reckoning import Reckoning, near
from yanxiu.ledger.rules.schemes import Attendance, AwardRule, Scheme, Validity

_HALF_A_YEAR: Final = timedelta(days=183)
_MEASURE_WORDS: Final = {"day": "天", "lesson": "节", "item": "份", "character": "字"}


def claim_deadline(validity: Validity, scheme: Scheme, on: date) -> date | None:
    """Return the last day on which what happened `on` may be claimed, None if there is none."""
    days = []
    within = validity.claim_within_days.on(on) if validity.claim_within_days else None
    if within is not None:
        days.append(on + timedelta(days=int(within)))
    by = validity.claim_by.on(on) if validity.claim_by else None
    if by is not None:
        days.append(_claim_by(by, scheme.cycle.year_start, on))
    return min(days) if days else None


def _claim_by(by: tuple[int, int], year_start: tuple[int, int], on: date) -> date:
    end = date(on.year, *year_start)
    if end <= on:
        end = date(on.year + 1, *year_start)
    first = max(on, end - _HALF_A_YEAR)
    day = date(first.year, *by)
    return day if day >= first else date(first.year + 1, *by)


def deadlines_missed(scheme: Scheme, facts: Facts) -> list[tuple[Validity, date]]:
    """Return after which deadlines of the scheme `facts` was written down."""
    if facts.claimed_on is None:
        return []
    found = []
    for each in scheme.validity:
        last = claim_deadline(each, scheme, facts.on) if each.applies_to.matches(facts) else None
        if last is not None and facts.claimed_on > last:
            found.append((each, last))
    return found


def late_by(scheme: Scheme, facts: Facts) -> tuple[int, ...]:
    """Return the places of the sections whose deadline was missed: all that being late changes."""
    missed_in = [each for each, _ in deadlines_missed(scheme, facts)]
    return tuple(number for number, each in enumerate(scheme.validity) if each in missed_in)


def late_factor(scheme: Scheme, facts: Facts) -> tuple[Fraction, str, str] | None:
    """Return which part of a late record counts, why, and the source; None if it was in time.

    Of several the smallest counts, alone.
    """
    found = []
    for validity, last in deadlines_missed(scheme, facts):
        factor = validity.late_factor.on(facts.on) if validity.late_factor else None
        if factor is not None:
            words = f"应在 {last:%Y-%m-%d} 以前登记，{facts.claimed_on:%Y-%m-%d} 才登记"
            found.append((exact(factor), words, validity.source))
    return min(found, key=lambda each: each[0]) if found else None


def refusal_of_day(scheme: Scheme, facts: Facts) -> tuple[str, str] | None:
    """Return why the day of the deed or of the claim is not accepted, and the source of that."""
    if facts.on < scheme.effective_from:
        day = f"{scheme.effective_from:%Y-%m-%d}"
        return f"本方案自 {day} 起施行，此前的记录不适用", scheme.source
    if scheme.effective_to and facts.on > scheme.effective_to:
        day = f"{scheme.effective_to:%Y-%m-%d}"
        return f"本方案施行到 {day} 为止，此后的记录不适用", scheme.source
    for validity in scheme.validity:
        if validity.applies_to.matches(facts):
            text = _invalid(scheme, validity, facts)
            if text:
                return text, validity.source
    return None


def _invalid(scheme: Scheme, validity: Validity, facts: Facts) -> str:
    if validity.accepted_from and facts.on < validity.accepted_from:
        return f"只认定 {validity.accepted_from:%Y-%m-%d} 以后的记录，本记录不计"
    if validity.accepted_to and facts.on > validity.accepted_to:
        return f"只认定 {validity.accepted_to:%Y-%m-%d} 以前的记录，本记录不计"
    last = claim_deadline(validity, scheme, facts.on)
    if validity.late_factor and validity.late_factor.on(facts.on) is not None:
        return ""  # it counts in part
    if last and facts.claimed_on and facts.claimed_on > last:
        return (
            f"应在 {last:%Y-%m-%d} 以前登记，本记录 {facts.claimed_on:%Y-%m-%d} 才登记，"
            "不计；如有特殊原因，请向学校说明"
        )
    return ""


def refusal_of_teacher(scheme: Scheme, tiers: Collection[str]) -> tuple[str, str] | None:
    """Return why a teacher of these tiers earns nothing under the scheme, and the source."""
    eligibility = scheme.eligibility
    if eligibility is None or eligibility.teachers.concerns(tiers):
        return None
    teachers = eligibility.teachers
    without = [tier for tier in teachers.not_who if tier in tiers]
    words = "、".join(scheme.label("tier", tier) for tier in without or teachers.who)
    if without:
        return f"本办法不适用于{words}，本记录不计", eligibility.source
    return f"本办法只适用于{words}，本记录不计", eligibility.source


def outside(
    scheme: Scheme, facts: Facts, rules: Sequence[AwardRule], tiers: Collection[str]
) -> str:
    """Say which property of the record or the teacher keeps it out of all rules of its kind."""
    kind = scheme.label("kind", facts.kind)
    asked = [rule.applies_to for rule in rules if rule.applies_to.concerns(tiers)]
    if not asked:
        who = dict.fromkeys(tier for rule in rules for tier in rule.applies_to.who)
        words = "、".join(scheme.label("tier", tier) for tier in who)
        return f"{kind}只对{words}认定，不计" if words else f"{kind}对本人不认定，不计"
    for dimension in DIMENSIONS:
        allowed = [each.codes(dimension) for each in asked]
        codes = dict.fromkeys(code for each in allowed for code in each or ())
        if all(allowed) and facts.code(dimension) not in codes:
            words = "、".join(scheme.label(dimension, code) for code in codes)
            own = scheme.label(dimension, facts.code(dimension)) or "未注明"
            return f"{kind}只认定：{words}；本记录为“{own}”，不计"
    for bound in asked[0].bounds if len(asked) == 1 else ():
        number = bound.number.on(facts.on)
        if number is not None and not bound.holds(facts):
            unit = _MEASURE_WORDS.get(bound.measure) or scheme.unit_label(bound.measure)
            size = "不少于" if bound.is_least else "少于"
            return f"{kind}只认定{size} {shown(number)} {unit}的，本记录不计"
    return f"{kind}没有适用于本记录的条目，不计"


def check_evidence(reckoning: Reckoning) -> None:
    """Let nothing be earned where evidence is missing, and say which."""
    scheme, rule, there = reckoning.scheme, reckoning.rule, reckoning.facts.evidence
    missing = [scheme.label("evidence", each) for each in rule.requires if each not in there]
    missing += [
        "或".join(scheme.label("evidence", each) for each in group)
        for group in rule.requires_any
        if not there.intersection(group)
    ]
    if missing:
        text = f"缺{'、'.join(missing)}，本记录暂不计；补齐后即可认定"
        raise reckoning.void(text, rule.source)


def check_presence(reckoning: Reckoning) -> None:
    """Let nothing be earned by who was not there, or missed too much of it."""
    attendance, facts = reckoning.scheme.attendance, reckoning.facts
    if attendance is None or not attendance.applies_to.matches(facts):
        return
    if facts.attendance in attendance.nothing_for:
        word = reckoning.scheme.label("attendance", facts.attendance)
        raise reckoning.void(f"{word}，本次不计", attendance.source)
    words = missed(reckoning.scheme, attendance, facts)
    if words and attendance.absent_factor is None:
        raise reckoning.void(f"{words}，本次不计", attendance.source)


def missed(scheme: Scheme, attendance: Attendance, facts: Facts) -> str:
    """Say that so much was missed that it matters; `""` if it does not."""
    least = attendance.absent_from.on(facts.on) if attendance.absent_from else None
    if least is None or not facts.absent_minutes or not attendance.absent_for.matches(facts):
        return ""
    whole = _whole_minutes(scheme, facts)
    if not whole:
        return ""
    share = exact(facts.absent_minutes) / whole
    if share < exact(least) or (attendance.absent_over and share == exact(least)):
        return ""
    if not least:
        return f"没有全程参加：全程 {near(whole)} 分钟，缺席 {facts.absent_minutes} 分钟"
    words = "超过" if attendance.absent_over else "达到"
    return f"全程 {near(whole)} 分钟，缺席 {facts.absent_minutes} 分钟，{words} {exact(least)}"


def _whole_minutes(scheme: Scheme, facts: Facts) -> Fraction:
    """Return how long the whole took; what a paper states includes what was missed."""
    if facts.minutes is not None:
        return exact(facts.minutes + (facts.absent_minutes or 0))
    hours, length = scheme.time.hours(facts), scheme.minutes_per_hour.on(facts.on)
    return Fraction(0) if hours is None or length is None else hours * exact(length)
