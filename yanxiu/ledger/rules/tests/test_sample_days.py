"""The sample teacher does a thing as often as she is said to: eight times in each year."""

from datetime import date

from yanxiu.kernel.spans import Span
from yanxiu.ledger.rules.checking.sample import TIMES_A_YEAR, _days


def test_a_cycle_of_five_years_has_eight_days_in_each() -> None:
    days = _days(Span(date(2026, 1, 1), date(2031, 1, 1)))
    assert [sum(day.year == year for day in days) for year in range(2026, 2031)] == [
        TIMES_A_YEAR
    ] * 5
