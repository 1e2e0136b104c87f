"""What a teacher can declare, and what must come with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from yanxiu.ledger.models.levels import OrganiserLevel, in_order
from yanxiu.ledger.queries import schemes_on
from yanxiu.ledger.queries.schemes import Adoptions
from yanxiu.ledger.rules.process import NOT_ASKED, OPTIONAL, REQUIRED, Declaring
from yanxiu.ledger.rules.schemes import OTHER, AwardRule, Scheme
from yanxiu.people.models import Organisation
from yanxiu.recognition.models import Declaration

_MEASURES = {
    "hour": "hour", "stated": "hour", "lesson": "lesson", "item": "item", "flat": "item",
    "thousand_characters": "character", "day": "day", "half_day": "day",
}  # fmt: skip
"""In what a person tells an amount, by what the first rule of the kind is paid for."""

PIECES = ("item", "character")
LATELY = timedelta(days=366)


@dataclass(frozen=True)
class Offer:
    """One kind that can be declared under one scheme."""

    declaring: Declaring
    scheme: Scheme
    schemes: tuple[Scheme, ...] = ()
    """All schemes in force at the place, this one among them."""

    @property
    def kind(self) -> str:
        """The code of the kind."""
        return self.declaring.kind

    @property
    def name(self) -> str:
        """What the place calls the kind."""
        return self.scheme.label("kind", self.kind)

    @property
    def measure(self) -> str:
        """In what the amount is told."""
        rules = self.scheme.rules_for_kind(self.kind)
        return _MEASURES.get(rules[0].per, "item") if rules else "hour"

    @property
    def in_pieces(self) -> bool:
        """Whether the amount counts pieces, so that it is whole."""
        return self.measure in PIECES

    @property
    def wants_reference(self) -> bool:
        """Whether a number must be given."""
        return self.declaring.reference == REQUIRED

    @property
    def asks_reference(self) -> bool:
        """Whether a number can be given."""
        return self.declaring.reference != NOT_ASKED

    @property
    def wants_proof(self) -> bool:
        """Whether a file must come with it."""
        return self.declaring.proof == REQUIRED

    @property
    def asks_proof(self) -> bool:
        """Whether a file can come with it."""
        return self.declaring.proof != NOT_ASKED

    def codes(self, dimension: str) -> list[str]:
        """Return the codes of `dimension` by which the rules of the kind give different amounts."""
        found: dict[str, None] = {}
        for rule in self.scheme.rules_for_kind(self.kind):
            tables = [rule.rates] if rule.by == dimension else []
            tables += [each.rates for each in rule.multipliers if each.by == dimension]
            for table in tables:
                cells = [code for _day, one in table.values for code, _rate in one.cells]
                found |= dict.fromkeys(code for code in cells if code != OTHER)
            for part in rule.applies_to.within():
                found |= dict.fromkeys(dict(part.parts).get(dimension, ()))
        return list(found)

    def asks(self, dimension: str) -> bool:
        """Tell whether a rule of the kind, or a requirement, depends on `dimension`."""
        if self.codes(dimension):
            return True
        parts = [part for one in self.scheme.requirements for part in one.applies_to.within()]
        return any(dict(part.parts).get(dimension) for part in parts)

    def evidence(self) -> list[str]:
        """Return what the rules of the kind want to be proved; who recognises looks at it."""
        found: dict[str, None] = {}
        for rule in self.scheme.rules_for_kind(self.kind):
            found |= dict.fromkeys(rule.requires)
            found |= dict.fromkeys(code for group in rule.requires_any for code in group)
        return list(found)

    def nothing_for(self, dimension: str) -> list[tuple[str, list[str]]]:
        """Return by title of each scheme the words of `dimension` for which it gives nothing."""
        found = []
        for scheme in self.schemes or (self.scheme,):
            rules = scheme.rules_for_kind(self.kind)
            words = [
                word
                for code, word in self.choices(dimension)
                if rules and not any(_gives(rule, dimension, code) for rule in rules)
            ]
            if words:
                found.append((scheme.title, words))
        return found

    def choices(self, dimension: str) -> list[tuple[str, str]]:
        """Return the codes of `dimension` with their words, in the order of the scheme.

        Levels come from the group upwards, whatever the order in which they are written.
        """
        words = list(dict(self.scheme.labels).get(dimension, ()))
        return in_order(dict(words)) if dimension == "organiser_level" else words


def _gives(rule: AwardRule, dimension: str, code: str) -> bool:
    """Tell whether a rule can give anything for `code`, whatever else is said."""
    if not any(code in (one.codes(dimension) or (code,)) for one in rule.applies_to.alternatives):
        return False
    if rule.by != dimension:
        return True
    return any(table.of(code) for _day, table in rule.rates.values)


SAID = ("organiser_level", "delivery_mode", "role", "subject_kind", "theme", "grade", "prize")
"""What a declaration tells by a code, in the order in which it is read."""


def said_of(made: Declaration) -> list[tuple[str, str]]:
    """Return what `made` tells besides name and amount, in the words of the scheme in force."""
    schemes = schemes_on(made.organisation, made.happened_on)
    found = []
    for name in SAID:
        code = getattr(made, name)
        if code:
            words = [scheme.label(name, code) for scheme in schemes]
            usual = dict(OrganiserLevel.choices).get(code, code)
            word = next((one for one in words if one != code), usual)
            field: Any = Declaration._meta.get_field(name)
            found.append((str(field.verbose_name), str(word)))
    if made.author_order:
        found.append((_("第几作者"), str(made.author_order)))
    return found


def offers(organisation: Organisation, day: date) -> list[Offer]:
    """Return what can be declared in `organisation`; of a kind named twice the first scheme's."""
    return _offered(tuple(schemes_on(organisation, day)))


def offers_lately(organisation: Organisation, today: date) -> list[Offer]:
    """Return what can be declared of today, or of a day before a scheme was given up lately."""
    adopted = Adoptions.of(organisation).until(today)
    return _offered(tuple(scheme for scheme, last in adopted if last > today - LATELY))


def _offered(schemes: tuple[Scheme, ...]) -> list[Offer]:
    found: dict[str, Offer] = {}
    for scheme in schemes:
        for one in scheme.declaring:
            if one.self_report:
                found.setdefault(one.kind, Offer(one, scheme, schemes))
    return list(found.values())


def offer_of(known: Sequence[Offer], kind: str) -> Offer | None:
    """Return one of `known` by its kind."""
    return next((one for one in known if one.kind == kind), None)


def offer_kept(organisation: Organisation, day: date, kind: str) -> Offer | None:
    """Return how something that was declared is put right, also if it cannot be declared any more.

    None only where no scheme is in force at all.
    """
    found = offer_of(offers(organisation, day), kind)
    if found is not None:
        return found
    schemes = schemes_on(organisation, day)
    usual = Declaring(
        kind=kind, self_report=True, reference=OPTIONAL, proof=OPTIONAL, automatic=False,
        within_days=None, source="",
    )  # fmt: skip
    return Offer(usual, schemes[0]) if schemes else None
