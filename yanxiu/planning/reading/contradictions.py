"""Credit rules of one document held against each other: totals, yearly floors, conversions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from yanxiu.planning.reading.findings import Finding, Note

_TOTALS = ("总学分",)
_YEARLY_CREDITS = ("每年最低学分", "每学年最低学分", "每年学分", "每学年学分")
_YEARLY_HOURS = (
    *("每学年学时", "每学年课时", "每年学时", "每年课时"),
    *("每学年最低学时", "每学年最低课时", "每年最低学时", "每年最低课时"),
)
YEARLY = frozenset((*_TOTALS, *_YEARLY_CREDITS, *_YEARLY_HOURS))
"""The names of what is asked of everybody: in all, or each year."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of the credit rules and the line on which it stands."""

    value: Decimal
    line: int


@dataclass(frozen=True, slots=True)
class CreditRules:
    """The credit rules of a document as numbers; what it does not say is None."""

    total: Amount | None = None
    yearly_credits: Amount | None = None
    yearly_hours: Amount | None = None
    hours_per_credit: Amount | None = None
    minutes_per_hour: Amount | None = None
    years: tuple[tuple[int, str, Amount | None], ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether the document has no rule a scheme could be made of."""
        stated = (self.total, self.yearly_credits, self.yearly_hours, self.hours_per_credit)
        return not any((*stated, *(amount for _, _, amount in self.years)))


def credit_rules(findings: Iterable[Finding]) -> CreditRules:
    """Gather what the findings of one document say about credits and hours."""
    found = tuple(findings)
    credits_ = [each for each in found if each.kind == "credit"]

    def first(names: tuple[str, ...]) -> Amount | None:
        rows = (
            Amount(_number(e.value), e.line)
            for e in credits_
            if e.name in names and is_number(e.value)
        )
        return next(rows, None)

    return CreditRules(
        first(_TOTALS),
        first(_YEARLY_CREDITS),
        first(_YEARLY_HOURS),
        _ratio(credits_, "hours", "credits"),
        _ratio(credits_, "minutes", "hours"),
        tuple(_years(found)),
    )


def is_number(value: object) -> bool:
    """Whether a value of a finding is an amount and no text."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _number(value: object) -> Decimal:
    return Decimal(str(value))


def _ratio(findings: Iterable[Finding], many: str, one: str) -> Amount | None:
    for each in findings:
        value = each.value
        if isinstance(value, dict) and value.get(many) and value.get(one):
            return Amount(_number(value[many]) / _number(value[one]), each.line)
    return None


def _years(findings: Iterable[Finding]) -> Iterator[tuple[int, str, Amount | None]]:
    for each in findings:
        value = each.value
        if each.kind == "theme" and isinstance(value, dict) and value.get("year"):
            credits_ = value.get("credits")
            amount = None if credits_ is None else Amount(_number(credits_), each.line)
            yield int(_number(value["year"])), str(value["content"]), amount


def contradictions(rules: CreditRules) -> Iterator[Note]:
    """Where two rules of one document cannot both hold."""
    stated = [(year, amount) for year, _, amount in rules.years if amount]
    whole = sum((amount.value for _, amount in stated), Decimal(0))
    complete = len(stated) > 1 and len(stated) == len(rules.years)
    if rules.total and complete and whole != rules.total.value:
        sentence = f"各年学分合计 {whole.normalize():f}，与总学分 {rules.total.value:f} 不一致。"
        yield Note("credits-total", sentence, rules.total.line)
    for year, amount in stated:
        yield from _of_year(rules, year, amount)
    if rules.yearly_hours and rules.hours_per_credit and rules.yearly_credits:
        reached = rules.yearly_hours.value / rules.hours_per_credit.value
        if reached < rules.yearly_credits.value:
            sentence = (
                f"每年 {rules.yearly_hours.value:f} 学时只折合 {reached.normalize():f} 学分，"
                f"达不到每年至少 {rules.yearly_credits.value:f} 学分。"
            )
            yield Note("credits-unreachable", sentence, rules.yearly_credits.line)


def _of_year(rules: CreditRules, year: int, amount: Amount) -> Iterator[Note]:
    shown = f"{amount.value.normalize():f}"
    least = rules.yearly_credits
    if least and amount.value < least.value:
        sentence = f"第{year}年 {shown} 学分，低于每年至少 {least.value:f} 学分。"
        yield Note("credits-below-least", sentence, amount.line)
    if rules.yearly_hours and rules.hours_per_credit:
        most = rules.yearly_hours.value / rules.hours_per_credit.value
        if amount.value > most:
            sentence = (
                f"第{year}年 {shown} 学分，多于每年 {rules.yearly_hours.value:f} 学时"
                f"所能折合的 {most.normalize():f} 学分。"
            )
            yield Note("credits-above-hours", sentence, amount.line)
