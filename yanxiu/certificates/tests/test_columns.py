"""Registers are data: each shipped one loads, and a slip is told with its line."""

import pytest

from yanxiu.certificates.columns import load, shipped
from yanxiu.certificates.columns.registers import FIELDS
from yanxiu.kernel.refusals import Refusal

GOOD = """register: my-county
title: 某县学时登记
system: 某县系统
source: 导入模板
row: record
sheet: 学时
columns:
  - {head: 姓名, from: name, source: 第一列}
  - {head: 学时, from: hours, source: 第二列}
export:
  name: [姓名]
  hours: [学时]
"""


def test_each_shipped_register_says_where_each_column_comes_from() -> None:
    assert {"cn-national-teacher-system", "cn-sn-teacher-education"} <= set(shipped())
    for register in shipped().values():
        assert register.source
        assert all(one.source and one.filled_from in FIELDS for one in register.columns)


def test_no_shipped_register_asks_for_an_identity_number_to_be_kept() -> None:
    for register in shipped().values():
        for column in register.columns:
            if "证" in column.head:
                assert column.filled_from == "blank"


@pytest.mark.parametrize(
    ("change", "line", "read"),
    [
        (("from: hours", "from: hour"), 9, "hour"),
        (("row: record", "row: both"), 5, "both"),
        (("head: 学时", "head: 姓名"), 8, "姓名"),
        (("source: 第二列", "source: 第二列, text: x"), 9, "text"),
        (("  hours: [学时]", "  stunden: [学时]"), 12, "stunden"),
        (("from: hours, source: 第二列", "from: hours, source: x, only: {kind: [a]}"), 9, "范围"),
    ],
)
def test_a_slip_is_told_with_its_line(change: tuple[str, str], line: int, read: str) -> None:
    with pytest.raises(Refusal, match=f"第 {line} 行.*{read}"):
        load(GOOD.replace(*change), "上报表")


def test_a_good_one_is_read() -> None:
    register = load(GOOD, "上报表")

    assert [one.head for one in register.columns] == ["姓名", "学时"]
    assert dict(register.export) == {"name": ("姓名",), "hours": ("学时",)}
