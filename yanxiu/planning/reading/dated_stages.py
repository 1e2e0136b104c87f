"""Stages and events that begin with their dates in full: 2026年9月—2027年5月，组织实施阶段."""

import re
from collections import Counter
from collections.abc import Iterator

from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.gaps import GAP
from yanxiu.planning.reading.items import Item, Reading

_DATED = re.compile(
    r"(?P<year>20\d\d)年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?(?P<part>[上中下]旬|[初底])?"
    r"(?P<span>\s*[-—–~～－至到]+\s*(?:20\d\d年)?(?:(?P<until>\d{1,2})月)?(?:\d{1,2}日)?(?:[上中下]旬|[初底])?)?"
    r"(?P<others>(?:、(?:20\d\d年)?\d{1,2}月)*)\s*[，,:：]\s*(?P<what>[^。；;]{4,60})(?:[。；;].*)?",
    re.DOTALL,
)
_OTHER = re.compile(r"(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月")
_FINAL = "。；;，, "
_DECEMBER = 12


def read_dated_stages(reading: Reading) -> Iterator[Finding]:
    """One finding for each month in which such a line says something begins; of plans alone."""
    counted: Counter[int] = Counter()
    for item in reading.items if reading.kind == "plan" else ():
        if item.month or item.paragraph.lines[0].cells:
            continue
        match = _DATED.fullmatch(item.text.strip())
        name = match["what"].strip(_FINAL) if match else ""
        if match and name and not GAP.search(name):
            yield from _each(reading, item, match, name, counted)


def _each(
    reading: Reading, item: Item, match: re.Match[str], name: str, counted: Counter[int]
) -> Iterator[Finding]:
    line = item.line()
    year = int(match["year"])
    whens = [(year, int(match["month"]))]
    whens += [
        (int(other["year"] or year), int(other["month"]))
        for other in _OTHER.finditer(match["others"])
    ]
    for at, month in whens:
        if not 1 <= month <= _DECEMBER:
            continue
        counted[month] += 1
        value: dict[str, object] = {"month": month, "ordinal_in_month": counted[month]}
        if match["until"] and len(whens) == 1:
            value["to_month"] = int(match["until"])
        if match["part"]:
            value["part"] = match["part"]
        if match["day"] and not match["span"]:
            value["day"] = int(match["day"])
        written = reading.written[line.number]
        yield Finding("schedule", name, value, line.number, written, period=f"{at}-{month:02}")
