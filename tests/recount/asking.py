"""Asking the database directly, without the models: the frame of the independent counts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from yanxiu.figures.table import Scope

BELOW = """WITH RECURSIVE below(id) AS (
    SELECT id FROM people_organisation WHERE id = %(org)s
    UNION ALL
    SELECT o.id FROM people_organisation o JOIN below b ON o.parent_id = b.id
) """
"""The organisation and all below it, found by the parents: the figures go by the path."""


def either(name: str, condition: str) -> str:
    """Return SQL that holds where nothing is asked about `name`, else where `condition` does."""
    return f"(CAST(%({name})s AS bigint) IS NULL OR {condition})"


@dataclass(frozen=True)
class Question:
    """What is asked: the scope as plain values, and the clock."""

    scope: Scope
    now: datetime
    today: date

    def values(self) -> dict[str, Any]:
        """Return the values that a statement may name."""
        span, ops = self.scope.span, connection.ops
        start_at, end_at = span.moments()
        return {
            "org": self.scope.organisation,
            "unit": self.scope.unit,
            "teacher": self.scope.teacher,
            "start": span.start.isoformat(),
            "end": span.end.isoformat(),
            "last": (span.end - timedelta(days=1)).isoformat(),
            "first_month": span.start.replace(day=1).isoformat(),
            "start_at": ops.adapt_datetimefield_value(start_at),
            "end_at": ops.adapt_datetimefield_value(end_at),
            "now": ops.adapt_datetimefield_value(self.now),
            "today": self.today.isoformat(),
            "this_month": self.today.replace(day=1).isoformat(),
            "two_months_before": _two_months_before(span.start),
        }


def _two_months_before(day: date) -> str:
    months = day.year * 12 + day.month - 1 - 2
    return f"{months // 12}-{months % 12 + 1:02}"


def rows_of(question: Question, sql: str) -> list[tuple[Any, ...]]:
    """Return the rows of one statement."""
    with connection.cursor() as cursor:
        cursor.execute(BELOW + sql, question.values())
        return list(cursor.fetchall())


Count = Callable[[Question], Decimal]


def one(sql: str) -> Count:
    """Return the count that is the single number a statement gives; nothing is nought."""

    def count(question: Question) -> Decimal:
        ((number,),) = rows_of(question, sql)
        # SQLite adds decimals as floats: beyond the fourth place there is only noise.
        return Decimal(str(number or 0)).quantize(Decimal("0.0001"))

    return count


def hours_between(sql: str) -> Count:
    """Return the clock hours between the two moments of each row of a statement."""

    def count(question: Question) -> Decimal:
        seconds = sum(
            (_moment(end) - _moment(start)).total_seconds() for start, end in rows_of(question, sql)
        )
        return (Decimal(str(seconds)) / 3600).quantize(Decimal("0.0001"))

    return count


def hours_of_minutes(sql: str) -> Count:
    """Return the clock hours of the minutes that a statement adds up."""

    def count(question: Question) -> Decimal:
        return (one(sql)(question) / 60).quantize(Decimal("0.0001"))

    return count


def _moment(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))


def day_in_shanghai(value: Any) -> date:
    """Return the day of a moment as it came from the database, on the clock of Shanghai."""
    return (_moment(value).replace(tzinfo=None) + timedelta(hours=8)).date()


def day_in(value: Any) -> date:
    """Return a day as it came from the database."""
    return value if isinstance(value, date) else date.fromisoformat(str(value))
