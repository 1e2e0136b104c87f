"""Newcomers, leave, titles and education are figures that open to the people behind them."""

from datetime import date

import pytest

from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.figures.table import Scope, figure
from yanxiu.kernel.spans import Span
from yanxiu.people.actions import roster_import, staff
from yanxiu.people.models import Teacher
from yanxiu.people.models.teacher import today

LINES = (
    "姓名,工号,学历,骨干称号,到校时间",
    "孙一,0101,本科,区级骨干教师、市教学能手,2026-09",
    "孙二,0102,中专,,2010-09",
)


@pytest.fixture
def scope(cast: Cast, guan: Teacher) -> Scope:
    read = roster_import.read_file(
        cast.school, "\n".join(LINES).encode(), "a.csv", by=None, at=MORNING
    )
    roster_import.apply(read, by=None, at=NOON)
    staff.add_leave(
        Teacher.objects.get(name="孙二"), kind="study", starts_on=today(), ends_on=None,
        by=guan, at=NOON,
    )  # fmt: skip
    span = Span(date(2026, 9, 1), date(2027, 1, 23))
    return Scope(cast.school.pk, cast.school.path, span)


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("people.newcomers", {"孙一"}),
        ("people.on_leave", {"孙二"}),
        ("people.honoured", {"孙一"}),
        ("people.college", {"孙一"}),
    ],
)
def test_the_number_opens_to_its_people(scope: Scope, code: str, names: set[str]) -> None:
    found = figure(code)

    assert set(found.rows(scope).values_list("name", flat=True)) == names
    assert found.value(scope) == len(names)
