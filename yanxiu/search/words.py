"""Words as they are indexed and asked for: bigrams of Han, whole words of everything else.

One of Han runs is asked for as a phrase of its bigrams, so a word of any length is found exactly;
a single character is asked for as the beginning of a bigram, for each run ends with its last
character alone.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from yanxiu.texts.keys import simplified
from yanxiu.texts.radicals import repair

_HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
_RUNS = re.compile(rf"([{_HAN}]+)|((?:(?![{_HAN}])[^\W_])+)")
MOST_WORDS = 8
LONGEST_WORD = 40
"""Letters of a word that are looked for; a whole sentence is found by its beginning."""


def plain(text: str) -> str:
    """Return `text` in the form that is compared, letter for letter: the length stays."""
    quick = simplified(unicodedata.normalize("NFKC", repair(text)).lower())
    if len(quick) == len(text):
        return quick
    letters = "".join(unicodedata.normalize("NFKC", each)[0] for each in repair(text))
    lower = "".join(low if len(low := each.lower()) == 1 else each for each in letters)
    whole = simplified(lower)
    if len(whole) == len(text):
        return whole
    return "".join(simplified(each)[0] for each in lower)


def tokens(text: str) -> list[str]:
    """Return the tokens of `text` in their order."""
    found: list[str] = []
    for han, other in _RUNS.findall(plain(text)):
        if other:
            found.append(other)
            continue
        found.extend(one + two for one, two in pairwise(han))
        found.append(han[-1])
    return found


@dataclass(frozen=True)
class Word:
    """One word that was asked for: tokens in a row, the last perhaps only begun."""

    text: str
    tokens: tuple[str, ...]
    begins: bool


def asked(query: str) -> list[Word]:
    """Return the words of a query, each once; what is neither letter nor digit parts them."""
    found: dict[str, Word] = {}
    for han, other in _RUNS.findall(plain(query)):
        if other:
            word = Word(other, (other[:LONGEST_WORD],), begins=not other.isdigit())
        elif len(han) == 1:
            word = Word(han, (han,), begins=True)
        else:
            short = han[:LONGEST_WORD]
            word = Word(short, tuple(one + two for one, two in pairwise(short)), begins=False)
        found.setdefault(word.text, word)
    return list(found.values())[:MOST_WORDS]
