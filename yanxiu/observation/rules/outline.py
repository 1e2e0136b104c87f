"""A rubric as people type it: one line a dimension or item, as it would be pasted from Word.

【教学目标】10
目标具体，学生听得懂
下课时多数学生达到了目标（写依据）
【方法与学生】90 重点
参与的学生多
扣分：从头到尾讲授（没有0 有些3 明显6）
加分：有自己的新做法（没有0 有1）
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from yanxiu.observation.rules.rubrics import Band, Item, Level, Sheet

_DIMENSION = re.compile(
    r"^[【\[](?P<name>[^】\]]+)[】\]]\s*(?P<weight>\d{1,3})\s*[分%％]?\s*(?P<focus>重点)?$"
)
_LEVEL = re.compile(r"([^\s\d:：、，,]+)\s*[:：]?\s*(\d{1,3}(?:\.\d)?)")
_OWN_LEVELS = re.compile(
    r"[（(]((?:[^\s\d（()）]+\s*[:：]?\s*\d{1,3}(?:\.\d)?[\s、，,]*){2,})[)）]\s*$"
)
_EVIDENCE = re.compile(r"[（(]写依据[)）]\s*$")
_SIGNS = {"扣分": "negative", "加分": "bonus"}


def levels_from(text: str) -> list[dict[str, Any]]:
    """Return the levels of a line such as “优5 良4 中3 待改进2”."""
    return [
        {"name": name, "points": _plain(Decimal(points))} for name, points in _LEVEL.findall(text)
    ]


def bands_from(text: str) -> list[dict[str, Any]]:
    """Return the bands of a line such as “优90 良75 合格60 待改进0”."""
    return [{"name": each["name"], "at_least": each["points"]} for each in levels_from(text)]


def content_from(
    text: str, levels: str, bands: str, test_weight: int = 0, before: Sheet | None = None
) -> dict[str, Any]:
    """Return the content of a version from what was typed.

    An item that reads as before keeps its code, so that old and new records of it count together.

    Raises:
        ValueError: a line makes no sense; the message says which, for a person.
    """
    usual = levels_from(levels)
    if len(usual) < 2:  # noqa: PLR2004 - one level is no choice
        raise ValueError("等级至少要有两个，写成“优5 良4 中3 待改进2”这样。")
    codes = _Codes(before)
    dimensions: list[dict[str, Any]] = []
    extras: list[dict[str, Any]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        given = _DIMENSION.match(line.strip())
        if given:
            dimensions.append(
                {
                    "code": codes.of_dimension(given["name"].strip()),
                    "name": given["name"].strip(),
                    "weight": int(given["weight"]),
                    "focus": bool(given["focus"]),
                    "items": [],
                }
            )
            continue
        item = _item(line.strip(), usual, codes)
        if item.get("bonus"):
            extras.append(item)
        elif dimensions:
            dimensions[-1]["items"].append(item)
        else:
            raise ValueError(f"第{number}行不知道属于哪个维度。请先写一行“【维度名称】权重”。")
    return {
        "dimensions": dimensions,
        "extras": extras,
        "bands": bands_from(bands),
        "test_weight": test_weight,
    }


def _item(line: str, usual: list[dict[str, Any]], codes: "_Codes") -> dict[str, Any]:
    item: dict[str, Any] = {"levels": usual}
    for word, key in _SIGNS.items():
        if line.startswith((f"{word}：", f"{word}:")):
            item[key] = True
            line = line[len(word) + 1 :].strip()
    if _EVIDENCE.search(line):
        item["evidence"] = True
        line = _EVIDENCE.sub("", line).strip()
    own = _OWN_LEVELS.search(line)
    if own:
        item["levels"] = levels_from(own.group(1))
        line = line[: own.start()].strip()
    return {"code": codes.of_item(line), "text": line, **item}


class _Codes:
    """Gives what reads as before its old code, and everything else one never used."""

    def __init__(self, before: Sheet | None) -> None:
        """Remember the codes of the version before."""
        items: Iterable[Item] = before.items.values() if before else ()
        self.items = {item.text: item.code for item in items}
        self.dimensions = {part.name: part.code for part in before.dimensions} if before else {}
        self.used = {*self.items.values(), *self.dimensions.values()}

    def of_item(self, text: str) -> str:
        """Return the code of the item that reads `text`."""
        return self.items.pop(text, "") or self._new("i")

    def of_dimension(self, name: str) -> str:
        """Return the code of the dimension called `name`."""
        return self.dimensions.pop(name, "") or self._new("d")

    def _new(self, letter: str) -> str:
        number = 1
        while f"{letter}{number}" in self.used:
            number += 1
        self.used.add(f"{letter}{number}")
        return f"{letter}{number}"


# ---- and back ----
def levels_text(levels: Sequence[Level]) -> str:
    """Return levels as people type them."""
    return " ".join(f"{level.name}{_plain(level.points)}" for level in levels)


def bands_text(bands: Sequence[Band]) -> str:
    """Return bands as people type them."""
    return " ".join(f"{band.name}{_plain(band.at_least)}" for band in bands)


def usual_levels(sheet: Sheet) -> tuple[Level, ...]:
    """Return the levels that most items share."""
    found = [item.levels for part in sheet.dimensions for item in part.items]
    return max(found, key=found.count, default=())


def text_of(sheet: Sheet) -> str:
    """Return the dimensions and items as people type them."""
    usual = usual_levels(sheet)
    lines = []
    for part in sheet.dimensions:
        lines.append(f"【{part.name}】{part.weight}{' 重点' if part.is_focus else ''}")
        lines += [_line(item, usual) for item in part.items]
    lines += [_line(item, usual) for item in sheet.extras]
    return "\n".join(lines)


def _line(item: Item, usual: tuple[Level, ...]) -> str:
    sign = "扣分：" if item.is_negative else "加分：" if item.is_bonus else ""
    own = "" if item.levels == usual else f"（{levels_text(item.levels)}）"
    return f"{sign}{item.text}{own}{'（写依据）' if item.asks_evidence else ''}"


def _plain(points: Decimal) -> int | float:
    return int(points) if points == int(points) else float(points)
