"""方案: a place's rules of hours and credits, as values."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yanxiu.ledger.rules.auditing import Audit
from yanxiu.ledger.rules.demands import (
    Bundle,
    CarryOver,
    CrossCredit,
    Exemption,
    Gate,
    Limit,
    MakeUp,
    Probation,
    Requirement,
    Substitution,
)
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.process import Appeal, Chain, Declaring, Publication
from yanxiu.ledger.rules.transferring import TransferRow
from yanxiu.ledger.rules.values import OTHER, Dated, Filter, Number, Table, Time, later

__all__ = [
    "OTHER",
    "Attendance",
    "AwardRule",
    "Conversion",
    "CreditRounding",
    "Cycle",
    "Dated",
    "Dedupe",
    "Eligibility",
    "Filter",
    "Limit",
    "Multiplier",
    "Number",
    "Requirement",
    "RoleExclusivity",
    "Rounding",
    "Scheme",
    "Table",
    "Threshold",
    "Time",
    "Validity",
]


@dataclass(frozen=True, slots=True)
class Rounding:
    """取整: to multiples of `step`, by `mode`, at the moment `at`."""

    step: Decimal
    mode: str
    at: str
    source: str


@dataclass(frozen=True, slots=True)
class Cycle:
    """周期 of `years` credit years; cycles are counted from `first_year`.

    `anchor` is `fixed`, or `personal` where each teacher's cycle begins on a day of their own.
    """

    years: int
    year_start: tuple[int, int]
    first_year: int
    semester_starts: tuple[tuple[int, int], ...]
    source: str
    anchor: str = later("fixed")


@dataclass(frozen=True, slots=True)
class Conversion:
    """折算: how many hours make one credit, for the records that match; the first match rules."""

    applies_to: Filter
    hours_per_credit: Dated[Number]
    source: str


@dataclass(frozen=True, slots=True)
class Multiplier:
    """系数 by a code, such as the role; a code without a cell is not multiplied.

    Without `by` it is one factor for all records of `applies_to`, and by its `who` for teachers.
    """

    by: str
    rates: Dated[Table]
    source: str
    applies_to: Filter = later(Filter())


@dataclass(frozen=True, slots=True)
class Threshold:
    """The first `count` of `measure` in each `scope` are duty and count for nothing here."""

    count: Dated[Number]
    measure: str
    scope: str
    source: str


@dataclass(frozen=True, slots=True)
class Dedupe:
    """重复只计一次: what happens to records with the same content, or of the same event.

    Attributes:
        policy: `highest` or `first` counts alone, `sum_capped` lets all count up to `maximum`.
        key: what makes records the same, `content` or `event`.
        group: name that several rules share if the same thing under two rules is the same;
            `""` if only records of one rule are compared.
    """

    policy: str
    source: str
    key: str = later("content")
    maximum: Dated[Number] | None = later(None)
    group: str = later("")


@dataclass(frozen=True, slots=True)
class AwardRule:
    """认定条目: what one matching record earns by itself.

    Attributes:
        unit: the unit of the amounts, `hour` or `credit`.
        applies_to: the records, and by its `who` the teachers.
        per: what the rate is for, one of `parts.PER`.
        by: the dimension of the rate table, `""` for a plain rate.
        requires: evidence without which the record is void.
        requires_any: evidence of which one of each group is needed too.
        event_cap: most that one event can earn, in `unit`.
        base_cap: most that one event can earn before multipliers, in `unit`.
        only_highest: of several multipliers above 1 only the highest counts; those below 1 all do.
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
    requires_any: tuple[tuple[str, ...], ...] = later(())
    base_cap: Dated[Number] | None = later(None)
    only_highest: bool = later(default=False)


@dataclass(frozen=True, slots=True)
class Attendance:
    """Deductions for coming late or leaving early, and what voids a whole item of a period.

    Who misses a share of at least `absent_from` of a record of `absent_for` gets nothing for it,
    or `absent_factor` of it where the place says so; `absent_over`: only a larger share matters.
    """

    applies_to: Filter
    deduct: Dated[Table] | None
    nothing_for: tuple[str, ...]
    void_scope: str
    void_from: tuple[tuple[str, Dated[Number]], ...]
    source: str
    absent_from: Dated[Number] | None = later(None)
    absent_for: Filter = later(Filter())
    absent_factor: Dated[Number] | None = later(None)
    absent_over: bool = later(default=False)


