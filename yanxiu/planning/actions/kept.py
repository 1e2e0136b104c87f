"""A value as a person decided it: what it says now, and what still stands in its way."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from yanxiu.kernel.amounts import amount
from yanxiu.kernel.refusals import Refusal
from yanxiu.kernel.spans import Span
from yanxiu.planning.models import Finding, Quota
from yanxiu.planning.refusals import MonthOutsideTerm, ValueUnreadable
from yanxiu.planning.rhythms import MOST_TIMES, MOST_WEEKS
from yanxiu.planning.wording import words_of
from yanxiu.terms.models import Term
from yanxiu.texts.numerals import whole_number

MEANT = {
    "per": {"group": Quota.Per.UNIT, **{each: each for each in Quota.Per.values}},
    "period": {
        "school_year": Quota.Period.YEAR,
        "half_year": Quota.Period.TERM,
        **{each: each for each in Quota.Period.values},
    },
    "qualifier": {"": "exact", "exact": "exact", "at_least": "at_least", "more_than": "at_least"},
}
"""What a document's word for whom, how often and how many comes to in a plan."""

WANTED = {
    "per": "请选它是对每位教师、每个教研组还是全校的要求。",
    "period": "请选它是每周、每月、每学期还是每学年的要求。",
    "qualifier": "请选“至少”或“正好”。",
}


@dataclass(frozen=True)
class Kept:
    """One finding with the person's changes laid over what was read."""

    finding: Finding

    def get(self, field: str) -> Any:
        """Return the changed value of `field`, else what was read."""
        changed = self.finding.changed
        return changed[field] if field in changed else getattr(self.finding, field, None)

    @property
    def text(self) -> str:
        """What the finding says as a text: as changed, else in words that leave nothing out."""
        changed = self.finding.changed
        if "value" in changed:
            return str(changed["value"])
        value = self.finding.value
        if self.finding.kind == "goal" and isinstance(value, str) and value:
            return value
        return words_of(self.finding)

    @property
    def words(self) -> str:
        """All that it says in words, with the changes in their places."""
        fields = ("name", "value", "unit", "qualifier", "period")
        given = {field: self.get(field) for field in fields}
        return words_of(Finding(kind=self.finding.kind, **given))

    @property
    def is_superior(self) -> bool:
        """Whether it names the body above; that stands at the head of the plan."""
        return self.finding.name == "superior"

    @property
    def part(self) -> dict[str, Any]:
        """The place in the plan and in the document."""
        finding = self.finding
        return {
            "order": finding.order,
            "source_line": finding.line,
            "source_text": finding.text,
        }


def choice_of(each: Kept, field: str) -> str:
    """Return what a quota says about `field`; "" where the document leaves it open."""
    return str(MEANT[field].get(str(each.get(field) or ""), ""))


def number_of(each: Kept) -> Decimal:
    """Return the number of a quota.

    Raises:
        ValueUnreadable: it is none, or not above zero.
    """
    try:
        number = amount(str(each.get("value")).strip())
    except ValueError:
        number = Decimal(0)
    if number <= 0:
        raise ValueUnreadable(str(each.get("name")), "数量请填大于0的数字，如 1 或 0.5。")
    return number


def number_read(each: Kept) -> Decimal | None:
    """Return the number of a value, None where it is none."""
    try:
        return amount(str(each.get("value")).strip())
    except ValueError:
        return None


def clock_of(each: Kept) -> time | None:
    """Return the time of day at which a slot begins, if one is named.

    Raises:
        ValueUnreadable: it is no time of day.
    """
    text = str((each.get("value") or {}).get("time") or "")
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        raise ValueUnreadable(str(each.get("name")), "开始时间请写成 14:30 的样子。") from None


def weeks_of(each: Kept) -> int:
    """Return every how many weeks a slot is; each week, if it does not say.

    Raises:
        ValueUnreadable: it is no number from 1 to 10.
    """
    return _small(each, "every_weeks", MOST_WEEKS, "“每几周一次”请写1到10的数，或空着。") or 1


def first_week_of(each: Kept) -> int:
    """Return from which week of the term on a slot is; the first, if it does not say.

    Raises:
        ValueUnreadable: it is no number from 1 to 10.
    """
    return _small(each, "from_week", MOST_WEEKS, "“从第几周起”请写1到10的数，或空着。") or 1


