"""Things listed in running text: 开展甲、乙、丙等活动, “甲”、“乙”等主题, 甲、乙、丙三个协作区."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from yanxiu.planning.reading import vocabulary
from yanxiu.planning.reading.findings import Finding, Kind, theme_of_no_year
from yanxiu.planning.reading.gaps import GAP
from yanxiu.planning.reading.items import Item, Reading
from yanxiu.planning.reading.phrases import (
    NO_CONTENTS,
    Phrase,
    amounts_in,
    bare,
    clauses,
    pieces,
    quoted,
)
from yanxiu.planning.reading.prose import prose_items
from yanxiu.planning.reading.sayings import said_spans
from yanxiu.texts import numerals
from yanxiu.texts.quantities import UNITS

_LEAD = re.compile("|".join(vocabulary.LEADS))
_NOT_LEAD = re.compile("|".join(vocabulary.NOT_LEADS))
_OWNER = re.compile(f"^(?:{'|'.join(vocabulary.OWNERS)})")
_CUT = re.compile("|".join(vocabulary.CUTS))
_COUNT = re.compile(
    r"(?:[二两三四五六七八九十]|\d{1,2})[个大项种]+(?!人)|[二两三四五六七八九十](?=者)"
)
_JOINT = re.compile(r"(?<=[一-鿿”》）)])(?:以及|和|及|与|或)(?=[一-鿿“《]{2})")
_SERIES = re.compile(r"“[^“”]{2,40}”(?:(?:、|以及|和|与|及)“[^“”]{2,40}”)+")
_AMOUNT = re.compile(rf"(?<!第){numerals.PATTERN}[{numerals.MORE}]?(?:{UNITS})")
_INSIDE = re.compile(r"[(（]([^()（）]{5,60})[)）]")
_EXAMPLE = re.compile(r"^(?:例?如|比如|包括|即|含)[:：]?")
_ITEM = re.compile(r"[一-鿿A-Za-z0-9“”《》·\-—+’‘—（）()<>]{2,24}")
_NO_ITEM = re.compile(
    r"[上以]$|^(?:与|和|同(?!课|伴|侪)|各种|每[一个两半]?[周月学天日年季]|以|把|将|在|对|从|由|按|了|着|过(?!程)|其(?!他)|并|也|更|还|不|因|因此|使|让|就|即|此|这|一系列|一批|许多|大量|切实)"
    r"|[了着化性]$|[为任].{0,4}(?:组长|组员|成员|顾问|主任|责任人)|^(?:赴|前往)|[）)]班$|[二两三四五六七八九十]个学科$|第.{1,2}$|^.节$|^\d+$|\d+$|^第|如何|怎样|是否|^[^“]*”|“[^”]*$"
)
_IN_TITLE = re.compile(r"《[^《》]*》")
_SUBJECT = re.compile(f"(?:小学|初中|高中|[低中高]段)?(?:{'|'.join(vocabulary.SUBJECTS)})$")
_ONES = re.compile(
    r"(?:分成?|划?分为|设有?|有|含|为)(?P<all>[一-鿿](?:、[一-鿿]){1,5})[二两三四五六]个"
    r"|按(?P<by>[一-鿿](?:、[一-鿿]){1,4})(?=年段|学段|年级|段|片)"
)
_NOBODY = re.compile("|".join((*vocabulary.SUBJECTS, *vocabulary.NOBODIES)))
_OBJECT = re.compile("|".join(vocabulary.OBJECTS))
_NOUN = re.compile(
    r"^等?(?:[一-鿿]{0,9}?)("
    + "|".join(
        vocabulary.FORM
        + vocabulary.TRAINING
        + vocabulary.THEME
        + vocabulary.BODY
        + vocabulary.RULE
        + vocabulary.THING
        + vocabulary.FIELD
        + vocabulary.ACT
    )
    + ")"
)
_STRONG = re.compile(
    r"(?:依托|借助|邀请|聘请|围绕|采取|采用|包括|分为|评选|评出|推出|授予)(?:出|了|校级?|学校的?)*$"
)
_HONOURING = re.compile(r"评选|评出|推出|授予|表彰")
_EXPERTS = re.compile(r"邀请|聘请|特邀|请来")
_EXPERT = re.compile(
    r"^.*?(?:专家|教授|老师|教研员|名师|特级教师|研究员|院长|主任|讲师|工程师|医生)(?=[来到入进作做讲指授开])"
)
"""师范学院秦教授来园指导: who comes, without what for."""
_REGULATING = re.compile(r"完善|制定|制订|建立|健全|修订|出台|执行|落实")
_CREDITING = re.compile(r"(?:学时|学分).{0,8}认定|认定.{0,8}(?:学时|学分)")
_APPRAISING = re.compile(r"(?:纳入|列入|作为).{0,14}(?:考核|考评|评价|评优|档案|职称|绩效)")
_CLAIM = re.compile(r"^(?:使|让|促进|推动|增强|提高|提升|激发|拓宽|确保|加强了|改变了|转变了)")
_TOLD_WHOLE = frozenset({"goal", "schedule"})
_OPENED = re.compile(r"(?:有|包括|为|是|如下|即)[:：]\s*$")
_DIVIDING = frozenset({"分为", "划分为", "分成", "划分成"})
_BODY_OF = re.compile(r"(?:任|为)[一-鿿]{0,4}(?:组长|组员|成员|顾问|第一责任人)")
"""甲任组长、乙任副组长、丙为成员: who leads, told as roles."""
_GOING_TO = re.compile(r"(?:赴|前往|(?:人次|教师|老师|先后|分别)到)[一-鿿]{2,6}、")
_EVENT = re.compile(
    r"(?:比赛|大赛|竞赛|赛课|活动|评选|评比|讲座|培训|沙龙|论坛|展示|展评|会|周|节|观摩|调研|研讨|交流|征文|[公示研汇]\w{1,2}课)$"
)
_LEAST, _WITH_ENDING, _LONG = 3, 2, 10


@dataclass(frozen=True, slots=True)
class _List:
    """The pieces of one list, the words before it, and the noun behind that sums it up."""

    parts: tuple[Phrase, ...]
    lead: str
    noun: str
    ends: bool
    counted: bool = False


def read_enumerations(reading: Reading) -> Iterator[Finding]:
    """One finding for each thing that running text lists."""
    for item in prose_items(reading):
        told_whole = reading.kind == "plan" and item.topic in _TOLD_WHOLE
        # 甲与乙相结合、丙与丁相结合 are pairs, and told as such.
        if "、" not in item.text or told_whole or item.text.count("相结合") > 1:
            continue
        spans = said_spans(item.text)
        for match in _ONES.finditer(item.text):  # 分低、中、高三个组
            group = "all" if match["all"] else "by"
            sides = set(match[group]) <= set("东西南北中、")  # 东、西、中三个片区
            for part in () if sides else pieces(match[group]):
                place = match.start(group) + part.start
                yield _finding(reading, item, "content", Phrase(part.text, place))
        for clause in clauses(item.text):
            if "、" in clause.text and not _is_no_list(clause.text):
                opened = _OPENED.search(item.text[: clause.start])
                for found in _lists(clause):
                    if opened and not found.lead:
                        found = replace(found, lead="包括", ends=True)  # noqa: PLW2901
                    yield from _listed(reading, item, found, clause.text, spans)


def _is_no_list(clause: str) -> bool:
    """Whether a clause lists persons, places or what was counted, but no contents."""
    if _BODY_OF.search(clause) or _GOING_TO.search(clause) or NO_CONTENTS.search(clause):
        return True
    parts = clause.split("、")
    counted = sum(bool(amounts_in(part)) for part in parts) == len(parts)
    return counted and not _HONOURING.search(clause)


def _lists(clause: Phrase) -> Iterator[_List]:
    """The lists of a clause: an example in brackets, a series of quotations, or itself."""
    for inner in _INSIDE.finditer(clause.text):
        example = _EXAMPLE.sub("", inner[1])
        if example != inner[1]:
            start = clause.start + inner.end(1) - len(example)
            found = _list_of(Phrase(example, start))
            if found:
                yield replace(found, ends=True)
    series = _SERIES.search(clause.text)
    if series:
        yield _quotations(clause, series)
        return
    found = _list_of(clause)
    if found:
        yield found


def _quotations(clause: Phrase, series: re.Match[str]) -> _List:
    start = clause.start + series.start()
    parts = tuple(Phrase(each.text, start + each.start) for each in quoted(series[0]))
    rest = clause.text[series.end() :]
    noun = _NOUN.match(rest)
    return _List(parts, clause.text[: series.start()], noun[1] if noun else "", ends=True)


def _listed(
    reading: Reading, item: Item, found: _List, around: str, spans: list[range]
) -> Iterator[Finding]:
    if not _is_told(reading, found, around):
        return
    kind = _kind(reading, found, around)
    named = [
        part
        for part in found.parts
        if not any(part.start in span for span in spans) and not GAP.search(part.text)
    ]
    if kind != "role" and not found.counted:
        named = [part for part in named if not _NOBODY.fullmatch(part.text)]
    if len(named) > 1 or len(found.parts) == len(named):
        yield from (_finding(reading, item, kind, part) for part in named)


def _is_told(reading: Reading, found: _List, around: str) -> bool:
    """Whether the list names things; in a plan only lists that say of what they are."""
    named = found.ends or bool(_STRONG.search(found.lead))
    enough = len(found.parts) >= (_WITH_ENDING if named else _LEAST)
    if reading.kind == "plan":
        events = all(_EVENT.search(part.text) for part in found.parts)
        verb = bool(found.lead) and (len(found.parts) >= _LEAST or events)
        enough = enough or (events and len(found.parts) >= _WITH_ENDING)
        enough = enough and (verb or (found.ends and (bool(found.noun) or found.counted)))
    return enough and not _CLAIM.match(around.strip())


def _finding(reading: Reading, item: Item, kind: Kind, part: Phrase) -> Finding:
    line = item.line(part.start)
    written = reading.written[line.number]
    if kind == "theme":
        return Finding("theme", part.text, theme_of_no_year(part.text), line.number, written)
    if kind == "role" and _EXPERTS.search(item.text):
        guest = _EXPERT.match(part.text)
        return Finding(kind, "专家", guest[0] if guest else part.text, line.number, written)
    return Finding(kind, part.text, part.text, line.number, written)


def _kind(reading: Reading, found: _List, clause: str) -> Kind:
    """What is listed, by the noun that sums it up and the words around; the first that fits."""
    theme: Kind = "theme" if reading.kind == "summary" else "content"
    signs: tuple[tuple[Kind, object], ...] = (
        ("rule", found.noun in vocabulary.RULE or _REGULATING.search(found.lead)),
        ("award", _HONOURING.search(found.lead)),
        ("credit", _CREDITING.search(clause)),
        ("rule", _APPRAISING.search(clause)),
        ("role", found.noun in vocabulary.BODY or _EXPERTS.search(found.lead)),
        (theme, found.noun in vocabulary.THEME),
        ("form", found.noun in vocabulary.FORM),
    )
    return next((kind for kind, fits in signs if fits), "content")


def _list_of(clause: Phrase) -> _List | None:
    """Take a clause apart into the pieces of its list; None if they do not look like things."""
    parts = pieces(clause.text)
    if len(parts) < 2:  # noqa: PLR2004 - one piece is no list
        return None
    first, lead = _first(parts)
    last, rest = _last(parts[-1], parts[1:-1] or parts[:1])
    if _AMOUNT.match(rest) and not _COUNT.match(
        rest
    ):  # the list is the name of an amount, and told with it
        return None
    amount = _AMOUNT.match(first.text)
    if amount:
        first = Phrase(first.text[amount.end() :], first.start + amount.end())
    middle = [first, *parts[1:-1], *last]
    kept = tuple(
        Phrase(_untitled(bare(part.text)), clause.start + part.start + _indent(part.text))
        for part in middle
    )
    if any(not _ITEM.fullmatch(p.text) or _NO_ITEM.search(p.text) for p in kept):
        return None
    lengths = sorted(len(part.text) for part in kept)
    if lengths[-1] > _LONG and lengths[-1] > lengths[len(lengths) // 2] * 2:
        return None
    noun = _NOUN.match(_COUNT.sub("", rest, count=1))
    if rest.startswith("的") and noun and noun[1] in vocabulary.BODY:  # adjectives of one thing
        return None
    ends = rest.startswith("等") or bool(_COUNT.match(rest)) or bool(noun)
    return _List(kept, lead, noun[1] if noun else "", ends, bool(_COUNT.match(rest)))


def _untitled(text: str) -> str:
    """The words of a title that stands alone: 《校本教研工作制度》."""
    return text[1:-1] if _IN_TITLE.fullmatch(text) else text


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip("“”\"' 《"))


def _first(parts: list[Phrase]) -> tuple[Phrase, str]:
    """The first piece without the words that lead to the list, and those words."""
    text = parts[0].text
    hidden = [range(*match.span()) for match in _NOT_LEAD.finditer(text)]
    hidden += [range(*match.span()) for match in _IN_TITLE.finditer(text)]
    found = [
        match
        for match in _LEAD.finditer(text)
        if not any(match.start() in span for span in hidden) and match.end() < len(text) - 1
    ]
    objects = [match for match in found if _OBJECT.fullmatch(match[0])]
    divided = [match for match in found if match[0] in _DIVIDING]
    ends = [match.end() for match in divided or objects or found]
    start = ends[-1] if ends else 0
    modified = text.rfind("的", start, len(text) - 2)
    if modified >= 0 and "“" not in text and not any("的" in part.text for part in parts[1:-1]):
        start = modified + 1
    if text[start:].startswith("于") and start:  # 用于订阅报刊、外出学习
        start += 1
    subject = _SUBJECT.search(text[start:])
    if subject and any(_SUBJECT.fullmatch(bare(part.text)) for part in parts[1:]):
        start += subject.start()
    owner = _OWNER.match(text[start:])
    wanted = len(bare(parts[1].text)) if len(parts) > 2 else len(_last(parts[1], ())[0][0].text)  # noqa: PLR2004
    here = len(text) - start
    if owner and abs(here - owner.end() - wanted) < abs(here - wanted):
        start += owner.end()
    return Phrase(text[start:], parts[0].start + start), text[:start]


def _last(part: Phrase, others: Sequence[Phrase]) -> tuple[list[Phrase], str]:
    """The last piece, or two joined by 和, and what stands behind the list."""
    text = part.text
    if text.startswith("“") and "”" in text:
        end = text.index("”") + 1
        joint = _JOINT.match(text, end)
        if joint and "”" in text[joint.end() :]:
            end = text.index("”", joint.end()) + 1
    else:
        modified = all("的" in other.text[1:] for other in others) if others else False
        cut = next((m for m in _CUT.finditer(text, 2) if not (modified and m[0] == "的")), None)
        places = [m.start() for m in (cut, _COUNT.search(text, 1)) if m]
        end = min(places, default=len(text))
    body, rest = text[:end], text[end:]
    joint = None if any(_JOINT.search(other.text) for other in others) else _JOINT.search(body)
    if joint and joint.start() >= 2:  # noqa: PLR2004 - a word has two characters
        halves = [
            Phrase(body[: joint.start()], part.start),
            Phrase(body[joint.end() :], part.start + joint.end()),
        ]
        return halves, rest
    return [Phrase(body, part.start)], rest
