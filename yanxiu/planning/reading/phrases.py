"""Sentences, clauses and listed pieces of running text, with marks that belong together kept whole.

A comma inside “ ”, 《 》 or brackets separates nothing; a mark without its partner is a letter like
any other, for real documents lose one of the two.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from yanxiu.texts.quantities import Quantity, find_quantities

_WHOLE = r"“[^“”。]{0,80}”|《[^《》]{0,60}》|[(（][^()（）。]{0,60}[)）]"
_SENTENCE = re.compile(rf"(?:{_WHOLE}|[^。；;！!？?\n])+")
_CLAUSE = re.compile(rf"(?:{_WHOLE}|(?<=\d)[,，](?=\d{{3}})|[^，,。；;！!？?：:\n])+")
_PIECE = re.compile(rf"(?:{_WHOLE}|[^、])+")
_QUOTED = re.compile(r"“([^“”。]{2,40})”")
EDGES = " 　，,。；;:：、\"'‘’"
COUNTING = re.compile(
    r"^(?:第[一二三四五六七八九十]|[1-9][.．、](?!\d)|[一二三四五六七八九十]是|[一二三四五六七八九十]要|首先|其次|再次|再者|然后|随后|最后|此外|另外|同时|以及|并且|还要?)[，,、:：]?"
)
NO_CONTENTS = re.compile(
    r"(?:^|[长任师员处室组校])(?:具体|主要|全面)?负责[^、]{0,12}的"
    r"|一律不|不计入|不予|不得|严禁|禁止|杜绝"
    r"|(?:超过|不足|未满|不满|不到)[^，,]*的$"
    r"|(?:解决|破解|克服|化解)[^，,]*(?:难题|困难|瓶颈|困境)"
)
"""Duties, bans, conditions and hardships: what is named there is nobody's programme."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of a text and where it starts there."""

    text: str
    start: int


@lru_cache(maxsize=256)
def sentences(text: str) -> tuple[Phrase, ...]:
    """The sentences of `text`, without the marks that end them."""
    return tuple(Phrase(match[0], match.start()) for match in _SENTENCE.finditer(text))


@lru_cache(maxsize=256)  # every reader of running text asks for the clauses of each paragraph
def clauses(text: str) -> tuple[Phrase, ...]:
    """The clauses of `text`, without the marks between them."""
    return tuple(Phrase(match[0], match.start()) for match in _CLAUSE.finditer(text))


@lru_cache(maxsize=512)  # quotas, frequencies and rules each ask for the amounts of a clause
def amounts_in(text: str) -> tuple[Quantity, ...]:
    """The quantities of a clause."""
    return tuple(find_quantities(text))


def pieces(text: str) -> list[Phrase]:
    """What 、 separates in `text`."""
    return [Phrase(match[0], match.start()) for match in _PIECE.finditer(text)]


def quoted(text: str) -> list[Phrase]:
    """What stands in quotation marks in `text`, without them."""
    return [Phrase(match[1], match.start(1)) for match in _QUOTED.finditer(text)]


def bare(text: str) -> str:
    """`text` without marks at its edges, nor quotation marks around it or without their partner."""
    text = text.strip(EDGES)
    if text.startswith("“") and (text.find("”") in {-1, len(text) - 1}):
        text = text[1:].removesuffix("”")
    if text.endswith("”") and "“" not in text:
        text = text[:-1]
    return text.strip(EDGES)


def uncounted(text: str) -> str:
    """`text` without a counting word before it: 首先, 一是."""
    return bare(COUNTING.sub("", text.strip()))
