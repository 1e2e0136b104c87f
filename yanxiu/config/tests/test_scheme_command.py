"""An officer checks and tries out a scheme file without a school's data and without Python."""

from pathlib import Path

import pytest

from yanxiu.config import cli
from yanxiu.ledger.rules.loading import SHIPPED

FORTY = SHIPPED / "cn-hours-40-credits-10" / "2025.yaml"
TONGZI = SHIPPED / "cn-gz-tongzi"


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    return capsys


def _copy(tmp_path: Path, old: str, new: str) -> Path:
    """Return a folder with the scheme of 桐梓 and its cases, one thing in the scheme changed."""
    folder = tmp_path / "cn-gz-tongzi"
    (folder / "cases").mkdir(parents=True)
    for path in TONGZI.glob("*/*.yaml"):
        (folder / "cases" / path.name).write_text(path.read_text("utf-8"), "utf-8")
    text = (TONGZI / "2006.yaml").read_text("utf-8")
    assert old in text
    (folder / "2006.yaml").write_text(text.replace(old, new), "utf-8")
    return folder


def test_findings_come_with_line_and_what_to_do(told: pytest.CaptureFixture[str]) -> None:
    code = cli.main(["scheme", "check", str(FORTY)])

    said = told.readouterr().out
    assert code == 1
    assert "[请看] 第 63 行 theme：5 份要求有两种读法。" in said
    assert "请对照原文确认是前一种。（quotas-read-two-ways）" in said
    assert "共 1 处请看、" in said


def test_a_scheme_without_contradictions_ends_well(told: pytest.CaptureFixture[str]) -> None:
    code = cli.main(["scheme", "check", str(TONGZI / "2006.yaml")])

    said = told.readouterr().out
    assert code == 0
    assert "方案“桐梓基本学分与附加学分”（cn-gz-tongzi 2006）能够读入。" in said
    assert "√ 基本学分：30 / 30 学分" in said


def test_a_slip_is_told_with_its_line(tmp_path: Path, told: pytest.CaptureFixture[str]) -> None:
    folder = _copy(tmp_path, "need: base", "need: bsae")

    code = cli.main(["scheme", "check", str(folder / "2006.yaml")])

    assert code == 1
    assert "2006.yaml 第 7" in (said := told.readouterr().out)
    assert "没有编号为“bsae”的要求。已有的要求：base" in said


def test_every_case_is_shown_step_by_step(told: pytest.CaptureFixture[str]) -> None:
    code = cli.main(["scheme", "test", str(TONGZI)])

    said = told.readouterr().out
    assert code == 0
    assert "√ 三关都过得十五学分\n" in said
    assert "基本学分：第一门课程，加 15 学分" in said
    assert "个算例，全部相符。" in said


def test_a_case_that_differs_says_what_came_out(
    tmp_path: Path, told: pytest.CaptureFixture[str]
) -> None:
    folder = _copy(tmp_path, "earns: 15", "earns: 16")

    code = cli.main(["scheme", "test", "--only-wrong", str(folder)])

    said = told.readouterr().out
    assert code == 1
    assert "× 三关都过得十五学分" in said
    assert "不符：base 的 recognised 应为 15，算得 16" in said
    assert "√" not in said


def test_a_rule_without_a_case_is_named(tmp_path: Path, told: pytest.CaptureFixture[str]) -> None:
    more = (
        "  - {rule: book, title: 著作, source: 虚构, for: {kind: [course]}, per: item, rates: 1}\n"
    )
    folder = _copy(tmp_path, "award_rules:\n", f"award_rules:\n{more}")

    assert cli.main(["scheme", "test", str(folder)]) == 1
    assert "还没有算例用到：book。请各写一个。" in told.readouterr().out


@pytest.mark.parametrize("words", [["check", "没有.yaml"], ["test", "没有"]])
def test_a_place_without_a_scheme_is_refused(
    words: list[str], told: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["scheme", *words]) == 2
    assert "那里没有方案文件" in told.readouterr().err


