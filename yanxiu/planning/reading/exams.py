"""Exams under the names that schools give them: 中考 and 期考 beside each other are 期中 and 期末.

中考 alone is the examination at the end of junior middle school and is left as it is.
"""

import re
from collections.abc import Iterator

from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.items import Reading
from yanxiu.planning.reading.phrases import bare, clauses

_PAIR = re.compile(r"中考(?:、|和|与|及)(?:期考|期末)")
_NAMED = (("中考", "期中考试"), ("期考", "期末考试"))


def read_exams(reading: Reading) -> Iterator[Finding]:
    """The two exams of a term where a document gives them their short names."""
    for item in reading.items:
        if not _PAIR.search(item.text):
            continue
        for clause in clauses(item.text):
            if not _PAIR.search(clause.text):
                continue
            for word, usual in _NAMED:
                if word in clause.text:
                    line = item.line(clause.start)
                    written = reading.written[line.number]
                    said = bare(clause.text)
                    yield Finding("rule", usual, said, line.number, written, inferred=True)
