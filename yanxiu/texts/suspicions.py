"""Places in a text that look like slips of the pen or of a program: asked about, never changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yanxiu.texts.keys import simplified, traditional
from yanxiu.texts.slips import CONTEXTS, CONVERSIONS, SWAPPED, WORDS

_SWAPPED_ENOUGH = 3
_WORDS = re.compile("|".join(sorted(map(re.escape, WORDS), key=len, reverse=True)))
_CONTEXTS = tuple((re.compile(pattern), suggested, why) for pattern, suggested, why in CONTEXTS)
_CONVERSIONS = tuple((re.compile(pattern), meant) for pattern, meant in CONVERSIONS)
_SWAPPED = tuple((re.compile(pattern), meant) for pattern, meant in SWAPPED)
_DOUBLED = re.compile(r"([一-鿿]{2,4})\1")
# What is said twice on purpose: 讨论讨论, 一步一步, 很多很多; and 各教研组教研组长.
_TWICE = re.compile(
    r"[一两逐很太更再越边又同].|.(?:一|两)|(.)[一了]\1|.*[每各].*|研究|讨论|学习|交流|商量|商议|商讨|探讨|思考|考虑|反思|琢磨"
    r"|休息|活动|了解|认识|总结|整理|检查|观察|体验|体会|练习|锻炼|准备|打扫|尝试|介绍|非常|特别|十分|许多"
    r"|好多|多少|有些|轻轻|高兴|快乐|漂亮|.+不.+"
)
_ONWARD = "长会"


@dataclass(frozen=True, slots=True)
class Suspicion:
    """`written` stands at [start, end) of the text; `suggested` may be what was meant; and why."""

    start: int
    end: int
    written: str
    suggested: str
    why: str


def suspicions(text: str) -> tuple[Suspicion, ...]:
    """Everything in `text` that a person should look at, in order, without overlaps.

    Give a whole document rather than its lines: some kinds show only by how often they occur.
    The places are those of `text` as it stands, with its radicals and in its script.
    """
    plain = simplified(text)
    if len(plain) != len(text):
        plain = text
    found = [
        *_conversions(text),
        *_contexts(text, plain),
        *_words(text, plain),
        *_doubled(text, plain),
        *_swapped(text, plain),
    ]
    kept: list[Suspicion] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def _suspicion(text: str, start: int, end: int, suggested: str, why: str) -> Suspicion:
    written = text[start:end]
    in_traditional = traditional(simplified(written)) == written != simplified(written)
    return Suspicion(start, end, written, traditional(suggested) if in_traditional else suggested,
                     why)  # fmt: skip


def _words(text: str, plain: str) -> Iterator[Suspicion]:
    for match in _WORDS.finditer(plain):
        yield _suspicion(text, *match.span(), WORDS[match[0]], "常见的误写")


def _contexts(text: str, plain: str) -> Iterator[Suspicion]:
    for pattern, suggested, why in _CONTEXTS:
        for match in pattern.finditer(plain):
            yield _suspicion(text, *match.span(), match.expand(suggested), why)


def _conversions(text: str) -> Iterator[Suspicion]:
    """Slips of a program that made traditional script of simplified."""
    for pattern, meant in _CONVERSIONS:
        for match in pattern.finditer(text):
            yield Suspicion(*match.span(), match[0], meant, "简繁转换时用错了字")


def _doubled(text: str, plain: str) -> Iterator[Suspicion]:
    for match in _DOUBLED.finditer(plain):
        word, following = match[1], plain[match.end() : match.end() + 1]
        if len(set(word)) == 1 or _TWICE.fullmatch(word) or (following and following in _ONWARD):
            continue
        yield _suspicion(text, *match.span(), word, "同一个词连写了两遍")


def _swapped(text: str, plain: str) -> Iterator[Suspicion]:
    """Words that a program put for others; one alone may well be the author's."""
    found = [(match, meant) for pattern, meant in _SWAPPED for match in pattern.finditer(plain)]
    if len({meant for _, meant in found}) >= _SWAPPED_ENOUGH:
        for match, meant in found:
            yield _suspicion(text, *match.span(), meant, "像是被替换过的近义词")
