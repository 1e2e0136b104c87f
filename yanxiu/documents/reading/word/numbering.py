"""The numbers that Word counts by itself, as text."""

import re
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HAN = "零一二三四五六七八九"
_HAN_FORMATS = frozenset(
    [
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "ideographDigital",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "koreanCounting",
    ]
)
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number looks and where it starts.

    A `legal` number shows the numbers of the levels above as 1, 2, 3 whatever they look like there.
    """

    style: str = "decimal"
    pattern: str = "%1."
    start: int = 1
    legal: bool = False


@dataclass
class Numbering:
    """All lists of a document, and how far each has been counted."""

    lists: dict[str, tuple[str, dict[int, Level]]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, number: str, level: int) -> str:
        """Count one paragraph of list `number` on `level` and give its printed number."""
        if number not in self.lists:
            return ""
        shared, levels = self.lists[number]
        counts = self.counts.setdefault(shared, {})
        here = levels.get(level, Level())
        counts[level] = counts.get(level, here.start - 1) + 1
        for deeper in [depth for depth in counts if depth > level]:
            del counts[deeper]
        if here.style in {"bullet", "none"}:
            return ""

        def shown(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            part = levels.get(depth, Level())
            style = "decimal" if here.legal else part.style
            return printed(counts.get(depth, part.start), style)

        return re.sub(r"%(\d)", shown, here.pattern)


def _value(element: Element | None, name: str = "val") -> str:
    return "" if element is None else element.get(W + name, "")


def _level(element: Element) -> Level:
    start = _value(element.find(W + "start"))
    return Level(
        _value(element.find(W + "numFmt")) or "decimal",
        _value(element.find(W + "lvlText")),
        int(start) if start.isdecimal() else 1,
        element.find(W + "isLgl") is not None,
    )


def _levels(parent: Element, path: str) -> dict[int, Level]:
    found = ((_value(item, "ilvl"), item) for item in parent.findall(path))
    return {int(depth): _level(item) for depth, item in found if depth.isdecimal()}


def read_numbering(root: Element | None) -> Numbering:
    """Read the part numbering.xml; lists of one kind count on unless restarted."""
    numbering = Numbering()
    if root is None:
        return numbering
    kinds = {
        _value(a, "abstractNumId"): _levels(a, W + "lvl") for a in root.iter(W + "abstractNum")
    }
    for item in root.iter(W + "num"):
        number, kind = _value(item, "numId"), _value(item.find(W + "abstractNumId"))
        levels = dict(kinds.get(kind, {}))
        overrides = item.findall(W + "lvlOverride")
        for override in overrides:
            levels |= {d: _level(lvl) for d, lvl in _levels_of(override)}
            start, depth = _value(override.find(W + "startOverride")), _value(override, "ilvl")
            if start.isdecimal() and depth.isdecimal():
                old = levels.get(int(depth), Level())
                levels[int(depth)] = replace(old, start=int(start))
        shared = f"num {number}" if overrides else f"kind {kind}"
        numbering.lists[number] = (shared, levels)
    return numbering


def _levels_of(override: Element) -> list[tuple[int, Element]]:
    found = ((_value(item, "ilvl"), item) for item in override.findall(W + "lvl"))
    return [(int(depth), item) for depth, item in found if depth.isdecimal()]


def _han(number: int) -> str:
    if number >= 100:  # noqa: PLR2004 - no plan has a hundred headings
        return str(number)
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _HAN[tens]) + "十" if tens else ""
    return head + (_HAN[ones] if ones or not tens else "")


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def printed(number: int, style: str) -> str:
    """Show `number` in one of Word's number styles; unknown styles are decimal."""
    if style in _HAN_FORMATS:
        return _han(number)
    letter = (number - 1) % 26
    shown = {
        "lowerLetter": chr(ord("a") + letter),
        "upperLetter": chr(ord("A") + letter),
        "lowerRoman": _roman(number),
        "upperRoman": _roman(number).upper(),
        "decimalZero": f"{number:02}",
        "ideographTraditional": "甲乙丙丁戊己庚辛壬癸"[(number - 1) % 10],
    }
    circled = style.startswith("decimalEnclosedCircle") and number in range(1, 21)
    return chr(0x245F + number) if circled else shown.get(style, str(number))
