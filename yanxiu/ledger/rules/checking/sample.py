"""A made-up teacher who does much of everything for a whole cycle: does she reach the floors?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from yanxiu.kernel.amounts import plain
from yanxiu.kernel.spans import Span
from yanxiu.ledger.rules.calendars import Calendar
from yanxiu.ledger.rules.checking.finding import CONTRADICTION, Finding
from yanxiu.ledger.rules.checking.inequalities import Bound
from yanxiu.ledger.rules.checking.probes import Probes
from yanxiu.ledger.rules.checking.spreading import spread
from yanxiu.ledger.rules.dependence import amount_of
from yanxiu.ledger.rules.evaluating import award
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.lines import Earned
from yanxiu.ledger.rules.persons import Person
from yanxiu.ledger.rules.results import RequirementStanding
from yanxiu.ledger.rules.schemes import AwardRule, Scheme
from yanxiu.ledger.rules.standing import Standing, standing
from yanxiu.ledger.rules.values import OTHER

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
DONE: Final = (
    f"每类活动每年 {TIMES_A_YEAR} 次，每次 {HOURS} 学时（或 5 节、4 份、8000 字）；"
    "要求或条目写明一次要更多的，就做那么多；做满一个周期"
)
"""What she does, in words."""

_WORKED_BEFORE: Final = timedelta(days=3650)
_DAY: Final = timedelta(days=1)
_LONG: Final = ("semester", "year", "cycle", "career")
_SHORT: Final = ("probation", "first_year")


@dataclass(frozen=True)
class Sampled:
    """How she stands.

    Attributes:
        scopes: the scopes that `standing` tells about.
        is_spread: whether she did what is asked and no more, spread over the years; else plenty.
        against: parts of the scheme that nobody can meet at once, if that is sure.
    """

    scopes: tuple[str, ...]
    standing: Standing
    is_spread: bool = False
    against: tuple[Bound, ...] = ()

    @property
    def short(self) -> list[RequirementStanding]:
        """What blocks and is not reached."""
        return _short(each for each in self.standing.requirements if each.scope in self.scopes)


def _short(standings: Iterable[RequirementStanding]) -> list[RequirementStanding]:
    return [each for each in standings if each.severity == "block" and not each.met]


def sample_person(scheme: Scheme) -> Iterator[Finding]:
    """Say what she does not reach; the first reading for teachers of no tier, then by tier.

    It is a contradiction only if it is sure that nobody can reach it: what she did not find a way
    to may be found by somebody else.
    """
    told: set[str] = set()
    for one in sample_standings(scheme):
        names = {each.where for each in one.against}
        if one.against and not names <= told:
            told |= names
            yield _never(scheme, one.against)
        if one.against:
            continue
        for each in one.short:
            if each.id not in told:
                told.add(each.id)
                yield _doubtful(each, is_spread=one.is_spread)


def _never(scheme: Scheme, against: tuple[Bound, ...]) -> Finding:
    asked = [each.id for each in scheme.requirements]
    titles = "、".join(dict.fromkeys(f"“{each.title}”" for each in against))
    where = next((each.where for each in against if each.where in asked), against[0].where)
    together = (
        "无论怎样安排都做不到" if len(against) == 1 else "合在一起，无论怎样安排都不能同时做到"
    )
    sentence = f"{titles}{together}，没有人能够达标。"
    return Finding("never-all-met", where, sentence, "请核对这几处的数和范围。", CONTRADICTION)


def _doubtful(each: RequirementStanding, *, is_spread: bool) -> Finding:
    done = f"样例教师每类活动每年做 {TIMES_A_YEAR} 次、每次 {HOURS} 学时、做满一个周期"
    if is_spread:
        done = "样例教师把各项要求分摊到一个周期的各年"
    sentence = (
        f"{done}，“{each.title}”仍只有 {plain(each.recognised)}，"
        f"要求 {plain(each.required)} {each.unit_label}；"
        "没有找到能全部达到的安排，但也不能断定没有。"
    )
    todo = (
        "请看有没有封顶、先决条件或范围使它达不到；若要求本来很高，可以保留，并写一个达标的算例。"
    )
    return Finding("sample-person-short", each.id, sentence, todo)


def sample_standings(scheme: Scheme) -> list[Sampled]:
    """Return her standings, with the scopes that each tells about.

    She is long in office at the end of a cycle, or newly come or newly appointed at the end of
    the first year. What is asked of a year or a semester is told of the first one if she reaches
    it there: in the last one the cap of the cycle may be used up. Where plenty does not reach
    everything, because one thing takes the room of another under a cap, she does what is asked.
    """
    whole = _cycle(scheme)
    records = _records(scheme, whole)
    first = Calendar(scheme.cycle).span("year", whole.start).end - _DAY
    old, new = Person(joined_on=whole.start - _WORKED_BEFORE), Person(joined_on=whole.start)
    found = [_at_work(scheme, records, old, whole)]
    if any(each.scope in _SHORT for each in scheme.requirements):
        found.append(Sampled(_SHORT, _standing(scheme, records, new, first)))
    for codes in _groups(scheme):
        since = tuple((code, whole.start) for code in codes)
        one = Person(tiers=frozenset(codes), joined_on=old.joined_on, since=since)
        found.append(_at_work(scheme, records, one, whole))
        found.append(Sampled(_SHORT, _standing(scheme, records, one, first)))
    return found


def _groups(scheme: Scheme) -> list[tuple[str, ...]]:
    """Return the groups of tiers of which something else is asked than of others."""
    groups = {each.applies_to.who for each in scheme.requirements if each.applies_to.who}
    for each in scheme.requirements:
        codes = {code for _, table in each.minimum.values for code, _ in table.cells}
        groups |= {(code,) for code in codes - {OTHER}}
    return sorted(groups)


def _at_work(scheme: Scheme, records: list[Facts], person: Person, whole: Span) -> Sampled:
    result, is_early = _plentiful(scheme, records, person, whole)
    plenty = Sampled(_LONG, result)
    if not plenty.short and not is_early:
        return plenty
    found = spread(scheme, person, whole)
    if not found.ways:
        return replace(plenty, against=found.against)
    tried = [plenty] if plenty.short else []
    for way in found.ways:
        result = _asked_for(scheme, list(way), person, whole)
        tried.append(Sampled(_LONG, result, is_spread=True))
        if not tried[-1].short:
            return tried[-1]
    return min(tried, key=lambda one: len(one.short)) if plenty.short else plenty


def _asked_for(scheme: Scheme, records: list[Facts], person: Person, whole: Span) -> Standing:
    """Return how she stands at the end; of years and semesters the first that was not met."""
    calendar = Calendar(scheme.cycle)
    last = _standing(scheme, records, person, whole.last)
    worst: dict[str, RequirementStanding] = {}
    for scope in ("year", "semester"):
        if not any(each.scope == scope for each in scheme.requirements):
            continue
        period = calendar.span(scope, whole.start)
        while period.start < whole.end:
            if period.start >= whole.start:
                on = min(period.last, whole.last)
                for each in _standing(scheme, records, person, on).requirements:
                    if each.scope == scope and (each.id not in worst or worst[each.id].met):
                        worst[each.id] = each
            period = calendar.following(scope, period.start)
    requirements = tuple(worst.get(each.id, each) for each in last.requirements)
    return replace(last, requirements=requirements)


def _plentiful(
    scheme: Scheme, records: list[Facts], person: Person, whole: Span
) -> tuple[Standing, bool]:
    """Return how she stands at the end of the cycle, but for years and semesters met at its start.

    What she met early is left out of the later standing, and the other way round. Say also whether
    there was such a one.
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
    return replace(late, requirements=tuple(both)), bool(early)


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
    times = TIMES_A_YEAR * max(1, round(days / 365.25))
    return [whole.start + timedelta(days=(2 * n + 1) * days // (2 * times)) for n in range(times)]
