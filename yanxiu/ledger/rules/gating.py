"""先决: which records have to wait until another requirement is met, and what counts for nobody."""

from collections.abc import Callable
from datetime import date

from yanxiu.ledger.rules.counting import Opens, Setting, count, in_order
from yanxiu.ledger.rules.demands import Gate
from yanxiu.ledger.rules.excusing import probation_of
from yanxiu.ledger.rules.lines import Line
from yanxiu.ledger.rules.settling import Tally, Terms


def closing(setting: Setting, terms: Terms, lines: list[Line]) -> Opens | None:
    """Return what says whether a gate is closed for a line, None if no gate concerns any.

    A gate opens for a period in which its requirement is met without what stands behind this gate
    or a later one.
    """
    plan = setting.plan
    if not plan.gated:
        return None
    opened: dict[tuple[str, date], bool] = {}
    gates = [
        (bit, gate)
        for bit, gate in zip(plan.gates, plan.scheme.gates, strict=True)
        if gate.applies_to.concerns(setting.tiers)
    ]

    def closed(line: Line) -> str:
        for bit, gate in gates:
            span = terms.span(plan.asked_by_id[gate.need][1], line.day)
            if line.mask & bit and span and not opened.get((gate.id, span.start), True):
                return gate.id
        return ""

    if not any(line.mask & bit for line in lines for bit, _ in gates):
        return None
    for place, (bit, gate) in enumerate(gates):
        waiting = sum({each for each, _ in gates[place:]})
        base = [
            line.earned
            for line in lines
            if not line.mask & waiting and not closed(line) and line.virtual is None
        ]
        tally = Tally(terms, count(setting, in_order(setting, base)))
        for line in lines:
            if line.mask & bit:
                _ask(gate, tally, line, opened)
    return closed


def _ask(gate: Gate, tally: Tally, line: Line, opened: dict[tuple[str, date], bool]) -> None:
    terms = tally.terms
    number, requirement = terms.plan.asked_by_id[gate.need]
    span = terms.span(requirement, line.day)
    if span is None or (gate.id, span.start) in opened:
        return
    settled = tally.settle(number, span).get(number)
    opened[gate.id, span.start] = settled is None or not settled.lack


def outside_of(terms: Terms) -> Callable[[Line], bool] | None:
    """Return what says whether a line counts for no year and no cycle, None if all count."""
    scheme = terms.plan.scheme
    spans = []
    probation = probation_of(scheme, terms.person)
    if probation and scheme.probation and scheme.probation.outside_cycle:
        spans.append((0, probation))
    for bit, requirement in zip(terms.plan.requirements, scheme.requirements, strict=True):
        if requirement.outside_cycle and requirement.applies_to.concerns(terms.tiers):
            span = terms.span(requirement, terms.on)
            if span:
                spans.append((bit, span))
    if not spans:
        return None

    def outside(line: Line) -> bool:
        for bit, span in spans:
            if span.start <= line.day < span.end and line.mask & bit == bit:
                return True
        return False

    return outside
