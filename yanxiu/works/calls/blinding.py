"""Taking the names out of a text: of authors, schools, colleagues, classes and numbers.

Only what is known is taken out, wherever it stands, and lines that by their label can say nothing
else. Too much taken out costs a word; too little costs the secret.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from yanxiu.texts.keys import simplified, traditional
from yanxiu.works.calls.called import DUTIES, GAP, OFFICES, ways_to_call, with_office

AUTHOR, SCHOOL, COLLEAGUE, CONTACT = "〔作者〕", "〔单位〕", "〔老师〕", "〔联系方式〕"
REVIEWER = "〔评审人〕"
CLASS = "〔班级〕"
_SUFFIX = re.compile(
    r"(?:第[一二三四五六七八九十\d]+)?"
    r"(?:(?:九年一贯制|中心|完全|实验|希望|附属|初级|高级|职业)*"
    r"(?:小学校?|中学校?|初中|高中|学校|幼儿园|完小|教学点|校区|中心校|学区|片区)"
    r"|教育(?:和体育|体育|科技)?局|教体局|教研室|教师(?:进修|发展)(?:学校|中心)|教育科学研究所)$"
)
_KINDS_OF_SCHOOL = (
    r"(?:九年一贯制|中心|完全|实验|希望|附属|初级|高级|职业)*"
    r"(?:小学|中学|初中|高中|学校|幼儿园|完小|教学点|校区|中心校|学区|片区)"
)
_PLACES = re.compile(r"[^省市县区镇乡]{2,6}[省市县区镇乡]")
_COMMON = {
    "实验", "中心", "希望", "光明", "第一", "第二", "第三", "附属", "完全", "和平", "建设", "学校",
    "教师", "发展", "成长", "阳光", "育才", "育人", "育英", "民族", "团结", "文化", "城关", "城区",
    "向阳", "幸福",
}  # fmt: skip
"""Names of schools that are everyday words: they are taken out as names of schools alone."""
_PLAIN_WORDS = frozenset(
    ("实验", "中心", "希望", "第一", "第二", "第三", "附属", "完全", "建设", "学校", "教师", "发展",
     "成长", "文化", "幸福", "团结", "和平"),
)  # fmt: skip
"""Those that stand in sentences about anything, also behind 我们."""

_LABELS = (
    "作者(?:简介|单位|姓名)?|姓\\s*名|撰\\s*写(?:人|者)?|撰稿(?:人)?|执\\s*教(?:者|人|教师)?|授课(?:人|者|教师)|"
    "设计(?:人|者|教师)|参(?:赛|评)(?:者|教师|单位|学校)|选送(?:单位|学校)|(?:所在|工作|作者)?(?:单\\s*位|学\\s*校)|"
    "指导(?:教师|老师|人)|联系(?:人|电话|方式|地址)|(?:移动)?电\\s*话|手\\s*机(?:号码?)?|(?:电子)?邮\\s*箱|"
    "(?:通讯|通信)?地\\s*址|邮\\s*编|(?:职\\s*称|职\\s*务)|(?:任教|所教|执教|授课|所带)?班\\s*级|e-?mail|qq|微信(?:号)?|个人简介"
)
_LABELLED = re.compile(rf"^[\s【\[（(]*(?:{_LABELS})[】\]）)]*\s*(?:[:：\t]|$)", re.IGNORECASE)
_LONGEST_LABELLED = 120
_REACHES = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<!\d)1[3-9]\d(?:[\s-]?\d{4}){2}(?!\d)"
    r"|(?<!\d)0\d{2,3}[\s-]\d{7,8}(?!\d)"
    r"|(?<!\d)\d{17}[\dXx](?![\dXx])"
    r"|(?:微信|QQ|qq)\s*(?:号|群)?\s*[:：]?\s*[A-Za-z\d_-]{5,20}"
)
_NUMBER = r"(?:\d{1,4}|[一二三四五六七八九十]{1,3})"
_YEAR = (
    r"(?:[小初高][一二三四五六]|(?:[小初高中]\s*)?\d{2,4}\s*[级届]"
    r"|[一二三四五六七八九1-9]\s*年\s*级?|[一二三四五六七八九1-9](?=\s*[(⑴-⑽㈠-㈩]))"
)
_CLASSES = re.compile(
    rf"(?:{_YEAR}\s*)?(?:\(\s*{_NUMBER}\s*\)|[⑴-⑽㈠-㈩])\s*班"
    rf"|{_YEAR}\s*第?\s*{_NUMBER}\s*班"
    rf"|(?<![\d一二三四五六七八九十每上下这那同各全换])(?:{_NUMBER})\s*班(?![级人车子次倒制])"
)
"""Classes: 七(3)班, 三年级2班, 高一(5)班, 703班, in the folded text."""
_SHORTEST = 2


@dataclass(frozen=True)
class Known:
    """Who is behind a text: names of the authors, of their schools, and numbers of theirs.

    `colleagues` work at the same schools: who knows them knows where the author works.
    """

    people: tuple[str, ...]
    schools: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    colleagues: tuple[str, ...] = ()


@dataclass(frozen=True)
class Blinded:
    """A text without names, and how many places were taken out."""

    text: str
    hidden: int


def blind(text: str, known: Known, *, person: str = AUTHOR) -> Blinded:
    """Return `text` without what is known of who is behind it; lines stay where they were.

    `person` stands for those: the authors of a paper, or the reviewer in a word to them.
    """
    lines, hidden = [], 0
    patterns = list(_patterns(known, person))
    for line in text.split("\n"):
        bare = line.strip()
        if len(bare) <= _LONGEST_LABELLED and _LABELLED.match(bare) and not _is_sentence(bare):
            hidden += 1
            continue
        made, count = _masked(line, patterns)
        lines.append(made)
        hidden += count
    return Blinded("\n".join(lines), hidden)


def _is_sentence(line: str) -> bool:
    """Tell whether a line is a sentence that only begins with the word of a label."""
    return not re.search(r"[:：\t]", line) and line.endswith(("。", "！", "？"))


def _patterns(known: Known, person: str) -> Iterator[tuple[re.Pattern[str], str]]:
    """Yield what is looked for and what stands for it; longer names come first."""
    yield _REACHES, CONTACT
    yield _CLASSES, CLASS
    schools = sorted(chain.from_iterable(map(_names_of, known.schools)), key=len, reverse=True)
    people = _names(known.people)
    others = [_folded(one) for one in known.others if len(one.strip()) > _SHORTEST]
    for names, mark in ((schools, SCHOOL), (people, person), (others, person)):
        for name in names:
            yield _loose(name), mark
    yield from ((pattern, SCHOOL) for one in known.schools for pattern in _everyday_names(one))
    if colleagues := _names(known.colleagues):
        # With the word behind the name, so that no 〔老师〕老师 stays.
        either = "|".join(GAP.join(map(re.escape, name)) for name in colleagues)
        yield re.compile(rf"(?:{either})(?:{GAP}(?:{DUTIES}))?"), COLLEAGUE
    yield from ((way, person) for name in people for way in ways_to_call(name))
    # 王老师 in a paper of 王小明 is the author as the pupils say it, or a colleague of the name.
    for names, offices in ((people, DUTIES), (colleagues, OFFICES)):
        if called := with_office(names, offices):
            yield called, COLLEAGUE


def _names(people: Iterable[str]) -> list[str]:
    """Return the names of `people` as they are looked for, the longest first."""
    folded = {_folded(one.strip()) for one in people if len(one.strip()) >= _SHORTEST}
    return sorted(folded, key=lambda one: (-len(one), one))


def _loose(name: str) -> re.Pattern[str]:
    """Return what finds `name` also with spaces or dots between its characters."""
    if name.isascii():
        body = r"[\s._-]*".join(re.escape(part) for part in name.split())
        return re.compile(rf"(?<![a-z\d]){body}(?![a-z\d])")
    return re.compile(GAP.join(re.escape(one) for one in name))


def _names_of(school: str) -> Iterator[str]:
    """Yield the names by which a school or an office is known: in full, and what it is short for.

    清河县柳树镇第一小学 is known as 柳树镇第一小学, 清河县, 清河, 柳树镇 and 柳树 as well; an
    everyday word is no name by itself.
    """
    full = _folded(school)
    places = _PLACES.findall(full)
    rest = full
    for place in places:
        rest = rest.removeprefix(place) or rest
        yield from (one for one in (place, place[:-1], rest) if _is_name(one))
    yield full
    root = _SUFFIX.sub("", rest)
    if root != rest and _is_name(root):
        yield root


def _everyday_names(school: str) -> Iterator[re.Pattern[str]]:
    """Yield what finds a school whose own name is an everyday word: 育才小学, 我们育才的孩子."""
    rest = _folded(school)
    for place in _PLACES.findall(rest):
        rest = rest.removeprefix(place) or rest
    root = _SUFFIX.sub("", rest)
    if root == rest or root not in _COMMON:
        return
    yield re.compile(GAP.join(root) + rf"{GAP}(?:{_KINDS_OF_SCHOOL})")
    if root not in _PLAIN_WORDS:
        yield re.compile(
            rf"(?<=我们|咱们){root}(?=人|学子|娃|校园|的?(?:老师|教师|孩子|学生)|[^一-鿿]|$)"
        )
        yield re.compile(rf"{root}(?=人[都的是，]|学子|娃|校园)")


def _is_name(word: str) -> bool:
    return len(word) >= _SHORTEST and word not in _COMMON


def _masked(line: str, patterns: Iterable[tuple[re.Pattern[str], str]]) -> tuple[str, int]:
    """Replace what the patterns find in the folded line, in the line as it was written."""
    found: list[tuple[int, int, str]] = []
    folded = _folded(line)
    for pattern, mark in patterns:
        for match in pattern.finditer(folded):
            start, end = match.span()
            if all(end <= first or start >= last for first, last, _ in found):
                found.append((start, end, mark))
    for start, end, mark in sorted(found, reverse=True):
        line = line[:start] + mark + line[end:]
    return line, len(found)


def _folded(text: str) -> str:
    """Return `text` in simplified script, full-width letters narrow, as long as it was."""
    narrow = "".join(_one(unicodedata.normalize("NFKC", one), one) for one in text)
    plain = simplified(narrow)
    if len(plain) != len(narrow):
        plain = "".join(_one(simplified(one), one) for one in narrow)
    return "".join(_one(one.lower(), one) for one in plain)


def _one(made: str, was: str) -> str:
    return made if len(made) == 1 else was


def still_named(text: str, known: Known) -> list[str]:
    """Return those names that still stand in `text`, in either script: for a last look."""
    bare = re.sub(GAP.rstrip("*") + "+", "", _folded(text))
    names = [*known.people, *known.schools, *known.others]
    return [
        name
        for name in names
        if len(name) >= _SHORTEST
        and any(re.sub(r"\s+", "", _folded(form)) in bare for form in (name, traditional(name)))
    ]
