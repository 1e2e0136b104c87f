"""Placeholders left in a document: __, xxx, X场. Each is a gap to fill, never a value."""

import re
from collections.abc import Iterator

from yanxiu.documents.outline import Line
from yanxiu.planning.reading.circles import without_circumstances
from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.items import Reading
from yanxiu.planning.reading.names import name_of
from yanxiu.planning.reading.tables import grids

_REACH = 60
_NAMELESS = "空缺"
_UNITS = "场篇次个节位名项份本人元天条"
GAP = re.compile(
    r"[_＿]+|(?<![A-Za-z0-9])(?:[xX×ＸｘＸ]{2,}|[xX×Ｘｘ](?=[场篇次个节位名项份本人万年月日市县区镇乡省校]))(?![A-Za-z0-9])"
    r"|[○〇]{2,}(?=[一-鿿])|[(（]\s*[)）]|待定|待补充?|待填"
    r"|(?<![A-Za-z0-9])20[xX×ＸｘＸ*＊]{2}(?![A-Za-z0-9])"
)
_PEOPLE = re.compile("姓名|师傅|徒弟|导师|学员|负责人|主持人|主讲")
_NOUN = re.compile(r"^[”\"》]?([一-鿿]{1,6})")
_AFTER_NOUN = re.compile(
    r"(?<=[一-鿿])(?:荣?获|被|正在|已|评为|合作|等|的|在|参加|负责|结题|立项|开展|[一-鿿]?教授)|两位|[一二三]等"
)
_HOLDER = re.compile(r"^(?:老师|教师|教授|校长|主任|书记|同志|同学|师范大学|大学|学院)")
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
    columns = _columns(reading) if reading.part.lines else {}
    for item in reading.items:
        text = item.paragraph.text
        for match in GAP.finditer(text):
            line = item.paragraph.line_at(match.start())
            name, unit = _named(text, match)
            if line.cells and unit is None:
                name = _column(columns, line, match[0]) or next(
                    (c for c in line.cells if c.strip() and not GAP.search(c)), name
                )
            yield Finding(
                "placeholder", name, None, line.number, reading.written[line.number], unit
            )


def _columns(reading: Reading) -> dict[int, tuple[str, ...]]:
    """The names of the columns of tables in which people are told, by the lines of their rows."""
    heads = {row.line().number: grid.header for grid in grids(reading) for row in grid.rows}
    return {line: head for line, head in heads.items() if any(map(_PEOPLE.search, head))}


def _column(columns: dict[int, tuple[str, ...]], line: Line, gap: str) -> str:
    """What the column of the first cell with `gap` is called, "" in any other table."""
    head = columns.get(line.number, ())
    places = (place for place, cell in enumerate(line.cells) if gap in cell)
    place = next(places, None)
    return head[place] if place is not None and place < len(head) else ""


def _named(text: str, match: re.Match[str]) -> tuple[str, str | None]:
    before = text[max(match.start() - _REACH, 0) : match.start()]
    after = text[match.end() : match.end() + _REACH]
    if match[0].startswith("20"):
        return "年份", None
    if after.startswith("万元"):
        after = after[1:]
    if after[:1] and after[0] in _UNITS:
        clause = GAP.split(re.split(r"[，,。；;]", before)[-1])[-1]
        clause = re.sub(r"^[篇份节次个本项元][、和及]", "", clause)
        clause = without_circumstances(clause)
        rest = re.split("[、，,。；;]", after[1:])[0]
        return name_of(clause, rest, after[0], usual=False) or after[0], after[0]
    appointed = _APPOINTED.match(after)
    if appointed:
        return appointed[1], None
    known = _CIRCLE.match(after)
    if known and known[0].strip():
        return known[0], None
    label = _LABEL.search(GAP.sub("", before))
    holder = _HOLDER.match(after)
    if holder:
        return holder[0], None
    noun = _NOUN.match(_AFTER_NOUN.split(after.strip())[0])
    return (label[1] if label else noun[1] if noun else _NAMELESS), None
