"""`yanxiu verify` names who is concerned and ends with the right code."""

from argparse import Namespace
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from yanxiu.cast import NOON, Cast
from yanxiu.config.commands import verify
from yanxiu.ledger.actions.closing import close_year
from yanxiu.ledger.queries import closings
from yanxiu.ledger.tests.conftest import TakePart
from yanxiu.people.models import Teacher


def test_a_sound_ledger_ends_with_0_and_keeps_a_root(
    wang: Teacher, take_part: TakePart, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    take_part(wang)

    assert verify.run(Namespace(keep_root=True)) == 0

    assert "共 1 笔入账、1 位教师，全部相符" in capsys.readouterr().out
    assert len(list((tmp_path / "roots").glob("*.json"))) == 1


def test_a_changed_entry_is_named_and_ends_with_1(
    wang: Teacher, take_part: TakePart, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    take_part(wang)
    take_part(wang, on=date(2026, 10, 13))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_entry SET amount = 9 WHERE number = 2")

    assert verify.run(Namespace(keep_root=True)) == 1

    said = capsys.readouterr().out
    assert "王老师　第2笔：内容与签名不符" in said
    assert "发现 1 处不符" in said
    assert not (tmp_path / "roots").exists()


def test_a_changed_snapshot_of_a_closed_year_is_named(
    cast: Cast, zhou: Teacher, take_part: TakePart, capsys: pytest.CaptureFixture[str]
) -> None:
    take_part(zhou)
    year = closings.years_of(cast.school, date(2026, 10, 15))[0]
    close_year(year, by=zhou, at=NOON)
    assert verify.run(Namespace(keep_root=False)) == 0
    with connection.cursor() as cursor:
        turned = "UPDATE ledger_yearsnapshot SET met = NOT met WHERE teacher_id = %s"
        cursor.execute(turned, [zhou.pk])

    assert verify.run(Namespace(keep_root=False)) == 1

    assert "周主任的快照是否达标与内容不符" in capsys.readouterr().out
