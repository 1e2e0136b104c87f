"""How much of what each record earned counts, once all records of a teacher are seen together.

Order: void items, gates, dedupe, role exclusivity, sums of the same content, thresholds, rounding
of sums, event caps, bundles, the limits as written, then cross credits. What bundles, cross credits
and spilling make waits at a gate as a record of its category would. Everything is sorted by
(earned_on, record uid), so the order of posting makes no difference.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from yanxiu.ledger.rules.adding import bundle_lines, cross_lines, opening_lines
from yanxiu.ledger.rules.awards import Step
from yanxiu.ledger.rules.calendars import Calendar
from yanxiu.ledger.rules.demands import Gate
from yanxiu.ledger.rules.limiting import Caps
from yanxiu.ledger.rules.lines import Earned, Line, in_turn, line_of, measure
from yanxiu.ledger.rules.persons import Person
from yanxiu.ledger.rules.plan import Plan
from yanxiu.ledger.rules.repeating import (
    apply_thresholds,
    cap_bases,
    cap_events,
    cap_sums,
    dedupe,
    exclude_roles,
    round_sums,
    void_items,
)
from yanxiu.ledger.rules.schemes import AwardRule, Number

__all__ = ["Earned", "Line", "Setting", "count", "in_order", "measure"]

Opens = Callable[[Line], str]
"""Says why a line does not count yet, `""` if it does."""

Begun = tuple[AwardRule | None, int, Number | None, bool]
"""Rule, mask, factor and `is_last` with which a line begins."""


@dataclass(frozen=True)
class Setting:
    """For whom and by what calendar lines are counted.

    `begun` holds how the line of each of the `Earned` begins, by its `id`: the same ones are
    counted several times, without what waits and with it, without what a gate holds back.
    """

    plan: Plan
    calendar: Calendar
    person: Person
    tiers: frozenset[str]
    on: date
    outside: Callable[[Line], Step | None] | None = None
    begun: dict[int, Begun] = field(default_factory=dict)


def in_order(setting: Setting, earned: Iterable[Earned]) -> list[Line]:
    """Return a new line for each of `earned` and each transfer in, sorted."""
    plan, tiers = setting.plan, setting.tiers
    lines = [_begin(setting, each) for each in earned]
    lines += opening_lines(plan, setting.person, setting.on, tiers)
    lines.sort(key=lambda line: (line.day, line.earned.record_uid.int))
    if setting.outside is not None:
        for line in lines:
            why = setting.outside(line)
            if why is not None:
                line.outside = True
                line.notes.append(why)
    return lines


def _begin(setting: Setting, earned: Earned) -> Line:
    known = setting.begun.get(id(earned))
    if known is None:
        line = line_of(setting.plan, earned, setting.tiers)
        setting.begun[id(earned)] = (line.rule, line.mask, line.factor, line.is_last)
        return line
    rule, mask, factor, is_last = known
    left, counts = earned.amount, earned.valid
    return Line(earned, rule, earned.earned_on, mask, factor, left, counts, is_last)


def count(setting: Setting, lines: list[Line], closed: Opens | None = None) -> list[Line]:
    """Let of each of `lines` count what counts before requirements; return them by their days.

    What came about without a record (bundles, cross credits, spilled or held parts) is among them.
    """
    plan, calendar, tiers = setting.plan, setting.calendar, setting.tiers
    scheme = plan.scheme
    void_items(plan, lines, calendar)
    by_id = {each.id: each for each in scheme.gates}
    close = partial(_close, plan.gated, by_id, closed) if closed else _open
    close(lines)
    dedupe(line for line in lines if line.counts)
    exclude_roles(scheme, lines)
    live = [line for line in lines if line.counts]
    if plan.sums_same:
        cap_sums(live)
    apply_thresholds(plan, live, calendar)
    round_sums(scheme, live, calendar)
    if plan.caps_bases:
        cap_bases(live, tiers)
    cap_events(plan, live)
    bundled = bundle_lines(plan, live, calendar, tiers)
    close(bundled)
    whole = [*lines, *bundled]
    if plan.gated or len(whole) > len(lines):
        whole.sort(key=in_turn)
    caps = Caps(plan, calendar, tiers, whole, close)
    caps.apply()
    for new in cross_lines(plan, live, calendar, tiers):
        close([new])
        caps.admit(new)
    if len(caps.lines) > len(lines) or plan.gated:
        caps.lines.sort(key=lambda line: (line.day, line.earned.record_uid.int))
    return caps.lines


def _open(_lines: Iterable[Line]) -> None:
    """No gate concerns anything."""


def _close(gated: int, gates: dict[str, Gate], closed: Opens, lines: Iterable[Line]) -> None:
    for line in lines:
        if line.mask & gated and line.counts and (reason := closed(line)):
            gate = gates[reason]
            text = f"{gate.title}：先决要求未达到，暂不计；达到后自动计入"
            line.drop(rule=gate.id, title=gate.title, text=text, source=gate.source)
