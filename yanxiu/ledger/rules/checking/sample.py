"""A made-up teacher who does much of everything for a whole cycle: does she reach the floors?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from yanxiu.kernel.amounts import plain
from yanxiu.kernel.spans import Span
from yanxiu.ledger.rules.calendars import Calendar
from yanxiu.ledger.rules.checking.finding import CONTRADICTION, Finding
from yanxiu.ledger.rules.checking.probes import Probes
from yanxiu.ledger.rules.dependence import amount_of
from yanxiu.ledger.rules.evaluating import award
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.lines import Earned
from yanxiu.ledger.rules.persons import Person
from yanxiu.ledger.rules.schemes import AwardRule, Scheme
from yanxiu.ledger.rules.standing import Standing, standing

TIMES_A_YEAR: Final = 8
HOURS: Final = 40
"""She does each thing so often, and each time for so many hours."""

_AMOUNTS: Final[dict[str, Any]] = {
    "stated": Decimal(HOURS),
    "minutes": None,
    "lessons": Decimal(5),
    "items": Decimal(4),
    "characters": Decimal(8000),
}
_WORKED_BEFORE: Final = timedelta(days=3650)
_DAY: Final = timedelta(days=1)
_LONG: Final = ("semester", "year", "cycle", "career")
_SHORT: Final = ("probation", "first_year")


def sample_person(scheme: Scheme) -> Iterator[Finding]:
    """Say what she does not reach; the first reading for teachers of no tier, then by tier."""
    told: set[str] = set()
    for scopes, result in sample_standings(scheme):
        for each in result.requirements:
            if each.scope not in scopes or each.severity != "block" or each.met or each.id in told:
                continue
            told.add(each.id)
            sentence = (
                f"样例教师每类活动每年做 {TIMES_A_YEAR} 次、每次 {HOURS} 学时、做满一个周期，"
                f"“{each.title}”仍只有 {plain(each.recognised)}，"
                f"要求 {plain(each.required)} {each.unit_label}。"
            )
            todo = "请看有没有封顶、先决条件或范围使它达不到；若要求本来很高，可以保留。"
            yield Finding("sample-person-short", each.id, sentence, todo, CONTRADICTION)


def sample_standings(scheme: Scheme) -> list[tuple[tuple[str, ...], Standing]]:
    """Return her standings, with the scopes that each tells about.

    She is long in office at the end of a cycle, or newly come or newly appointed at the end of
    the first year. What is asked of a year or a semester is told of the first one if she reaches
    it there: in the last one the cap of the cycle may be used up.
    """
    whole = _cycle(scheme)
    tiers = {each.applies_to.who for each in scheme.requirements if each.applies_to.who}
    records = _records(scheme, whole)
    first = Calendar(scheme.cycle).span("year", whole.start).end - _DAY
    old, new = Person(joined_on=whole.start - _WORKED_BEFORE), Person(joined_on=whole.start)
    found = _at_work(scheme, records, old, whole)
    if any(each.scope in _SHORT for each in scheme.requirements):
        found.append((_SHORT, _standing(scheme, records, new, first)))
    for codes in sorted(tiers):
        since = tuple((code, whole.start) for code in codes)
        one = Person(tiers=frozenset(codes), joined_on=old.joined_on, since=since)
        found += _at_work(scheme, records, one, whole)
        found.append((_SHORT, _standing(scheme, records, one, first)))
    return found


def _at_work(
    scheme: Scheme, records: list[Facts], person: Person, whole: Span
) -> list[tuple[tuple[str, ...], Standing]]:
    """Return how she stands at the end of the cycle, but for years and semesters met at its start.

    What she met early is left out of the later standing, and the other way round.
    """
    calendar = Calendar(scheme.cycle)
    year = calendar.span("year", whole.start)
    semester = calendar.span("semester", whole.start)
    if semester.start < whole.start:
        semester = calendar.following("semester", whole.start)
    early = [
        one
        for scope, day in (("year", year.last), ("semester", semester.last))
        for one in _standing(scheme, records, person, day).requirements
        if one.scope == scope and one.met
    ]
    met = {one.id for one in early}
    late = _standing(scheme, records, person, whole.last)
    rest = [one for one in late.requirements if one.id not in met or one.met]
    kept = {one.id for one in rest}
    early = [one for one in early if one.id not in kept]
    order = [one.id for one in scheme.requirements]
    both = sorted([*rest, *early], key=lambda one: order.index(one.id))
    return [(_LONG, replace(late, requirements=tuple(both)))]


def _standing(scheme: Scheme, records: list[Facts], person: Person, on: date) -> Standing:
    awards = [(facts, award(scheme, facts, person)) for facts in records if facts.on <= on]
    earned = [Earned.of(facts, given) for facts, given in awards if given is not None]
    return standing(scheme, earned, on=on, person=person)


def _cycle(scheme: Scheme) -> Span:
    """Return the first whole cycle in which the scheme is in force, else the one it begins in."""
    calendar = Calendar(scheme.cycle)
    current = calendar.span("cycle", scheme.effective_from)
    following = calendar.span("cycle", current.end)
    ended = scheme.effective_to is not None and scheme.effective_to < following.start
    return current if current.start >= scheme.effective_from or ended else following


def _records(scheme: Scheme, whole: Span) -> list[Facts]:
    """Return what she did: for every rule, each sort of record that some floor asks for."""
    chosen = _chosen(scheme)
    days = _days(whole)
    sorts = [
        _plenty(scheme, rule, facts)
        for rule in scheme.award_rules
        for facts in chosen.get(rule.id, [])
    ]
    return [
        replace(
            facts,
            uid=UUID(int=number * len(days) + place + 1),
            on=day,
            content_key=f"{number}-{place}",
            event_key=f"{number}-{place}",
        )
        for number, facts in enumerate(sorts)
        for place, day in enumerate(days)
    ]


def _tiers(scheme: Scheme) -> frozenset[str]:
    return frozenset(code for code, _ in dict(scheme.labels).get("tier", ()))


def _chosen(scheme: Scheme) -> dict[str, list[Facts]]:
    """Return for every rule the records that together pass all floors it can serve.

    For each floor it is what stands under the fewest caps, and of that the best paid.
    """
    best: dict[str, dict[_Sort, tuple[Decimal, Facts]]] = {}
    probes, tiers = Probes(scheme), _tiers(scheme)
    person = Person(tiers=tiers)
    for kind in probes.kinds:
        for facts in probes.of(kind):
            rule = scheme.rule_for(facts, tiers)
            if rule is None:
                continue
            own, sort = best.setdefault(rule.id, {}), _sort(scheme, facts)
            found = amount_of(scheme, facts, person)
            amount = found[0] if found else Decimal(0)
            if sort not in own or amount > own[sort][0]:
                own[sort] = amount, facts
    return {rule: _enough(own) for rule, own in best.items()}


_Sort = tuple[frozenset[str], int]
"""Which floors a record serves, and under how many caps it stands."""


def _sort(scheme: Scheme, facts: Facts) -> _Sort:
    caps = sum(each.applies_to.matches(facts) for each in scheme.limits)
    return frozenset(_floors(scheme, facts)), caps


def _enough(own: dict[_Sort, tuple[Decimal, Facts]]) -> list[Facts]:
    """Return the freest record for each floor; among equals the one that serves most floors."""

    def rank(sort: _Sort) -> tuple[int, int, Decimal]:
        floors, caps = sort
        return caps, -len(floors), -own[sort][0]

    sorts = sorted(own, key=rank)
    floors = dict.fromkeys(floor for served, _ in sorts for floor in sorted(served))
    chosen = [next(sort for sort in sorts if floor in sort[0]) for floor in floors]
    return [own[sort][1] for sort in dict.fromkeys(chosen or sorts[:1])]


def _floors(scheme: Scheme, facts: Facts) -> set[str]:
    found = {
        each.id
        for each in scheme.requirements
        if all(one.matches(facts) for one in (each.applies_to, *each.within))
    }
    for bundle in scheme.bundles:
        for number, part in enumerate(bundle.parts):
            if part.applies_to.matches(facts):
                found.add(f"{bundle.id}:{number}")
    return found | {each.id for each in scheme.cross_credits if each.applies_to.matches(facts)}


def _plenty(scheme: Scheme, rule: AwardRule, facts: Facts) -> Facts:
    """Return the record with much in it, unless that would make it another sort of record."""
    more = replace(facts, **_AMOUNTS)
    same = scheme.rule_for(more, _tiers(scheme)) is rule
    if same and _floors(scheme, more) >= _floors(scheme, facts):
        return replace(more, days=Decimal(5)) if rule.per == "day" and not more.days else more
    return facts


def _days(whole: Span) -> list[date]:
    days = (whole.end - whole.start).days
    step = max(1, 365 // TIMES_A_YEAR)
    return [whole.start + timedelta(days=n) for n in range(step // 2, days, step)]
