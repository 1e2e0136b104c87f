"""The numbers of the ledger count what they say."""

from datetime import date

import pytest

from yanxiu.cast import NOON, Cast
from yanxiu.figures.table import Scope, figure
from yanxiu.kernel.spans import Span
from yanxiu.ledger.actions import withdraw
from yanxiu.ledger.tests.conftest import TakePart
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher


@pytest.fixture
def scope(cast: Cast, wang: Teacher, zhao: Teacher, take_part: TakePart) -> Scope:
    """October: two records of 王老师, one of 赵老师, one withdrawn; one more in November."""
    take_part(wang)
    take_part(wang, on=date(2026, 10, 13))
    take_part(zhao)
    withdraw(take_part(zhao, on=date(2026, 10, 14)), because="签错了", by=None, at=NOON)
    take_part(wang, on=date(2026, 11, 2))
    return Scope(cast.school.pk, cast.school.path, Span(date(2026, 10, 1), date(2026, 11, 1)))


@pytest.mark.parametrize(
    ("code", "value"),
    [("records", 3), ("teachers_with_records", 2), ("hours_posted", 0), ("credits_posted", 3),
     ("reversals", 1)],
)  # fmt: skip
def test_each_number_counts_what_it_says(scope: Scope, code: str, value: int) -> None:
    assert figure(f"ledger.{code}").value(scope) == value


def test_a_unit_is_its_members_of_the_day(cast: Cast, scope: Scope) -> None:
    maths = Scope(scope.organisation, scope.path, scope.span, unit=cast.maths.pk)

    assert figure("ledger.records").value(maths) == 2
    assert figure("ledger.credits_posted").value(maths) == 2


def test_another_school_has_none(cast: Cast, scope: Scope) -> None:
    other = Scope(cast.other_school.pk, cast.other_school.path, scope.span)

    assert figure("ledger.records").value(other) == 0


def test_rows_open_for_the_office_and_ones_own(
    scope: Scope, zhou: Teacher, wang: Teacher, qian: Teacher
) -> None:
    asked = figure("ledger.credits_posted")

    seen = {who.name: allowed(asked.seen_by, who, asked.opened(asked.rows(scope))).count()
            for who in (zhou, wang, qian)}  # fmt: skip

    assert seen == {"周主任": 3, "王老师": 2, "钱老师": 0}


@pytest.mark.parametrize("code", ["records", "credits_posted", "reversals"])
def test_an_opened_row_has_a_cell_for_each_heading(scope: Scope, code: str) -> None:
    asked = figure(f"ledger.{code}")

    assert len(asked.cells(asked.opened(asked.rows(scope))[0])) == len(asked.columns)
