"""The documents inside one file, without what a template site or a school site puts around them.

Lines are expected in simplified script (`outline.in_simplified`).
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from yanxiu.documents.outline import Line, Outline
from yanxiu.documents.reading.marks import read_mark
from yanxiu.texts.keys import key

_BOILERPLATE = re.compile(
    r"^(?:相关(?:推荐|热词|文章|阅读|链接)|(?:推荐|延伸|更多)阅读|猜你喜欢|[上下]一[篇条页则]"
    r"|热门(?:标签|推荐|文章|搜索)|返回(?:顶部|首页|列表))"
    r"|^[\[【［(（]?(?:责任|本文)?编辑\s*[:：]|^[\[【［](?:打印|关闭|收藏|返回|字体|分享)"
    r"|(?:文档|文件|word).{0,12}(?:下载|编辑|修改)|下载后可.{0,6}(?:编辑|修改)"
    r"|^(?:当前位置|您的位置|首页)\s*[:：>＞»›]|^(?:点击)?(?:下载|展开|阅读)(?:全文|本文|原文)"
    r"|供(?:大家|您|你)(?:参考|借鉴|阅读)|欢迎(?:大家|您)?(?:阅读|借鉴|收藏)"
    r"|希望.{0,8}(?:对(?:大家|您|你)有.{0,4}帮助|帮到(?:大家|您|你))"
    r"|(?:小编|店铺).{0,12}(?:整理|收集|分享|带来|推荐)|公网安备\d*|[A-Z]?ICP备\d|版权所有|本文(?:来源|来自|地址|链接)"
    r"|^.{0,10}(?:范文|文库|作文|资料)(?:网|站|大全)$|^(?:打印|关闭|收藏|字号)[\s\S]{0,12}$"
)
_METADATA = re.compile(
    r"(?:发布(?:时间|日期|人|者)|浏览(?:量|次数)|点击(?:数|量|次数)|阅读(?:量|次数))[:：]"
)
_TAIL = re.compile(r"相关(?:文章|推荐|阅读|链接|范文)\s*[:：】]?\s*$")
_CRUMBS = re.compile(r"\s*[^\s>＞»›。；]{2,16}(?:\s*[>＞»›]\s*[^>＞»›。；]{2,40})+")
_MONTH_LINE = re.compile(
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?:[上中下]旬|[初底末])?[\s:：]"
)
_CREDIT = re.compile(
    r"(?:来源|出处|作者|编辑|责编|时间|日期|点击|浏览|阅读|发布者?|更新|字体)(?:量|数|次数)?\s*[:：]"
)
_NUMBER = r"[一二三四五六七八九十\d]{1,3}"
_SAMPLE = r"(?:篇|范文|例文|样本|模板)"
_SEPARATOR = re.compile(
    rf"^[【\[(（]?\s*(?:第{_NUMBER}篇|{_SAMPLE}\s*{_NUMBER})(?![一-鿿])\s*[】\])）]?\s*[:：、.]?\s*"
)
_INDEX = re.compile(
    rf"(?:\s*{_SAMPLE}{_NUMBER}|"
    r"[(（][一二三四五六七八九十\d]{1,3}[)）]|(?<!\d)\d{1,2}|(?<=[划结案])[一二三四五六七八九十]{1,2})$"
)
_SURE = re.compile(r"(?:计划|总结|规划|方案|小结)(?:书|表|稿)?$")
_LIKELY = re.compile(
    r"(?:\d{4}|学期|学年|年度).*(?:安排|要点|报告|汇报|材料|行事历|工作表)$"
    r"|^(?!下|今后|未来).*\d{4}.*(?:学期|学年|年度?).*打算$"
)
_REGULATION = re.compile(
    r"(?:办法|细则|制度|条例|意见|规定|规程)(?:[(（](?:试行|暂行|修订|修订稿|讨论稿|征求意见稿|草案)[)）])?$"
)
_REGULATION_LENGTH = 10
_HEADER = re.compile(r"(?:学校|小学|中学|幼儿园|中心校|学区|学期|学年度?|年度)[)）]?$")
_DASH = re.compile(r"^[-—–－]{1,4}\s*")
_TITLE_LENGTH = 45
_SURE_LENGTH = 4
_TOP = 5
_HEADERS = 3
_OF_SOMEBODY = re.compile(r"\d{4}|学期|学年|年度|小学|中学|学校|幼儿园|中心校|学区")
_CHAPTERS = ("han", "chapter")
_CREDIT_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a file.

    `lines` are those of its body, `headers` the short ones above or below its title that belong to
    it (school, term, inner title), `metadata` what the site says about it. `first` and `last` are
    source line numbers, title included.
    """

    title: str
    title_line: int | None
    headers: tuple[str, ...]
    first: int
    last: int
    lines: tuple[Line, ...]
    metadata: tuple[Line, ...] = ()


