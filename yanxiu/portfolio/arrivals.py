"""Reading the archive of a growth file, distrustfully."""

import hashlib
import json
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from yanxiu.portfolio.documents.growth_file.archive import DATA, ORIGINALS, SUMS
from yanxiu.portfolio.documents.growth_file.schema import FORMAT
from yanxiu.portfolio.refusals import NotAGrowthFile, Tampered

LIMIT: Final = 1024**3
"""How many bytes the unpacked archive may have."""
FILE_LIMIT: Final = 200 * 1024**2
DATA_LIMIT: Final = 64 * 1024**2
MOST_LEAVES: Final = 50_000
LINE: Final = re.compile(r"([0-9a-f]{64})  (.+)")
CHUNK: Final = 1024**2
MOST_MINUTES: Final = 1_000_000


@dataclass(frozen=True)
class Original:
    """One file of a leaf."""

    path: str
    name: str
    sha256: str


@dataclass(frozen=True)
class Brought:
    """One leaf of the archive."""

    key: UUID
    category: str
    on: date
    title: str
    part: str
    minutes: int | None
    amount: str
    told: dict[str, Any]
    files: tuple[Original, ...]


class Reader:
    """An archive whose every file has the checksum that it claims."""

    def __init__(self, path: Path) -> None:
        """Open and check all of it.

        Raises:
            NotAGrowthFile: it is none, is too large, or is of a newer form.
            Tampered: a file in it is missing, changed, or was added.
        """
        try:
            self._zip = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile) as error:
            raise NotAGrowthFile("不是压缩包，或下载不完整") from error
        sizes = [one.file_size for one in self._zip.infolist()]
        if sum(sizes) > LIMIT or max(sizes, default=0) > FILE_LIMIT or len(sizes) > MOST_LEAVES:
            raise NotAGrowthFile("展开后太大")
        sums = self._sums()
        for name in self._zip.namelist():
            if name != SUMS and not name.endswith("/") and name not in sums:
                raise Tampered(name, "不在校验清单里")
        for name, digest in sums.items():
            self._check(name, digest)
        self.files_checked = len(sums)
        listed = json.dumps(sorted(sums.items()))
        self.sha256 = hashlib.sha256(listed.encode()).hexdigest()
        self.data = self._data(sums)

    def _sums(self) -> dict[str, str]:
        try:
            text = self._zip.read(SUMS).decode()
        except (KeyError, ValueError, OSError, zipfile.BadZipFile, RuntimeError) as error:
            raise NotAGrowthFile(f"里面没有 {SUMS}") from error
        found = {}
        for line in text.splitlines():
            match = LINE.fullmatch(line)
            if match is None:
                raise Tampered(SUMS, "里有一行读不懂")
            found[match[2]] = match[1]
        return found

    def _check(self, name: str, expected: str) -> None:
        digest = hashlib.sha256()
        try:
            with self._zip.open(name) as file:
                while chunk := file.read(CHUNK):
                    digest.update(chunk)
        except KeyError as error:
            raise Tampered(name, "不见了") from error
        except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            raise Tampered(name, "读不出来") from error
        if digest.hexdigest() != expected:
            raise Tampered(name, "与校验值不符")

    def _data(self, sums: dict[str, str]) -> dict[str, Any]:
        if DATA not in sums or self._zip.getinfo(DATA).file_size > DATA_LIMIT:
            raise NotAGrowthFile(f"里面没有 {DATA}，或它太大")
        try:
            data = json.loads(self._zip.read(DATA))
            kind, version = data["kind"], data["format"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise NotAGrowthFile(f"{DATA} 读不懂") from error
        if kind != "yanxiu-growth-file" or version != FORMAT:
            raise NotAGrowthFile(f"格式是 {version}，本系统读第 {FORMAT} 版")
        return dict(data)

    @property
    def origin(self) -> str:
        """The school in which it was made."""
        return str(self.data.get("origin", ""))[:120]

    @property
    def person_name(self) -> str:
        """Whose file it says it is."""
        teacher = self.data.get("teacher")
        return str(teacher.get("name", ""))[:40] if isinstance(teacher, dict) else ""

    def made_on(self) -> date:
        """The day on which it was made."""
        try:
            return date.fromisoformat(str(self.data["made_on"]))
        except (KeyError, ValueError) as error:
            raise NotAGrowthFile("没有写明制作日期") from error

    def leaves(self) -> list[Brought]:
        """Return all leaves, each checked for its form.

        Raises:
            NotAGrowthFile: one of them cannot be read.
        """
        try:
            rows = [row for term in self.data["terms"] for row in term["leaves"]]
            if len(rows) > MOST_LEAVES:
                raise NotAGrowthFile("条目太多")
            return [_brought(row) for row in rows]
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise NotAGrowthFile("有一条内容读不懂") from error

    def original(self, one: Original) -> bytes:
        """Return the bytes of a file; it was listed and has its checksum."""
        if not one.path.startswith(ORIGINALS):
            raise Tampered(one.path, "不在附件里")
        try:
            data = self._zip.read(one.path)
        except KeyError as error:
            raise Tampered(one.path, "不见了") from error
        if hashlib.sha256(data).hexdigest() != one.sha256:
            raise Tampered(one.path, "与校验值不符")
        return data


def _brought(row: dict[str, Any]) -> Brought:
    minutes = row["minutes"]
    if minutes is not None and not 0 <= int(minutes) <= MOST_MINUTES:
        raise ValueError
    return Brought(
        key=UUID(row["key"]),
        category=str(row["category"])[:40],
        on=date.fromisoformat(row["on"]),
        title=str(row["title"])[:200],
        part=str(row["part"])[:40],
        minutes=None if minutes is None else int(minutes),
        amount=str(row["amount"])[:120],
        told={
            "facts": [[str(name), str(text)] for name, text in row["facts"]],
            "texts": [[str(name), str(text)] for name, text in row["texts"]],
            "tables": [_table(one) for one in row["tables"]],
        },
        files=tuple(
            Original(str(one["path"]), str(one["name"]), str(one["sha256"])) for one in row["files"]
        ),
    )


def _table(told: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": str(told["name"]),
        "head": [str(one) for one in told["head"]],
        "rows": [[str(cell) for cell in row] for row in told["rows"]],
    }
