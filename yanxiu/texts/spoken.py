"""How a Chinese name is spoken, in the letters that people type to find it."""

from pypinyin import Style, lazy_pinyin


def syllables(name: str) -> list[str]:
    """Return the syllables of `name` without tones: 王文清 is wang, wen, qing."""
    return lazy_pinyin(name)


def spoken(name: str) -> str:
    """Return the syllables of `name` in one word without tones: 王文清 is "wangwenqing"."""
    return "".join(syllables(name))


def initials(name: str) -> str:
    """Return the first letters of the syllables of `name`: 王文清 is "wwq"."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
