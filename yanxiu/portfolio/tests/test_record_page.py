"""One record tells why it earns what it earns, to those who may know."""

from datetime import date

import pytest
from django.urls import reverse

from yanxiu.cast import EVENING, Cast, LogIn, statements
from yanxiu.ledger.actions import withdraw
from yanxiu.ledger.models import Record
from yanxiu.people.models import Teacher
from yanxiu.portfolio.tests.conftest import TakePart


def address(record: Record) -> str:
    return reverse("portfolio:record", args=[record.uid])


@pytest.mark.parametrize(
    ("name", "status"),
    [("wang", 200), ("zhou", 200), ("shen", 200), ("li", 404), ("zhao", 404), ("guan", 404),
     ("qian", 404)],
)  # fmt: skip
def test_it_opens_for_the_person_and_the_office(
    cast: Cast, log_in: LogIn, take_part: TakePart, name: str, status: int
) -> None:
    record = take_part(cast.people["wang"])

    assert log_in(cast.people[name]).get(address(record)).status_code == status


def test_each_step_stands_with_its_source(
    log_in: LogIn, wang: Teacher, take_part: TakePart
) -> None:
    text = log_in(wang).get(address(take_part(wang))).content.decode()

    assert "为什么是这些学时" in text
    assert "1 课时按 1 节课 45 分钟计" in text or "1 课时计 1 学分" in text
    assert "本人扫码签到" in text
    assert "第 1 笔" in text
    assert "全部计入" in text


def test_a_reversal_is_explained(log_in: LogIn, wang: Teacher, take_part: TakePart) -> None:
    record = withdraw(take_part(wang), because="签错了场次", by=None, at=EVENING)

    text = log_in(wang).get(address(record)).content.decode()

    assert "冲销第 1 笔：签错了场次" in text
    assert "-1 学分" in text
    assert "撤回：签错了场次" in text
    assert "全部计入" not in text


def test_what_a_cap_took_is_told_in_words(
    log_in: LogIn, wang: Teacher, take_part: TakePart
) -> None:
    last = [take_part(wang, on=date(2026, 10, day)) for day in range(1, 15)][-1]

    text = log_in(wang).get(address(last)).content.decode()

    assert "单独计得 1 学分" in text
    assert "实际计入 0 学分" in text
    assert "教研组活动每学年上限 12" in text
    assert "小组活动每年不超过 12 学分" in text


def test_a_kind_no_scheme_knows_earns_nothing(
    log_in: LogIn, wang: Teacher, take_part: TakePart
) -> None:
    record = take_part(wang, kind="meeting", title="碰头会")

    assert "这条记录不计学时" in log_in(wang).get(address(record)).content.decode()


def test_its_statements_do_not_grow(log_in: LogIn, wang: Teacher, take_part: TakePart) -> None:
    client = log_in(wang)
    record = take_part(wang)
    few = statements(client, address(record))
    for day in range(1, 12):
        take_part(wang, on=date(2026, 10, day))

    assert statements(client, address(record)) == few <= 14
