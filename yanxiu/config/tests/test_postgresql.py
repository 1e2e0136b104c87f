"""A server of one's own starts, is reached by its socket alone, and leaves nothing behind."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

from yanxiu.config import backup, environment, postgresql

pytestmark = pytest.mark.postgresql


def ask(url: str, question: LiteralString) -> str:
    given = environment.database(url, Path())
    with psycopg.connect(
        host=str(given["HOST"]), user=str(given["USER"]), dbname=str(given["NAME"])
    ) as connection:
        row = connection.execute(question).fetchone()
    assert row
    return str(row[0])


def do(url: str, *deeds: LiteralString) -> None:
    given = environment.database(url, Path())
    with psycopg.connect(
        host=str(given["HOST"]), user=str(given["USER"]), dbname=str(given["NAME"]), autocommit=True
    ) as connection:
        for deed in deeds:
            connection.execute(deed)


def test_it_speaks_utf8_and_listens_to_no_network() -> None:
    with postgresql.cluster() as running:
        assert ask(running.url, "SHOW server_encoding") == "UTF8"
        assert ask(running.url, "SHOW lc_collate") == "C.UTF-8"
        assert ask(running.url, "SHOW listen_addresses") == ""
        assert ask(running.url, "SHOW fsync") == "off"

    assert not running.folder.exists()
    with pytest.raises(psycopg.OperationalError):
        ask(running.url, "SHOW fsync")


def test_a_careful_one_waits_for_the_disk() -> None:
    with postgresql.cluster(careless=False) as running:
        assert ask(running.url, "SHOW fsync") == "on"


def test_it_is_stopped_after_the_command_and_gives_its_code() -> None:
    code = "import os, sys; sys.exit(7 if 'postgresql://' in os.environ['YANXIU_DATABASE'] else 1)"

    assert postgresql.main(["--", sys.executable, "-c", code]) == 7


def test_a_machine_without_it_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(postgresql, "programs", lambda: None)

    assert postgresql.main(["true"]) == 2
    assert "apt-get install postgresql" in capsys.readouterr().err


def test_a_backup_of_it_comes_back_into_an_empty_database(tmp_path: Path) -> None:
    at = datetime(2026, 10, 15, 4, 0, tzinfo=UTC)
    with postgresql.cluster() as running:
        other = running.url.replace("@/postgres", "@/other")
        do(running.url, "CREATE TABLE deed (twin integer)", "INSERT INTO deed VALUES (5)")
        here = environment.database(running.url, tmp_path)
        made = backup.back_up(tmp_path / "data", here, tmp_path / "b.tar.gz", at=at)
        do(running.url, "CREATE DATABASE other")

        backup.restore(made, tmp_path / "new", environment.database(other, tmp_path))

        assert ask(other, "SELECT twin FROM deed") == "5"
    assert list((tmp_path / "new").iterdir()) == []
