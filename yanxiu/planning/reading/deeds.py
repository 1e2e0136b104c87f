"""Single things done or to be done: 举办教学节, 学习《…》, 甲与乙相结合, 重积累,重应用,看长远."""

import re
from collections.abc import Iterator

from yanxiu.planning.reading.findings import Finding, Kind
from yanxiu.planning.reading.gaps import GAP
from yanxiu.planning.reading.grounds import is_ground
from yanxiu.planning.reading.items import Item, Reading
from yanxiu.planning.reading.phrases import Phrase, bare, clauses, sentences
from yanxiu.planning.reading.prose import prose_items

_VERBS = "进行|开展|组织|举办|举行|召开|承办|主办|参加|观看|承担"
_HELD = re.compile(
    rf"(?:{_VERBS}|邀请[一-鿿]{{2,10}}?[作做])了?"
    r"(?P<what>[一-鿿“”《》]{2,18}?(?:活动|会议|比赛|竞赛|大赛|评比|讲座|培训|研讨会|交流会|座谈会|分享会|现场会|推进会|展示会|报告会|沙龙|论坛|教学节|开放日|开放周|书会|考察|观摩|调研|调查))"
    r"(?=[，,。；;！!]|$|和|及|、|并|，)"
)
_JOINED_EVENT = re.compile(
    r"(?:和|与|以及)(?P<what>[一-鿿“”]{2,12}?(?:活动|会议|比赛|竞赛|大赛|评比|讲座|培训|会|沙龙|论坛|展演|展评|展览|观摩|调研|演讲))(?=[，,。；;！!]|$)"
)
_NAMED_EVENT = re.compile(
    rf"(?:{_VERBS}|举行)了?(?:为期[一-鿿\d]{{1,4}})?(?P<what>“[^“”]{{2,20}}”[一-鿿]{{2,12}})(?=[，,。；;！!\d]|$)"
)
_ONLY_NAMED = re.compile(r"“[^“”]*”(?:的|为|活动$)")
_VAGUE = re.compile(
    r"一系列|各[种类级项]|多[种次]|形式多样|丰富|相关|一[次场个届]|[两二三四五六七八九十\d]+余?[次场个届]|教师参加|教师"
)
_BOOK = re.compile(
    r"(?:学习|阅读|研读|精读|共读|通读|解读|观看|重温|领会|读完|读了|读过|订阅|征订|定制|购[买置]|发放|印发|开发|编写|编印|编成|编为|编撰|汇编|结集|出版|刊印|推荐|配发|赠送|赠阅)[^，,。；;《》]{0,8}(?P<titles>(?:《[^《》]{2,30}》(?:、|和|以及|与)?)+)"
    r"|(?:本书|书目|书)(?:有|为|是)?[:：]?(?P<listed>(?:《[^《》]{2,30}》(?:、|和|以及|与)?){2,})"
)
_NAMED = re.compile(
    r"(?:开展|实施|推进|启动|推行|实行|开设|打造)了?[^，,。；;“”]{0,4}“(?P<title>[^“”，,。]{2,14})”"
    r"(?!的?(?:[一-鿿]{0,2}(?:主题|理念|思路|原则|精神|口号)))"
)
_NUMBERED_NAME = re.compile(r"“(?P<title>[一二三四五六七八九十]个[一-鿿]{1,3})”")
_TALK = re.compile(
    r"[作做]了?(?:题为|关于)?“(?P<title>[^“”]{4,30})”的?(?:专题|学术)?(?:辅导|讲座|报告|培训|讲话|发言|交流)"
)
_OWN_BOOK = re.compile(
    r"(?:编写|编印|编成|编撰|汇编|结集|出版)[^，,。；;“”《》]{0,12}“(?P<title>[^“”]{2,24})”"
)
_JOINED = re.compile(
    r"(?:结成|组建|成立|建立|组成)了?(?P<what>[一-鿿“”]{2,16}?(?:共同体|联盟|协作组|协作体|工作坊|共研体))"
)
_MEANS = re.compile(r"(?:通过|透过|借助|利用)“(?P<title>[^“”，,。]{2,12})”")
_LESSON = re.compile(
    r"(?:执教|讲授|上了?|[一那这]节|公开课|研究课|展示课|示范课|汇报课|课例)[^，,。；;《》]{0,4}《(?P<title>[^《》]{2,24})》"
)
_TITLE = re.compile(r"《([^《》]{2,30})》")
_JOINING = "采用|采取|坚持|实行|做到|运用|将|把"
_COMBINED = re.compile(
    rf"(?:{_JOINING}|(?:^|(?<=[，,。；;：:]))(?!{_JOINING}))"
    r"(?P<what>[一-鿿]{2,10}(?:与|和|同)[一-鿿]{2,10}相结合)"
)
_PAIRS = re.compile(r"(?<=、)(?P<what>[一-鿿]{2,10}(?:与|和|同)[一-鿿]{2,10}相结合)")
_INSIDE = re.compile(
    r"(?:[(（](?P<number>\d)[)）])[、.．]?\s*(?P<what>[^(（]{4,80}?)(?=[。；;]|[(（]\d[)）]|$)"
)
_LACKS = re.compile(r"(?:存在的?)?(?:不足|劣势|短板|弱项|问题|困惑)(?:之处)?$")
_PARALLEL = re.compile(r"[记重讲读写抓看学比说建促多]")
_DENIED = re.compile(r"(?:不得?|未|没有?|免于)(?:再|能|予)?$")
_BRIEF = ("教学节", "开放日", "开放周", "读书节", "调研", "调查", "竞赛", "比赛", "大赛", "评比")
_LEAST, _SHORT, _SERIES = 6, 4, 3


