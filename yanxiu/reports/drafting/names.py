"""Where a text names somebody: what the house knows, and what looks like a name.

Too much is better than too little: what is found is put back exactly as it was.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

KINDS = {
    "person": "教师",
    "school": "校",
    "phone": "电话",
    "mail": "邮箱",
    "number": "号码",
    "link": "网址",
    "word": "词",
}
"""What a place is of, and the word in its token."""
SHORTEST = 2

_LINK = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*://|www\.)[^\s，。；、）)》”]+", re.IGNORECASE)
_MAIL = re.compile(r"[A-Za-z0-9_.+-]+[@＠][A-Za-z0-9-]+(?:[.．][A-Za-z0-9-]+)+")
_NUMBERS = (
    ("phone", re.compile(r"(?<!\d)(?:[+＋]?86[- ]?)?[1１][3-9３-９]\d(?:[- ]?\d{4}){2}(?!\d)")),
    ("phone", re.compile(r"(?<!\d)[0０]\d{2,3}[-－— ]?\d{7,8}(?!\d)")),
    ("number", re.compile(r"(?<![A-Za-z\d])[A-Za-z]{0,3}\d{7,}[Xx]?(?![A-Za-z\d])")),
    ("number", re.compile(r"(?<!\d)\d{4,}(?:[- ]\d{4,})+(?!\d)")),
)
_TOKEN_LIKE = re.compile(r"〔[^〔〕]{0,12}〕")

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田姜范石"
    "姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙段雷钱汤尹黎贺赖龚庞殷樊兰施洪翟倪"
)
_DOUBLE = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|端木|夏侯"
_POST = (
    "老师|教师|校长|园长|主任|书记|组长|教研员|教授|专家|同学|同志|先生|女士|名师|局长|院长"
    "|所长|师傅"
)
_ACT = "主讲|执教|主持|带领|负责|撰写|荣获|点评|授课|献课|发言|做了|作了|上了|分享|指导"
_NOT_GIVEN = "级中小课度年期学校力量师生题组间名经验法和与的及等是在对从由为们"
_PERSON = re.compile(
    rf"(?:(?P<double>(?:{_DOUBLE})[一-鿿]{{0,2}}?)|(?P<single>[{_SURNAMES}](?:[^\W{_NOT_GIVEN}a-zA-Z0-9_]{{1,2}}?)?))"
    rf"(?=副?(?:{_POST}))"
    rf"|(?:(?:{_DOUBLE})|[{_SURNAMES}])[^\W{_NOT_GIVEN}a-zA-Z0-9_]{{1,2}}?(?=等?(?:{_ACT}))"
)
_SCHOOL = re.compile(
    r"[一-鿿]{2,16}?(?:小学|中学|幼儿园|中心校|学校|中心园|一中|二中|三中|一小|二小|三小|实小)"
)
_BREAKS = re.compile(
    r".*(?:[到在与和及由从赴向往对去至是各全我本该的了请自以为请邀跟让把被于]|[、，。])"
)
_NO_SCHOOL = re.compile(
    r"^(?:乡村|农村|城市|城镇|村|县域|区域|普通|寄宿制|九年制|九年一贯制|兄弟|薄弱|结对|示范|附近|周边|优质|联盟|集团"
    r"|联合|试点|基地|帮扶|成员|所属|辖区|参加|参与|多所|几所|两所|所|校|初级|高级|高等|民办|公办|师范|职业|义务教育|教育|研修|教研"
    r"|[一二三四五六七八九十0-9两几多]+所|中心|实验|特色|示范性|规模较小|小规模|新|老|大|小|)$"
)


@dataclass(frozen=True, order=True)
class Found:
    """One name in a text."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Known:
    """The names that the house knows, each set without what is too short to be told apart."""

    persons: frozenset[str] = frozenset()
    schools: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    def by_kind(self) -> Iterator[tuple[str, str]]:
        """Yield (name, kind), words of the sender first."""
        for kind, names in (
            ("word", self.words), ("school", self.schools), ("person", self.persons),
        ):  # fmt: skip
            for name in names:
                if len(name) >= SHORTEST or kind == "word":
                    yield name, kind


def find(text: str, known: Known) -> list[Found]:
    """Return every name in `text`, none inside another; the longest known name wins."""
    free = [True] * len(text)
    found: list[Found] = []
    for one in (*_tokens(text), *_known(text, known), *_patterns(text)):
        if one.end > one.start and all(free[one.start : one.end]):
            free[one.start : one.end] = [False] * (one.end - one.start)
            found.append(one)
    return sorted(found)


def _tokens(text: str) -> Iterator[Found]:
    """Yield what the text itself has in the form of our tokens, so that none is taken for one."""
    for match in _TOKEN_LIKE.finditer(text):
        yield Found(match.start(), match.end(), "word")


def _known(text: str, known: Known) -> Iterator[Found]:
    names = dict(reversed(list(known.by_kind())))
    lengths = sorted({len(name) for name in names}, reverse=True)
    for length in lengths:
        for start in range(len(text) - length + 1):
            kind = names.get(text[start : start + length])
            if kind:
                yield Found(start, start + length, kind)


def _patterns(text: str) -> Iterator[Found]:
    for match in _LINK.finditer(text):
        yield Found(match.start(), match.end(), "link")
    for match in _MAIL.finditer(text):
        yield Found(match.start(), match.end(), "mail")
    for kind, pattern in _NUMBERS:
        for match in pattern.finditer(text):
            yield Found(match.start(), match.end(), kind)
    yield from looks_like_school(text)
    for match in _PERSON.finditer(text):
        yield Found(match.start(), match.end(), "person")


def looks_like_school(text: str) -> Iterator[Found]:
    """Yield what ends as the name of a school does and has a name before that."""
    for match in _SCHOOL.finditer(text):
        ending = re.search(r"(?:小学|中学|幼儿园|中心校|学校|中心园|.[中小])$", match[0])
        head = match[0][: ending.start()] if ending else match[0]
        cut = _BREAKS.match(head)
        name = head[cut.end() :] if cut else head
        kind_of_school = _NO_SCHOOL.match(name) or match[0].endswith("中小学")
        if len(name) >= SHORTEST and not kind_of_school:
            yield Found(match.start() + len(head) - len(name), match.end(), "school")


def names_in(text: str, found: Iterable[Found]) -> list[str]:
    """Return the words of what was found."""
    return [text[one.start : one.end] for one in found]
