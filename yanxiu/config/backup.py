"""Backing a school up while people work, and bringing it back; needs no running system.

A backup is one tar.gz: the database as it was at one moment, then the files and keys of the data
folder, and last `manifest.json` with the checksum of each. The database is taken first: a file is
stored before the row that names it, so every file that the database names is in the backup.
"""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from yanxiu.kernel.refusals import Refusal

FORMAT = 1
MANIFEST = "manifest.json"
SQLITE, POSTGRESQL = "yanxiu.sqlite3", "database.pgdump"
LEFT_OUT = {"static", "static.stamp", "backups"}
"""What is made anew from the program, or is a backup itself."""
CHUNK = 1024 * 1024


class NothingToBackUp(Refusal):
    """There is no database."""

    code = "nothing-to-back-up"

    def __init__(self, place: object) -> None:
        """Name where it was looked for."""
        super().__init__(f"{place} 还没有数据，没有备份。请用 --data 指出学校的数据文件夹。")


class TargetExists(Refusal):
    """A backup would overwrite something."""

    code = "target-exists"

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(f"{path} 已经存在，没有覆盖。请换一个文件名。")


class ArchiveDamaged(Refusal):
    """A backup is not whole."""

    code = "archive-damaged"

    def __init__(self, why: str) -> None:
        """Say what is wrong with it."""
        super().__init__(f"备份不完整（{why}），什么都没有恢复。请改用另一份备份。")


class FolderNotEmpty(Refusal):
    """A backup is only brought back into a folder of its own."""

    code = "folder-not-empty"

    def __init__(self, folder: Path) -> None:
        """Name the folder."""
        super().__init__(
            f"{folder} 里已有内容，为免覆盖没有恢复。请用 --data 指定一个新的空文件夹。"
        )


class ProgramFailed(Refusal):
    """One of PostgreSQL's programs is missing or failed."""

    code = "program-failed"

    def __init__(self, name: str, why: str) -> None:
        """Name the program and pass on its last words."""
        super().__init__(
            f"PostgreSQL 的 {name} 没有成功：{why}。请确认已装好并能连上数据库后重试。"
        )


