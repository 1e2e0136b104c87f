"""The shape of the archive: its names, its values, and reading it safely."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from yanxiu.kernel.refusals import Refusal

FORMAT = 1
MANIFEST = "manifest.json"
FILES = "files/"
LIMIT = 4 * 1024**3
"""How large, in bytes, the unpacked archive may be."""


class NotASchool(Refusal):
    """A file is no archive of a school, or a damaged one."""

    code = "not-a-school-archive"

    def __init__(self, path: Path, why: str) -> None:
        """Name the file and what is wrong with it."""
        super().__init__(
            f"“{path.name}”不能当作学校搬家包读入（{why}），什么都没有写入。"
            "请在原来的系统里用 yanxiu export 重新导出一份。"
        )


def said(value: Any) -> Any:
    """Return `value` as JSON can keep it, without loss."""
    match value:
        case Decimal():
            return format(value.normalize(), "f")
        case UUID():
            return str(value)
        case datetime():
            return value.isoformat()
        case date() | time():
            return value.isoformat()
        case _:
            return value


def line(row: dict[str, Any]) -> bytes:
    """Return one line of a file of rows."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def name_of(label: str) -> str:
    """Return the file of the model `label`."""
    return f"rows/{label}.jsonl"


class Reader:
    """An archive that has been checked: every file is there and has its checksum."""

    def __init__(self, path: Path) -> None:
        """Open and check.

        Raises:
            NotASchool: it is not an archive of ours, is damaged, or is too new for this version.
        """
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
            self.manifest: dict[str, Any] = json.loads(self._zip.read(MANIFEST))
            checksums = dict(self.manifest["checksums"])
            version = self.manifest["format"]
        except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
            raise NotASchool(path, "不是搬家包，或下载不完整") from error
        if version != FORMAT:
            raise NotASchool(path, f"格式是第{version}版，本系统读第{FORMAT}版")
        if sum(info.file_size for info in self._zip.infolist()) > LIMIT:
            raise NotASchool(path, "展开后太大")
        for name, expected in checksums.items():
            self._check(name, str(expected))

    def _check(self, name: str, expected: str) -> None:
        digest = hashlib.sha256()
        try:
            with self._zip.open(name) as file:
                while chunk := file.read(1024 * 1024):
                    digest.update(chunk)
        except (KeyError, zipfile.BadZipFile, OSError) as error:
            raise NotASchool(self.path, f"缺少或损坏：{name}") from error
        if digest.hexdigest() != expected:
            raise NotASchool(self.path, f"内容与清单不符：{name}")

    def rows(self, label: str) -> Iterator[dict[str, Any]]:
        """Yield the rows of one model in their order; none if the archive has no such model."""
        if name_of(label) not in self.manifest["checksums"]:
            return
        with self._zip.open(name_of(label)) as file:
            for number, text in enumerate(file, start=1):
                try:
                    yield json.loads(text)
                except ValueError as error:
                    raise NotASchool(self.path, f"{label} 第{number}行读不出") from error

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield each attached file as its SHA-256 and its bytes."""
        for name in self.manifest["checksums"]:
            if name.startswith(FILES):
                yield name.removeprefix(FILES), self._zip.read(name)
