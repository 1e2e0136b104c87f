"""Tell what kind of file this is, and have it read by who reads that kind."""

from pathlib import PurePath

from yanxiu.documents.outline import Outline
from yanxiu.documents.reading.html import read_html
from yanxiu.documents.reading.refusals import TooLarge, UnreadableFormat
from yanxiu.documents.reading.text import decode, read_text
from yanxiu.documents.reading.word import read_word

MEGABYTE = 1024 * 1024
LIMIT = 20 * MEGABYTE

_ZIP, _OLE, _PDF, _RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF", b"{\\rtf"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "请在 Word 或 WPS 中打开，另存为 docx 后再上传。"


def read(data: bytes, *, name: str) -> Outline:
    """Read `data`, trusting its content more than the ending of its `name`.

    Raises:
        TooLarge: more than 20 MB.
        UnreadableFormat: pdf, doc, rtf, a protected or macro file, or no text at all.
        DamagedFile: a Word file that is broken or that unpacks beyond all measure.
    """
    if len(data) > LIMIT:
        raise TooLarge(len(data) / MEGABYTE, LIMIT // MEGABYTE)
    ending = PurePath(name).suffix.lower()
    if data.startswith(_ZIP):
        return read_word(data)
    _refuse_foreign(data, ending)
    text = decode(data)
    if ending in {".html", ".htm"} or text.lstrip()[:15].lower().startswith(("<!doctype", "<html")):
        return read_html(text)
    return read_text(text)


def _refuse_foreign(data: bytes, ending: str) -> None:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            sentence = "这个文件设有打开密码，无法读取。请先在 Word 或 WPS 中取消密码，再上传。"
            raise UnreadableFormat(sentence)
        sentence = f"这是旧版 Office（如 doc、xls）文件，这里还不能直接读取。{_SAVE_AS}"
        raise UnreadableFormat(sentence)
    if _PDF in data[:1024]:
        sentence = f"这是 PDF 文件，这里还不能可靠地读出其中的段落。{_SAVE_AS}"
        raise UnreadableFormat(sentence)
    if data.startswith(_RTF):
        sentence = f"这是 RTF 文件，这里还不能直接读取。{_SAVE_AS}"
        raise UnreadableFormat(sentence)
    if ending in {".docx", ".docm"}:
        sentence = (
            f"文件名是 {ending}，内容却不是 Word 文档，可能已损坏或只是改了扩展名。{_SAVE_AS}"
        )
        raise UnreadableFormat(sentence)
