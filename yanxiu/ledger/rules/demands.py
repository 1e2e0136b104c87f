"""What a place asks of all records of one teacher together: floors, caps, and how they are met.

Each is the value of one section of a scheme; `parts` reads them, `standing` applies them.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from yanxiu.ledger.rules.values import Dated, Filter, Number, Table, later

DROP: Final = "drop"
SPILL: Final = "spill"
HOLD: Final = "hold"

Codes = tuple[tuple[str, str], ...]
"""Dimensions with their new codes, under which something counts elsewhere."""


@dataclass(frozen=True, slots=True)
class Limit:
    """封顶: the most that matching records count in each `scope`.

    Attributes:
        maximum: the absolute cap in `unit`, None if only a share is capped.
        overflow: what lies beyond is dropped, spilled to `spill`, or held for the next period.
        share: cap as a share of what matches `share_of` in the same period.
        most_items: so many of them count in a period, those that give the most; the rest give 0.
        years: of a `rolling` limit, for how many years in a row it holds, wherever they begin.
    """

    id: str
    title: str
    source: str
    scope: str
    unit: str
    applies_to: Filter
    maximum: Dated[Number] | None
    overflow: str = DROP
    spill: Codes = later(())
    share: Dated[Number] | None = later(None)
    share_of: Filter | None = later(None)
    most_items: Dated[Number] | None = later(None)
    years: int = later(0)


@dataclass(frozen=True, slots=True)
class Requirement:
    """要求: what matching records must amount to in a `scope`.

    `unit` is `hour` or `credit`, or counts `lesson`, `item` or `record`. The minimum is a table by
    the teacher's tier. `partition` names the partition it came from, `""` if it stands alone.

    Attributes:
        maximum: the most there may be; more is told, not cut (a limit cuts).
        least_share: the least share of what matches `of`.
        most_share: the most share of what matches `of`.
        within: further filters that must all match; those of the requirements it is part of.
        parent: id of the requirement of which this is a part, `""` if of none.
        count_from: records before this day do not count towards it.
        outside_cycle: what counts here counts for no year and no cycle.
        count_to: records after this day do not count towards it.
        choices: ids of requirements of which `needed` must be met, instead of an amount.
    """

    id: str
    title: str
    source: str
    scope: str
    unit: str
    applies_to: Filter
    minimum: Dated[Table]
    severity: str
    partition: str = ""
    maximum: Dated[Table] | None = later(None)
    least_share: Dated[Number] | None = later(None)
    most_share: Dated[Number] | None = later(None)
    of: Filter = later(Filter())
    within: tuple[Filter, ...] = later(())
    parent: str = later("")
    count_from: date | None = later(None)
    outside_cycle: bool = later(default=False)
    count_to: date | None = later(None)
    choices: tuple[str, ...] = later(())
    needed: int = later(0)

    @property
    def is_share(self) -> bool:
        """Whether it asks for a share, not for an amount."""
        return self.least_share is not None or self.most_share is not None


@dataclass(frozen=True, slots=True)
class BundlePart:
    """What one part of a bundle needs."""

    applies_to: Filter
    unit: str
    minimum: Dated[Number]


@dataclass(frozen=True, slots=True)
class Bundle:
    """打包: earns `amount` in a `scope` if every part is met, else nothing.

    With `times` above one it earns again for each further time that every part is met.
    """

    id: str
    title: str
    source: str
    scope: str
    unit: str
    parts: tuple[BundlePart, ...]
    amount: Dated[Number]
    codes: Codes
    teachers: Filter = Filter()
    times: int = later(1)


@dataclass(frozen=True, slots=True)
class Gate:
    """先决: matching records count only in periods in which the requirement `need` is met."""

    id: str
    title: str
    source: str
    applies_to: Filter
    need: str


@dataclass(frozen=True, slots=True)
class Substitution:
    """抵: surplus of requirement `giver` fills what `taker` lacks, up to `maximum` a period."""

    giver: str
    taker: str
    maximum: Dated[Number] | None
    source: str


@dataclass(frozen=True, slots=True)
class CrossCredit:
    """另计: a matching record earns in another category, too.

    Attributes:
        codes: under which dimensions.
        per: what the rate is for: `item`, `lesson` or `flat`; `amount` times what it earned.
        by: the dimension of the rate table, `""` for a plain rate.
        maximum: the most in each `scope`, None if nothing is said.
    """

    id: str
    title: str
    source: str
    applies_to: Filter
    unit: str
    codes: Codes
    per: str
    by: str
    rates: Dated[Table]
    maximum: Dated[Number] | None
    scope: str


@dataclass(frozen=True, slots=True)
class CarryOver:
    """结转: surplus of a requirement in one period fills the next one's lack, `within` a span."""

    requirement: str
    within: str
    maximum: Dated[Number] | None
    source: str


@dataclass(frozen=True, slots=True)
class MakeUp:
    """补修: until the day `until` after a year's end its lack may be filled; None: never."""

    until: tuple[int, int] | None
    source: str


@dataclass(frozen=True, slots=True)
class Exemption:
    """减免: what an approved reason changes.

    Attributes:
        effect: `waive` asks nothing in a period that the reason touches, `waive_year` in those it
            takes up (see `absences.freed`), `pro_rate` takes off its months, `extend_cycle` moves
            the end of the cycle by its months.
        least_days: so many days it must last at least.
        scopes: which requirements it concerns by their scope.
        requirements: which by their ids; none names all.
        at_retirement: it holds for all who retire within the period, without being asked for.
        retiring_in_cycle: within the cycle is enough, so that no year of it is asked either.
        rounding: step and mode for what is left to be done, None for the usual ones.
        before_joining: it holds for the time before the first day of work, without being asked for.
        each_day: the scheme says that one day of a year is enough for it to be waived.
    """

    reason: str
    title: str
    effect: str
    source: str
    least_days: int = 1
    scopes: tuple[str, ...] = ("year",)
    requirements: tuple[str, ...] = ()
    at_retirement: bool = False
    retiring_in_cycle: bool = later(default=False)
    rounding: tuple[Decimal, str] | None = later(None)
    before_joining: bool = later(default=False)
    each_day: bool = later(default=False)

    @property
    def least_of_a_year(self) -> int:
        """So many days of a year it must take for the year to be waived; 0 is half of them."""
        return self.least_days if self.least_days > 1 or self.each_day else 0


@dataclass(frozen=True, slots=True)
class Probation:
    """试用期: the first `months` of work; `outside_cycle`: they count for no year and cycle."""

    months: int
    outside_cycle: bool
    source: str
