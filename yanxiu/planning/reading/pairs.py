"""Mentor and mentored on one line: 语文组：甲（师）—— 乙（徒）."""

import re
from collections.abc import Iterator

from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.gaps import GAP
from yanxiu.planning.reading.items import Reading

_WHO = r"[一-鿿·]{2,5}|[_＿×xX]{2,6}"
_PAIR = re.compile(
    rf"(?P<mentor>{_WHO})\s*[(（](?:师|师傅|导师)[)）]\s*[-—–－~～、，,→\s]+"
    rf"(?P<mentored>{_WHO})\s*[(（](?:徒|徒弟|学员)(?:[，,][^()（）]*)?[)）]"
)
_SIDE_BY_SIDE = re.compile(
    r"(?:^|(?<=[：:，,、；;\s]))(?P<mentor>[一-鿿·]{2,4})\s*[-—–－~～]+\s*(?P<mentored>[一-鿿·]{2,4})(?=$|[，,、；;。\s])"
)
"""师徒结对：贺某—叶某，阮某—鲍某."""
_TAKES = re.compile(
    r"(?:^|(?<=[：:，,、；;\s]))(?P<mentor>[一-鿿·]{2,4})带(?P<mentored>[一-鿿·]{2,4})(?=$|[，,、；;。\s])"
)
"""段某带梅某，韦某带冉某."""
_MENTORING = re.compile(r"师徒|结对|拜师|青蓝|带教")
_LEAST = 2


def _pairs(text: str) -> list[re.Match[str]]:
    """The pairs in `text`; two names joined alone count from two on, where it speaks of mentors."""
    told = list(_PAIR.finditer(text)) if "徒" in text or "学员" in text else []
    side = list(_SIDE_BY_SIDE.finditer(text)) if not told and _MENTORING.search(text) else []
    side = side or (
        list(_TAKES.finditer(text)) if "带" in text and "师" in text and not told else []
    )
    return told or (side if len(side) >= _LEAST else [])


def names_pairs(text: str) -> bool:
    """Whether `text` names such pairs side by side."""
    return bool(_PAIR.search(text)) or len(_SIDE_BY_SIDE.findall(text)) >= _LEAST


def pair_lines(reading: Reading) -> frozenset[int]:
    """The lines that name such pairs."""
    return frozenset(found.line for found in read_pairs(reading))


def read_pairs(reading: Reading) -> Iterator[Finding]:
    """One pair for each, as in a table of mentors; a gap leaves the person open."""
    for item in reading.items:
        for match in _pairs(item.text):
            known, whom = (
                None if GAP.search(match[part]) else match[part] for part in ("mentor", "mentored")
            )
            duty = f"带教{whom}" if whom else None
            value: dict[str, object] = {"post": "师傅", "name": known, "duty": duty}
            line = item.line(match.start())
            yield Finding("role", "师徒", value, line.number, reading.written[line.number])
