"""The package of a template: opened with care, written always the same way."""

import io
import re
import zipfile
from collections.abc import Iterable

from yanxiu.documents.reading.opening import LOCKED, is_locked
from yanxiu.documents.reading.refusals import DamagedFile, TooLarge, UnreadableFormat
from yanxiu.documents.reading.word.package import body_name, open_package, part
from yanxiu.kernel.refusals import Refusal

LIMIT_MB = 10
MOMENT = (2000, 1, 1, 0, 0, 0)
TEXT_LIMIT = 4 * 1024 * 1024
"""More markup than this in one part is no form of a school."""

MAIN = "word/document.xml"
_FILLED = re.compile(r"^word/(document|header\d*|footer\d*|footnotes)\.xml$")
_UNFILLED = re.compile(r"^word/(endnotes|comments\w*|glossary/.+)\.xml$")
_EXTERNAL = re.compile(rb"<Relationship\b[^>]*TargetMode=\"External\"[^>]*>", re.IGNORECASE)
_LINK = re.compile(rb'Type="[^"]*/hyperlink"')
_HARMLESS = re.compile(rb'Target="(https?:|mailto:|#)', re.IGNORECASE)
_FETCHING = re.compile(
    r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE|MACROBUTTON)\b"
)
_ACTIVE = re.compile(r"/(embeddings|activex|ctrlprops)/|\.(bin|ole|exe|js|vbs)$", re.IGNORECASE)
_CHUNK = re.compile(rb'Type="[^"]*/(aFChunk|attachedTemplate|oleObject|control|frame)"')
_INSTRUCTION = re.compile(
    r"<w:instrText[^>]*>([^<]*)</w:instrText>|<w:fldSimple[^>]*w:instr=\"([^\"]*)\""
)


class UnsafeTemplate(Refusal):
    """A template that would fetch or run something."""

    code = "template-unsafe"

    def __init__(self, what: str) -> None:
        """Name what stands in it."""
        super().__init__(
            f"这个模板里有{what}，为了安全没有保存。"
            "请在 Word 或 WPS 里删去它，另存为 docx 后再上传。"
        )


def open_template(data: bytes) -> dict[str, bytes]:
    """Return the parts of a template by name, in the order of the package.

    Raises:
        TooLarge: more than 10 MB.
        UnreadableFormat: not a docx, or one with a password or macros.
        DamagedFile: broken, or it unpacks beyond all measure.
        UnsafeTemplate: it links to, or embeds, what is not its own text and pictures.
    """
    if len(data) > LIMIT_MB * 1024 * 1024:
        raise TooLarge(len(data) / 1024 / 1024, LIMIT_MB)
    if is_locked(data):
        raise UnreadableFormat(LOCKED)
    if not data.startswith(b"PK\x03\x04"):
        raise UnreadableFormat(
            "模板要用 docx 格式，这个文件不是，没有保存。"
            "请在 Word 或 WPS 里打开，另存为“Word 文档（*.docx）”后再上传。"
        )
    with open_package(data) as package:
        if body_name(package) != MAIN:
            raise DamagedFile("正文不在通常的位置")
        names = [one.filename for one in package.infolist() if not one.is_dir()]
        parts = {name: _read(package, name) for name in names}
    _refuse_active(parts)
    return parts


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    if name.endswith((".xml", ".rels")):
        markup = part(package, name)
        if _FILLED.match(name) and len(markup) > TEXT_LIMIT:
            raise DamagedFile("正文异常巨大，不像一份模板")
        return markup
    return package.read(name)


def _refuse_active(parts: dict[str, bytes]) -> None:
    if any(_ACTIVE.search(f"/{name}") for name in parts):
        raise UnsafeTemplate("嵌入的对象或控件")
    for name, markup in parts.items():
        if name.endswith(".rels"):
            if _CHUNK.search(markup):
                raise UnsafeTemplate("外接的模板、对象或另一份文档")
            for found in _EXTERNAL.findall(markup):
                if not (_LINK.search(found) and _HARMLESS.search(found)):
                    raise UnsafeTemplate("链接到文件外面的内容")
        elif name.endswith(".xml") and name.startswith("word/"):
            # An instruction may be cut into many pieces; they are read as one.
            pieces = _INSTRUCTION.findall(markup.decode("utf-8", "replace"))
            if _FETCHING.search("".join(one + other for one, other in pieces).upper()):
                raise UnsafeTemplate("会自动取外部内容的域")


def filled_parts(parts: Iterable[str]) -> list[str]:
    """Return the parts in which fields are filled, the text first."""
    return sorted(filter(_FILLED.match, parts), key=lambda name: (name != MAIN, name))


def unfilled_parts(parts: Iterable[str]) -> list[str]:
    """Return the parts with text in which fields are not filled."""
    return sorted(filter(_UNFILLED.match, parts))


def place_name(part_name: str) -> str:
    """Return what people call the part."""
    for begins, name in (
        ("word/header", "页眉"), ("word/footer", "页脚"), ("word/footnotes", "脚注"),
        ("word/endnotes", "尾注"), ("word/comments", "批注"), ("docProps", "文档属性"),
        ("word/glossary", "构建基块"),
    ):  # fmt: skip
        if part_name.startswith(begins):
            return name
    return "正文"


def pack(parts: dict[str, bytes]) -> bytes:
    """Return a package with a fixed moment on all its parts, so that equal content is equal."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            fixed = zipfile.ZipInfo(name, MOMENT)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.create_system = 3
            target.writestr(fixed, content)
    return buffer.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package that the house itself has made."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}
