"""Placeholders left in a document: __, xxx, X场. Each is a gap to fill, never a value."""

import re
from collections.abc import Iterator

from yanxiu.planning.reading.circles import without_circumstances
from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.items import Reading
from yanxiu.planning.reading.names import name_of

_REACH = 60
_NAMELESS = "空缺"
_UNITS = "场篇次个节位名项份本人元天条"
GAP = re.compile(
    r"[_＿]+|(?<![A-Za-z0-9])(?:[xX×ＸｘＸ]{2,}|[xX×Ｘｘ](?=[场篇次个节位名项份本人万年月日市县区镇乡省校]))(?![A-Za-z0-9])"
    r"|[○〇]{2,}(?=[一-鿿])|[(（]\s*[)）]|待定|待补充?|待填"
)
_NOUN = re.compile(r"^[”\"]?([一-鿿]{1,6})")
_LABEL = re.compile(r"([一-鿿]{1,8})[:：][^:：]*$")
_APPOINTED = re.compile(r"(?:同志)?(?:为|任|担任|是)(常务副组长|副组长|组长|组员|成员|负责人)")
_CIRCLE = re.compile(
    r"^(?:(?:市|县|区|镇|乡|省|网|年底?|月|日)|[一-鿿]{0,6}?(?:中心校|学校|小学|中学|教师|校长|带头人|课题|名师))"
)


def read_gaps(reading: Reading) -> Iterator[Finding]:
    """One finding for each placeholder, named after what it stands for."""
    title, number = reading.part.title, reading.part.title_line
    for match in GAP.finditer(title) if number else ():
        name, unit = _named(title, match)
        yield Finding("placeholder", name, None, number or 0, reading.written[number or 0], unit)
    for item in reading.items:
        text = item.paragraph.text
        for match in GAP.finditer(text):
            line = item.paragraph.line_at(match.start())
            name, unit = _named(text, match)
            if line.cells and unit is None:
                name = next((c for c in line.cells if c.strip() and not GAP.search(c)), name)
            yield Finding(
                "placeholder", name, None, line.number, reading.written[line.number], unit
            )


def _named(text: str, match: re.Match[str]) -> tuple[str, str | None]:
    before = text[max(match.start() - _REACH, 0) : match.start()]
    after = text[match.end() : match.end() + _REACH]
    if after.startswith("万元"):
        after = after[1:]
    if after[:1] and after[0] in _UNITS:
        clause = re.split(r"[，,。；;]", before)[-1]
        clause = without_circumstances(clause)
        return name_of(clause, after[1:], after[0], usual=False) or after[0], after[0]
    appointed = _APPOINTED.match(after)
    if appointed:
        return appointed[1], None
    known = _CIRCLE.match(after)
    if known and known[0].strip():
        return known[0], None
    label = _LABEL.search(GAP.sub("", before))
    noun = _NOUN.match(after.strip())
    return (label[1] if label else noun[1] if noun else _NAMELESS), None
