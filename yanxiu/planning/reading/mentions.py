"""Awards and projects mentioned anywhere in a document."""

import re
from collections.abc import Iterator

from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.items import Reading

_CLAUSE = re.compile(r"[^。；;，,]+")
_AWARD = re.compile(r"(?:给予|予以|进行).{0,6}?(?:奖励|表彰|嘉奖)|表彰奖励")
_PROJECT = re.compile(r"《([^》]{4,60}(?:研究|实践|探索|探究))》")


def read_mentions(reading: Reading) -> Iterator[Finding]:
    """Clauses that promise or tell of an award, and titles of research projects."""
    for item in reading.items:
        for clause in _CLAUSE.finditer(item.text):
            if _AWARD.search(clause[0]):
                name, line = clause[0].strip(), item.line(clause.start())
                yield Finding("award", name, name, line.number, reading.written[line.number])
        for match in _PROJECT.finditer(item.text):
            line = item.line(match.start())
            yield Finding("project", match[1], match[1], line.number, reading.written[line.number])
