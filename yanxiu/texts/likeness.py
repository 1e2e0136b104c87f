"""Whether two titles are likely to name one and the same thing."""

import re

from yanxiu.texts.keys import key

LIKE = 0.7
SHORTEST = 6
_NUMBERS = re.compile(r"\d+|第[一二三四五六七八九十]+|[一二三四五六七八九十]+(?=期)")


def alike(one: str, other: str) -> bool:
    """Tell whether two titles, as people type them, are likely to name the same thing.

    They share most of their pairs of characters, or the longer one holds the shorter one. Titles
    that differ in a number (第一期, 第二期; 2025, 2026) are not alike.
    """
    first, second = key(one), key(other)
    if not first or not second:
        return False
    numbers, others = set(_NUMBERS.findall(first)), set(_NUMBERS.findall(second))
    if numbers and others and numbers != others:
        return False
    short, long = sorted((first, second), key=len)
    if short == long or (len(short) >= SHORTEST and short in long):
        return True
    pairs, more = _pairs(first), _pairs(second)
    return bool(pairs and more) and 2 * len(pairs & more) >= LIKE * (len(pairs) + len(more))


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}