@dataclass(frozen=True, slots=True)
class RoleExclusivity:
    """In one event a teacher earns by `active` or by `passive` roles, never by both."""

    active: tuple[str, ...]
    passive: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Eligibility:
    """对象: of which tiers a teacher must have one, and of which none, to earn anything at all."""

    teachers: Filter
    source: str


@dataclass(frozen=True, slots=True)
class Validity:
    """有效: which days of deeds are accepted, and until when they may be claimed.

    Attributes:
        claim_within_days: how many days after the deed it may still be written down.
        claim_by: the last month and day for what happened in a credit year: the first such day
            that is neither before the deed nor more than half a year before the year's end.
        accepted_from: first day whose deeds are accepted.
        accepted_to: last day whose deeds are accepted.
        late_factor: what is claimed late counts this part of it; None: it does not count.
    """

    applies_to: Filter
    source: str
    claim_within_days: Dated[Number] | None = None
    claim_by: Dated[tuple[int, int]] | None = None
    accepted_from: date | None = None
    accepted_to: date | None = None
    late_factor: Dated[Number] | None = later(None)


@dataclass(frozen=True, slots=True)
class CreditRounding:
    """学分取整: the credits of each requirement and period, added up, to multiples of `step`."""

    step: Decimal
    mode: str
    source: str


@dataclass(frozen=True)
class Scheme:
    """方案: all rules of one place in one version; `digest` is the SHA-256 of what they say.

    `effective_to` is its last day, `replaces` the version before it.
    """

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
    hours_per_half_day: Dated[Number] | None = later(None)
    hours_per_day: Dated[Number] | None = later(None)
    effective_to: date | None = later(None)
    replaces: str = later("")
    eligibility: Eligibility | None = later(None)
    validity: tuple[Validity, ...] = later(())
    recognition: tuple[Chain, ...] = later(())
    publication: Publication | None = later(None)
    appeal: Appeal | None = later(None)
    declaring: tuple[Declaring, ...] = later(())
    bundles: tuple[Bundle, ...] = later(())
    cross_credits: tuple[CrossCredit, ...] = later(())
    gates: tuple[Gate, ...] = later(())
    substitutions: tuple[Substitution, ...] = later(())
    carry_over: tuple[CarryOver, ...] = later(())
    make_up: MakeUp | None = later(None)
    exemptions: tuple[Exemption, ...] = later(())
    probation: Probation | None = later(None)
    audit: Audit | None = later(None)
    transfers: tuple[TransferRow, ...] = later(())
    round_credits: CreditRounding | None = later(None)

    def __post_init__(self) -> None:
        """Index the rules by kind, for a scheme is asked thousands of times."""
        by_kind: dict[str, list[AwardRule]] = {}
        for rule in self.award_rules:
            for kind in rule.applies_to.codes("kind") or ():
                by_kind.setdefault(kind, []).append(rule)
        object.__setattr__(self, "_by_kind", by_kind)
        object.__setattr__(self, "_labels", {name: dict(words) for name, words in self.labels})
        time = Time(self.minutes_per_hour, self.hours_per_half_day, self.hours_per_day)
        object.__setattr__(self, "_time", time)
        object.__setattr__(self, "_parents", {one.id: one.parent for one in self.requirements})

    def rules_for_kind(self, kind: str) -> list[AwardRule]:
        """Return the award rules for `kind` in their written order."""
        found: list[AwardRule] = self.__dict__["_by_kind"].get(kind, [])
        return found

    def rule_for(self, facts: Facts, tiers: Collection[str] = ()) -> AwardRule | None:
        """Return the first award rule that matches `facts` and a teacher of `tiers`."""
        for rule in self.rules_for_kind(facts.kind):
            if rule.applies_to.matches(facts) and rule.applies_to.concerns(tiers):
                return rule
        return None

    @property
    def time(self) -> Time:
        """How long an hour, half a day and a day are."""
        found: Time = self.__dict__["_time"]
        return found

    def lineage(self, requirement: Requirement) -> Iterator[str]:
        """Give the id of a requirement and of each whole of which it is a part."""
        parents: dict[str, str] = self.__dict__["_parents"]
        name = requirement.id
        while name:
            yield name
            name = parents.get(name, "")

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
