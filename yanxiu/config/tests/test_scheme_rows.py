"""`yanxiu scheme explain` and `compare` say in plain Chinese what the rows hold."""

from argparse import Namespace
from datetime import date
from pathlib import Path

import pytest
import time_machine

from yanxiu.cast import NOON, Cast
from yanxiu.config.commands import scheme_rows
from yanxiu.ledger import actions
from yanxiu.ledger.models import Record
from yanxiu.ledger.tests.written import GENEROUS, SCHEME
from yanxiu.people.models import Teacher


@pytest.fixture
def record(cast: Cast, wang: Teacher, take_part: object) -> Record:
    """王老师 took part once, under a scheme that was written here."""
    file = actions.start_draft(cast.school, SCHEME, by=None, at=NOON)
    actions.publish_scheme(file, edition=1, by=None, at=NOON)
    day = date(2026, 9, 1)
    actions.adopt_scheme(cast.school, "made-up-county", starts_on=day, by=None, at=NOON)
    return take_part(wang)  # type: ignore[no-any-return, operator]


def test_a_record_is_explained_with_steps_sources_and_entries(
    record: Record, capsys: pytest.CaptureFixture[str]
) -> None:
    scheme_rows.explain(Namespace(record=str(record.uid), teacher=None))

    said = capsys.readouterr().out
    assert "王老师" in said
    assert "1. 90 分钟 ÷ 45 = 2 学时（第二条）" in said
    assert "计得 2 学时" in said
    assert "入账 2 学时" in said


@time_machine.travel(NOON, tick=False)
def test_a_teacher_is_told_what_is_met_and_what_is_missing(
    record: Record, capsys: pytest.CaptureFixture[str]
) -> None:
    scheme_rows.explain(Namespace(record=None, teacher=record.teacher.name))

    said = capsys.readouterr().out
    assert "学年学时：还没有达到（第六条）" in said
    assert "还差 2 学时" in said


@time_machine.travel(NOON, tick=False)
def test_two_schemes_are_compared_by_school_and_names_only_when_asked(
    record: Record, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = tmp_path / "new.yaml"
    new.write_text(GENEROUS, encoding="utf-8")
    asked = {"old": "made-up-county", "new": str(new), "at": None}

    scheme_rows.compare(Namespace(**asked, names=False))
    said = capsys.readouterr().out
    assert "清河小学：教师" in said
    assert "增加 1，减少 0" in said
    assert "王老师" not in said

    scheme_rows.compare(Namespace(**asked, names=True))
    assert "王老师：2 学时 → 4 学时，新达到学年学时" in capsys.readouterr().out


def test_what_is_not_there_is_said(record: Record) -> None:
    with pytest.raises(scheme_rows.NotFoundHere, match="赵钱孙"):
        scheme_rows.explain(Namespace(record=None, teacher="赵钱孙"))
