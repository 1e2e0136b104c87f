"""Reading an answer sentence by sentence: what may be taken, and why the rest may not."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from yanxiu.reports.drafting.amounts import amounts
from yanxiu.reports.drafting.names import Known, find
from yanxiu.reports.drafting.request import Request
from yanxiu.reports.drafting.tokens import BARE, TOKEN, reveal
from yanxiu.texts.keys import key

LONGEST_ANSWER = 8000
LONGEST_SENTENCE = 400
MOST_SENTENCES = 120

_END = re.compile(r"[。！？!?…]+[”’」』》）)\"]*")
_MARKUP = re.compile(r"^(?:\s|#+\s|[-*+•·>]\s|```\w*|\*\*)+")
_LINKS = re.compile(r"[<>]|&[#\w]+;|\]\(|://|www\.|`", re.IGNORECASE)
_QUOTED = re.compile(
    r"《[^《》]*》|〈[^〈〉]*〉|“[^“”]*”|‘[^‘’]*’|「[^「」]*」|『[^『』]*』|\"[^\"]*\""
)
_QUOTES = re.compile(r"[《》〈〉“”‘’「」『』\"]")
_GAPS = re.compile(r"_{2,}|＿+|[×ＸｘＸ]{1,}|[□○]{1,}|待补|某某|[（(]\s*[)）]|【|】")
_THOUGHTS = re.compile(r"^\s*<think>.*?</think>", re.DOTALL)
_OPEN = re.compile(r"[〔〕]")
_PLACE = "\ue000"
"""Stands where a token stood; no answer has it, for `visible` takes it away."""


@dataclass(frozen=True)
class Checked:
    """One sentence of an answer.

    Attributes:
        written: as it came, with tokens.
        text: with the names put back.
        refusals: why it may not be taken, each a sentence; empty if it may.
    """

    written: str
    text: str
    refusals: tuple[str, ...]


def check(answer: str, request: Request, known: Known) -> list[Checked]:
    """Return the sentences of `answer`, each with what speaks against it."""
    judge = _Judge(request, known)
    found = [
        Checked(one, reveal(one, request.table), tuple(judge.refusals(one)))
        for one in sentences(answer)
    ]
    return found[:MOST_SENTENCES]


def sentences(answer: str) -> list[str]:
    """Return the sentences of `answer` in order, without marks of lists."""
    shown = _THOUGHTS.sub("", visible(answer)[: LONGEST_ANSWER * 2])[:LONGEST_ANSWER]
    found = []
    for line in shown.splitlines():
        rest = _MARKUP.sub("", line).replace("**", "").strip()
        at = 0
        for match in _END.finditer(rest):
            found.append(rest[at : match.end()].strip())
            at = match.end()
        found.append(rest[at:].strip())
    return [one for one in found if any(char.isalnum() for char in one)]


def visible(text: str) -> str:
    """Return `text` without characters that are not seen or turn the direction."""
    lines = re.sub(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\n", text)
    return "".join(
        " " if char in "\t\u00a0\u3000" else char
        for char in lines
        if char in "\n\t" or not unicodedata.category(char).startswith("C")
    )


class _Judge:
    def __init__(self, request: Request, known: Known) -> None:
        self.request, self.known = request, known
        self.given = request.given
        self.text = request.text
        self.bare = TOKEN.sub(_PLACE, self.text)
        self.key = key(self.text)
        self.foreign = {one.lower() for one in _foreign(self.text)}

    def refusals(self, sentence: str) -> Iterator[str]:
        """Yield every reason against `sentence`."""
        bare = TOKEN.sub(_PLACE, sentence)
        if len(sentence) > LONGEST_SENTENCE:
            yield "这一句太长，没有逐一核对。"
            return
        if _LINKS.search(bare):
            yield "带有网址或网页代码。"
            return
        if _GAPS.search(bare):
            yield "带有没填的占位符。"
        yield from self._wrong_tokens(sentence, bare)
        yield from self._amounts(sentence)
        yield from self._quoted(sentence)
        yield from self._names(sentence)
        for word in dict.fromkeys(_foreign(bare)):
            if word.lower() not in self.foreign:
                yield f"“{word}”是送出的内容里没有的外文或符号。"

    def _wrong_tokens(self, sentence: str, bare: str) -> Iterator[str]:
        for match in TOKEN.finditer(sentence):
            if match[0] not in self.request.table:
                yield f"代号“{match[0]}”不是送出的代号。"
        for match in BARE.finditer(bare):
            if match[0] not in self.bare:
                yield f"代号“{match[0]}”写得不完整，不知道指谁。"
        if _OPEN.search(bare):
            yield "代号的括号不成对。"

    def _amounts(self, sentence: str) -> Iterator[str]:
        spans = [match.span() for match in TOKEN.finditer(sentence)]
        for one in amounts(sentence, spans):
            if not one.is_in(self.given):
                yield f"“{sentence[one.start : one.end]}”不是给出的数。"

    def _quoted(self, sentence: str) -> Iterator[str]:
        rest = sentence
        for match in _QUOTED.finditer(sentence):
            inside = match[0][1:-1]
            if key(inside) not in self.key:
                yield f"“{inside}”是送出的内容里没有的名称或引语。"
            rest = rest.replace(match[0], "", 1)
        if _QUOTES.search(rest):
            yield "引号或书名号不成对。"

    def _names(self, sentence: str) -> Iterator[str]:
        bare = TOKEN.sub(_PLACE, sentence)
        for one in find(bare, self.known):
            name = bare[one.start : one.end]
            if name not in self.text:
                yield f"“{name}”是送出的内容里没有的人、单位或号码。"


def _foreign(text: str) -> list[str]:
    """Return the words in letters other than Chinese, and signs that are no punctuation."""
    found, word = [], ""
    for char in text:
        if _is_foreign(char):
            word += char
        elif word:
            found.append(word)
            word = ""
    return [*found, word] if word else found


def _is_foreign(char: str) -> bool:
    category = unicodedata.category(char)
    if category[0] in "LM":
        return not _is_han(char)
    # Signs such as ☎ or 💯 say something that nobody gave.
    return category in {"So", "Sk", "Co"} and char != _PLACE


def _is_han(char: str) -> bool:
    return unicodedata.name(char, "").startswith("CJK UNIFIED IDEOGRAPH") or char in "々〇"
