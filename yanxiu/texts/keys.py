"""Keys by which texts are searched and compared, and the simplified form for display."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Protocol, cast

from yanxiu.texts.radicals import repair

_NOT_IN_KEYS = re.compile(r"[\W_]+")
REGION_WORDS = {"国小": "小学", "国中": "初中", "研习": "研修", "教案设计": "教学设计"}


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _to_simplified() -> _Converter:
    # Loading the dictionary takes far longer than any conversion, and many callers need none.
    from opencc import OpenCC  # noqa: PLC0415

    # t2s only: the regional variants turn 專著 into 专着 and 智慧 into 智能.
    return cast("_Converter", OpenCC("t2s"))


def simplified(text: str) -> str:
    """Give `text` repaired and in simplified script; punctuation and spaces stay as written."""
    if text.isascii():
        return text
    return _to_simplified().convert(repair(text))


@cache
def _to_traditional() -> _Converter:
    from opencc import OpenCC  # noqa: PLC0415

    # s2t only, for the same reason.
    return cast("_Converter", OpenCC("s2t"))


@cache
def _corrections() -> tuple[tuple[str, str], ...]:
    """What the converter gets wrong, and what it shall be; see `traditional.yaml`."""
    import yaml  # noqa: PLC0415

    written = Path(__file__).with_name("traditional.yaml").read_text(encoding="utf-8")
    return tuple(yaml.safe_load(written).items())


def traditional(text: str) -> str:
    """Give `text` in traditional script, characters alone; words stay those of the author."""
    if text.isascii():
        return text
    converted = _to_traditional().convert(text)
    for wrong, right in _corrections():
        converted = converted.replace(wrong, right)
    return converted


def key(text: str) -> str:
    """Give the form in which texts are compared: letters, digits and Han only, lower case."""
    return _NOT_IN_KEYS.sub("", simplified(unicodedata.normalize("NFKC", repair(text))).lower())


def region_suggestions(text: str) -> tuple[tuple[str, str], ...]:
    """Words of other regions found in `text`, each with the word used in the mainland.

    They are suggestions to a reader; neither `key` nor `simplified` applies them.
    """
    plain = simplified(text)
    return tuple((word, usual) for word, usual in REGION_WORDS.items() if word in plain)
