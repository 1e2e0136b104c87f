"""Tell what kind of file this is, and have it read by who reads that kind."""

import re
from dataclasses import dataclass
from pathlib import PurePath

from yanxiu.documents.outline import Outline
from yanxiu.documents.reading.html import read_html
from yanxiu.documents.reading.markdown import read_markdown
from yanxiu.documents.reading.office import read_with_office
from yanxiu.documents.reading.pdf import PAGES, read_pdf
from yanxiu.documents.reading.refusals import TooLarge, TooMuch, UnreadableFormat
from yanxiu.documents.reading.text import decode, read_text
from yanxiu.documents.reading.word import read_word

MEGABYTE = 1024 * 1024
LIMIT = 20 * MEGABYTE
CHARACTERS = 1_000_000
"""Some 800 pages; what is longer is no plan and no summary."""
_LINES = 60_000

_ZIP, _OLE, _PDF, _RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-", b"{\\rtf"
_FLAT_WORD = re.compile(rb"<\?mso-application progid=\"Word|<w:wordDocument|<pkg:package")
_SAVE_AS = "请在 Word 或 WPS 中打开，另存为 docx 后再上传。"
_LARGE = 2 * MEGABYTE


def _name(text: str) -> bytes:
    """The name of a stream as the directory of an old Office file spells it."""
    return text.encode("utf-16-le")


LOCKED = "这个文件设有打开密码，无法读取。请先在 Word 或 WPS 中取消密码，再上传。"
_LOCK = _name("EncryptedPackage")
_OLD_REFUSED = (
    (_LOCK, LOCKED),
    (
        _name("_VBA_PROJECT"),
        f"这个旧版 Office 文件带有宏，为了安全没有读取。{_SAVE_AS}",
    ),
)


@dataclass(frozen=True, slots=True)
class Old:
    """A kind of document that only LibreOffice reads: its ending, and what to call it."""

    ending: str
    title: str


_DOC, _RICH, _FLAT = Old("doc", "旧版 Word（doc）"), Old("rtf", "RTF"), Old("xml", "Word XML")


def read(data: bytes, *, name: str) -> Outline:
    """Read `data`, trusting its content more than the ending of its `name`.

    Raises:
        TooLarge: more than 20 MB.
        TooMuch: small, but more work than any plan or summary can be.
        UnreadableFormat: protected, with macros, scanned, of a foreign kind, or no text at all;
            doc and rtf without LibreOffice.
        DamagedFile: a Word file that is broken or that unpacks beyond all measure.
    """
    if len(data) > LIMIT:
        raise TooLarge(len(data) / MEGABYTE, LIMIT // MEGABYTE)
    outline = _read(data, name)
    if sum(len(line.text) for line in outline.lines) > CHARACTERS:
        raise TooMuch(PAGES)
    return outline


def _read(data: bytes, name: str) -> Outline:
    if data.startswith(_ZIP):
        return read_word(data)
    if _PDF in data[:1024]:
        return read_pdf(data)
    old = _old(data)
    if old is not None:
        return read_with_office(data, old.ending, old.title)
    return _read_text(data, PurePath(name).suffix.lower())


def is_locked(data: bytes) -> bool:
    """Whether `data` is a Word file that opens with a password alone."""
    return data.startswith(_OLE) and _LOCK in data


def takes_patience(data: bytes) -> bool:
    """Whether reading `data` may take seconds, so that it belongs into a job and not a page."""
    return (
        len(data) > _LARGE or _PDF in data[:1024] or data.startswith((_OLE, _RTF))
        or _FLAT_WORD.search(data[:4096]) is not None
    )  # fmt: skip


def _old(data: bytes) -> Old | None:
    if data.startswith(_RTF):
        return _RICH
    if not data.startswith(_OLE):
        return _FLAT if _FLAT_WORD.search(data[:4096]) else None
    for sign, sentence in _OLD_REFUSED:
        if sign in data:
            raise UnreadableFormat(sentence)
    if _name("WordDocument") not in data:
        sentence = f"这是旧版 Office 文件，但不是文档（可能是表格或幻灯片），没有读取。{_SAVE_AS}"
        raise UnreadableFormat(sentence)
    return _DOC


def _read_text(data: bytes, ending: str) -> Outline:
    if ending in {".docx", ".docm"}:
        sentence = (
            f"文件名是 {ending}，内容却不是 Word 文档，可能已损坏或只是改了扩展名。{_SAVE_AS}"
        )
        raise UnreadableFormat(sentence)
    text = decode(data)
    start = text.lstrip()[:200].lower()
    # Web systems often export a page under the name of a Word document.
    if ending in {".html", ".htm"} or start.startswith(("<!doctype html", "<html")):
        return read_html(text)
    if len(text) > CHARACTERS or text.count("\n") + text.count("\r") > _LINES:
        raise TooMuch(PAGES)
    return read_markdown(text) if ending in {".md", ".markdown"} else read_text(text)