def is_title(line: Line) -> bool:
    """Whether `line` reads like the title of a plan, a summary or the like."""
    text = _DASH.sub("", line.text.strip())
    if line.level == 0 or _SEPARATOR.match(text):
        return bool(text)
    if (
        line.cells
        or line.automatic
        or len(text) > _TITLE_LENGTH
        or re.search(r"[。；;:：，,、!！?？]", text)
        or _MONTH_LINE.match(text)
    ):
        return False
    stem = _INDEX.sub("", text)
    sure = bool(_SURE.search(stem)) and len(stem) > _SURE_LENGTH
    rules = (
        len(stem) >= _REGULATION_LENGTH and bool(_REGULATION.search(stem)) and line.number <= _TOP
    )
    return (sure or rules or bool(_LIKELY.search(stem))) and read_mark(text) is None


def _stem(line: Line) -> str:
    return key(_INDEX.sub("", _SEPARATOR.sub("", _DASH.sub("", line.text.strip()))))


def _is_indexed(line: Line) -> bool:
    return bool(_INDEX.search(line.text.strip()))


@dataclass(frozen=True, slots=True)
class _Group:
    """Title lines that follow each other, by their places among the lines with text."""

    start: int
    end: int


def _groups(lines: list[Line]) -> list[_Group]:
    groups: list[_Group] = []
    for place, line in enumerate(lines):
        if not is_title(line):
            continue
        if groups and groups[-1].end == place:
            groups[-1] = _Group(groups[-1].start, place + 1)
        else:
            groups.append(_Group(place, place + 1))
    return groups


def _restarts(lines: list[Line], group: _Group) -> bool:
    """Whether the numbers of chapters stand before `group` and begin again with one after it.

    Where chapters are numbered 1. 2. 3., the title must also say whose or of when it is, for a
    section about plans may well hold a list of its own.
    """
    marks = [mark for line in lines[: group.start] if (mark := read_mark(line.text))]
    chapters = any(mark.style in _CHAPTERS for mark in marks)
    styles = _CHAPTERS if chapters else tuple(mark.style for mark in marks[:1])
    named = any(_OF_SOMEBODY.search(line.text) for line in lines[group.start : group.end])
    if not styles or not (chapters or named):
        return False
    after = next(
        (m for line in lines[group.end :] if (m := read_mark(line.text)) and m.style in styles),
        None,
    )
    return after is not None and after.ordinal == 1


def _opens(lines: list[Line], group: _Group, stems: set[str]) -> bool:
    head = lines[group.start : group.end]
    if group.start < _TOP and all(
        len(line.text.strip()) <= _TITLE_LENGTH and not read_mark(line.text)
        for line in lines[: group.start]
    ):
        return True
    series = any(_is_indexed(line) and _stem(line) in stems for line in head)
    separated = any(_SEPARATOR.match(line.text.strip()) for line in head)
    return series or separated or any(line.level == 0 for line in head) or _restarts(lines, group)


def _chosen(lines: list[Line], group: _Group) -> int:
    """The place of the title proper: a separated one, the last counted one, the last repetition."""
    places = range(group.start, group.end)
    for place in places:
        if _SEPARATOR.match(lines[place].text.strip()):
            return place
    for place in reversed(places):
        if _is_indexed(lines[place]):
            return place
    styled = [place for place in places if lines[place].level == 0]
    first = styled[0] if styled else group.start
    return next(p for p in reversed(places) if _stem(lines[p]) == _stem(lines[first]))


