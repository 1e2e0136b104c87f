"""An amount on its way through one rule, with every step it takes."""

from collections.abc import Collection
from dataclasses import dataclass, field
from fractions import Fraction

from yanxiu.ledger.rules.amounts import is_fixed, nearest, shown
from yanxiu.ledger.rules.awards import Step
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.schemes import AwardRule, Scheme


class NothingEarned(Exception):
    """Ends a reckoning early; the reason has been noted."""


@dataclass
class Reckoning:
    """An amount on its way; `tiers` are those of the teacher."""

    scheme: Scheme
    facts: Facts
    rule: AwardRule
    tiers: Collection[str] = ()
    value: Fraction = Fraction(0)
    steps: list[Step] = field(default_factory=list)

    def note(self, text: str, value: Fraction, source: str, *, rule: str = "") -> None:
        """Go on to `value` and say how; `rule` names a limit, else it is the award rule."""
        self.value = value
        self.steps.append(Step(text, nearest(value), source, rule or self.rule.id))

    def void(self, text: str, source: str) -> NothingEarned:
        """Say why nothing is earned; raise what this returns."""
        self.note(text, Fraction(0), source)
        return NothingEarned()

    @property
    def unit(self) -> str:
        """The word for the unit of the amounts."""
        return self.scheme.unit_label(self.rule.unit)


def equals(value: Fraction) -> str:
    """Return the sign before a value as a step shows it."""
    return "=" if is_fixed(value) else "≈"


def near(value: Fraction) -> str:
    """Write a value as a step shows it."""
    return shown(nearest(value))
