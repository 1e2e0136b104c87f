"""封顶: limits in the order in which they are written, and what becomes of what lies beyond."""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Final

from yanxiu.kernel.amounts import PLACES, plain
from yanxiu.ledger.rules.amounts import NOTHING, exact, fixed, shown
from yanxiu.ledger.rules.awards import Step
from yanxiu.ledger.rules.calendars import Calendar
from yanxiu.ledger.rules.demands import DROP, HOLD, SPILL, Limit
from yanxiu.ledger.rules.lasting import best_apart, fullest, over_what
from yanxiu.ledger.rules.lines import OUTSIDE_OF, Earned, Line, in_turn, line_of, under_codes
from yanxiu.ledger.rules.plan import Plan

_PERIODS: Final = ("semester", "year", "cycle")


def _leave(_lines: list[Line]) -> None:
    """Nothing waits at a gate."""


class _Waiting:
    """Lines under one cap in their turn; what is held is put in where its turn comes."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self._turns: list[tuple[bool, date, int]] | None = None

    def take(self, line: Line) -> None:
        """Put `line` in; to ask the turn of each line anew for each would be slow."""
        if self._turns is None:
            self._turns = [in_turn(each) for each in self.lines]
        turn = in_turn(line)
        place = bisect_right(self._turns, turn)
        self._turns.insert(place, turn)
        self.lines.insert(place, line)


@dataclass
class Caps:
    """All limits of one scheme on the lines of one teacher.

    `used` holds, for each limit and period, what has counted under it so far: lines that come up
    later (spilled or held) must fit into the room that is left under the earlier limits too.
    `close` drops what has to wait at a gate.
    """

    plan: Plan
    calendar: Calendar
    tiers: frozenset[str]
    lines: list[Line]
    close: Callable[[list[Line]], None] = _leave
    used: list[dict[Hashable, Decimal]] = field(default_factory=list)
    after: dict[tuple[str, date], date] = field(default_factory=dict)
    moved: bool = False

    def apply(self) -> None:
        """Apply every limit that concerns this teacher."""
        self.used = [{} for _ in self.plan.scheme.limits]
        for number, limit in enumerate(self.plan.scheme.limits):
            if not limit.applies_to.concerns(self.tiers):
                continue
            for bound, cap in ((limit.maximum, self._cap), (limit.share, self._cap_share)):
                if bound is not None:
                    self.moved = False
                    cap(number, limit)
                    if self.moved:
                        self.lines.sort(key=in_turn)
            if limit.most_items is not None:
                self._cap_items(number, limit)

    def _period(self, limit: Limit, line: Line) -> Hashable:
        if limit.scope == "event":
            return line.earned.facts.event_key or line.earned.record_uid
        if limit.years:
            return line.day
        if limit.scope == "day":
            return line.earned.earned_on  # what is held was not done on the day it counts for
        return self.calendar.firsts(limit.scope)[line.day]

    def _concerned(self, number: int) -> list[Line]:
        """Return the lines under a limit; what counts for no year is under no cap of a year."""
        bit, limit = self.plan.limits[number], self.plan.scheme.limits[number]
        lines = [line for line in self.lines if line.mask & bit and line.counts and line.left]
        if limit.scope in OUTSIDE_OF:
            return [line for line in lines if not line.outside]
        return lines

    def _cap(self, number: int, limit: Limit) -> None:
        maximum, unit, totals = self.plan.maxima[number], limit.unit, self.used[number]
        waiting, is_held = _Waiting(self._concerned(number)), limit.overflow == HOLD
        firsts = self.calendar.firsts(limit.scope) if limit.scope in _PERIODS else None
        titles, years = dict[Decimal, str](), limit.years
        for line in waiting.lines:  # grows while it runs: what is held comes up again
            most = maximum.on(line.day)
            if most is None:
                continue
            own = line.earned.unit
            key = self._period(limit, line) if firsts is None else firsts[line.day]
            used = self._used(totals, limit, key) if years else totals.get(key, NOTHING)
            value = line.left if own == unit else line.converted(line.left, own, unit)
            if is_held and used >= most and self._moves_on(number, limit, line):
                waiting.take(line)
                continue
            reached = used + value
            if reached > most or (own != unit and line.factor is not None):
                room = line.converted(max(NOTHING, most - used), unit, own)
                title = titles.get(most)
                if title is None:
                    title = titles[most] = f"{over_what(limit)}上限 {plain(most)}"
                beyond = line.hold(room, rule=limit.id, title=title, source=limit.source)
                self._overflow(number, limit, line, beyond, waiting)
                reached = used + line.converted(line.left, own, unit)
            totals[key] = totals.get(key, NOTHING) + reached - used if years else reached

    def _used(self, totals: dict[Hashable, Decimal], limit: Limit, key: Hashable) -> Decimal:
        """Return what has counted in a period; of any years in a row, in the fullest of them."""
        if limit.years and isinstance(key, date):
            return fullest(totals, key, limit.years)
        return totals.get(key, NOTHING)

    def _cap_items(self, number: int, limit: Limit) -> None:
        """Let so many items of each period count: those that give the most, for whoever is asked.

        So one item more never lowers what somebody has. What came up late is no item.
        """
        unit, waiting = self.plan.scheme.unit, dict[Hashable, list[Line]]()
        for line in self._concerned(number):
            if line.virtual is None:
                period = None if limit.years else self._period(limit, line)
                waiting.setdefault(period, []).append(line)
        for lines in waiting.values():
            worth = {id(one): one.converted(one.left, one.earned.unit, unit) for one in lines}
            if limit.years:
                self._keep_apart(limit, lines, worth)
                continue
            lines.sort(key=lambda one: (-worth[id(one)], in_turn(one)))
            most = limit.most_items.on(lines[0].day) if limit.most_items else None
            if most is None:
                continue
            free = fixed(exact(most))
            title = (
                f"{over_what(limit)}至多 {plain(free)} "
                f"{self.plan.scheme.unit_label('item')}，计最高的"
            )
            for line in lines:
                items = Decimal(line.earned.facts.items or 1)
                if items > free:
                    room = (line.left * free / items).quantize(PLACES, rounding=ROUND_DOWN)
                    line.hold(room, rule=limit.id, title=title, source=limit.source)
                free = max(NOTHING, free - items)

    def _keep_apart(self, limit: Limit, lines: list[Line], worth: dict[int, Decimal]) -> None:
        """Let one item count in any so many years: those that give the most together."""
        lines.sort(key=lambda one: (one.day, in_turn(one)))
        pieces = [max(Decimal(1), Decimal(one.earned.facts.items or 1)) for one in lines]
        each = [(one.day, worth[id(one)] / piece) for one, piece in zip(lines, pieces, strict=True)]
        chosen = best_apart(each, limit.years)
        title = f"{over_what(limit)}至多 1 {self.plan.scheme.unit_label('item')}，计最高的"
        for place, (line, piece) in enumerate(zip(lines, pieces, strict=True)):
            one = (line.left / piece).quantize(PLACES, rounding=ROUND_DOWN)
            room = one if place in chosen else NOTHING
            line.hold(room, rule=limit.id, title=title, source=limit.source)

    def _overflow(
        self, number: int, limit: Limit, line: Line, beyond: Decimal, waiting: "_Waiting"
    ) -> None:
        if limit.overflow == DROP or not beyond:
            return
        new = self._spilled(limit, line, beyond) if limit.overflow == SPILL else None
        if limit.overflow == HOLD:
            new = self._held(limit, line, beyond)
        if new is None:
            return
        self.close([new])
        self._fit(new, self.plan.scheme.limits[:number], line)
        self.lines.append(new)
        self.moved = True
        if limit.overflow == HOLD:
            waiting.take(new)

    def _spilled(self, limit: Limit, line: Line, beyond: Decimal) -> Line:
        words = "、".join(self.plan.scheme.label(name, code) for name, code in limit.spill)
        facts = under_codes(line.earned.facts, limit.spill)
        new = line_of(self.plan, replace(line.earned, facts=facts, amount=beyond), self.tiers)
        text = f"超出“{limit.title}”的 {plain(beyond)} 转计为{words}"
        return self._made_of(limit, line, new, text)

    def _held(self, limit: Limit, line: Line, beyond: Decimal) -> Line | None:
        """Return what is held for the next period, None where a new cycle begins."""
        day = self._next(limit, line)
        if day is None:
            return None
        old = line.earned
        earned = Earned(old.facts, beyond, old.unit, old.earned_on, old.record_uid, old.valid)
        new = Line(earned, line.rule, day, line.mask, line.factor, beyond, counts=line.counts)
        text = f"超出“{limit.title}”的 {plain(beyond)} 留到 {day:%Y-%m-%d} 起的一期"
        return self._made_of(limit, line, new, text)

    def _next(self, limit: Limit, line: Line) -> date | None:
        """Return the first day of the next period, None where a new cycle begins."""
        cycles, first = self.calendar.firsts("cycle"), self.calendar.firsts(limit.scope)[line.day]
        day = self.after.get((limit.scope, first))
        if day is None:
            day = self.calendar.following(limit.scope, line.day).start
            self.after[limit.scope, first] = day
        return day if cycles[day] == cycles[line.day] else None

    def _moves_on(self, number: int, limit: Limit, line: Line) -> bool:
        """Let what was held already wait for one period more, if this one is full."""
        if limit.overflow != HOLD or line.virtual is None or line.virtual[0] != limit.id:
            return False
        earlier = zip(self.plan.limits[:number], self.plan.scheme.limits, strict=False)
        if any(bit & line.mask and (one.scope in _PERIODS or one.years) for bit, one in earlier):
            return False  # each of them has to see it again
        day = self._next(limit, line)
        if day is not None:
            line.day, self.moved = day, True
        return day is not None

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
        """Hold what comes up late under `limits`, but for those that have seen it as `old`.

        A limit has seen it if it was under it before, in the same day, event or period.
        """
        for earlier, limit in enumerate(limits):
            bit = self.plan.limits[earlier]
            if not new.mask & bit or limit.maximum is None or not new.counts:
                continue
            if old and old.mask & bit and self._period(limit, old) == self._period(limit, new):
                continue
            if new.outside and limit.scope in OUTSIDE_OF:
                continue
            most, key = self.plan.maxima[earlier].on(new.day), self._period(limit, new)
            if most is None or not limit.applies_to.concerns(self.tiers):
                continue
            if limit.years and old and old.mask & bit:  # it took its room on the day of the deed
                moved = new.converted(new.left, new.earned.unit, limit.unit)
                self.used[earlier][old.day] = self.used[earlier].get(old.day, NOTHING) - moved
            used = self._used(self.used[earlier], limit, key)
            room = new.converted(max(NOTHING, most - used), limit.unit, new.earned.unit)
            title = f"{over_what(limit)}上限 {plain(most)}"
            new.hold(room, rule=limit.id, title=title, source=limit.source)
            value = new.converted(new.left, new.earned.unit, limit.unit)
            self.used[earlier][key] = self.used[earlier].get(key, NOTHING) + value

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
            self._overflow(number, limit, line, beyond, _Waiting([]))
        return line.converted(line.left, line.earned.unit, limit.unit)

    def _share_on(self, limit: Limit, day: date) -> tuple[int, int] | None:
        number = limit.share.on(day) if limit.share else None
        return None if number is None else number.as_integer_ratio()


def _share_shown(over: int, under: int) -> str:
    value = Decimal(over) / under
    exact = value == value.quantize(PLACES)
    return shown(value.quantize(PLACES)) if exact else f"{over}/{under}"
