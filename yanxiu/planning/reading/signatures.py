"""The signature below a document: who wrote it, and the day."""

import re

from yanxiu.documents.reading.paragraphs import Paragraph
from yanxiu.planning.reading.numbering import mark_of

_SIGNED = re.compile(
    r"[^，。；：、]{2,24}(?:处|室|组|校|园|小学|中学|局|部|中心|初中|高中|教办)"
    r"|(?:\d{4}|[二〇○零一三四五六七八九]{4})年\d{1,2}月(?:\d{1,2}[日号])?|\d{4}[.．/-]\d{1,2}[.．/-]\d{1,2}"
    r"|[二〇○零一三四五六七八九]{4}年.{2,8}"
)
_SIGNATURE = 3


def unsigned(blocks: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """The paragraphs without the signature below them: who wrote this, and the day."""
    kept = len(blocks)
    while kept > len(blocks) - _SIGNATURE and kept > _SIGNATURE:
        block = blocks[kept - 1]
        if block.lines[0].cells or mark_of(block.text) or not _is_signature(block.text):
            break
        kept -= 1
    dated = any(re.match(r"[\d二]", block.text) for block in blocks[kept:])
    above = blocks[kept - 1].text if kept else ""
    alone = kept < len(blocks) and not dated and not above.endswith(("。", "！", "；"))
    return blocks if alone and not _names_school(blocks[kept:]) else blocks[:kept]


def _is_signature(text: str) -> bool:
    return all(_SIGNED.fullmatch(part) for part in re.split(r"[ \u3000]{1,}", text.strip()))


def _names_school(blocks: tuple[Paragraph, ...]) -> bool:
    return any(re.search(r"小学|中学|学校|幼儿园|中心校", block.text) for block in blocks)
