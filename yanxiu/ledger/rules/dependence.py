"""What the amount of a record depends on under one scheme, and amounts kept by exactly that.

Most records of a county are alike: a school day, 90 minutes, somebody who came. Their amount is
reckoned once by `evaluating.award` and looked up afterwards. A key holds what the rules of the
record's kind ask for, and of the day only between which two changes of the scheme it lies.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, is_dataclass
from dataclasses import fields as fields_of
from datetime import date, timedelta
from decimal import Decimal
from operator import attrgetter, itemgetter
from typing import Any, Final, NamedTuple
from uuid import UUID

from yanxiu.ledger.rules.admitting import late_by
from yanxiu.ledger.rules.evaluating import award, event_limits
from yanxiu.ledger.rules.facts import MEASURED, PRESENT, Facts, recognised_as
from yanxiu.ledger.rules.persons import Person
from yanxiu.ledger.rules.schemes import AwardRule, Dated, Filter, Scheme

_HOURS: Final = ("minutes", "stated", "days")
_READ_BY: Final = {
    "hour": _HOURS,
    "day": _HOURS,
    "half_day": _HOURS,
    "stated": ("stated",),
    "lesson": ("lessons",),
    "item": ("items",),
    "thousand_characters": ("characters",),
    "character": ("characters",),
    "flat": (),
}
"""The fields of `Facts` that a `per` or a measure reads."""

MOST_KEPT: Final = 50_000
"""How many amounts one scheme keeps; beyond, it begins anew, so that memory stays flat."""


_UNKNOWN: Final = object()
_NOBODY: Final = UUID(int=0)


class Amount(NamedTuple):
    """What a record earns, without the steps."""

    amount: Decimal
    unit: str
    rule: str
    valid: bool


@dataclass(frozen=True)
class _Kind:
    """What the rules of one kind ask for."""

    fields: tuple[str, ...]
    evidence: frozenset[str]
    of_facts: Callable[[Facts], Any]


class Amounts:
    """The amounts of one scheme.

    Attributes:
        kinds: what matters by the kind of the record.
        fields: the fields of `Facts` that matter for any kind, apart from `kind`, `on`,
            `evidence` and `claimed_on`.
        by_evidence: whether evidence matters.
        by_claim: whether the day of claiming matters.
        tiers: the tiers that matter; none if a teacher's tiers make no difference.
    """

    def __init__(self, scheme: Scheme) -> None:
        """Look once at all that the scheme says."""
        self.scheme = scheme
        named = {
            kind for rule in scheme.award_rules for kind in rule.applies_to.codes("kind") or ()
        }
        self.kinds = {kind: _kind(scheme, scheme.rules_for_kind(kind)) for kind in named}
        self.fields = tuple(sorted({name for each in self.kinds.values() for name in each.fields}))
        self.by_evidence = any(each.evidence for each in self.kinds.values())
        self.by_claim = any(each.claim_within_days or each.claim_by for each in scheme.validity)
        self.tiers = _tiers(scheme)
        self._changes = sorted(_changes(scheme))
        self._epochs: dict[date, int] = {}
        self._kept: dict[Any, Amount | None] = {}

    def of(self, facts: Facts, person: Person | None = None) -> Amount | None:
        """Return what `facts` earns: as `award`, without the steps."""
        kind = self.kinds.get(facts.kind)
        if kind is None:
            return None
        key = (
            facts.kind,
            self.epoch(facts.on),
            kind.of_facts(facts),
            facts.evidence & kind.evidence if kind.evidence else None,
            late_by(self.scheme, facts) if self.by_claim else (),
            None if person is None else person.tiers & self.tiers,
        )
        found = self._kept.get(key, _UNKNOWN)
        return self.keep(key, facts, person) if found is _UNKNOWN else found  # type: ignore[return-value]

    def epoch(self, on: date) -> int:
        """Return between which two changes of the scheme a day lies."""
        found = self._epochs.get(on)
        if found is None:
            found = self._epochs[on] = bisect_right(self._changes, on)
        return found

    def kept(self, key: Any) -> Any:
        """Return the amount under `key`, `UNKNOWN` if it was not reckoned yet."""
        return self._kept.get(key, _UNKNOWN)

    def keep(self, key: Any, facts: Facts, person: Person | None) -> Amount | None:
        """Reckon what is not known yet."""
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        made = award(self.scheme, facts, person)
        amount = Amount(made.amount, made.unit, made.rule, made.valid) if made else None
        self._kept[key] = amount
        return amount


def amounts_of(scheme: Scheme) -> Amounts:
    """Return the amounts of `scheme`, which are kept as long as the scheme is."""
    found: Amounts | None = scheme.__dict__.get("_amounts")
    if found is None:
        found = Amounts(scheme)
        object.__setattr__(scheme, "_amounts", found)
    return found


def amount_of(scheme: Scheme, facts: Facts, person: Person | None = None) -> Amount | None:
    """Return what `award` gives, without the steps: amount, unit, rule, whether it is valid."""
    return amounts_of(scheme).of(facts, person)


class Rows:
    """Amounts of rows that a database gives as tuples, without making `Facts` of each.

    Attributes:
        names: what a row begins with: fields of `Facts`, and `recognised`, the amount that the
            last step found right; `None`, `""` and an empty list mean "not stated".
    """

    def __init__(self, scheme: Scheme) -> None:
        """Find out which columns matter."""
        self.amounts = amounts_of(scheme)
        # In which of these measures a step recognised an amount depends on all of them.
        fields = sorted({*self.amounts.fields, *MEASURED})
        names = ["kind", "on", "recognised", *fields]
        if self.amounts.by_evidence:
            names.append("evidence")
        if self.amounts.by_claim:
            names.append("claimed_on")
        self.names = tuple(names)
        place = {name: number for number, name in enumerate(names)}
        self._evidence = place.get("evidence", -1)
        self._of_row = {
            kind: _getter(itemgetter, [place[name] for name in found.fields])
            for kind, found in self.amounts.kinds.items()
        }

    def of(self, row: Sequence[Any], person: Person | None = None) -> Amount | None:
        """Return what the record of `row` earns."""
        amounts = self.amounts
        kind = amounts.kinds.get(row[0])
        if kind is None:
            return None
        if row[2] is not None or amounts.by_claim:
            return amounts.of(self.facts(row), person)
        key = (
            row[0],
            amounts.epoch(row[1]),
            self._of_row[row[0]](row),
            kind.evidence.intersection(row[self._evidence] or ()) if kind.evidence else None,
            (),
            None if person is None else person.tiers & amounts.tiers,
        )
        found = amounts.kept(key)
        return amounts.keep(key, self.facts(row), person) if found is _UNKNOWN else found

    def facts(self, row: Sequence[Any]) -> Facts:
        """Return the record of `row` as far as the scheme asks for it."""
        said = dict(zip(self.names, row, strict=False))
        recognised = said.pop("recognised")
        said["evidence"] = frozenset(said.get("evidence") or ())
        said["attendance"] = said.get("attendance") or PRESENT
        facts = Facts(uid=_NOBODY, teacher_uid=_NOBODY, **said)
        return facts if recognised is None else recognised_as(facts, recognised)


def _kind(scheme: Scheme, rules: Iterable[AwardRule]) -> _Kind:
    """Return what the rules of one kind ask for, in the order in which keys hold it."""
    names: set[str] = set()
    evidence: set[str] = set()
    for rule in rules:
        names.update(_read_by_rule(scheme, rule))
        evidence.update(rule.requires, *rule.requires_any)
    for validity in scheme.validity:
        names.update(_read_by_filter(validity.applies_to))
    attendance = scheme.attendance
    if attendance:
        names.add("attendance")
        names.update(_read_by_filter(attendance.applies_to))
        if attendance.absent_from:
            names.update(("absent_minutes", *_HOURS), _read_by_filter(attendance.absent_for))
    names.discard("kind")
    ordered = tuple(sorted(names))
    return _Kind(ordered, frozenset(evidence), _getter(attrgetter, ordered))


def _read_by_rule(scheme: Scheme, rule: AwardRule) -> Iterator[str]:
    """Give the fields that one rule, and what cuts it within one event, reads."""
    yield from _READ_BY[rule.per]
    yield from _read_by_filter(rule.applies_to)
    yield from [rule.by] if rule.by else []
    for multiplier in rule.multipliers:
        yield from [multiplier.by] if multiplier.by else []
        yield from _read_by_filter(multiplier.applies_to)
    for limit in event_limits(scheme, rule.unit):
        yield from _read_by_filter(limit.applies_to)


def _read_by_filter(whole: Filter) -> Iterator[str]:
    for each in whole.within():
        yield from (dimension for dimension, _ in each.parts)
        for bound in each.bounds:
            yield from _READ_BY[bound.measure]


def _tiers(scheme: Scheme) -> frozenset[str]:
    filters = [rule.applies_to for rule in scheme.award_rules]
    filters += [each.applies_to for rule in scheme.award_rules for each in rule.multipliers]
    filters += [limit.applies_to for limit in scheme.limits if limit.scope == "event"]
    if scheme.eligibility:
        filters.append(scheme.eligibility.teachers)
    return frozenset(tier for each in filters for tier in (*each.who, *each.not_who))


def _changes(scheme: Scheme) -> set[date]:
    """Return the first days of all that changes at all, and of what is accepted or not."""
    days = {scheme.effective_from, *_dated_days(scheme)}
    last = [scheme.effective_to, *(each.accepted_to for each in scheme.validity)]
    days |= {day + timedelta(days=1) for day in last if day}
    return days | {each.accepted_from for each in scheme.validity if each.accepted_from}


def _dated_days(value: object) -> Iterator[date]:
    if isinstance(value, Dated):
        yield from (day for day, _ in value.values)
    if isinstance(value, tuple):
        for member in value:
            yield from _dated_days(member)
    elif is_dataclass(value):
        for each in fields_of(value):
            yield from _dated_days(getattr(value, each.name))


def _getter(make: Callable[..., Callable[[Any], Any]], names: Sequence[Any]) -> Any:
    """Return what reads `names` of one thing; nothing of it if there are none."""
    return make(*names) if names else _nothing


def _nothing(_: object) -> None:
    return None
