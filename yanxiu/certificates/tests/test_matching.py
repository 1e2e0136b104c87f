"""A row means a person by number or by a name that one alone has; amounts decide the rest."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from yanxiu.certificates.matching import (
    Here,
    Person,
    There,
    amount_in,
    day_in,
    guess,
    head_row,
    match,
)

PEOPLE = [
    Person(1, "王芳", frozenset({"0001"})),
    Person(2, "王芳", frozenset({"0002"})),
    Person(3, "李静", frozenset({"0003"})),
]
DAY = date(2026, 10, 12)


def here(n: int, teacher: int, title: str = "听课", amount: str = "2") -> Here:
    return Here(UUID(int=n), teacher, title, DAY, Decimal(amount), None)


def outcome(row: There, *lines: Here, by_record: bool = True) -> tuple[str, int | None]:
    found = match([row], PEOPLE, lines, by_record=by_record)[row.number]
    return found.outcome, found.teacher


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (There(1, "李静", title_key="听课", hours=Decimal(2)), ("registered", 3)),
        (There(1, "李静", title_key="听课", hours=Decimal(3)), ("differs", 3)),
        (There(1, "李静", title_key="讲座", hours=Decimal(2)), ("extra", 3)),
        (There(1, "王芳", title_key="听课"), ("ambiguous", None)),
        (There(1, "王芳", "0002", title_key="听课"), ("extra", 2)),
        (There(1, "王芳", "0003", title_key="听课"), ("ambiguous", None)),
        (There(1, "", "0003", title_key="听课"), ("registered", 3)),
        (There(1, "赵敏", title_key="听课"), ("unknown", None)),
        (There(1, "王芳", title_key="听课", teacher=1), ("extra", 1)),
        (There(1, "李静", on=DAY, hours=Decimal(2)), ("registered", 3)),
        (There(1, "李静", on=DAY, hours=Decimal(5)), ("extra", 3)),
    ],
)
def test_what_a_row_means(row: There, expected: tuple[str, int | None]) -> None:
    assert outcome(row, here(9, 3)) == expected


def test_a_line_is_taken_once() -> None:
    rows = [There(1, "李静", title_key="听课", hours=Decimal(2)),
            There(2, "李静", title_key="听课", hours=Decimal(2))]  # fmt: skip

    found = match(rows, PEOPLE, [here(9, 3)], by_record=True)

    assert [found[1].outcome, found[2].outcome] == ["registered", "extra"]


def test_of_two_alike_the_one_with_the_same_amount_is_meant() -> None:
    row = There(1, "李静", title_key="听课", hours=Decimal(3))

    found = match([row], PEOPLE, [here(8, 3), here(9, 3, amount="3")], by_record=True)

    assert found[1].here == here(9, 3, amount="3")


def test_a_row_for_a_person_needs_no_title() -> None:
    row = There(1, "李静", hours=Decimal(2))

    assert outcome(row, here(9, 3, title=""), by_record=False) == ("registered", 3)


@pytest.mark.parametrize(
    ("text", "amount"),
    [("2", "2"), ("1,200.50", "1200.5"), ("", None), ("=1+1", None), ("NaN", None),
     ("Infinity", None), ("-2", None), ("1e99", None)],
)  # fmt: skip
def test_only_plain_amounts_are_read(text: str, amount: str | None) -> None:
    assert amount_in(text) == (None if amount is None else Decimal(amount))


def test_days_are_read_however_they_are_written() -> None:
    for text in ("2026-10-12", "2026年10月12日", "2026/10/12", "2026.10.12"):
        assert day_in(text) == DAY
    assert day_in("2026-13-45") is None


def test_the_head_is_found_below_a_title_and_columns_are_guessed() -> None:
    known = {"name": ("姓名", "教师姓名"), "hours": ("学时",)}
    rows = [["某县导出", "", ""], ["", "", ""], ["序号", "教师姓名", "学时"], ["1", "李静", "2"]]

    assert head_row(rows, known) == 2
    assert guess(rows[2], known) == {"name": 1, "hours": 2}
