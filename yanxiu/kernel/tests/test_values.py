"""Amounts are exact, days are Shanghai days, identifiers sort by time."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from yanxiu.kernel.amounts import hours, plain
from yanxiu.kernel.spans import Span, day_of, moment_at
from yanxiu.kernel.uids import new_uid


def test_an_amount_keeps_four_places() -> None:
    assert str(hours("1.5")) == "1.5000"
    assert plain(hours("1.50")) == "1.5"
    assert plain(hours(20)) == "20"
    assert plain(Decimal("-0.0000")) == "0"


@pytest.mark.parametrize("wrong", ["", "NaN", "Infinity", "1.23456", "99999999999", "二"])
def test_what_is_no_amount_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="amount"):
        hours(wrong)


def test_a_float_is_never_an_amount() -> None:
    with pytest.raises(TypeError):
        hours(0.1)  # type: ignore[arg-type]


def test_early_morning_in_shanghai_is_already_today() -> None:
    assert day_of(datetime(2026, 9, 1, 23, 0, tzinfo=UTC)) == date(2026, 9, 2)
    assert moment_at(date(2026, 9, 2)) == datetime(2026, 9, 1, 16, 0, tzinfo=UTC)


def test_a_span_excludes_its_end() -> None:
    span = Span(date(2026, 9, 1), date(2026, 9, 3))
    assert date(2026, 9, 1) in span
    assert date(2026, 9, 3) not in span
    assert list(span.days()) == [date(2026, 9, 1), date(2026, 9, 2)]
    with pytest.raises(ValueError, match="before it starts"):
        Span(date(2026, 9, 2), date(2026, 9, 1))


def test_uids_are_version_7_and_differ() -> None:
    uids = {new_uid() for _ in range(1000)}
    assert len(uids) == 1000
    assert {uid.version for uid in uids} == {7}
    assert {uid.variant for uid in uids} == {"specified in RFC 4122"}
