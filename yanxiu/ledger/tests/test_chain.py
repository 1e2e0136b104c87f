"""The chain finds an entry that was changed, removed, inserted or cut off behind our back."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from yanxiu.cast import NOON
from yanxiu.ledger import chain
from yanxiu.ledger.models import ChainHead, Entry
from yanxiu.ledger.tests.conftest import TakePart
from yanxiu.people.models import Teacher


@pytest.fixture(autouse=True)
def _three_entries(wang: Teacher, li: Teacher, take_part: TakePart) -> None:
    for day in (12, 13, 14):
        take_part(wang, on=date(2026, 10, day))
    take_part(li)


def tamper(statement: str, *values: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def found() -> list[tuple[int, str]]:
    return [(fault.number, fault.sentence) for fault in chain.faults()]


def test_an_untouched_chain_has_no_fault() -> None:
    assert found() == []


@pytest.mark.parametrize(
    "change",
    ["amount = 5", "earned_on = '2025-10-13'", "reason = '补'", "scheme = 'x'", "unit = 'hour'"],
)
def test_a_changed_entry_is_found(wang: Teacher, change: str) -> None:
    where = "WHERE teacher_id = %s AND number = 2"
    tamper(f"UPDATE ledger_entry SET {change} {where}", wang.pk)  # noqa: S608  changes stand above

    assert [number for number, _sentence in found()] == [2]
    assert "改动过" in found()[0][1]


def test_a_removed_entry_is_found(wang: Teacher) -> None:
    tamper("DELETE FROM ledger_entry WHERE teacher_id = %s AND number = 2", wang.pk)

    assert "第2笔不在" in found()[0][1]


def test_a_truncated_chain_is_found(wang: Teacher) -> None:
    tamper("DELETE FROM ledger_entry WHERE teacher_id = %s AND number = 3", wang.pk)

    assert "缺少最后几笔" in found()[-1][1]


def test_a_chain_removed_as_a_whole_is_found(wang: Teacher) -> None:
    tamper("DELETE FROM ledger_entry WHERE teacher_id = %s", wang.pk)

    assert [fault.teacher for fault in chain.faults()] == [wang.pk]


def test_an_inserted_entry_is_found(wang: Teacher, li: Teacher) -> None:
    tamper(
        "UPDATE ledger_entry SET teacher_id = %s, number = 4 WHERE teacher_id = %s", wang.pk, li.pk
    )

    sentences = " ".join(sentence for _number, sentence in found())
    assert "接不上" in sentences
    assert "改动过" in sentences


def test_another_key_does_not_fit(settings: Settings) -> None:
    settings.LEDGER_KEY = "somebody else's"

    assert len(found()) == 4


def test_a_kept_root_finds_what_was_cut_with_its_head(wang: Teacher, tmp_path: Path) -> None:
    chain.keep_root(tmp_path, NOON)
    assert chain.root_faults(tmp_path) == []

    tamper("DELETE FROM ledger_entry WHERE teacher_id = %s AND number = 3", wang.pk)
    second = Entry.objects.get(teacher=wang, number=2)
    ChainHead.objects.filter(teacher=wang).update(count=2, last=second.chain)

    assert found() == []
    assert chain.root_faults(tmp_path) == ["2026-10-15 时有4笔入账，现在只有3笔"]


def test_a_forged_root_is_found(tmp_path: Path) -> None:
    path = chain.keep_root(tmp_path, NOON)
    path.write_text(json.dumps({**json.loads(path.read_text()), "entries": 1}), encoding="utf-8")

    assert "签名不符" in chain.root_faults(tmp_path)[0]
