"""Open the package of a Word file with bounded memory and nothing active inside."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from yanxiu.documents.reading.refusals import DamagedFile, UnreadableFormat

_MEMBERS = 5_000
_UNPACKED = 200 * 1024 * 1024
_PART = 40 * 1024 * 1024
_BODY = "word/document.xml"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TARGET = re.compile(
    rb'<Relationship (?=[^>]*Type="[^"]*/officeDocument")[^>]*Target="/?(word/[^"]{1,80}\.xml)"'
)
_MACROS = ("vbaproject.bin", "vbadata.xml")


@contextmanager
def open_package(data: bytes) -> Iterator[zipfile.ZipFile]:
    """Open a Word package.

    Raises:
        DamagedFile: broken, or it would unpack to far more than a document needs.
        UnreadableFormat: another kind of file in a zip, or one with macros.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check(package)
            yield package
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise DamagedFile("压缩包已损坏或加了密") from error


def _check(package: zipfile.ZipFile) -> None:
    members = package.infolist()
    if len(members) > _MEMBERS or sum(member.file_size for member in members) > _UNPACKED:
        raise DamagedFile("解开后的内容异常巨大")
    names = {member.filename.lower() for member in members}
    if body_name(package).lower() not in names:
        raise UnreadableFormat(
            "这个文件不是 Word 文档（可能是 Excel、幻灯片或压缩包），没有读取。"
            "计划和总结请存为 docx 或 txt 后再上传。"
        )
    if any(name.endswith(_MACROS) for name in names) or b"macroEnabled" in part(
        package, "[Content_Types].xml"
    ):
        raise UnreadableFormat(
            "这个 Word 文件带有宏，为了安全没有读取。"
            "请在 Word 或 WPS 中另存为不含宏的 docx 后再上传。"
        )


def body_name(package: zipfile.ZipFile) -> str:
    """The name of the part that holds the text; some programs do not call it document.xml."""
    found = _TARGET.search(part(package, "_rels/.rels"))
    return found[1].decode("ascii", "replace") if found else _BODY


def part(package: zipfile.ZipFile, name: str) -> bytes:
    """The markup of one part, empty if there is none.

    Raises:
        DamagedFile: it is too large, or it declares entities of its own.
    """
    try:
        info = package.getinfo(name)
    except KeyError:
        return b""
    if info.file_size > _PART:
        raise DamagedFile("正文异常巨大")
    markup = package.read(info)
    # Word never writes a document type or UTF-16; both are ways to smuggle in entities.
    head = markup.removeprefix(b"\xef\xbb\xbf").lstrip()[:2]
    entities = b"<!DOCTYPE" in markup or b"<!ENTITY" in markup
    if entities or head[:1] != b"<" or head[1:] == b"\x00":
        raise DamagedFile("其中含有不安全的外部定义")
    return markup.replace(_STRICT, _USUAL)
