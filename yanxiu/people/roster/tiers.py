"""Tiers and honours: level × kind, whatever the order they are written in."""

import re
from functools import lru_cache

from yanxiu.people.roster.persons import Problem
from yanxiu.people.roster.words import Words, split

_KINDS = (
    ("学科带头|带头人", "学科带头人"),
    ("教学能手|能手", "教学能手"),
    ("教坛新秀|教学新秀|新秀", "教坛新秀"),
    ("首席", "首席教师"),
    ("明星", "明星教师"),
    ("特级", "特级教师"),
    ("名师", "教学名师"),
    ("骨干", "骨干教师"),
    ("青年教师|青年$", "青年教师"),
    ("新教师|新任|新入职", "新教师"),
)
_PERSONAL = frozenset({"特级教师", "青年教师", "新教师"})
"""These are written without a level."""
_LEVEL = re.compile(r"国家级?|省级?|市级?|[区县旗]级?|[镇乡]级?|中心校级?|校级?")
_YEARS = re.compile(r"[（(]\d{4}[^）)]*[）)]|\d{4}年?度?")
_LEVELS = {"国": "国家", "省": "省", "市": "市", "镇": "镇", "乡": "乡", "校": "校", "中": "中心校"}


@lru_cache(maxsize=2048)
def read_tiers(text: str) -> Words:
    """Return the tiers of a cell: 区骨干 and 骨干教师（区级） both are 区级骨干教师."""
    tiers: list[str] = []
    problems: list[Problem] = []
    for part in split(_YEARS.sub("", text)):
        tier = _tier(part)
        if tier is None:
            tier = part[:20]
            sentence = f"骨干称号“{tier}”不是已知的名称，照原样保留。如有误请改正。"
            problems.append(Problem("tier-unknown", "info", "tiers", sentence))
        tiers.append(tier)
    return tuple(dict.fromkeys(tiers)), tuple(problems)


def _tier(text: str) -> str | None:
    kind = next((name for pattern, name in _KINDS if re.search(pattern, text)), None)
    level = _level(text)
    if kind is None:
        rest = _LEVEL.sub("", text)
        return f"{level}级骨干教师" if level and not rest else None
    if kind in _PERSONAL or not level:
        return kind
    return f"{level}级{kind}" if kind == "骨干教师" else f"{level}{kind}"


def _level(text: str) -> str:
    match = _LEVEL.search(text)
    if not match:
        return ""
    found = match[0]
    return _LEVELS.get(found[0], found[0])


@lru_cache(maxsize=2048)
def place_of(name: str) -> tuple[str, str, bool]:
    """Return (ladder, level, whether it is a selected title) of a tier called `name`."""
    kind = next((kind for pattern, kind in _KINDS if re.search(pattern, name)), "")
    level = _level(name).removesuffix("级")
    if kind in _STAGES:
        return "", "", False
    return kind, level if level in _PLACES else "", bool(kind)


_STAGES = frozenset({"青年教师", "新教师"})
_PLACES = frozenset({"校", "片区", "中心校", "镇", "乡", "县", "区", "市", "省", "国家"})
