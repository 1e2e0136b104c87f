"""The title of a document where it does not stand alone: before years, or under its unit."""

import re
from collections.abc import Mapping
from dataclasses import replace

from yanxiu.documents.reading.parts import Part, is_title

_SPAN = re.compile(r"\s*[(（][^()（）]{2,24}[)）]$")
_SAYS = re.compile(r"计划|总结|规划|方案|要点|小结|报告|汇报|安排")
_UNIT = re.compile(r"(?:学校|小学|中学|幼儿园|校|园|组|中心|[处室])$")
_LONGEST, _OPENING = 60, 3


def titled(part: Part, plain: Mapping[int, str]) -> Part:
    """Give `part` with the title a reader would give it.

    A first line that is a title but for the years in brackets after it is the title. Of two title
    lines the one that says what the document is goes before the name of the school or group.
    """
    if not part.title and part.lines:
        first = part.lines[0]
        text = first.text.strip()
        alone = replace(first, text=_SPAN.sub("", text))
        if len(text) <= _LONGEST and alone.text != text and is_title(alone):
            return replace(part, title=text, title_line=first.number, lines=part.lines[1:])
        below = next((line for line in part.lines[1:_OPENING] if is_title(line)), None)
        if below is not None:  # the first sentence of the text was set above its title
            rest = tuple(line for line in part.lines if line is not below)
            title = below.text.strip()
            return replace(part, title=title, title_line=below.number, lines=rest)
    if part.title and not _SAYS.search(part.title):
        return _swapped(part, plain)
    return part


def _swapped(part: Part, plain: Mapping[int, str]) -> Part:
    """The unit's name above the title is a header; a motto above a subtitle stays the title."""
    for header in part.headers:
        if _SAYS.search(header) and _UNIT.search(part.title):
            lines = range(part.first, part.last + 1)
            number = next((n for n in lines if plain.get(n) == header), part.title_line)
            rest = tuple(each for each in part.headers if each != header)
            return replace(part, title=header, title_line=number, headers=(part.title, *rest))
    return part