def times_of(each: Kept) -> int | None:
    """Return how many times a month a slot is, if it says so.

    Raises:
        ValueUnreadable: it is no number from 1 to 5.
    """
    return _small(each, "times_a_month", MOST_TIMES, "“每月几次”请写1到5的数，或空着。")


def _small(each: Kept, name: str, most: int, otherwise: str) -> int | None:
    """Return the part `name` of a slot's value, from 1 to `most`, if it is there."""
    text = str((each.get("value") or {}).get(name) or "")
    number = whole_number(text)
    if text and (number is None or not 1 <= number <= most):
        raise ValueUnreadable(str(each.get("name")), otherwise)
    return number if text else None


def month_in(span: Span, month: int) -> date | None:
    """Return the first day of the calendar month `month` that touches `span`, if one does."""
    return next((day for day in months_of(span) if day.month == month), None)


def months_of(span: Span) -> list[date]:
    """Return the first day of each calendar month that touches `span`."""
    days = [span.start.replace(day=1)]
    while True:
        day = days[-1]
        following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        if following >= span.end:
            return days
        days.append(following)


def month_of(each: Kept, term: Term, span: Span | None = None) -> date:
    """Return the month of an item; a school week belongs to the month of its Monday.

    `span` is the period of the plan where it is not the term.

    Raises:
        MonthOutsideTerm: the term has no such month.
        ValueUnreadable: neither a month nor a week of the term is named.
    """
    value = each.get("value") or {}
    if value.get("month"):
        day = month_in(span or term.span, int(value["month"]))
        if day is None:
            raise MonthOutsideTerm([int(value["month"])], str(term))
        return day
    week = int(value.get("week") or 0)
    monday = term.starts_on - timedelta(days=term.starts_on.weekday() + 7 * (1 - week))
    if week < 1 or monday >= term.ends_on:
        raise ValueUnreadable(str(each.get("name")), "请选这件事在学期的哪个月。")
    return max(monday, term.starts_on).replace(day=1)


@dataclass(frozen=True)
class KeptTiming:
    """When an item is due: its month, the day if one is named, the last day of a span."""

    month: date
    on: date | None
    last_on: date | None


def timing_of(each: Kept, term: Term, span: Span | None = None) -> KeptTiming:
    """Return when an item is due: a month, a named day, or to the end of a later month.

    A day that the month does not have, and a last month outside of the term, are left out: they
    stay in the text.

    Raises:
        MonthOutsideTerm, ValueUnreadable: as `month_of`.
    """
    month, value = month_of(each, term, span), each.get("value") or {}
    until = int(value.get("to_month") or 0)
    last = month_in(span or term.span, until) if until else None
    if last is not None and last > month:
        return KeptTiming(month, None, _last_day(last))
    day = whole_number(str(value.get("day") or "")) or 0
    if 1 <= day <= _last_day(month).day:
        on = month.replace(day=day)
        return KeptTiming(month, on, on)
    return KeptTiming(month, None, None)


def _last_day(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def fault_of(each: Kept, term: Term, span: Span | None = None) -> Refusal | None:
    """Return why a value cannot go into a plan of `term` as it stands, if it cannot."""
    kind, name = each.finding.kind, str(each.get("name") or "").strip()
    label = name or f"第{each.finding.line}行"
    try:
        if kind == "quota":
            number_of(each)
            missing = [field for field in MEANT if not choice_of(each, field)]
            if missing:
                return ValueUnreadable(label, WANTED[missing[0]])
        elif kind == "slot":
            clock_of(each)
            times_of(each)
        elif kind == "schedule":
            month_of(each, term, span)
        elif not each.text.strip():
            return ValueUnreadable(label, "内容空着，请写上，或定为“不要”。")
    except Refusal as refusal:
        return refusal
    if kind in {"quota", "slot", "schedule"} and not name:
        return ValueUnreadable(label, "名称空着，请写上，或定为“不要”。")
    return None


def refuse_faults(kept: Iterable[Kept], term: Term, span: Span | None = None) -> None:
    """Make sure that all of `kept` can go into a plan of `term`.

    Raises:
        MonthOutsideTerm: naming all months that the term does not have.
        ValueUnreadable: the first value that cannot be used.
    """
    faults = [(each, fault) for each in kept if (fault := fault_of(each, term, span))]
    months = {
        int(each.get("value")["month"])
        for each, fault in faults
        if isinstance(fault, MonthOutsideTerm)
    }
    if months:
        raise MonthOutsideTerm(sorted(months), str(term))
    if faults:
        raise faults[0][1]
