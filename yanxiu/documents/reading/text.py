"""Read plain text: UTF-8, UTF-16 with its mark, or GB18030."""

import codecs
import re

from yanxiu.documents.outline import Line, Outline
from yanxiu.documents.reading.refusals import UnreadableFormat
from yanxiu.texts.radicals import repair

# Not str.splitlines: it also breaks at characters that stand inside lines, such as U+2028.
_BREAK = re.compile(r"\r\n|\n|\r")
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ue000-\uf8ff\ufffd]")


def decode(data: bytes) -> str:
    """Give the text of `data`.

    Raises:
        UnreadableFormat: it is no text in any of these encodings.
    """
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Random bytes often pass as GB18030; controls and private characters betray them.
        if len(_NO_TEXT.findall(text)) <= len(text) // 200:
            return text
    raise UnreadableFormat(
        "这个文件不是文字文件，或者用了认不出的编码，没有读取。"
        "请用记事本打开并以 UTF-8 编码另存，或在 Word 中另存为 docx 后再上传。"
    )


def read_text(text: str) -> Outline:
    """Give each line of `text` under its number."""
    lines = _BREAK.split(repair(text))
    return Outline(tuple(Line(number, line.rstrip()) for number, line in enumerate(lines, 1)))
