"""Programmes for teachers of different stages: 新教师“春苗工程”, 青蓝工程, 骨干教师培养计划."""

import re
from collections.abc import Iterator

from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.items import Reading

_CIRCLE = (
    "新(?:入职|任|上岗)?教师|青年教师|年轻教师|骨干教师|名优教师|名师|学科带头人|全员|全体教师"
    "|中老年教师|老教师|党员教师|班主任"
)
_COMMON = "一项|这项|各项|该项|此项|重点|系统|希望|建设|教育|民生|基础"
_NAMED = re.compile(
    rf"(?P<circle>{_CIRCLE})?[“\"](?P<name>[一-鿿]{{2,6}}(?:工程|计划|行动|项目))[”\"]"
    rf"|(?P<plain>(?!{_COMMON})(?<![一-鿿])[一-鿿]{{2}}工程)|(?:实施|通过|推进|开展)(?P<done>(?!{_COMMON})[一-鿿]{{2}}工程)"
)


def read_tiers(reading: Reading) -> Iterator[Finding]:
    """Each programme by its name, once, with whom it is for."""
    seen: set[str] = set()
    for item in reading.items:
        for match in _NAMED.finditer(item.text):
            name = match["name"] or match["plain"] or match["done"]
            if name in seen:
                continue
            seen.add(name)
            line = item.line(match.start())
            written = reading.written[line.number]
            yield Finding("content", name, match["circle"] or name, line.number, written)