def back_up(data: Path, database: dict[str, Any], target: Path, *, at: datetime) -> Path:
    """Write the backup of the school in `data` to the new file `target`, for its owner only.

    Args:
        data: the data folder.
        database: Django's settings of the database.
        target: the file to make; it appears when it is whole.
        at: when, aware.

    Raises:
        NothingToBackUp: there is no database.
        TargetExists: `target` is there already.
        ProgramFailed: PostgreSQL's own program failed.
    """
    if target.exists():
        raise TargetExists(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        try:
            snapshot = take_snapshot(database, Path(folder))
            descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with (
                os.fdopen(descriptor, "wb") as file,
                tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive,
            ):
                fill(archive, data, snapshot, at)
            # A link, unlike a rename, does not overwrite what came in the meantime.
            os.link(draft, target)
        finally:
            draft.unlink(missing_ok=True)
    return target


def take_snapshot(database: dict[str, Any], folder: Path) -> Path:
    """Copy the database as it is at one moment into `folder`; writers go on meanwhile."""
    if not str(database["ENGINE"]).endswith("sqlite3"):
        snapshot = folder / POSTGRESQL
        call_postgresql("pg_dump", database, "--format=custom", f"--file={snapshot}")
        return snapshot
    source, snapshot = Path(database["NAME"]), folder / SQLITE
    if not source.exists():
        raise NothingToBackUp(source.parent)
    with closing(sqlite3.connect(source, timeout=60)) as connection:
        connection.execute("VACUUM INTO ?", [str(snapshot)])
    return snapshot


def fill(archive: tarfile.TarFile, data: Path, snapshot: Path, at: datetime) -> None:
    """Put the database, the files and the manifest into `archive`."""
    sums = {snapshot.name: add(archive, snapshot, snapshot.name)}
    for path in files_of(data):
        name = path.relative_to(data).as_posix()
        try:
            sums[name] = add(archive, path, name)
        except FileNotFoundError:
            # Removed since the folder was listed, so no row names it any more.
            continue
    manifest = {"format": FORMAT, "made_at": at.isoformat(), "sha256": sums}
    written = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size, info.mode, info.mtime = len(written), 0o600, int(at.timestamp())
    archive.addfile(info, io.BytesIO(written))


def files_of(data: Path) -> Iterator[Path]:
    """Yield what belongs into a backup beside the database."""
    for path in sorted(data.rglob("*")):
        inside = path.relative_to(data)
        draft = any(part.startswith(".") for part in inside.parts)
        if inside.parts[0] in LEFT_OUT or draft or inside.parts[0].startswith(SQLITE):
            continue
        if path.is_file() and not path.is_symlink():
            yield path


def add(archive: tarfile.TarFile, path: Path, name: str) -> str:
    """Add the file `path` as `name` and return the checksum of what was added.

    A file that grows while it is read is added as long as it was at the start.
    """
    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = status.st_size, int(status.st_mtime), 0o600
        counted = Counted(file)
        archive.addfile(info, counted)
    return counted.sum.hexdigest()


class Counted:
    """A file that sums up what is read from it."""

    def __init__(self, file: IO[bytes]) -> None:
        """Begin at the file's place."""
        self.file, self.sum = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read and sum up."""
        piece = self.file.read(size)
        self.sum.update(piece)
        return piece


def restore(archive: Path, data: Path, database: dict[str, Any]) -> dict[str, Any]:
    """Bring the backup `archive` back into the new or empty folder `data`; return its manifest.

    Everything is unpacked and checked beside `data` first; a damaged backup leaves nothing.

    Raises:
        ArchiveDamaged: it is no backup, or something in it is missing or changed.
        FolderNotEmpty: `data` holds something.
        ProgramFailed: PostgreSQL's own program failed.
    """
    if data.exists() and any(data.iterdir()):
        raise FolderNotEmpty(data)
    data.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=data.parent, prefix=".restore-"))
    try:
        manifest = unpack(archive, draft)
        check_database(draft, database)
        if data.exists():
            data.rmdir()
        draft.rename(data)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return manifest


def unpack(archive: Path, folder: Path) -> dict[str, Any]:
    """Unpack `archive` into `folder` and compare every checksum."""
    sums: dict[str, str] = {}
    try:
        with tarfile.open(archive, "r|gz") as tar:
            for member in tar:
                sums[member.name] = unpack_one(tar, member, folder)
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        sums.pop(MANIFEST)
        expected = manifest["sha256"]
    except FileNotFoundError as error:
        raise ArchiveDamaged("找不到文件或缺少清单") from error
    except (tarfile.TarError, EOFError, OSError, ValueError, KeyError) as error:
        raise ArchiveDamaged("文件读不完，或不是备份") from error
    if manifest.get("format") != FORMAT:
        raise ArchiveDamaged("由更新的版本制作，请先升级本系统")
    if wrong := sorted(name for name in {*sums, *expected} if sums.get(name) != expected.get(name)):
        raise ArchiveDamaged(f"{len(wrong)} 个文件与清单不符，如 {wrong[0]}")
    (folder / MANIFEST).unlink()
    return manifest


def unpack_one(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> str:
    """Write one member under `folder`, wherever its name would lead, and return its checksum."""
    name = PurePosixPath(member.name)
    if not member.isfile() or name.is_absolute() or ".." in name.parts or "\\" in member.name:
        raise ArchiveDamaged(f"里面有不该有的 {member.name}")
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    source = tar.extractfile(member)
    if source is None:
        raise ArchiveDamaged(f"{member.name} 读不出来")
    counted = Counted(source)
    descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        shutil.copyfileobj(counted, file, CHUNK)
    return counted.sum.hexdigest()


def check_database(folder: Path, database: dict[str, Any]) -> None:
    """See that the database in `folder` can be used; load it if it is PostgreSQL's."""
    wants_sqlite = str(database["ENGINE"]).endswith("sqlite3")
    if (folder / POSTGRESQL).exists():
        if wants_sqlite:
            raise ArchiveDamaged("它出自 PostgreSQL，请先用 YANXIU_DATABASE 指出一个空数据库")
        dump = folder / POSTGRESQL
        call_postgresql("pg_restore", database, "--no-owner", "--exit-on-error",
                        "--single-transaction", str(dump))  # fmt: skip
        dump.unlink()
        return
    if not (folder / SQLITE).exists():
        raise ArchiveDamaged("里面没有数据库")
    if not wants_sqlite:
        raise ArchiveDamaged("它出自 SQLite，请先去掉 YANXIU_DATABASE")
    with closing(sqlite3.connect(folder / SQLITE)) as connection:
        answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if answer != "ok":
        raise ArchiveDamaged("数据库没有通过自检")


def call_postgresql(program: str, database: dict[str, Any], *words: str) -> None:
    """Run one of PostgreSQL's programs on `database`; the password goes by the environment."""
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    given = {names[key]: str(database[key]) for key in names if database.get(key)}
    try:
        subprocess.run(  # noqa: S603
            [program, f"--dbname={database['NAME']}", *words],
            check=True, capture_output=True, text=True, env={**os.environ, **given},
        )  # fmt: skip
    except FileNotFoundError as error:
        raise ProgramFailed(program, "这台机器上没有这个程序") from error
    except subprocess.CalledProcessError as error:
        raise ProgramFailed(program, error.stderr.strip()[-300:]) from error
