"""The blocks of a document one after the other, so that only one is held in memory."""

from collections.abc import Iterator
from typing import cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from yanxiu.documents.reading.refusals import DamagedFile
from yanxiu.documents.reading.word.numbering import W

_CHUNK = 65_536
_DEPTH = 200
_HELD, _MOST = 300_000, 1_500_000
"""So many elements in one paragraph or table, or in all, are an attack; a long book has fewer."""


def body_blocks(markup: bytes) -> Iterator[Element]:
    """Each child of the body; a child is emptied as soon as the next one is asked for.

    Raises:
        DamagedFile: not well-formed, without a body, or beyond all measure.
    """
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    body: Element | None = None
    depth = held = count = 0
    for start in range(0, len(markup) + 1, _CHUNK):
        _feed(parser, markup[start : start + _CHUNK], is_last=start + _CHUNK > len(markup))
        for event, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
            if event == "start":
                depth, held, count = depth + 1, held + 1, count + 1
                if body is None and element.tag == W + "body":
                    body, body_depth = element, depth
                if depth > _DEPTH or held > _HELD or count > _MOST:
                    raise DamagedFile("内容嵌套过深或异常巨大")
                continue
            depth -= 1
            if body is not None and depth == body_depth:
                yield element
                body.clear()
                held = 0
    if body is None:
        raise DamagedFile("找不到正文")


def _feed(parser: "XMLPullParser[Element]", chunk: bytes, *, is_last: bool) -> None:
    try:
        parser.feed(chunk)
        if is_last:
            parser.close()
    except ParseError as error:
        raise DamagedFile("其中的内容不完整") from error
