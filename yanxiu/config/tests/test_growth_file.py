"""`yanxiu growth-file` takes one teacher's file out of the house, and in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from yanxiu.config.cli import main
from yanxiu.ledger.models import Record
from yanxiu.people.models import Teacher
from yanxiu.portfolio.models import Piece

TakePart = Callable[..., Record]


@pytest.fixture
def path(wang: Teacher, take_part: TakePart, tmp_path: Path) -> Path:
    """The archive of 王老师."""
    take_part(wang)
    target = tmp_path / "out.zip"
    assert main(["growth-file", "export", str(wang.phone), str(target)]) == 0
    return target


def test_it_takes_out_and_in(path: Path, qian: Teacher, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["growth-file", "import", "钱老师", str(path)]) == 0

    told = capsys.readouterr().out
    assert "都与校验值相符" in told
    assert "请核对" in told
    assert Piece.objects.filter(teacher=qian, title="单元整体设计").count() == 1


def test_an_unknown_name_and_a_broken_archive_are_one_sentence(
    path: Path, capsys: pytest.CaptureFixture[str], qian: Teacher
) -> None:
    path.write_bytes(path.read_bytes()[:-40])

    assert main(["growth-file", "export", "没有这个人", str(path)]) == 2
    assert main(["growth-file", "import", qian.name, str(path)]) == 2

    assert len(capsys.readouterr().err.splitlines()) == 2
