"""先决: which records have to wait until another requirement is met, and what counts for nobody."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from yanxiu.kernel.spans import Span
from yanxiu.ledger.rules.awards import Step
from yanxiu.ledger.rules.counting import Opens, Setting, count, in_order
from yanxiu.ledger.rules.demands import Gate
from yanxiu.ledger.rules.excusing import probation_of
from yanxiu.ledger.rules.lines import Line
from yanxiu.ledger.rules.settling import Tally, Terms


def closing(setting: Setting, terms: Terms, lines: list[Line]) -> Opens | None:
    """Return what says whether a gate is closed for a line, None if no gate concerns any."""
    plan = setting.plan
    if not plan.gated:
        return None
    gates = [
        (bit, gate)
        for bit, gate in zip(plan.gates, plan.scheme.gates, strict=True)
        if gate.applies_to.concerns(setting.tiers)
    ]
    if not gates:
        return None
    if not plan.makes and not any(line.mask & bit for line in lines for bit, _ in gates):
        return None
    return _Gates(setting, terms, lines, gates).closed


@dataclass
class _Gates:
    """The gates of one scheme for one teacher; a period is looked at when it is asked for.

    A gate opens for a period in which its requirement is met without what stands behind this gate
    or a later one.
    """

    setting: Setting
    terms: Terms
    lines: list[Line]
    gates: list[tuple[int, Gate]]
    opened: dict[tuple[str, date], bool] = field(default_factory=dict)
    bases: dict[int, Tally] = field(default_factory=dict)

    def closed(self, line: Line) -> str:
        """Return the first gate that is closed for `line`, `""` if none is."""
        return self._closed_before(len(self.gates), line)

    def _closed_before(self, last: int, line: Line) -> str:
        for place, (bit, gate) in enumerate(self.gates[:last]):
            if line.mask & bit and not self._is_open(place, line):
                return gate.id
        return ""

    def _is_open(self, place: int, line: Line) -> bool:
        gate = self.gates[place][1]
        number, requirement = self.terms.plan.asked_by_id[gate.need]
        span = self.terms.span(requirement, line.day)
        if span is None:
            return True
        found = self.opened.get((gate.id, span.start))
        if found is None:
            settled = self._base(place).settle(number, span).get(number)
            found = settled is None or not settled.lack
            self.opened[gate.id, span.start] = found
        return found

    def _base(self, place: int) -> Tally:
        """Return what counts without what stands behind the gate at `place` or a later one."""
        found = self.bases.get(place)
        if found is None:
            later = self.gates[place:]

            def closed(line: Line) -> str:
                waiting = next((gate.id for bit, gate in later if line.mask & bit), "")
                return waiting or self._closed_before(place, line)

            real = (line for line in self.lines if line.virtual is None)
            own = [line.earned for line in real if not closed(line)]
            lines = count(self.setting, in_order(self.setting, own), closed)
            days = sorted(line.day for line in self.lines if line.virtual is None)
            found = self.bases[place] = Tally(self.terms, lines, days)
        return found


def outside_of(terms: Terms) -> Callable[[Line], Step | None] | None:
    """Return what says why a line counts for no year and no cycle, None if all count."""
    scheme = terms.plan.scheme
    spans: list[tuple[int, Span, Step]] = []
    probation = probation_of(scheme, terms.person)
    if probation and scheme.probation and scheme.probation.outside_cycle:
        text = "在试用期内，不计入年度和周期，只计入试用期等要求"
        spans.append((0, probation, Step(text, None, scheme.probation.source, "probation")))
    for bit, requirement in zip(terms.plan.requirements, scheme.requirements, strict=True):
        if requirement.outside_cycle and requirement.applies_to.concerns(terms.tiers):
            span = terms.span(requirement, terms.on)
            if span:
                text = f"计入“{requirement.title}”，不再计入年度和周期"
                step = Step(text, None, requirement.source, requirement.id)
                spans.append((bit, span, step))
    if not spans:
        return None

    def outside(line: Line) -> Step | None:
        for bit, span, step in spans:
            if span.start <= line.day < span.end and line.mask & bit == bit:
                return step
        return None

    return outside
