"""Words that would fit any lesson, found so that their writer alone may be asked for a moment."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
_DROP = re.compile(r"[\s，,、。．.：:；;！!？?（）()\[\]【】…—-]+")
_CONCRETE = re.compile(
    r"[0-9０-９]|第[一二三四五六七八九十]+[组题步次环]|[“”「」『』\"]|"
    r"有[个位名]|一[个位名]同?学|当.{2,20}时|比如|例如|譬如|这时|刚才|导入时|练习时|"
    r"问[：:道]|答[：:道]|说[：:]"
)
"""What points at a moment: a number, a quotation, one pupil, a when, an example."""

SHORT = 12
"""A sentence that leaves fewer characters beside stock phrases says nothing of its own."""

MOST = 3
"""No more sentences than this are pointed at: it is a hint, not a marking."""


@dataclass(frozen=True)
class Hint:
    """提示: a sentence that would fit any lesson, and the stock phrases in it."""

    sentence: str
    phrases: tuple[str, ...]


def key(text: str) -> str:
    """Return `text` without spaces and punctuation, for comparing."""
    return _DROP.sub("", text)


def patterns() -> dict[str, str]:
    """Return the patterns of this module, which a browser reads as they stand."""
    return {
        "sentence": _SENTENCE.pattern,
        "drop": _DROP.pattern,
        "concrete": _CONCRETE.pattern,
        "short": str(SHORT),
        "most": str(MOST),
    }


def hints(text: str, phrases: Iterable[str]) -> list[Hint]:
    """Return the sentences of `text` that would fit any lesson, at most three.

    A sentence that points at a moment never is one, whatever else it says.
    """
    wanted = sorted({key(phrase) for phrase in phrases if key(phrase)}, key=len, reverse=True)
    found = []
    for match in _SENTENCE.finditer(text):
        sentence = match.group().strip()
        if not sentence or _CONCRETE.search(sentence):
            continue
        rest, used = key(sentence), []
        for phrase in wanted:
            if phrase in rest:
                rest = rest.replace(phrase, "")
                used.append(phrase)
        if used and len(rest) < SHORT:
            found.append(Hint(sentence, tuple(used)))
    return found[:MOST]
