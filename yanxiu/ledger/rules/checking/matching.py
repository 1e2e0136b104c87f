"""What no record can ever meet: rules, floors, caps and chains tried with records of every sort."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from yanxiu.ledger.rules.checking.finding import CONTRADICTION, DOUBT, NOTE, Finding
from yanxiu.ledger.rules.checking.numbers import UNITS, least
from yanxiu.ledger.rules.checking.probes import Probes
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.schemes import AwardRule, Requirement, Scheme
from yanxiu.ledger.rules.values import Filter


@dataclass
class Tried:
    """What the records of every sort came to."""

    used: set[str] = field(default_factory=set)
    """Ids of award rules that some record came to."""
    met: set[str] = field(default_factory=set)
    """Ids of the parts whose filter some record with a rule passed."""
    unconverted: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Requirements with the rules whose records have no conversion into their unit."""
    unchained: dict[str, Facts] = field(default_factory=dict)
    """Rules with one of their records for which nobody can decide."""
    taken_by: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Rules with those that took records which would have been theirs."""
    both: dict[tuple[str, str], Facts] = field(default_factory=dict)
    """Pairs of requirements with one record that counts for both."""


def matching(scheme: Scheme) -> Iterator[Finding]:
    """Try the scheme with records of every sort."""
    tried = _try(scheme)
    yield from _unused_rules(scheme, tried)
    yield from _unconverted(scheme, tried)
    yield from _unmet(scheme, tried)
    yield from _unchained(scheme, tried)
    yield from _overlapping(scheme, tried)


def _everybody(scheme: Scheme) -> frozenset[str]:
    """Return all tiers, so that no rule is passed over because of the person."""
    return frozenset(code for code, _ in dict(scheme.labels).get("tier", ()))


def _try(scheme: Scheme) -> Tried:
    tried, probes = Tried(), Probes(scheme)
    tiers = _everybody(scheme)
    floors = [each for each in scheme.requirements if not each.is_share]
    for kind in probes.kinds:
        rules = scheme.rules_for_kind(kind)
        for facts in probes.of(kind):
            fitting = [rule for rule in rules if rule.applies_to.matches(facts)]
            if not fitting:
                continue
            _note_rules(tried, fitting)
            rule = next((r for r in fitting if r.applies_to.concerns(tiers)), fitting[0])
            _note_floors(tried, scheme, floors, facts, rule)
            for name, each in _parts(scheme):
                if each.matches(facts):
                    tried.met.add(name)
            chains = [chain.applies_to for chain in scheme.recognition]
            if chains and _pays(rule) and not any(each.matches(facts) for each in chains):
                tried.unchained.setdefault(rule.id, facts)
    return tried


def _pays(rule: AwardRule) -> bool:
    return any(number for _, number in rule.rates.values[-1][1].cells)


def _note_rules(tried: Tried, fitting: list[AwardRule]) -> None:
    """A rule takes what no earlier one takes from everybody."""
    for number, rule in enumerate(fitting):
        before = [each for each in fitting[:number] if not _for_some(each)]
        if not before:
            tried.used.add(rule.id)
        else:
            tried.taken_by[rule.id].add(before[0].id)


def _for_some(rule: AwardRule) -> bool:
    return bool(rule.applies_to.who or rule.applies_to.not_who)


def _note_floors(
    tried: Tried, scheme: Scheme, floors: list[Requirement], facts: Facts, rule: AwardRule
) -> None:
    hit = []
    for each in floors:
        if not all(one.matches(facts) for one in (each.applies_to, *each.within)):
            continue
        tried.met.add(each.id)
        hit.append(each)
        unlike = each.unit in UNITS and each.unit != rule.unit and _pays(rule)
        if unlike and scheme.hours_per_credit(facts, facts.on) is None:
            tried.unconverted[each.id].add(rule.title)
    narrow = [each for each in hit if not each.applies_to.everything and not each.parent]
    for one in narrow:
        for other in narrow:
            if one.id < other.id and (one.scope, one.unit) == (other.scope, other.unit):
                tried.both.setdefault((one.id, other.id), facts)


def _parts(scheme: Scheme) -> Iterator[tuple[str, Filter]]:
    for section in ("limits", "gates", "cross_credits"):
        yield from ((each.id, each.applies_to) for each in getattr(scheme, section))
    for bundle in scheme.bundles:
        for number, part in enumerate(bundle.parts, start=1):
            yield f"{bundle.id}:{number}", part.applies_to


def _unused_rules(scheme: Scheme, tried: Tried) -> Iterator[Finding]:
    titles = {rule.id: rule.title for rule in scheme.award_rules}
    for rule in scheme.award_rules:
        if rule.id in tried.used or rule.origin != scheme.id:
            continue
        if rule.id in tried.taken_by:
            words = "、".join(f"“{titles[each]}”" for each in sorted(tried.taken_by[rule.id]))
            sentence = f"“{rule.title}”永远用不到：符合它的记录都先按{words}计了。"
            todo = "先写的先用，请把范围窄的一条写在前面。"
        else:
            sentence = f"“{rule.title}”没有一种记录能够符合，永远用不到。"
            todo = "请核对 for 和 except 里的条件是否互相矛盾。"
        yield Finding("rule-never-used", rule.id, sentence, todo, CONTRADICTION)


def _unconverted(scheme: Scheme, tried: Tried) -> Iterator[Finding]:
    by_id = {each.id: each for each in scheme.requirements}
    for name, titles in tried.unconverted.items():
        unit = scheme.unit_label(by_id[name].unit)
        words = "、".join(sorted(titles))
        sentence = f"“{by_id[name].title}”按{unit}要求，而“{words}”的记录没有折算办法，会计为 0。"
        todo = "请在 conversions 的最后加一条不带 for 的折算。"
        yield Finding("conversion-missing", name, sentence, todo, CONTRADICTION)


def _unmet(scheme: Scheme, tried: Tried) -> Iterator[Finding]:
    fillers = [dict(each.codes) for each in scheme.bundles]
    fillers += [dict(each.codes) for each in scheme.cross_credits]
    fillers += [dict(limit.spill) for limit in scheme.limits if limit.spill]
    for each in scheme.requirements:
        if each.id in tried.met or each.is_share or not least(each):
            continue
        if any(_agrees(codes, each) for codes in fillers):
            continue
        sentence = f"没有一种记录能计入“{each.title}”，任何人都无法达到。"
        todo = "请核对它的 for，或补上相应的认定条目。"
        yield Finding("floor-without-records", each.id, sentence, todo, CONTRADICTION)
    for name, one in _parts(scheme):
        if name not in tried.met and not any(_passes(codes, one) for codes in fillers):
            sentence = f"没有一种记录能符合“{_title(scheme, name)}”，这一条从不起作用。"
            yield Finding("part-without-records", name, sentence, "请核对它的 for。", DOUBT)


def _title(scheme: Scheme, name: str) -> str:
    own = name.partition(":")[0]
    for section in ("limits", "gates", "cross_credits", "bundles"):
        for each in getattr(scheme, section):
            if each.id == own:
                return str(each.title)
    return own


def _agrees(codes: dict[str, str], requirement: Requirement) -> bool:
    return all(_passes(codes, each) for each in (requirement.applies_to, *requirement.within))


def _passes(codes: dict[str, str], one: Filter) -> bool:
    """Say whether what is counted under `codes` could pass; what they do not name may be so."""
    return any(
        all(name not in codes or codes[name] in allowed for name, allowed in each.parts)
        for each in one.alternatives
    )


def _unchained(scheme: Scheme, tried: Tried) -> Iterator[Finding]:
    for rule in scheme.award_rules:
        facts = tried.unchained.get(rule.id)
        if facts is None:
            continue
        codes = [(name, facts.code(name)) for name in ("delivery_mode", "organiser_level")]
        words = "、".join(scheme.label(name, code) for name, code in codes if code)
        such = f"（如{words}）" if words else ""
        sentence = f"“{rule.title}”的记录{such}没有认定流程，没有人能认定。"
        todo = "请在 recognition 的最后加一条不带 for 的流程。"
        yield Finding("award-without-approver", rule.id, sentence, todo)


def _of_one_sort(first: Requirement, second: Requirement) -> bool:
    """Say whether two floors divide the same thing for the same teachers, such as 集中 and 远程."""
    one, other = first.applies_to, second.applies_to
    same = {name for name, _ in one.parts} == {name for name, _ in other.parts}
    return same and (one.who, one.not_who) == (other.who, other.not_who)


def _overlapping(scheme: Scheme, tried: Tried) -> Iterator[Finding]:
    by_id = {each.id: each for each in scheme.requirements}
    for (one, other), facts in tried.both.items():
        first, second = by_id[one], by_id[other]
        if not _of_one_sort(first, second):
            continue
        kind = scheme.label("kind", facts.kind)
        sentence = f"有的记录（如{kind}）同时计入“{first.title}”和“{second.title}”，两项并不互斥。"
        yield Finding("floors-overlap", one, sentence, "若应互斥，请改 for。", NOTE)
