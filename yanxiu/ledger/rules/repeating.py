"""What records of one teacher take from each other: void items, doubles, two roles, first ones."""

from collections.abc import Collection, Hashable, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Final

from yanxiu.kernel.amounts import plain
from yanxiu.ledger.rules.amounts import (
    MODE_WORDS,
    NOTHING,
    exact,
    fixed,
    rounded,
    share,
    shown,
)
from yanxiu.ledger.rules.calendars import Calendar
from yanxiu.ledger.rules.evaluating import factors_of
from yanxiu.ledger.rules.lines import Line, drop, grouped, measure
from yanxiu.ledger.rules.plan import Plan
from yanxiu.ledger.rules.schemes import Dedupe, Rounding, Scheme, Threshold

_CENT: Final = Decimal("0.01")
_TRIFLE: Final = 20
"""What is made good is never more than this part of a rounding step."""


def void_items(plan: Plan, lines: list[Line], calendar: Calendar) -> None:
    """Let an item of a period count for nothing if somebody was missing too often."""
    attendance = plan.scheme.attendance
    if attendance is None or not attendance.void_from:
        return
    codes = {code for code, _ in attendance.void_from}
    concerned = [line for line in lines if line.mask & plan.attendance]
    if not any(line.earned.facts.attendance in codes for line in concerned):
        return

    firsts = calendar.firsts(attendance.void_scope)

    def item(line: Line) -> Hashable:
        rule = line.rule.id if line.rule else line.earned.facts.kind
        return rule, firsts[line.day]

    for group in grouped(concerned, item):
        for code, least in attendance.void_from:
            number = sum(line.earned.facts.attendance == code for line in group)
            bound = least.on(group[0].day)
            if bound is not None and number >= bound:
                word = plan.scheme.label("attendance", code)
                text = f"本期{word} {number} 次，达到 {shown(bound)} 次，该项本期不计"
                title = f"{word}过多"
                drop(group, rule="attendance", title=title, text=text, source=attendance.source)


def dedupe(lines: Iterable[Line]) -> None:
    """Let the same thing count once, as its rule says; among equals the earliest counts."""
    for group, said in _same(lines, capped=False):
        _keep_one(group, said)


def cap_sums(lines: Iterable[Line]) -> None:
    """Hold the same thing under the sum that its rule allows, of what has been left of it."""
    for group, said in _same(lines, capped=True):
        _keep_up_to(group, said)


def _same(lines: Iterable[Line], *, capped: bool) -> Iterator[tuple[list[Line], Dedupe]]:
    """Give the lines of the same thing together, with what the rule of the first says of them."""
    same: dict[Hashable, list[Line]] = {}
    for line in lines:
        said = line.rule.dedupe if line.rule else None
        if said is None or line.rule is None:
            continue
        facts = line.earned.facts
        key = facts.event_key if said.key == "event" else facts.content_key
        if key:
            own = said.group or f"rule {line.rule.id}"
            same.setdefault((own, said.key, key), []).append(line)
    for group in same.values():
        rule = group[0].rule
        said = rule.dedupe if rule and len(group) > 1 else None
        if said and (said.policy == "sum_capped") == capped:
            yield group, said


_KEPT: Final = {"highest": ("同一内容只计最高一次", "同一内容只计最高"),
                "first": ("同一内容只计第一次", "同一内容只计第一次")}  # fmt: skip


def _keep_one(group: list[Line], said: Dedupe) -> None:
    best = group[0] if said.policy == "first" else max(group, key=lambda each: each.left)
    words, title = _KEPT[said.policy]
    if said.key == "event":
        words, title = (each.replace("内容", "活动") for each in (words, title))
    text = f"{words}：已计 {best.day:%Y-%m-%d} 的 {plain(best.left)}"
    rest = [line for line in group if line is not best]
    drop(rest, rule=best.rule_id, title=title, text=text, source=said.source)


def _keep_up_to(group: list[Line], said: Dedupe) -> None:
    used = NOTHING
    for line in group:
        most = said.maximum.on(line.day) if said.maximum else None
        if most is None:
            continue
        title = f"同一内容合计上限 {shown(most)}"
        room = max(NOTHING, fixed(exact(most)) - used)
        line.hold(room, rule=line.rule_id, title=title, source=said.source)
        used += line.left


def exclude_roles(scheme: Scheme, lines: Iterable[Line]) -> None:
    """In one event let the active or the passive roles earn, whichever is more."""
    exclusive = scheme.role_exclusivity
    if exclusive is None:
        return
    several: dict[str, list[Line]] = {}
    for line in lines:
        if line.counts and line.earned.facts.event_key:
            several.setdefault(line.earned.facts.event_key, []).append(line)
    for group in several.values():
        if len(group) == 1:
            continue
        active = [line for line in group if line.earned.facts.role in exclusive.active]
        passive = [line for line in group if line.earned.facts.role in exclusive.passive]
        if not active or not passive:
            continue
        less, more = sorted((passive, active), key=lambda each: sum(line.left for line in each))
        role = scheme.label("role", more[0].earned.facts.role)
        text = f"同一次活动已按“{role}”计，不再重复计"
        title = "同一次活动只按一种身份计"
        drop(less, rule="role_exclusivity", title=title, text=text, source=exclusive.source)


