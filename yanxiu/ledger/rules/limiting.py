"""封顶: limits in the order in which they are written, and what becomes of what lies beyond."""

from bisect import insort
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_DOWN, Decimal

from yanxiu.kernel.amounts import PLACES, plain
from yanxiu.ledger.rules.amounts import NOTHING, shown
from yanxiu.ledger.rules.awards import Step
from yanxiu.ledger.rules.calendars import Calendar
from yanxiu.ledger.rules.demands import DROP, HOLD, SPILL, Limit
from yanxiu.ledger.rules.lines import OUTSIDE_OF, Line, in_turn, line_of, under_codes
from yanxiu.ledger.rules.plan import Plan


@dataclass
class Caps:
    """All limits of one scheme on the lines of one teacher.

    `used` holds, for each limit and period, what has counted under it so far: lines that come up
    later (spilled or held) must fit into the room that is left under the earlier limits too.
    """

    plan: Plan
    calendar: Calendar
    tiers: frozenset[str]
    lines: list[Line]
    used: list[dict[Hashable, Decimal]] = field(default_factory=list)

    def apply(self) -> None:
        """Apply every limit that concerns this teacher."""
        self.used = [{} for _ in self.plan.scheme.limits]
        for number, limit in enumerate(self.plan.scheme.limits):
            if not limit.applies_to.concerns(self.tiers):
                continue
            if limit.maximum is not None:
                self._cap(number, limit)
            if limit.share is not None:
                self._cap_share(number, limit)

    def _period(self, limit: Limit, line: Line) -> Hashable:
        if limit.scope == "event":
            return line.earned.facts.event_key or line.earned.record_uid
        return line.day if limit.scope == "day" else self.calendar.firsts(limit.scope)[line.day]

    def _concerned(self, number: int) -> list[Line]:
        """Return the lines under a limit; what counts for no year is under no cap of a year."""
        bit, limit = self.plan.limits[number], self.plan.scheme.limits[number]
        lines = [line for line in self.lines if line.mask & bit and line.counts and line.left]
        if limit.scope in OUTSIDE_OF:
            return [line for line in lines if not line.outside]
        return lines

    def _cap(self, number: int, limit: Limit) -> None:
        maximum, unit, totals = self.plan.maxima[number], limit.unit, self.used[number]
        waiting = self._concerned(number)
        for line in waiting:  # grows while it runs: what is held comes up again
            most = maximum.on(line.day)
            if most is None:
                continue
            key, own = self._period(limit, line), line.earned.unit
            used = totals.get(key, NOTHING)
            value = line.left if own == unit else line.converted(line.left, own, unit)
            if used + value > most or (own != unit and line.factor is not None):
                room = line.converted(max(NOTHING, most - used), unit, own)
                title = f"{limit.title}上限 {plain(most)}"
                beyond = line.hold(room, rule=limit.id, title=title, source=limit.source)
                self._overflow(number, limit, line, beyond, waiting)
                value = line.converted(line.left, own, unit)
            totals[key] = used + value

    def _overflow(
        self, number: int, limit: Limit, line: Line, beyond: Decimal, waiting: list[Line]
    ) -> None:
        if limit.overflow == DROP or not beyond:
            return
        new = self._spilled(limit, line, beyond) if limit.overflow == SPILL else None
        if limit.overflow == HOLD:
            new = self._held(limit, line, beyond)
        if new is None:
            return
        self._fit(new, self.plan.scheme.limits[:number], line)
        insort(self.lines, new, key=in_turn)
        if limit.overflow == HOLD:
            insort(waiting, new, key=in_turn)

    def _spilled(self, limit: Limit, line: Line, beyond: Decimal) -> Line:
        words = "、".join(self.plan.scheme.label(name, code) for name, code in limit.spill)
        facts = under_codes(line.earned.facts, limit.spill)
        new = line_of(self.plan, replace(line.earned, facts=facts, amount=beyond), self.tiers)
        text = f"超出“{limit.title}”的 {plain(beyond)} 转计为{words}"
        return self._made_of(limit, line, new, text)

    def _held(self, limit: Limit, line: Line, beyond: Decimal) -> Line | None:
        """Return what is held for the next period, None where a new cycle begins."""
        day = self.calendar.following(limit.scope, line.day).start
        if self.calendar.span("cycle", day) != self.calendar.span("cycle", line.day):
            return None
        new = replace(line, earned=replace(line.earned, amount=beyond), day=day, left=beyond)
        new.cuts, new.notes = [], []
        text = f"超出“{limit.title}”的 {plain(beyond)} 留到 {day:%Y-%m-%d} 起的一期"
        return self._made_of(limit, line, new, text)

    def _made_of(self, limit: Limit, line: Line, new: Line, text: str) -> Line:
        new.day, new.rule, new.is_last = max(new.day, line.day), line.rule, line.is_last
        new.outside = line.outside
        new.virtual = (limit.id, f"超出“{limit.title}”转来", limit.source)
        line.notes.append(Step(text, None, limit.source, limit.id))
        return new

    def admit(self, new: Line) -> None:
        """Take in what comes after all limits: it takes the room that they left."""
        self._fit(new, self.plan.scheme.limits)
        self.lines.append(new)

    def _fit(self, new: Line, limits: Sequence[Limit], old: Line | None = None) -> None:
        """Hold what comes up late under `limits`, but for those that have seen it as `old`."""
        for earlier, limit in enumerate(limits):
            bit = self.plan.limits[earlier]
            is_seen = old is not None and old.mask & bit and new.day == old.day
            if not new.mask & bit or limit.maximum is None or is_seen:
                continue
            if new.outside and limit.scope in OUTSIDE_OF:
                continue
            most, key = self.plan.maxima[earlier].on(new.day), self._period(limit, new)
            if most is None or not limit.applies_to.concerns(self.tiers):
                continue
            used = self.used[earlier].get(key, NOTHING)
            room = new.converted(max(NOTHING, most - used), limit.unit, new.earned.unit)
            title = f"{limit.title}上限 {plain(most)}"
            new.hold(room, rule=limit.id, title=title, source=limit.source)
            value = new.converted(new.left, new.earned.unit, limit.unit)
            self.used[earlier][key] = used + value

    def _cap_share(self, number: int, limit: Limit) -> None:
        """Hold each period under a share of another sum, taken as it is after the limits before."""
        own, base = self.plan.limits[number], self.plan.shares[number]
        whole: dict[Hashable, Decimal] = {}
        for line in self.lines:
            if line.outside and limit.scope in OUTSIDE_OF:
                continue
            if line.counts and line.left and line.mask & base and not line.mask & own:
                period = self._period(limit, line)
                value = line.converted(line.left, line.earned.unit, limit.unit)
                whole[period] = whole.get(period, NOTHING) + value
        counted: dict[Hashable, Decimal] = {}
        for line in self._concerned(number):
            period = self._period(limit, line)
            rest, before = whole.get(period, NOTHING), counted.get(period, NOTHING)
            value = self._share(number, limit, line, (rest, before))
            counted[period] = before + value
            if line.mask & base:
                whole[period] = rest + value

    def _share(
        self, number: int, limit: Limit, line: Line, sums: tuple[Decimal, Decimal]
    ) -> Decimal:
        """Let own ÷ (own + rest) stay within the share; return what of the line counts."""
        rest, own = sums
        part = self._share_on(limit, line.day)
        if part is not None:
            over, under = part
            inside = bool(line.mask & self.plan.shares[number])
            room = (rest * over - own * under) / (under - over if inside else under)
            most = max(NOTHING, room.quantize(PLACES, rounding=ROUND_DOWN))
            title = f"{limit.title}占比上限 {_share_shown(over, under)}"
            room = line.converted(most, limit.unit, line.earned.unit)
            beyond = line.hold(room, rule=limit.id, title=title, source=limit.source)
            self._overflow(number, limit, line, beyond, [])
        return line.converted(line.left, line.earned.unit, limit.unit)

    def _share_on(self, limit: Limit, day: date) -> tuple[int, int] | None:
        number = limit.share.on(day) if limit.share else None
        return None if number is None else number.as_integer_ratio()


def _share_shown(over: int, under: int) -> str:
    value = Decimal(over) / under
    exact = value == value.quantize(PLACES)
    return shown(value.quantize(PLACES)) if exact else f"{over}/{under}"
