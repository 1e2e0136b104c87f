"""`yanxiu roster` tries a roster without a trace, and imports it only when told."""

import json
from pathlib import Path

import pytest

from yanxiu.cast import Cast
from yanxiu.config import cli
from yanxiu.config.commands import roster
from yanxiu.people.models import Organisation, Teacher


@pytest.fixture
def sample(samples: Path) -> str:
    return str(samples / "rosters" / "school-64.xlsx")


def test_a_dry_run_needs_no_school(
    db: None, sample: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["roster", sample, "--json"]) == 0

    said = json.loads(capsys.readouterr().out)
    assert said["totals"]["new"] == len(said["rows"]) == 64
    assert set(said["rows"][0]) == {"sheet", "row", "person", "change", "problems"}
    assert not Teacher.objects.exists()


def test_a_dry_run_needs_no_database(sample: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster, "database_stands", lambda: False)

    assert cli.main(["roster", sample]) == 0


def test_applying_founds_the_named_school_and_the_second_time_nothing_changes(
    db: None, sample: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["roster", sample, "--organisation", "空港实验小学", "--apply"]
    assert cli.main(words) == 0
    assert Organisation.objects.get().name == "空港实验小学"
    assert Teacher.objects.count() == 64
    capsys.readouterr()

    assert cli.main([*words, "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["totals"]["same"] == 64


def test_several_schools_in_a_file_come_under_a_superior(db: None, tmp_path: Path) -> None:
    file = tmp_path / "district.csv"
    file.write_text("学校,姓名,工号\n东山小学,孙一,0101\n西山小学,孙二,0101\n", encoding="utf-8")

    assert cli.main(["roster", str(file), "--organisation", "清河区", "--apply"]) == 0

    top = Organisation.objects.get(name="清河区")
    assert not top.is_school
    assert {row.name for row in top.children.all()} == {"东山小学", "西山小学"}


def test_it_speaks_plainly(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.csv"
    file.write_text("姓名,工号,职称\n王老师,0004,一级教师\n", encoding="utf-8")

    assert cli.main(["roster", str(file), "--organisation", "清河小学"]) == 0

    said = capsys.readouterr().out
    assert "第2行　变更　王老师　0004" in said
    assert "职称：（空） → 一级教师" in said
    assert "什么都没有写入" in said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["missing.xlsx"], "打不开文件"),
        (["{file}", "--organisation", "没有的学校"], "没有名为“没有的学校”的组织"),
    ],
)
def test_what_cannot_be_is_said_with_code_2(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("姓名\n孙一\n", encoding="utf-8")

    assert cli.main(["roster", *(word.format(file=file) for word in words)]) == 2

    assert sentence in capsys.readouterr().err


def test_importing_into_an_empty_house_needs_a_name(
    db: None, sample: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["roster", sample, "--apply"]) == 2
    assert "还没有学校" in capsys.readouterr().err
