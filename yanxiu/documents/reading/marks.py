"""The numbers that people type before headings and items: 一、 （一） 1. (1)、 ① 第一部分."""

import re
from dataclasses import dataclass
from functools import lru_cache

from yanxiu.texts import numerals

_HAN = "[〇零一二三四五六七八九十]{1,3}"
_STYLES = (
    ("chapter", rf"第({_HAN}|\d{{1,2}})(?:章|编|部分|大?项)[\s、.．:：,，]*"),
    ("article", rf"第({_HAN}|\d{{1,3}})条[\s、.．:：,，]*"),
    ("han", rf"({_HAN})\s?[、.．]\s*"),
    ("han-bracket", rf"[(（〔]\s?({_HAN})\s?[)）〕][、.．:：]?\s*"),
    ("decimal", r"(\d{1,2}(?:[.．]\d{1,2}){1,3})(?:[、.．]\s*|\s+)"),
    ("arabic", r"([0-9０-９]{1,2})\s?[、.．](?![0-9０-９])\s*"),
    ("arabic-bracket", r"[(（]\s?([0-9０-９]{1,2})\s?[)）][、.．:：]?\s*"),
    ("arabic-half", r"([0-9０-９]{1,2})[)）][、.．]?\s*"),
    ("circled", r"([①-⑳⑴-⒇⒈-⒛㈠-㈩])[、.．]?\s*"),
    ("letter", r"([a-zA-Z])[.．、)）]\s*(?=[^\sa-zA-Z])"),
)
_MARK = re.compile("|".join(f"(?P<s{i}>{pattern})" for i, (_, pattern) in enumerate(_STYLES)))
_FIRSTS = (("①", 1), ("⑴", 1), ("⒈", 1), ("㈠", 1))


@dataclass(frozen=True, slots=True)
class Mark:
    """A number at the start of a line: its style, value, and how it is printed.

    `length` counts the characters up to the text that it numbers.
    """

    style: str
    ordinal: int
    printed: str
    length: int


def _ordinal(style: str, text: str) -> int:
    if style == "circled":
        first = max(first for first, _ in _FIRSTS if first <= text)
        return ord(text) - ord(first) + 1
    if style == "letter":
        return ord(text.lower()) - ord("a") + 1
    if style == "decimal":
        return int(re.split(r"[.．]", text)[-1])
    return int(numerals.number(text) or 0)


@lru_cache(maxsize=1024)
def read_mark(text: str) -> Mark | None:
    """The number at the start of `text`, or None; 2.5学分 has none."""
    start = len(text) - len(text.lstrip())
    match = _MARK.match(text, start)
    if not match or match.lastgroup is None:
        return None
    style = _STYLES[int(match.lastgroup[1:])][0]
    inner = match[_MARK.groupindex[match.lastgroup] + 1]
    return Mark(style, _ordinal(style, inner), match[0].strip(), match.end())