def _is_metadata(line: Line, place: int) -> bool:
    text = line.text.strip()
    if _METADATA.search(text):
        return True
    signs = len(_CREDIT.findall(text))
    return len(text) <= _CREDIT_LENGTH and (
        signs > 1 or (place < _TOP and _CREDIT.match(text) is not None)
    )


def _without_tail(lines: list[Line]) -> list[Line]:
    """`lines` up to the links to other papers that a site puts below a paper."""
    for place, line in enumerate(lines):
        rest = lines[place + 1 :]
        if _TAIL.search(line.text) and all(
            len(other.text) <= _TITLE_LENGTH and "。" not in other.text for other in rest
        ):
            return lines[:place]
    return lines


def parts(outline: Outline) -> tuple[Part, ...]:
    """Split `outline` into its documents; boilerplate is dropped, metadata kept apart."""
    written = [line for line in outline.lines if line.text.strip()]
    metadata = [line for place, line in enumerate(written) if _is_metadata(line, place)]
    dropped = {line.number for line in metadata}
    texts = [
        line
        for place, line in enumerate(_without_tail(written))
        if line.number not in dropped
        and not _BOILERPLATE.search(line.text.strip())
        and not (place < _TOP and _CRUMBS.fullmatch(line.text))
    ]
    if not texts:
        return ()
    openings: list[_Group] = []
    stems: set[str] = set()
    for group in _groups(texts):
        if _opens(texts, group, stems):
            openings.append(group)
            stems.update(map(_stem, texts[group.start : group.end]))
    if not openings or openings[0].start >= _TOP:
        openings.insert(0, _Group(0, 0))
    begins = [0, *(_begin(texts, group) for group in openings[1:])]
    return tuple(
        _part(texts, group, span, metadata)
        for group, span in zip(openings, pairwise([*begins, len(texts)]), strict=True)
    )


def _begin(lines: list[Line], group: _Group) -> int:
    """The place of the first of the lines above a title that belong to it: school, term."""
    first = group.start
    while first and group.start - first < _HEADERS and _is_header(lines[first - 1]):
        first -= 1
    return first


def _is_header(line: Line) -> bool:
    text = line.text.strip()
    return (
        _HEADER.search(text) is not None
        and len(text) <= _TITLE_LENGTH
        and read_mark(text) is None
        and not is_title(line)
        and not re.search(r"[。；，、：;,:]", text)
    )


def _part(texts: list[Line], group: _Group, span: tuple[int, int], metadata: list[Line]) -> Part:
    begin, end = span
    if group.start == group.end:
        body = tuple(texts[:end])
        return Part("", None, (), body[0].number, body[-1].number, body, tuple(metadata))
    place = _chosen(texts, group)
    first, title = place, texts[place]
    headers = [_DASH.sub("", line.text.strip()) for line in texts[place + 1 : group.end]]
    if _DASH.match(title.text.strip()) and place:
        headers.insert(0, _DASH.sub("", title.text.strip()))
        title, first = texts[place - 1], place - 1
        between = range(texts[0].number, title.number)
        if any(line.number in between for line in metadata):
            first = next(p for p in range(place) if _stem(texts[p]) == _stem(title))
    elif group.start == place:
        first = max(begin, _begin(texts, group))
        headers += [line.text.strip() for line in reversed(texts[first:place])]
    last = texts[end - 1].number
    since = texts[begin if begin == 0 else first].number  # a title may stand above them once more
    mine = tuple(line for line in metadata if since <= line.number <= last)
    text = _SEPARATOR.sub("", title.text.strip()) or _collection_title(texts[:place])
    body = tuple(texts[max(group.end, place + 1) : end])
    return Part(text, title.number, tuple(headers), texts[first].number, last, body, mine)


def _collection_title(before: list[Line]) -> str:
    """The title of the whole file, for documents that are only counted (篇一, 篇二)."""
    titles = (line.text.strip() for line in before if is_title(line))
    return next((text for text in titles if _SEPARATOR.sub("", text)), "")
