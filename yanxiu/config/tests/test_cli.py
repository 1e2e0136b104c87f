"""The command `yanxiu` explains itself, refuses in one line, and ends with the right code."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import pytest

from yanxiu.config import arguments, cli
from yanxiu.config.commands import serve, settings

COMMANDS = sorted(cli.find_commands())
PLAN = "一、主要目标\n1.读书：每位教师每学期至少阅读一本专著。\n"


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("YANXIU_DATA", "YANXIU_DEMO", "YANXIU_PUBLIC_URL", "YANXIU_HOSTS",
                 "YANXIU_HASHED_STATIC"):  # fmt: skip
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main([name, "--help"])

    said = capsys.readouterr().out
    assert end.value.code == 0
    assert f"用法：yanxiu {name}" in said
    assert f"例子：\n  yanxiu {name}" in said


@pytest.mark.parametrize("name", COMMANDS)
def test_every_example_is_a_command_line_that_is_understood(name: str) -> None:
    found = cli.find_commands()

    options = cli.make_parser(found).parse_args(found[name].EXAMPLE.split()[1:])

    assert options.command == name


def test_without_a_word_it_tells_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    assert "restore" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["read"], "缺少 文件"),
        (["serve", "--port", "x"], "端口应为 1 至 65535 的整数"),
        (["serve", "--port", "70000"], "端口应为 1 至 65535 的整数"),
        (["serve", "--colour"], "不认识 --colour"),
        (["fly"], "不能是 'fly'"),
        (["restore", "--data"], "后面少了一个值"),
    ],
)
def test_a_wrong_line_is_refused_in_chinese(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(words)

    said = capsys.readouterr().err
    assert end.value.code == 2
    assert sentence in said
    assert said.count("\n") == 1


def test_a_refusal_is_one_line_and_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", "nowhere.docx"]) == 2

    said = capsys.readouterr()
    assert said.err.startswith("打不开文件 nowhere.docx")
    assert said.err.count("\n") == 1
    assert said.out == ""


def test_reading_a_plan_shows_where_each_finding_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "计划.txt"
    plan.write_text(f"晨光小学校本研修计划\n{PLAN}", encoding="utf-8")

    assert cli.main(["read", str(plan)]) == 0
    assert "第 3 行　定额　读书" in capsys.readouterr().out


def test_reading_with_json_prints_one_object(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "计划.txt"
    plan.write_text(f"晨光小学校本研修计划\n{PLAN}", encoding="utf-8")

    assert cli.main(["read", str(plan), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"][0]["kind"] == "plan"


def test_reading_touches_no_data_folder(tmp_path: Path) -> None:
    cli.main(["read", "nowhere.docx"])

    assert list(tmp_path.iterdir()) == []


def test_the_demo_is_not_shown_to_a_network(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "demo-begun").touch()

    assert cli.main(["serve", "--host", "0.0.0.0", "--data", str(tmp_path)]) == 2  # noqa: S104
    assert "--allow-demo-on-network" in capsys.readouterr().err


def test_half_a_certificate_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["serve", "--tls-cert", "c.pem", "--data", str(tmp_path)]) == 2
    assert "--tls-key" in capsys.readouterr().err


def test_a_folder_without_tables_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A process of its own: this one has its tables in memory."""
    monkeypatch.setenv("YANXIU_DATA", str(tmp_path))
    ran = subprocess.run(
        [sys.executable, "-m", "yanxiu", "demo"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(cli.__file__).parents[2],
    )

    assert ran.returncode == 2
    assert "yanxiu migrate" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_restoring_asks_for_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["restore", "one.tar.gz"]) == 2
    assert "--data" in capsys.readouterr().err


def test_the_shown_database_hides_the_password() -> None:
    given: dict[str, object] = {
        "ENGINE": "django.db.backends.postgresql", "HOST": "db", "PORT": "5432", "USER": "yx",
        "PASSWORD": "secret", "NAME": "school",
    }  # fmt: skip

    assert settings.database(given) == "PostgreSQL yx@db:5432/school"


def test_options_can_be_handed_on_as_they_were_written() -> None:
    options = cli.make_parser({"serve": serve}).parse_args(
        ["serve", "--port", "81", "--tls-cert", "c.pem", "--allow-demo-on-network"]
    )

    written = arguments.flags(options, ["port", "tls_cert", "tls_key", "allow_demo_on_network"])

    assert written == ["--port", "81", "--tls-cert", "c.pem", "--allow-demo-on-network"]


def test_an_unknown_complaint_is_still_introduced_in_chinese() -> None:
    assert arguments.in_chinese("strange") == "命令行有误（strange）"


def test_a_port_is_a_number_in_range() -> None:
    assert arguments.port("8000") == 8000
    with pytest.raises(argparse.ArgumentTypeError, match="65535"):
        arguments.port("0")