def read_deeds(reading: Reading) -> Iterator[Finding]:
    """Activities by name, books studied, two ways joined, and clauses that run in parallel."""
    for item in prose_items(reading):
        if reading.kind == "plan" and item.topic in {"goal", "schedule"}:
            continue
        for kind, phrase in _deeds(item):
            if not GAP.search(phrase.text):
                line = item.line(phrase.start)
                written = reading.written[line.number]
                yield Finding(kind, phrase.text, phrase.text, line.number, written)


def _deeds(item: Item) -> Iterator[tuple[Kind, Phrase]]:
    text = item.text
    yield from (("content", phrase) for phrase in _held(text))
    for match in _BOOK.finditer(text):
        group = "titles" if match["titles"] else "listed"
        for title in _TITLE.finditer(match[group]):
            yield "content", Phrase(title[1], match.start(group) + title.start(1))
    for match in _JOINED.finditer(text):
        said = match["what"].strip("“”")
        yield "content", Phrase(said, match.start("what") + match["what"].find(said))
    for pattern in (_LESSON, _OWN_BOOK, _NAMED, _NUMBERED_NAME, _TALK):
        for match in pattern.finditer(text):
            if pattern is not _NAMED or not is_ground(text, match.start("title"), match.end()):
                yield "content", Phrase(match["title"], match.start("title"))
    for match in _MEANS.finditer(text):
        yield "form", Phrase(match["title"], match.start("title"))
    pairs = _PAIRS.finditer(text) if text.count("相结合") > 1 else ()
    for match in (*_COMBINED.finditer(text), *pairs):
        yield "form", Phrase(match["what"], match.start("what"))
    yield from _numbered(item)
    for sentence in sentences(text):
        yield from _parallels(sentence)


def _held(text: str) -> Iterator[Phrase]:
    """What was held: 举办青年教师读书会, 举行“新课程”教学开放周."""
    for match in _HELD.finditer(text):
        if _DENIED.search(text[: match.start()]):
            continue
        said = bare(match["what"])
        if len(said) >= (_SHORT if said.endswith(_BRIEF) else _LEAST) and not _VAGUE.search(said):
            yield Phrase(said, match.start("what"))
        joined = _JOINED_EVENT.match(text, match.end())
        if joined:
            yield Phrase(joined["what"], joined.start("what"))
    for match in _NAMED_EVENT.finditer(text):
        if not _ONLY_NAMED.match(match["what"]):
            yield Phrase(match["what"], match.start("what"))


def _numbered(item: Item) -> Iterator[tuple[Kind, Phrase]]:
    """The parts of a paragraph that counts inside itself: (1)甲；(2)乙."""
    found = list(_INSIDE.finditer(item.text))
    counts = [int(match["number"]) for match in found]
    if _LACKS.match(item.head) and item.body:
        return
    if len(found) < 2 or counts != list(range(1, len(found) + 1)):  # noqa: PLR2004
        return
    kinds: dict[str, Kind] = {"problem": "problem", "goal": "goal", "rule": "rule", "form": "form"}
    for match in found:
        said = bare(match["what"])
        yield kinds.get(item.topic, "content"), Phrase(said, match.start("what"))


def _parallels(sentence: Phrase) -> Iterator[tuple[Kind, Phrase]]:
    """重积累,重应用,看长远: three or more short clauses that begin with such a verb."""
    run: list[Phrase] = []
    for clause in (*clauses(sentence.text), Phrase("", 0)):
        said = clause.text.strip()
        if 3 <= len(said) <= 16 and _PARALLEL.match(said) and "、" not in said:  # noqa: PLR2004
            run.append(Phrase(said, sentence.start + clause.start))
            continue
        if len(run) >= _SERIES and len({part.text[0] for part in run}) < len(run):
            yield from (("content", part) for part in run)
        run = []
