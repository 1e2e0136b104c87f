"""The title of a document where it does not stand alone: before years, or under its unit."""

import re
from collections.abc import Mapping
from dataclasses import replace

from yanxiu.documents.outline import Line
from yanxiu.documents.reading.marks import read_mark
from yanxiu.documents.reading.parts import Part, is_title

_SPAN = re.compile(r"\s*[(（][^()（）]{2,24}[)）]$")
_SAYS = re.compile(r"计划|总结|规划|方案|要点|小结|报告|汇报|安排")
_UNIT = re.compile(r"(?:学校|小学|中学|幼儿园|校|园|组|中心|[处室])$")
_ISSUED = re.compile(r"关于(?:印发|下发|转发)《(?P<title>[^《》]{6,60})》的通知")
_UNDER = re.compile(
    r"^[^。；，：;,:]*(?:学校|小学|中学|幼儿园|中心校|学期|学年度?|年度|\d{4}年\d{1,2}月)[)）]?$"
)
_NAMES = re.compile(
    r"(?:协议书?|责任书|承诺书|合同|通知|办法|细则|制度|意见|分析|纪要|简报|月历|周历|日程|手册|一览表|安排表|计划书"
    r"|清单|表|指南|议程|方案|建议书|述职|反思|心得)(?:[(（][^()（）]{2,24}[)）])?$"
)
_PROJECT = re.compile(r"[^。，；：]{0,20}(?:课题|项目)《[^《》]{6,40}》")
_SUBTITLE = re.compile(r"\s*(?:[—－―-]{1,2})\s*(?P<title>[^。；;]{6,60})$")
_MOTTO = re.compile(r"[^。；;:：]{4,30}")
_LONGEST, _OPENING, _NOTICE, _ANNEX = 60, 3, 8, 20


def titled(part: Part, plain: Mapping[int, str]) -> Part:
    """Give `part` with the title a reader would give it.

    A first line that is a title but for the years in brackets after it is the title. Of two title
    lines the one that says what the document is goes before the name of the school or group.
    """
    if not part.title and part.lines:
        known = _issued(part) or _of_project(part) or _with_motto(part)
        if known:
            return known
        first = part.lines[0]
        text = first.text.strip()
        alone = replace(first, text=_SPAN.sub("", text))
        if len(text) <= _LONGEST and alone.text != text and is_title(alone):
            return replace(part, title=text, title_line=first.number, lines=part.lines[1:])
        below = next((line for line in part.lines[1:_OPENING] if is_title(line)), None)
        if below is not None:  # the first sentence of the text was set above its title
            rest = tuple(line for line in part.lines if line is not below)
            title = below.text.strip()
            return replace(part, title=title, title_line=below.number, lines=rest)
        if len(text) <= _LONGEST and _NAMES.search(text) and not read_mark(text):
            return _headed(part, first)
    if part.title and not _SAYS.search(part.title):
        return _swapped(part, plain)
    return part


def _of_project(part: Part) -> Part | None:
    """县级课题《…》 above 研究工作计划（2025—2027）: one title in two lines."""
    first, second = (line.text.strip() for line in part.lines[:2]) if part.lines[1:] else ("", "")
    below = replace(part.lines[1], text=_SPAN.sub("", second)) if second else None
    if below is None or not _PROJECT.fullmatch(first) or not is_title(below):
        return None
    rest = (part.lines[0], *part.lines[2:])  # the first line also tells of the project
    return replace(part, title=first + second, title_line=part.lines[0].number, lines=rest)


def _with_motto(part: Part) -> Part | None:
    """看见游戏，看见儿童 above ——某园2025年秋学期工作总结: the motto is the title."""
    first, second = (line.text.strip() for line in part.lines[:2]) if part.lines[1:] else ("", "")
    below = _SUBTITLE.fullmatch(second)
    if not below or not _SAYS.search(below["title"]) or not _MOTTO.fullmatch(first):
        return None
    headers = (*part.headers, below["title"])
    number = part.lines[0].number
    return replace(part, title=first, title_line=number, headers=headers, lines=part.lines[2:])


def _headed(part: Part, first: Line) -> Part:
    """`part` with its first line as title; a school or a term on the line below is its header."""
    header = part.lines[1].text.strip() if len(part.lines) > 1 else ""
    headed = bool(_UNDER.search(header)) and len(header) <= _LONGEST and not read_mark(header)
    headers = (*part.headers, *((header,) if headed else ()))
    lines = part.lines[1 + headed :]
    title = first.text.strip()
    return replace(part, title=title, title_line=first.number, headers=headers, lines=lines)


def _issued(part: Part) -> Part | None:
    """关于印发《…》的通知: the title of the paper issued, where it stands alone, else as named."""
    for place, line in enumerate(part.lines[:_NOTICE]):
        match = _ISSUED.search("".join(line.text.split()))
        if not match:
            continue
        title = match["title"]
        after = range(place + 1, min(len(part.lines), place + _ANNEX))
        alone = (n for n in after if "".join(part.lines[n].text.split()) == title)
        at = next(alone, place)
        headers = part.headers if at == place else (*part.headers, line.text.strip())
        number, rest = part.lines[at].number, part.lines[at + 1 :]
        return replace(part, title=title, title_line=number, headers=headers, lines=rest)
    return None


def _swapped(part: Part, plain: Mapping[int, str]) -> Part:
    """The unit's name above the title is a header; a motto above a subtitle stays the title."""
    for header in part.headers:
        if _SAYS.search(header) and _UNIT.search(part.title):
            lines = range(part.first, part.last + 1)
            number = next((n for n in lines if plain.get(n) == header), part.title_line)
            rest = tuple(each for each in part.headers if each != header)
            return replace(part, title=header, title_line=number, headers=(part.title, *rest))
    return part
