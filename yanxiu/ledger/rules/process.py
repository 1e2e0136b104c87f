"""认定的过程: who recognises what in which steps, what is shown in public, and how one objects.

These sections of a scheme say nothing about amounts. They say by whose hand an amount becomes an
entry, and until when.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.values import Dated, Filter, Number

SELF: Final = "self"
HOST: Final = "host"
GROUP_LEADER: Final = "group_leader"
SCHOOL: Final = "school"
CENTRAL_SCHOOL: Final = "central_school"
COUNTY: Final = "county"
LEVELS: Final = (SELF, HOST, GROUP_LEADER, SCHOOL, CENTRAL_SCHOOL, COUNTY)
"""By whom a step can be taken, from the person concerned upwards."""

OFFICES: Final = (SCHOOL, CENTRAL_SCHOOL, COUNTY)
AT_ONCE: Final = "at_once"
YEAR_END: Final = "year_end"
MOST_STEPS: Final = 4

REQUIRED: Final = "required"
OPTIONAL: Final = "optional"
NOT_ASKED: Final = "none"

SHOWABLE: Final = ("name", "unit", "kind", "hours", "records")
MASKABLE: Final = ("name",)
"""What a public notice can show of a person, and what of it can be masked."""


@dataclass(frozen=True, slots=True)
class ChainStep:
    """步骤: one decision of a chain; `due_days` are days after it began to wait."""

    step: str
    title: str
    by: str
    due_days: Dated[Number] | None
    final: bool
    when: str = AT_ONCE

    def days(self, on: date) -> int | None:
        """Return within how many days it is due, None where the place says nothing."""
        found = self.due_days.on(on) if self.due_days else None
        return None if found is None else int(found)


@dataclass(frozen=True, slots=True)
class Chain:
    """认定流程: one to four steps for the records that match; the last one is final."""

    chain: str
    title: str
    applies_to: Filter
    steps: tuple[ChainStep, ...]
    source: str

    def after(self, deed: str) -> int:
        """Return the place of the first step that a deed does not stand for.

        What the system saw itself, or the person declared, is the step `self`, and closing a
        session is the step `host` too; recognition by the school stands for all steps up to the
        school's. The deed never stands for more, so nothing is recognised by silence.
        """
        covers = (SELF, HOST) if deed != SCHOOL else (SELF, HOST, GROUP_LEADER, SCHOOL)
        for place, step in enumerate(self.steps):
            if step.by not in covers or (deed == SELF and step.by == HOST):
                return place
        return len(self.steps)

    def above(self, level: str) -> int:
        """Return the place of the first step that is taken above `level`."""
        rank = LEVELS.index(level)
        for place, step in enumerate(self.steps):
            if LEVELS.index(step.by) > rank:
                return place
        return len(self.steps)


SCHOOL_ALONE: Final = Chain(
    chain="",
    title="学校认定",
    applies_to=Filter(),
    steps=(ChainStep(step=SCHOOL, title="学校认定", by=SCHOOL, due_days=None, final=True),),
    source="",
)
"""How a declaration is recognised where the scheme says nothing: nobody recognises by declaring."""


@dataclass(frozen=True, slots=True)
class Publication:
    """公示: what of a result everybody of the school can read, and for how long."""

    working_days: Dated[Number]
    fields: tuple[str, ...]
    mask: tuple[str, ...]
    source: str

    def days(self, on: date) -> int:
        """Return for how many working days a notice that begins on `on` stands."""
        return int(self.working_days.on(on) or 1)


@dataclass(frozen=True, slots=True)
class Appeal:
    """异议与申诉: how long one can object, who decides in which order, and within how many days."""

    window_days: Dated[Number]
    levels: tuple[str, ...]
    decide_days: Dated[Number]
    source: str

    def window(self, on: date) -> int:
        """Return for how many days a decision of the day `on` can be objected to."""
        return int(self.window_days.on(on) or 0)

    def decide_within(self, on: date) -> int:
        """Return within how many days an objection of the day `on` is decided."""
        return int(self.decide_days.on(on) or 0)


@dataclass(frozen=True, slots=True)
class Declaring:
    """申报: what a person may declare, and what must come with it; four switches."""

    kind: str
    self_report: bool
    reference: str
    proof: str
    automatic: bool
    within_days: Dated[Number] | None
    source: str

    def days(self, on: date) -> int | None:
        """Return within how many days after the day `on` it must be declared, None for ever."""
        found = self.within_days.on(on) if self.within_days else None
        return None if found is None else int(found)


def chain_for(chains: Sequence[Chain], facts: Facts) -> Chain | None:
    """Return the first of `chains` that `facts` pass through."""
    return next((chain for chain in chains if chain.applies_to.matches(facts)), None)


def chain_named(chains: Sequence[Chain], name: str) -> Chain | None:
    """Return one of `chains` by its id; "" is the school alone."""
    if not name:
        return SCHOOL_ALONE
    return next((chain for chain in chains if chain.chain == name), None)
