"""指导思想, 原则, 思路: sections that are prose as a whole, and come into a plan as they stand."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from yanxiu.planning.reading import ReadDocument

_KINDS = {
    "guiding": re.compile(r"指导思想|指导方针"),
    "principle": re.compile(r"(?:基本|工作|研[修训]|实施)?原则"),
    "approach": re.compile(r"(?:工作|总体|基本|研[修训])思路"),
}
_MARKS = " 　:：、—-"
_SHORTEST = 6


@dataclass(frozen=True)
class Leading:
    """One paragraph of such a section: kind, line, and the words as written."""

    kind: str
    line: int
    text: str


def leading_words(document: ReadDocument, lines: Mapping[int, str]) -> Iterator[Leading]:
    """Yield the paragraphs of a plan's leading sections, by their lines; a summary has none.

    What stands behind the heading on its own line belongs to the section.
    """
    if document.kind != "plan":
        return
    starts = [section.line for section in document.sections]
    for section in document.sections:
        kind = next((k for k, word in _KINDS.items() if word.fullmatch(section.title.strip())), "")
        if not kind:
            continue
        after = min((each for each in starts if each > section.line), default=document.lines[1] + 1)
        behind = lines.get(section.line, "").partition(section.title)[2].strip(_MARKS)
        told = {section.line: behind} if behind else {}
        told |= {n: text.strip() for n, text in lines.items() if section.line < n < after}
        yield from (Leading(kind, n, text) for n, text in told.items() if len(text) >= _SHORTEST)
