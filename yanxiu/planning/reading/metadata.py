"""What is printed about a document: subtitle, school, place, publication; nothing is concluded.

`stage` and `level` are the words of the text; only a word of another region is given as the usual
one, and marked so.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from yanxiu.documents.outline import Line
from yanxiu.planning.reading.findings import Fact
from yanxiu.planning.reading.gaps import GAP
from yanxiu.planning.reading.items import Reading
from yanxiu.texts.keys import REGION_WORDS

_DASH = re.compile(r"^[-—–－]{1,4}\s*")
_TYPE = (
    "实验小学|中心小学|小学|初级中学|高级中学|实验中学|中学|实验学校|九年一贯制学校|国小|国中"
    "|初中(?=[一-鿿]{0,12}[组室处部])|职业技术学校|职业学校|学校|中心校|中心学校|幼儿园|职业高中|教师进修学校"
)
_SPAN = r"(?:\d{4}(?:\s*[—–~至-]+\s*\d{2,4})?(?:学年度?|年度?)?(?:第[一二]学期)?)?"
_SCHOOL = re.compile(
    rf"^[\s“”《]*{_SPAN}(?P<name>[一-鿿]{{2,14}}?(?:{_TYPE}))(?![一-鿿]*(?:的|们))"
)
_OF_GROUP = re.compile(rf"{_SCHOOL.pattern}[一-鿿]{{0,6}}(?:组|室|处|办公室|工作室|坊)")
_GENERIC = re.compile(
    r"^(?:农村|城市|城乡|乡村|乡镇|中心|全国|中国|某|我|本|各|全|学年|年度|年|学期|第[一二]学期|现代"
    rf"|民办|公办|优秀|[一-鿿]{{0,3}}[省市县区镇乡](?=初中)"
    rf"|(?:[一-鿿]{{0,2}}学期)|(?:{_TYPE}))+(?:{_TYPE})?$"
)
_PUBLISHED = re.compile(
    r"(?:发布|更新|发表)?(?:时间|日期)\s*[:：]\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:\s+(\d{1,2}:\d{2}(?::\d{2})?))?"
)
_AUTHORS = tuple(
    re.compile(rf"(?:{word})\s*[:：]\s*([^\s:：]{{1,20}})")
    for word in ("作者|发布人|发布者|撰稿人?", "来源")
)
_VIEWS = re.compile(r"(?:浏览|点击|阅读|访问)(?:量|数|次数)?\s*[:：]\s*([\d,]+)\s*次?")
_LEVEL = re.compile(
    r"中心(?:学)?校|(?<!乡)村小(?!学)|完小(?!学)|教学点|联校|(?<!列)(?<!居)学区(?![前第内级])"
)
_STAGE = re.compile(
    r"(?<![《])(国小|国中|小学|初中|高中|幼儿园)(?=语文|数学|英语|科学|部|各?学科|阶段)"
)
_PLACE = re.compile(
    r"(?:被评为|荣获|获(?!得)评?|授予)[“]?(?P<name>[一-鿿]{2,4}?(?:省|市|县|区|州|盟|旗))(?=[一-鿿“])"
)
_OPENING, _UNDER = 4, 1


def read_metadata(reading: Reading) -> tuple[Fact, ...]:
    """The facts printed about the document, each at its line."""
    return (*_headers(reading), *_published(reading), *_words(reading))


def _headers(reading: Reading) -> Iterator[Fact]:
    part = reading.part
    title = _plain(part.title)
    for header in part.headers:
        line = _line_of(reading, header)
        if line is not None and _plain(header) != title and not _SCHOOL.fullmatch(header.strip()):
            yield Fact("subtitle", header, line, reading.written[line])
    for text in (*part.headers, part.title):
        match = _SCHOOL.match(re.split(r"[ \u3000]{2,}|\u3000", _DASH.sub("", text.strip()))[0])
        line = _line_of(reading, text)
        if match and line is not None and not _is_generic(match["name"]):
            yield Fact("school", match["name"], line, reading.written[line])
            return
    for line_ in (*part.lines[:_UNDER], *part.lines[-_OPENING:]):
        text = line_.text.strip()
        first = re.split(r"[ \u3000]+", text)[0]
        match = _SCHOOL.fullmatch(first) or _OF_GROUP.fullmatch(first)
        if match and not _is_generic(match["name"]):
            yield Fact("school", match["name"], line_.number, reading.written[line_.number])
            return


def _is_generic(name: str) -> bool:
    return bool(_GENERIC.match(name)) or bool(GAP.search(name))


def _plain(text: str) -> str:
    return re.sub(r"[^一-鿿\d]", "", text)


def _line_of(reading: Reading, header: str) -> int | None:
    """The source line of a header, which the outline gave without its dash."""
    wanted = _plain(header)
    numbers = range(reading.part.first, reading.part.last + 1)
    if header == reading.part.title:
        return reading.part.title_line
    return next(
        (n for n in numbers if n in reading.plain and _plain(reading.plain[n]).endswith(wanted)),
        None,
    )


def _published(reading: Reading) -> Iterator[Fact]:
    for line in reading.part.metadata:
        text = line.text
        moment = _PUBLISHED.search(text)
        if moment:
            year, month, day, clock = moment.groups()
            value = f"{year}-{int(month):02}-{int(day):02}" + (f" {clock}" if clock else "")
            yield _fact(reading, line, "published_at", value)
        author = next((found for each in _AUTHORS if (found := each.search(text))), None)
        if author:
            yield _fact(reading, line, "author", author[1])
        views = _VIEWS.search(text)
        if views:
            yield _fact(reading, line, "views", int(Decimal(views[1].replace(",", ""))))


def _fact(reading: Reading, line: Line, name: str, value: str | int) -> Fact:
    return Fact(name, value, line.number, reading.written[line.number])


def _words(reading: Reading) -> Iterator[Fact]:
    """Kinds of school, stages and places that the text names, each once."""
    seen: set[str] = set()
    title, number = reading.part.title, reading.part.title_line
    for word, usual in REGION_WORDS.items():
        if number and word in title and _STAGE.match(f"{word}部"):
            seen.add(usual)
            yield Fact("stage", usual, number, reading.written[number], inferred=True)
    for item in reading.items:
        for name, pattern in (("level", _LEVEL), ("stage", _STAGE), ("place", _PLACE)):
            for match in pattern.finditer(item.text):
                word = match["name"] if name == "place" else match[0]
                usual = REGION_WORDS.get(word, word)
                if usual in seen:
                    continue
                seen.add(usual)
                line = item.line(match.start())
                written = reading.written[line.number]
                yield Fact(name, usual, line.number, written, inferred=usual != word)
