"""Rings and pagers never say more than is true."""

from decimal import Decimal

import pytest

from yanxiu.ui.drawing import CIRCUMFERENCE, page_numbers_around, ring_of


def test_a_ring_is_full_only_when_the_goal_is_reached() -> None:
    assert ring_of(Decimal("71.9"), Decimal(72)).percent == 99
    assert ring_of(72, 72).percent == 100
    assert ring_of(72, 72).dash == CIRCUMFERENCE


def test_a_ring_that_is_exceeded_says_so_but_stays_a_ring() -> None:
    ring = ring_of(90, 60)
    assert (ring.text, ring.dash) == ("150%", CIRCUMFERENCE)


@pytest.mark.parametrize("total", [0, None, -3])
def test_a_ring_without_a_goal_claims_nothing(total: int | None) -> None:
    ring = ring_of(5, total)
    assert (ring.text, ring.dash) == ("—", Decimal(0))


def test_a_ring_draws_half_for_half() -> None:
    assert ring_of(30, 60).dash == (CIRCUMFERENCE / 2).quantize(Decimal("0.01"))
    assert ring_of(-4, 60).dash == 0


@pytest.mark.parametrize(
    ("number", "last", "numbers"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (5, 100, [1, None, 4, 5, 6, None, 100]),
        (3, 5, [1, 2, 3, 4, 5]),
        (4, 9, [1, 2, 3, 4, 5, None, 9]),
        (100, 100, [1, None, 99, 100]),
    ],
)
def test_a_pager_shows_ends_and_neighbours(
    number: int,
    last: int,
    numbers: list[int | None],
) -> None:
    assert page_numbers_around(number, last) == numbers
