"""A clock at the evening of 15 October 2026, and a certificate of 王老师."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine

from yanxiu.cast import EVENING, Cast
from yanxiu.certificates import actions
from yanxiu.certificates.models import Certificate
from yanxiu.certificates.queries.facts import Asked
from yanxiu.kernel.spans import Span
from yanxiu.ledger.models import Record
from yanxiu.people.models import Teacher

TODAY = date(2026, 10, 15)
SCHEME = "cn-central-school-handbook"
YEAR = Span(date(2026, 9, 1), date(2027, 9, 1))

TakePart = Callable[..., Record]


@pytest.fixture(autouse=True)
def _evening(clock: time_machine.Traveller) -> None:
    """Everything here happens at EVENING."""


@pytest.fixture
def asked(cast: Cast) -> Asked:
    """The school year that runs, asked for today."""
    return Asked(cast.school, SCHEME, YEAR, TODAY)


@pytest.fixture
def certificate(asked: Asked, wang: Teacher, zhou: Teacher, take_part: TakePart) -> Certificate:
    """A certificate of two records of 王老师, issued by 周主任."""
    take_part(wang)
    take_part(wang, date(2026, 9, 20), title="怎样听一节课", role="main_speaker")
    return actions.issue(wang, asked, by=zhou, at=EVENING)
