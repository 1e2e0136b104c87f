"""Records made up to try a scheme with: every kind of record that it could tell apart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_UP, Decimal
from functools import cached_property
from itertools import product
from typing import Any, Final
from uuid import UUID

from yanxiu.ledger.rules.amounts import exact
from yanxiu.ledger.rules.facts import DIMENSIONS, PRESENT, Facts
from yanxiu.ledger.rules.schemes import AwardRule, Scheme
from yanxiu.ledger.rules.values import OTHER, Bound, Filter

_NOBODY: Final = UUID(int=0)
_MOST: Final = 4000
"""So many records are tried for one kind; beyond that evenly spread ones."""

_FIELDS: Final = {"day": "days", "lesson": "lessons", "item": "items", "character": "characters"}
_TYPICAL: Final[dict[str, Any]] = {"minutes": 90}
_GRAIN: Final = Decimal("0.0001")


@dataclass(frozen=True)
class Probes:
    """The records that a scheme could tell apart, by their kind."""

    scheme: Scheme

    @cached_property
    def day(self) -> date:
        """A day on which the newest numbers are in force."""
        last = self.scheme.effective_from
        for rule in self.scheme.award_rules:
            last = max(last, rule.rates.values[-1][0])
        return last + timedelta(days=40)

    @cached_property
    def filters(self) -> tuple[Filter, ...]:
        """All filters of the scheme, with those inside them."""
        return tuple(each for one in _filters(self.scheme) for each in one.within())

    @cached_property
    def codes(self) -> dict[str, tuple[str, ...]]:
        """The codes by which the scheme tells records apart, and one more for all others."""
        asked: dict[str, dict[str, None]] = {}
        for each in self.filters:
            for name, codes in each.parts:
                asked.setdefault(name, {}).update(dict.fromkeys(codes))
        for name, cells in _tables(self.scheme):
            asked.setdefault(name, {}).update(dict.fromkeys(cells))
        words = dict(self.scheme.labels)
        return {
            name: (*asked[name], *_another(asked[name], dict(words.get(name, ()))))
            for name in DIMENSIONS
            if name in asked and name not in ("kind", "attendance")
        }

    @cached_property
    def amounts(self) -> tuple[dict[str, Any], ...]:
        """Amounts on both sides of every bound that a filter of the scheme has."""
        found: list[dict[str, Any]] = [dict(_TYPICAL)]
        for bound in dict.fromkeys(bound for each in self.filters for bound in each.bounds):
            found.extend(_around(bound, self.day))
        return tuple(found)

    @property
    def is_complete(self) -> bool:
        """Whether every combination that the scheme can tell apart is among the records."""
        bounds = {bound for each in self.filters for bound in each.bounds}
        asked = {name for each in self.filters for name, _ in each.parts}
        return self._stride() == 1 and len(bounds) <= 1 and "attendance" not in asked

    def _stride(self) -> int:
        """Return how many records are passed over to the next one that is tried."""
        whole = len(self.amounts)
        for codes in self.codes.values():
            whole *= len(codes)
        every = max(1, whole // _MOST)
        return every + (every > 1 and every % 2 == 0)  # an even one would skip every other code

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that some rule pays for, in written order."""
        kinds = [k for rule in self.scheme.award_rules for k in rule.applies_to.codes("kind") or ()]
        return tuple(dict.fromkeys(kinds))

    def of(self, kind: str) -> Iterator[Facts]:
        """Give the records of one kind."""
        names = list(self.codes)
        choices = [self.codes[name] for name in names]
        every = self._stride()
        for number, (amounts, *codes) in enumerate(product(self.amounts, *choices)):
            if number % every == 0:
                yield self.record(kind, dict(zip(names, codes, strict=True)), amounts)

    def record(self, kind: str, codes: Mapping[str, str], amounts: Mapping[str, Any]) -> Facts:
        """Return one record, attended in full and with all proof there is."""
        order = codes.get("author_order", "")
        given: dict[str, Any] = dict(codes)
        given["author_order"] = int(order) if order.isdigit() else None
        return Facts(
            uid=_NOBODY,
            teacher_uid=_NOBODY,
            kind=kind,
            on=self.day,
            attendance=PRESENT,
            evidence=self.proof,
            **{**given, **amounts},
        )

    @cached_property
    def proof(self) -> frozenset[str]:
        """All evidence that the scheme knows."""
        return frozenset(code for code, _ in dict(self.scheme.labels).get("evidence", ()))


def _around(bound: Bound, day: date) -> Iterator[dict[str, Any]]:
    number = exact(bound.number.on(day) or bound.number.values[-1][1])
    at = (Decimal(number.numerator) / number.denominator).quantize(_GRAIN, rounding=ROUND_UP)
    for value in (at, max(Decimal(0), at - 1) if at > 1 else at / 2):
        if bound.measure == "hour":
            yield {"stated": value, "minutes": None}
        else:
            yield {_FIELDS[bound.measure]: value, "stated": value}


def _another(asked: Mapping[str, None], words: Mapping[str, str]) -> tuple[str, ...]:
    """Return one code that nothing asks for, and none at all."""
    rest = [code for code in words if code not in asked]
    return (*rest[:1], "")


def _filters(scheme: Scheme) -> Iterator[Filter]:
    for section in ("conversions", "requirements", "limits", "award_rules", "gates",
                    "cross_credits", "recognition"):  # fmt: skip
        for each in getattr(scheme, section):
            yield each.applies_to
    for requirement in scheme.requirements:
        yield from (requirement.of, *requirement.within)
    for bundle in scheme.bundles:
        yield from (part.applies_to for part in bundle.parts)
    for rule in scheme.award_rules:
        yield from (each.applies_to for each in rule.multipliers)
    yield from (each.share_of for each in scheme.limits if each.share_of)
    if scheme.attendance:
        yield from (scheme.attendance.applies_to, scheme.attendance.absent_for)


def _tables(scheme: Scheme) -> Iterator[tuple[str, list[str]]]:
    """Give the dimensions of rate tables with the codes that have a number of their own."""
    for rule in scheme.award_rules:
        yield from _codes_of(rule)
    for cross in scheme.cross_credits:
        if cross.by:
            cells = cross.rates.values[-1][1].cells
            yield cross.by, [code for code, _ in cells if code != OTHER]


def _codes_of(rule: AwardRule) -> Iterator[tuple[str, list[str]]]:
    for by, rates in ((rule.by, rule.rates), *((m.by, m.rates) for m in rule.multipliers)):
        if by and by != "attendance":
            yield by, [code for code, _ in rates.values[-1][1].cells if code != OTHER]
