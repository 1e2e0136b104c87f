"""What counts without a record of its own: bundles, hours in another category, transfers in."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_DOWN, Decimal

from yanxiu.kernel.amounts import PLACES, amount, plain
from yanxiu.ledger.rules.amounts import NOTHING, exact, fixed, shown
from yanxiu.ledger.rules.awards import Step
from yanxiu.ledger.rules.calendars import Calendar
from yanxiu.ledger.rules.demands import Bundle, CrossCredit
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.lines import Earned, Line, line_of, measure, under_codes
from yanxiu.ledger.rules.persons import Person
from yanxiu.ledger.rules.plan import Plan, four_places

TRANSFERRED = "transferred_in"


def opening_lines(plan: Plan, person: Person, on: date, tiers: frozenset[str]) -> list[Line]:
    """Return what was transferred in until `on`, as lines that stand beside those of records."""
    lines = []
    for each in person.opening:
        if each.on > on:
            continue
        codes = {"kind": TRANSFERRED, **dict(each.codes)}
        teacher = person.uid or each.uid
        facts = Facts(uid=each.uid, teacher_uid=teacher, on=each.on, **codes)  # type: ignore[arg-type]
        line = line_of(plan, Earned(facts, each.amount, each.unit, each.on, each.uid), tiers)
        line.virtual = (TRANSFERRED, f"转入：{each.title}", each.title)
        lines.append(line)
    return lines


def bundle_lines(
    plan: Plan, lines: list[Line], calendar: Calendar, tiers: frozenset[str]
) -> list[Line]:
    """Return a line for each bundle in each period in which every part of it is met."""
    made = []
    for bundle, bits in zip(plan.scheme.bundles, plan.bundles, strict=True):
        if not bundle.teachers.concerns(tiers):
            continue
        periods: dict[date, list[Line]] = {}
        any_part, firsts = sum(set(bits)), calendar.firsts(bundle.scope)
        for line in lines:
            if line.mask & any_part and line.counts:
                periods.setdefault(firsts[line.day], []).append(line)
        for own in periods.values():
            for time, last in enumerate(_met_by(bundle, bits, own), start=1):
                value = four_places(bundle.amount).on(last.day)
                if value is not None:
                    unit = plan.scheme.unit_label(bundle.unit)
                    again = f"第 {time} 次" if bundle.times > 1 else ""
                    text = f"“{bundle.title}”{again}各项齐备，计 {plain(value)} {unit}"
                    made.append(_line(last, bundle, value, text))
    return [line_in(plan, line, tiers) for line in made]


def _met_by(bundle: Bundle, bits: list[int], lines: list[Line]) -> Iterator[Line]:
    """Give the lines with which the last part is met, for as many times as may count."""
    reached = [Decimal(0) for _ in bits]
    met = 0
    for line in lines:
        for number, (bit, part) in enumerate(zip(bits, bundle.parts, strict=True)):
            if line.mask & bit:
                reached[number] += _value(line, part.unit)
        least = [part.minimum.on(line.day) or 0 for part in bundle.parts]
        while met < bundle.times and all(
            have >= one * (met + 1) for have, one in zip(reached, least, strict=True)
        ):
            met += 1
            yield line
        if met == bundle.times:
            return


def _value(line: Line, unit: str) -> Decimal:
    if unit in ("hour", "credit"):
        return line.converted(line.left, line.earned.unit, unit)
    return Decimal(0) if line.virtual else measure(line.earned.facts, unit)


def cross_lines(
    plan: Plan, lines: Iterable[Line], calendar: Calendar, tiers: frozenset[str]
) -> list[Line]:
    """Return what outputs earn in another category, up to the cap of each period."""
    made, used = [], dict[tuple[str, date], Decimal]()
    concerned = [
        (bit, each)
        for bit, each in zip(plan.crosses, plan.scheme.cross_credits, strict=True)
        if each.applies_to.concerns(tiers)
    ]
    for line in lines:
        for bit, cross in concerned:
            value = _cross_value(cross, line) if line.mask & bit and line.counts else NOTHING
            if value:
                new = _cross_line(plan, cross, line, value)
                _cap_cross(cross, new, calendar, used)
                made.append(line_in(plan, new, tiers))
    return made


def _cross_value(cross: CrossCredit, line: Line) -> Decimal:
    table, facts = cross.rates.on(line.day), line.earned.facts
    rate = table.of(facts.code(cross.by) if cross.by else "") if table else None
    if not rate:
        return NOTHING
    if cross.per == "amount":
        own = line.converted(line.left, line.earned.unit, cross.unit)
    else:
        own = Decimal(1) if cross.per == "flat" else measure(facts, cross.per)
    over, under = rate.as_integer_ratio()
    return (own * over / under).quantize(PLACES, rounding=ROUND_DOWN)


def _cross_line(plan: Plan, cross: CrossCredit, line: Line, value: Decimal) -> Line:
    words = "、".join(plan.scheme.label(name, code) for name, code in cross.codes)
    unit = plan.scheme.unit_label(cross.unit)
    text = f"“{cross.title}”另计 {plain(value)} {unit}（{words}）"
    return _line(line, cross, value, text)


def _cap_cross(
    cross: CrossCredit, line: Line, calendar: Calendar, used: dict[tuple[str, date], Decimal]
) -> None:
    most = cross.maximum.on(line.day) if cross.maximum else None
    if most is None:
        return
    key = (cross.id, calendar.firsts(cross.scope)[line.day])
    room = max(NOTHING, fixed(exact(most)) - used.get(key, NOTHING))
    title = f"{cross.title}上限 {shown(most)}"
    line.hold(room, rule=cross.id, title=title, source=cross.source)
    used[key] = used.get(key, NOTHING) + line.left


def _line(line: Line, made: Bundle | CrossCredit, value: Decimal, text: str) -> Line:
    """Return a line of no kind that came of another one; the other's explanation tells it."""
    said = rule, _, source = made.id, made.title, made.source
    facts = line.earned.facts
    if isinstance(made, Bundle):  # which record came last is chance
        facts = Facts(uid=facts.uid, teacher_uid=facts.teacher_uid, kind="", on=facts.on)
    facts = under_codes(facts, (("kind", ""), *made.codes))
    earned = Earned(facts, amount(value), made.unit, line.day, line.earned.record_uid)
    line.notes.append(Step(text, None, source, rule))
    new = Line(earned, None, line.day, 0, None, earned.amount, counts=True)
    new.virtual, new.is_last, new.outside = said, line.is_last, line.outside
    new.is_bundle = isinstance(made, Bundle)
    return new


def line_in(plan: Plan, line: Line, tiers: frozenset[str]) -> Line:
    """Return `line` with the filters that its codes match and its hours per credit."""
    known = line_of(plan, line.earned, tiers)
    line.mask, line.factor = known.mask, known.factor
    return line
