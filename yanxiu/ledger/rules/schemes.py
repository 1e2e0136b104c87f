"""方案: a place's rules of hours and credits, as values."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final, Generic, TypeVar

from yanxiu.ledger.rules.facts import Facts

Number = Decimal | Fraction
"""A number of a scheme: a Decimal, or a Fraction where the regulation says `1/3`."""

OTHER: Final = "other"
"""The cell of a table for every code that is not named."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """A value that changes on known days; sorted by day."""

    values: tuple[tuple[date, T], ...]

    def on(self, day: date) -> T | None:
        """Return the value in force on `day`, or None before the first."""
        current = None
        for start, value in self.values:
            if start > day:
                break
            current = value
        return current


@dataclass(frozen=True, slots=True)
class Table:
    """A number for each code; a plain number is a table with the cell `other` alone."""

    cells: tuple[tuple[str, Number], ...]

    def of(self, code: str) -> Number | None:
        """Return the number for `code`, else that for all others, else None."""
        found = None
        for name, number in self.cells:
            if name == code:
                return number
            if name == OTHER:
                found = number
        return found


@dataclass(frozen=True, slots=True)
class Filter:
    """Which records something is for: each dimension named must have one of its codes."""

    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def matches(self, facts: Facts) -> bool:
        """Say whether `facts` passes; an empty filter lets everything pass."""
        return all(facts.code(dimension) in codes for dimension, codes in self.parts)

    def codes(self, dimension: str) -> tuple[str, ...] | None:
        """Return the codes allowed in `dimension`, None if it is not asked."""
        return dict(self.parts).get(dimension)


@dataclass(frozen=True, slots=True)
class Rounding:
    """取整: to multiples of `step`, by `mode`, at the moment `at`."""

    step: Decimal
    mode: str
    at: str
    source: str


@dataclass(frozen=True, slots=True)
class Cycle:
    """周期 of `years` credit years; cycles are counted from `first_year`."""

    years: int
    year_start: tuple[int, int]
    first_year: int
    semester_starts: tuple[tuple[int, int], ...]
    source: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """折算: how many hours make one credit, for the records that match; the first match rules."""

    applies_to: Filter
    hours_per_credit: Dated[Number]
    source: str


@dataclass(frozen=True, slots=True)
class Multiplier:
    """系数 by a code, such as the role; a code without a cell is not multiplied."""

    by: str
    rates: Dated[Table]
    source: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """The first `count` of `measure` in each `scope` are duty and count for nothing here."""

    count: Dated[Number]
    measure: str
    scope: str
    source: str


@dataclass(frozen=True, slots=True)
class Dedupe:
    """Of records with the same content key, only the highest counts."""

    policy: str
    source: str


@dataclass(frozen=True, slots=True)
class AwardRule:
    """认定条目: what one matching record earns by itself.

    Attributes:
        unit: the unit of the amounts, `hour` or `credit`.
        per: what the rate is for: `hour`, `lesson`, `item`, `thousand_characters` or `flat`.
        by: the dimension of the rate table, `""` for a plain rate.
        requires: evidence without which the record is void.
        event_cap: most that one event can earn, in `unit`.
        origin: id of the scheme in which the rule is written.
    """

    id: str
    title: str
    source: str
    origin: str
    unit: str
    applies_to: Filter
    per: str
    by: str
    rates: Dated[Table]
    multipliers: tuple[Multiplier, ...] = ()
    requires: tuple[str, ...] = ()
    rounding: Rounding | None = None
    event_cap: Dated[Number] | None = None
    threshold: Threshold | None = None
    dedupe: Dedupe | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """封顶: the most that matching records count in each `scope`; `overflow` beyond is dropped."""

    id: str
    title: str
    source: str
    scope: str
    unit: str
    applies_to: Filter
    maximum: Dated[Number]
    overflow: str = "drop"


@dataclass(frozen=True, slots=True)
class Requirement:
    """要求: the least that matching records must amount to in a `scope`.

    `unit` is `hour` or `credit`, or counts `lesson`, `item` or `record`. The minimum is a table by
    the teacher's tier. `partition` names the partition it came from, `""` if it stands alone.
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


@dataclass(frozen=True, slots=True)
class Attendance:
    """Deductions for coming late or leaving early, and what voids a whole item of a period."""

    applies_to: Filter
    deduct: Dated[Table] | None
    nothing_for: tuple[str, ...]
    void_scope: str
    void_from: tuple[tuple[str, Dated[Number]], ...]
    source: str


@dataclass(frozen=True, slots=True)
class RoleExclusivity:
    """In one event a teacher earns by `active` or by `passive` roles, never by both."""

    active: tuple[str, ...]
    passive: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Scheme:
    """方案: all rules of one place in one version; `digest` is the SHA-256 of what they say."""

    id: str
    version: str
    title: str
    source: str
    effective_from: date
    unit: str
    minutes_per_hour: Dated[Number]
    time_source: str
    conversions: tuple[Conversion, ...]
    rounding: Rounding
    cycle: Cycle
    labels: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    requirements: tuple[Requirement, ...]
    limits: tuple[Limit, ...]
    award_rules: tuple[AwardRule, ...]
    attendance: Attendance | None = None
    role_exclusivity: RoleExclusivity | None = None
    digest: str = ""

    def __post_init__(self) -> None:
        """Index the rules by kind, for a scheme is asked thousands of times."""
        by_kind: dict[str, list[AwardRule]] = {}
        for rule in self.award_rules:
            for kind in rule.applies_to.codes("kind") or ():
                by_kind.setdefault(kind, []).append(rule)
        object.__setattr__(self, "_by_kind", by_kind)
        object.__setattr__(self, "_labels", {name: dict(words) for name, words in self.labels})

    def rules_for_kind(self, kind: str) -> list[AwardRule]:
        """Return the award rules for `kind` in their written order."""
        found: list[AwardRule] = self.__dict__["_by_kind"].get(kind, [])
        return found

    def rule_for(self, facts: Facts) -> AwardRule | None:
        """Return the first award rule that matches `facts`."""
        rules = self.rules_for_kind(facts.kind)
        return next((rule for rule in rules if rule.applies_to.matches(facts)), None)

    def label(self, dimension: str, code: str) -> str:
        """Return the Chinese word for `code`, or the code itself where the scheme has none."""
        words: dict[str, str] = self.__dict__["_labels"].get(dimension, {})
        return words.get(code, code)

    def unit_label(self, unit: str) -> str:
        """Return the place's word for a unit: 课时 or 学时, 学分, 节, 篇."""
        return self.label("unit", unit)

    def hours_per_credit(self, facts: Facts, on: date) -> Number | None:
        """Return how many hours make one credit for this record, None if nothing is said."""
        for conversion in self.conversions:
            if conversion.applies_to.matches(facts):
                return conversion.hours_per_credit.on(on)
        return None
