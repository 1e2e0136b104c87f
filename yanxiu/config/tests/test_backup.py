"""A backup made while people write is whole, and comes back only as it was."""

import sqlite3
import tarfile
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from yanxiu.config import backup
from yanxiu.config.backup import (
    ArchiveDamaged,
    FolderNotEmpty,
    NothingToBackUp,
    ProgramFailed,
    TargetExists,
)
from yanxiu.config.environment import database, sqlite

AT = datetime(2026, 10, 15, 4, 0, tzinfo=UTC)


@pytest.fixture
def school(tmp_path: Path) -> Path:
    data = tmp_path / "school"
    (data / "files" / "ab").mkdir(parents=True)
    (data / "keys").mkdir()
    (data / "static").mkdir()
    (data / "files" / "ab" / "abc").write_bytes(b"minutes" * 1000)
    (data / "keys" / "ledger").write_text("key")
    (data / "static" / "app.css").write_text("x")
    with closing(sqlite3.connect(data / "yanxiu.sqlite3")) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE deed (id INTEGER PRIMARY KEY, twin INTEGER)")
        connection.execute("INSERT INTO deed (twin) VALUES (0)")
        connection.commit()
    return data


@pytest.fixture
def archive(school: Path, tmp_path: Path) -> Path:
    return backup.back_up(school, sqlite(school / "yanxiu.sqlite3"), tmp_path / "b.tar.gz", at=AT)


def rows(data: Path) -> list[tuple[int, int]]:
    with closing(sqlite3.connect(data / "yanxiu.sqlite3")) as connection:
        return connection.execute("SELECT id, twin FROM deed ORDER BY id").fetchall()


def bring_back(archive: Path, data: Path) -> dict[str, Any]:
    return backup.restore(archive, data, sqlite(data / "yanxiu.sqlite3"))


@pytest.fixture
def writer(school: Path) -> Iterator[None]:
    """Somebody who writes two rows at a time, in one transaction, all the while."""
    ended = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(school / "yanxiu.sqlite3", timeout=20)) as connection:
            while not ended.is_set():
                connection.execute("INSERT INTO deed (twin) VALUES (1)")
                connection.execute("INSERT INTO deed (twin) VALUES (2)")
                connection.commit()

    thread = threading.Thread(target=write)
    thread.start()
    yield
    ended.set()
    thread.join()


def test_it_brings_back_rows_files_and_keys(archive: Path, tmp_path: Path) -> None:
    manifest = bring_back(archive, tmp_path / "new")

    assert rows(tmp_path / "new") == [(1, 0)]
    assert (tmp_path / "new/files/ab/abc").read_bytes() == b"minutes" * 1000
    assert (tmp_path / "new/keys/ledger").read_text() == "key"
    assert manifest["made_at"] == AT.isoformat()


def test_what_the_program_makes_itself_is_left_out(archive: Path, tmp_path: Path) -> None:
    bring_back(archive, tmp_path / "new")

    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "files", "keys", "yanxiu.sqlite3",
    ]  # fmt: skip


@pytest.mark.usefixtures("writer")
def test_a_backup_while_writing_holds_whole_transactions(school: Path, tmp_path: Path) -> None:
    made = backup.back_up(school, sqlite(school / "yanxiu.sqlite3"), tmp_path / "b.gz", at=AT)

    bring_back(made, tmp_path / "new")

    twins = [twin for _id, twin in rows(tmp_path / "new")]
    assert twins.count(1) == twins.count(2)


def test_only_its_owner_can_read_it(archive: Path) -> None:
    assert archive.stat().st_mode & 0o777 == 0o600


def test_nothing_is_left_beside_it(archive: Path) -> None:
    assert sorted(path.name for path in archive.parent.iterdir()) == ["b.tar.gz", "school"]


def test_it_overwrites_nothing(school: Path, archive: Path) -> None:
    with pytest.raises(TargetExists):
        backup.back_up(school, sqlite(school / "yanxiu.sqlite3"), archive, at=AT)


def test_an_empty_house_has_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(NothingToBackUp):
        backup.back_up(tmp_path, sqlite(tmp_path / "yanxiu.sqlite3"), tmp_path / "b.gz", at=AT)


def test_it_is_not_brought_back_over_something(archive: Path, school: Path) -> None:
    with pytest.raises(FolderNotEmpty):
        bring_back(archive, school)

    assert rows(school) == [(1, 0)]


@pytest.mark.parametrize("where", [0.3, 0.6, 0.9])
def test_a_changed_byte_is_found_and_nothing_is_left(
    archive: Path, tmp_path: Path, where: float
) -> None:
    content = bytearray(archive.read_bytes())
    content[int(len(content) * where)] ^= 0xFF
    archive.write_bytes(content)

    with pytest.raises(ArchiveDamaged):
        bring_back(archive, tmp_path / "new")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar.gz", "school"]


def repack(archive: Path, change: dict[str, bytes | None]) -> None:
    """Write `archive` anew with other contents, or without them."""
    with tarfile.open(archive) as old:
        held = {member.name: file.read() for member in old if (file := old.extractfile(member))}
    with tarfile.open(archive, "w:gz") as new:
        for name, content in {**held, **change}.items():
            if content is None:
                continue
            path = archive.parent / "piece"
            path.write_bytes(content)
            new.add(path, arcname=name)
            path.unlink()


@pytest.mark.parametrize(
    "change",
    [
        {"keys/ledger": b"other"},
        {"keys/ledger": None},
        {"keys/more": b"x"},
        {"manifest.json": None},
        {"yanxiu.sqlite3": None},
        {"../out": b"x"},
    ],
)
def test_what_differs_from_the_manifest_is_found(
    archive: Path, tmp_path: Path, change: dict[str, bytes | None]
) -> None:
    repack(archive, change)

    with pytest.raises(ArchiveDamaged):
        bring_back(archive, tmp_path / "new")

    assert not (tmp_path / "new").exists()
    assert not (tmp_path / "out").exists()


def test_a_backup_of_sqlite_is_not_brought_into_postgresql(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(ArchiveDamaged, match="YANXIU_DATABASE"):
        backup.restore(archive, tmp_path / "new", database("postgresql://x/y", tmp_path))


def test_a_missing_program_is_named(
    monkeypatch: pytest.MonkeyPatch, school: Path, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(ProgramFailed, match="pg_dump"):
        backup.back_up(school, database("postgresql://x/y", school), tmp_path / "b.gz", at=AT)
