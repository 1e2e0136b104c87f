"""What the tests of recognition stand on: a scheme in steps, and somebody above the school."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from yanxiu.cast import Cast
from yanxiu.ledger.tests.chained import adopt_steps, researcher
from yanxiu.people.models import Teacher


@pytest.fixture
def sun(cast: Cast) -> Teacher:
    """孙教研员 of the central school, where the made-up scheme is in use."""
    adopt_steps(cast)
    return researcher(cast)


COURSE: dict[str, Any] = {
    "title": "暑期数学研修班",
    "organiser": "县进修学校",
    "happened_on": date(2026, 10, 10),
    "amount": Decimal(16),
    "reference": "县培〔2026〕18号",
}
PDF = b"%PDF-1.4 a made-up certificate"
