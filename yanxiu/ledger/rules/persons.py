"""One teacher as the rules see them: who they are, since when, and what they are excused from."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from yanxiu.kernel.spans import Span


@dataclass(frozen=True, slots=True)
class Exempt:
    """减免: an approved reason, as the scheme's `exemptions` name it, and the days it covers."""

    reason: str
    span: Span


@dataclass(frozen=True, slots=True)
class Opening:
    """转入: what another place recognised before, taken as it is; caps of a period still hold.

    Attributes:
        uid: of the transfer; it takes part in the order of all records.
        on: the day it counts for.
        unit: `hour` or `credit`.
        codes: its dimensions, such as `(("delivery_mode", "school_based"),)`.
    """

    uid: UUID
    on: date
    amount: Decimal
    unit: str
    title: str
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A teacher: what makes one person's requirements differ from another's.

    Attributes:
        tiers: codes of tiers and posts held on the day asked for, for `who` and minimums by tier.
        joined_on: first day of work as a teacher; probation and first year count from it.
        cycle_from: first day of a personal cycle, such as the day of the certificate.
        retires_on: the day on which retirement begins, if it is known.
        exemptions: approved reasons with their days.
        opening: what was transferred in.
        since: the first day of a tier or post, for the first year in it.
    """

    uid: UUID | None = None
    tiers: frozenset[str] = frozenset()
    joined_on: date | None = None
    cycle_from: date | None = None
    retires_on: date | None = None
    exemptions: tuple[Exempt, ...] = ()
    opening: tuple[Opening, ...] = ()
    since: tuple[tuple[str, date], ...] = ()

    def since_when(self, tiers: tuple[str, ...]) -> date | None:
        """Return since when one of `tiers` is held; the day of joining if none is dated."""
        days = [day for tier, day in self.since if tier in tiers]
        return min(days) if days else self.joined_on


ANYONE = Person()
"""Somebody of whom nothing is known: no tier, no dates, no exemptions."""