def test_a_scheme_without_cases_is_told_where_to_write_them(
    tmp_path: Path, told: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "2006.yaml").write_text((TONGZI / "2006.yaml").read_text("utf-8"), "utf-8")

    assert cli.main(["scheme", "test", str(tmp_path)]) == 2
    assert f"请在 {tmp_path / 'cases'} 里写" in told.readouterr().err


def test_a_file_of_another_encoding_is_refused_with_what_to_do(
    tmp_path: Path, told: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "2006.yaml"
    path.write_bytes((TONGZI / "2006.yaml").read_text("utf-8").encode("gb18030"))

    assert cli.main(["scheme", "check", str(path)]) == 2
    assert "另存为 UTF-8" in told.readouterr().err


def test_two_files_are_compared_on_their_cases_without_a_school(
    tmp_path: Path, told: pytest.CaptureFixture[str]
) -> None:
    new = _copy(tmp_path, "rates: 1\n", "rates: 2\n") / "2006.yaml"

    code = cli.main(["scheme", "compare", str(TONGZI / "2006.yaml"), str(new), "--cases"])

    said = told.readouterr().out
    assert code == 0
    assert "没有看任何学校的数据" in said
    assert "  原：" in said
    assert " 0 个算得不同" not in said


def test_a_comparison_without_a_school_says_what_to_do(
    tmp_path: Path, told: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_there() -> None:
        raise cli.NoTables(tmp_path)

    monkeypatch.setattr("yanxiu.config.commands.scheme._open_rows", none_there)
    code = cli.main(["scheme", "compare", "a.yaml", "b.yaml"])

    assert code == cli.REFUSED
    assert "加写 --cases" in told.readouterr().err


def test_a_file_that_is_not_named_by_its_version_is_told(
    tmp_path: Path, told: pytest.CaptureFixture[str]
) -> None:
    folder = _copy(tmp_path, 'version: "2006"', 'version: "9"')

    cli.main(["scheme", "check", str(folder / "2006.yaml")])
    assert "文件名是 2006.yaml，而 version 写的是 9" in told.readouterr().out
    cli.main(["scheme", "test", str(folder)])
    assert "文件名是 2006.yaml，而 version 写的是 9" in told.readouterr().out


def test_every_version_of_a_folder_is_run_with_its_cases(
    tmp_path: Path, told: pytest.CaptureFixture[str]
) -> None:
    folder = _copy(tmp_path, "earns: 15", "earns: 15")
    text = (folder / "2006.yaml").read_text("utf-8")
    older = text.replace('version: "2006"', 'version: "2001"').replace("earns: 15", "earns: 14")
    (folder / "2001.yaml").write_text(older, "utf-8")

    assert cli.main(["scheme", "test", "--only-wrong", str(folder)]) == 1

    said = told.readouterr().out
    assert "2001：" in said
    assert "算得 14" in said
    assert said.count("个不符") == 1
    assert said.count("全部相符") == 1


def test_of_one_file_it_is_told_which_cases_are_about_other_versions(
    tmp_path: Path, told: pytest.CaptureFixture[str]
) -> None:
    folder = _copy(tmp_path, "earns: 15", "earns: 15")
    text = (folder / "2006.yaml").read_text("utf-8")
    (folder / "2001.yaml").write_text(text.replace('"2006"', '"2001"'), "utf-8")
    [path] = (folder / "cases").glob("*.yaml")
    path.write_text(
        path.read_text("utf-8").replace("  given:", '  versions: ["2001"]\n  given:', 1)
    )

    cli.main(["scheme", "test", "--only-wrong", str(folder / "2006.yaml")])

    assert "另有 1 个算例只对别的版本（2001），这次没有运行" in told.readouterr().out


def test_the_sample_teacher_does_what_the_words_say(told: pytest.CaptureFixture[str]) -> None:
    cli.main(["scheme", "check", str(FORTY)])

    said = told.readouterr().out
    assert "每类活动每年 8 次，每次 40 学时（或 5 节、4 份、8000 字）" in said
    assert "要求或条目写明一次要更多的，就做那么多" in said