def apply_thresholds(plan: Plan, lines: Iterable[Line], calendar: Calendar) -> None:
    """Take off the first ones of a period, which are duty; one record may be taken in part."""
    done: dict[Hashable, Decimal] = {}
    for line in lines:
        rule = line.rule
        if rule is None or rule.threshold is None:
            continue
        key = (rule.id, calendar.firsts(rule.threshold.scope)[line.day])
        duty = plan.duties[rule.id].on(line.day) or Decimal(0)
        done[key] = _pass_threshold(line, rule.threshold, duty, done.get(key, Decimal(0)))


def _pass_threshold(line: Line, threshold: Threshold, duty: Decimal, done: Decimal) -> Decimal:
    number = measure(line.earned.facts, threshold.measure)
    beyond = max(Decimal(0), min(number, done + number - duty))
    if beyond < number and number:
        to = share(line.left, beyond, number)
        text = f"前 {plain(duty)} 为基本任务，超出部分才计：本记录 {plain(beyond)} 计入"
        title = f"前 {plain(duty)} 为基本任务"
        line.cut(to, rule=line.rule_id, title=title, text=text, source=threshold.source)
    return done + number


def round_sums(scheme: Scheme, lines: Iterable[Line], calendar: Calendar) -> None:
    """Round where the place rounds sums: of a rule's records in a year, or of all in a year."""
    groups: dict[Hashable, tuple[Rounding, list[Line]]] = {}
    for line in lines:
        rounding = (line.rule.rounding if line.rule else None) or scheme.rounding
        if rounding.at == "award":
            continue
        item = line.rule_id if rounding.at == "category" else ""
        key = (rounding.at, item, line.earned.unit, calendar.firsts("year")[line.day])
        groups.setdefault(key, (rounding, []))[1].append(line)
    for rounding, group in groups.values():
        _round(rounding, group)


def _round(rounding: Rounding, group: list[Line]) -> None:
    """Put the difference on the last ones: their sum is what is rounded."""
    whole = sum((line.left for line in group), NOTHING)
    meant = _mended(whole, rounding, group)
    wanted = fixed(rounded(meant, rounding.step, rounding.mode))
    title = (
        f"合计 {plain(fixed(meant))} 按 {plain(rounding.step)} 取整（{MODE_WORDS[rounding.mode]}）"
    )
    rest = wanted - whole
    for line in reversed(group):
        if not rest:
            return
        to = max(NOTHING, line.left + rest)
        rest -= to - line.left
        text = f"本年{title}→ {plain(wanted)}，差额记在末尾：{plain(line.left)} → {plain(to)}"
        line.cut(to, rule="rounding", title="合计取整", text=text, source=rounding.source)


def _mended(whole: Decimal, rounding: Rounding, group: list[Line]) -> Fraction:
    """Return the sum as it was before each part lost what four places do not hold.

    Three records of 1/3 make 1, though each is kept as 0.3333: a sum that lacks no more than its
    parts may have lost is the multiple of the step just above it.
    """
    grain = Fraction(rounding.step)
    above = ceil(exact(whole) / grain) * grain
    crumbs = sum(1 for line in group if (line.left / _CENT) % 1)
    lost = min(Fraction(crumbs, 10**4), grain / _TRIFLE)
    return above if above - exact(whole) <= lost else exact(whole)


def cap_bases(lines: Iterable[Line], tiers: Collection[str]) -> None:
    """Hold the parts of one event together under the cap before multipliers, as one would be."""
    several: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        event = line.earned.facts.event_key
        if event and line.rule and line.rule.base_cap:
            several.setdefault((line.rule.id, event), []).append(line)
    for group in several.values():
        rest: Fraction | None = None
        for line in group if len(group) > 1 else ():
            rest = _cap_base(line, tiers, rest)


def _cap_base(line: Line, tiers: Collection[str], rest: Fraction | None) -> Fraction | None:
    """Hold one part under what is left of the cap; return what is left after it."""
    rule, facts = line.rule, line.earned.facts
    cap = rule.base_cap.on(line.day) if rule and rule.base_cap else None
    if rule is None or cap is None:
        return rest
    rest = exact(cap) if rest is None else rest
    factor = Fraction(1)
    for _, rate in factors_of(rule, facts, tiers):
        factor *= exact(rate)
    if factor:
        title = f"{rule.title}乘系数以前的上限 {shown(cap)}"
        line.hold(fixed(rest * factor), rule=rule.id, title=title, source=rule.source)
        rest = max(Fraction(0), rest - exact(line.left) / factor)
    return rest


def cap_events(plan: Plan, lines: Iterable[Line]) -> None:
    """Hold the parts of one event together under its cap: splitting a claim must not gain."""
    used: dict[tuple[str, Hashable], Decimal] = {}
    for line in lines:
        rule = line.rule
        if rule is None or rule.event_cap is None:
            continue
        key = (rule.id, line.earned.facts.event_key or line.earned.record_uid)
        before, cap = used.get(key, NOTHING), plan.event_caps[rule.id].on(line.day)
        if cap is not None and line.left > cap - before:
            title = f"{rule.title}单次上限 {plain(cap)}"
            room = max(NOTHING, cap - before)
            line.hold(room, rule=rule.id, title=title, source=rule.source)
        used[key] = before + line.left
