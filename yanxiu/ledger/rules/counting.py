"""How much of what each record earned counts, once all records of a teacher are seen together.

Order: void items, dedupe, role exclusivity, thresholds, then the limits as written. Everything is
sorted by (earned_on, record uid), so the order of posting makes no difference.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Self
from uuid import UUID

from yanxiu.kernel.amounts import plain
from yanxiu.ledger.rules.amounts import NOTHING, exact, fixed, share, shown
from yanxiu.ledger.rules.calendars import Calendar
from yanxiu.ledger.rules.evaluating import Award, Step
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.schemes import AwardRule, Limit, Scheme, Threshold


@dataclass(frozen=True, slots=True)
class Earned:
    """What one record earned: an entry in force, or an award that is not posted yet.

    Reversed entries and their counter-entries are left out by the caller. A void award (`valid`
    False) may be given: an absence earns nothing but may void an item of the term.
    """

    facts: Facts
    amount: Decimal
    unit: str
    earned_on: date
    record_uid: UUID
    valid: bool = True

    @classmethod
    def of(cls, facts: Facts, award: Award) -> Self:
        """Return what `award` gave the record of `facts`."""
        return cls(facts, award.amount, award.unit, facts.on, facts.uid, award.valid)


@dataclass(slots=True)
class Line:
    """One record on its way: what is left of it, and what was cut by which rule."""

    earned: Earned
    rule: AwardRule | None
    left: Decimal
    counts: bool
    steps: list[Step] = field(default_factory=list)
    cuts: list[tuple[str, str, Decimal]] = field(default_factory=list)

    def cut(self, to: Decimal, *, rule: str, title: str, text: str, source: str) -> None:
        """Leave only `to` of it and say why."""
        self.cuts.append((rule, title, self.left - to))
        self.left = to
        self.steps.append(Step(text, to, source, rule))


def count(scheme: Scheme, earned: Iterable[Earned], calendar: Calendar) -> list[Line]:
    """Return one line for each record, sorted, with what counts of it before requirements."""
    ordered = sorted(earned, key=lambda each: (each.earned_on, str(each.record_uid)))
    lines = [_line(scheme, each) for each in ordered]
    _void_items(scheme, lines, calendar)
    live = [line for line in lines if line.counts]
    _dedupe(live)
    _exclude_roles(scheme, live)
    _apply_thresholds([line for line in live if line.counts], calendar)
    _cap_events([line for line in live if line.counts])
    for limit in scheme.limits:
        _apply_limit(scheme, limit, live, calendar)
    return lines


def _line(scheme: Scheme, earned: Earned) -> Line:
    rule = scheme.rule_for(earned.facts)
    unit = scheme.unit_label(earned.unit)
    line = Line(earned, rule, earned.amount, earned.valid)
    text = f"本记录单独计得 {plain(earned.amount)} {unit}"
    line.steps.append(
        Step(text, earned.amount, rule.source if rule else "", rule.id if rule else "")
    )
    return line


def _grouped(lines: Iterable[Line], key: Callable[[Line], Hashable]) -> list[list[Line]]:
    groups: defaultdict[Hashable, list[Line]] = defaultdict(list)
    for line in lines:
        groups[key(line)].append(line)
    return list(groups.values())


def _void_items(scheme: Scheme, lines: list[Line], calendar: Calendar) -> None:
    attendance = scheme.attendance
    if attendance is None or not attendance.void_from:
        return
    concerned = [each for each in lines if attendance.applies_to.matches(each.earned.facts)]

    def item(line: Line) -> Hashable:
        rule = line.rule.id if line.rule else line.earned.facts.kind
        return rule, calendar.span(attendance.void_scope, line.earned.earned_on)

    for group in _grouped(concerned, item):
        for code, least in attendance.void_from:
            number = sum(line.earned.facts.attendance == code for line in group)
            bound = least.on(group[0].earned.earned_on)
            if bound is not None and number >= bound:
                word = scheme.label("attendance", code)
                text = f"本期{word} {number} 次，达到 {shown(bound)} 次，该项本期不计"
                _drop(group, "attendance", f"{word}过多", text, attendance.source)


def _drop(lines: Sequence[Line], rule: str, title: str, text: str, source: str) -> None:
    for line in lines:
        if line.counts:
            line.cut(NOTHING, rule=rule, title=title, text=text, source=source)
            line.counts = False


def _dedupe(lines: list[Line]) -> None:
    """Keep the highest of each content; among equals the earliest."""
    same = [
        line for line in lines if line.rule and line.rule.dedupe and line.earned.facts.content_key
    ]
    for group in _grouped(same, lambda each: (_rule_id(each), each.earned.facts.content_key)):
        best = max(group, key=lambda each: each.left)
        rest = [line for line in group if line is not best]
        if best.rule and best.rule.dedupe:
            text = (
                f"同一内容只计最高一次：已计 {best.earned.earned_on:%Y-%m-%d} 的 {plain(best.left)}"
            )
            _drop(rest, best.rule.id, "同一内容只计最高", text, best.rule.dedupe.source)


def _rule_id(line: Line) -> str:
    return line.rule.id if line.rule else ""


def _exclude_roles(scheme: Scheme, lines: list[Line]) -> None:
    """In one event let the active or the passive roles earn, whichever is more."""
    exclusive = scheme.role_exclusivity
    if exclusive is None:
        return
    several = [line for line in lines if line.counts and line.earned.facts.event_key]
    for group in _grouped(several, lambda each: each.earned.facts.event_key):
        active = [line for line in group if line.earned.facts.role in exclusive.active]
        passive = [line for line in group if line.earned.facts.role in exclusive.passive]
        if not active or not passive:
            continue
        less, more = sorted((passive, active), key=lambda each: sum(line.left for line in each))
        role = scheme.label("role", more[0].earned.facts.role)
        text = f"同一次活动已按“{role}”计，不再重复计"
        _drop(less, "role_exclusivity", "同一次活动只按一种身份计", text, exclusive.source)


def _apply_thresholds(lines: list[Line], calendar: Calendar) -> None:
    """Take off the first ones of a period, which are duty; one record may be taken in part."""

    def period(line: Line) -> Hashable:
        threshold = line.rule.threshold if line.rule else None
        scope = threshold.scope if threshold else "day"
        return _rule_id(line), calendar.span(scope, line.earned.earned_on)

    with_threshold = [line for line in lines if line.rule and line.rule.threshold]
    for group in _grouped(with_threshold, period):
        done = Decimal(0)
        for line in group:
            if line.rule and line.rule.threshold:
                done = _pass_threshold(line, line.rule.threshold, done)


def _pass_threshold(line: Line, threshold: Threshold, done: Decimal) -> Decimal:
    number = measure(line.earned.facts, threshold.measure)
    least = threshold.count.on(line.earned.earned_on)
    duty = Decimal(0) if least is None else fixed(exact(least))
    beyond = max(Decimal(0), min(number, done + number - duty))
    if beyond < number and number:
        to = share(line.left, beyond, number)
        text = f"前 {plain(duty)} 为基本任务，超出部分才计：本记录 {plain(beyond)} 计入"
        title = f"前 {plain(duty)} 为基本任务"
        line.cut(to, rule=_rule_id(line), title=title, text=text, source=threshold.source)
    return done + number


def _cap_events(lines: list[Line]) -> None:
    """Hold the parts of one event together under its cap: splitting a claim must not gain."""
    capped = [
        line for line in lines if line.rule and line.rule.event_cap and line.earned.facts.event_key
    ]
    for group in _grouped(capped, lambda each: (_rule_id(each), each.earned.facts.event_key)):
        used = NOTHING
        for line in group:
            rule = line.rule
            cap = rule.event_cap.on(line.earned.earned_on) if rule and rule.event_cap else None
            if rule and cap is not None:
                room = max(NOTHING, fixed(exact(cap)) - used)
                _hold(line, room, rule.id, f"{rule.title}单次上限 {shown(cap)}", rule.source)
            used += line.left


def _apply_limit(scheme: Scheme, limit: Limit, lines: list[Line], calendar: Calendar) -> None:
    def period(line: Line) -> Hashable:
        if limit.scope == "event":
            return line.earned.facts.event_key or line.earned.record_uid
        return calendar.span(limit.scope, line.earned.earned_on)

    concerned = [
        line for line in lines if line.counts and limit.applies_to.matches(line.earned.facts)
    ]
    for group in _grouped(concerned, period):
        used = NOTHING
        for line in group:
            most = limit.maximum.on(line.earned.earned_on)
            if most is not None:
                room = max(NOTHING, fixed(exact(most)) - used)
                room = converted(scheme, line, room, limit.unit, line.earned.unit)
                _hold(line, room, limit.id, f"{limit.title}上限 {shown(most)}", limit.source)
            used += converted(scheme, line, line.left, line.earned.unit, limit.unit)


def _hold(line: Line, room: Decimal, rule: str, title: str, source: str) -> None:
    if line.left > room:
        text = f"{title}：{plain(line.left)} → {plain(room)}"
        line.cut(room, rule=rule, title=title, text=text, source=source)


def converted(scheme: Scheme, line: Line, value: Decimal, unit: str, to: str) -> Decimal:
    """Return `value` of one line in another unit, cut at four places."""
    if unit == to or not value:
        return value
    factor = scheme.hours_per_credit(line.earned.facts, line.earned.earned_on)
    if factor is None:
        return NOTHING
    ratio = exact(factor)
    return fixed(exact(value) * ratio if to == "hour" else exact(value) / ratio)


def measure(facts: Facts, what: str) -> Decimal:
    """Return how many `lesson`, `item` or `record` this record stands for."""
    stated = {"lesson": facts.lessons, "item": facts.items}.get(what)
    return Decimal(1) if stated is None else stated
