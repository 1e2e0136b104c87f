"""Problems that a document admits: under their heading, in one paragraph, or hidden in praise."""

import re
from collections.abc import Iterator

from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.items import Item, Reading
from yanxiu.planning.reading.phrases import Phrase, bare, clauses, quoted, sentences, uncounted
from yanxiu.planning.reading.prose import prose_items
from yanxiu.planning.reading.wishes import wish_at, wishes_in

WEAK = re.compile(
    "两极分化|满足于|安于现状|还比较|还较|仍比较|仍较|浅显|粗浅|笼统|严重|外流|流失|单调|空洞|教条|肤浅|表面化|片面|盲目|随意|畏难|抵触|吃力|老套|机械|被忽|教师少|人员少|零散|零碎|没能|没有(?:抓住|坚持|落实|跟上|做好|深入)|忽略|忽视|不合理|不尽合理|紧缺|短缺|流于|重[^，,]{1,6}轻|少谈|摆在|[数度量力面额围]小$|[次场]数少|面窄|不紧|不强|不大|不牢|不密|不活|不准|不广|后劲|两张皮|得不到|工作量大|任务重|压力大|多[、，,]?[^，,]{1,6}少|不够|不足|不高|不强|不齐|不平衡|不均衡|不同步|不规范|不完善|不完整|不到位|不及时|不理想|不深|不能满足|不尽人意"
    "|不扎实|不明显|不突出|不统一|不系统|不了解|不适应|跟不上|程度不同|不同步|不一致|欠缺|薄弱|有待|亟待|缺乏|缺少|缺位|欠佳|还需|仍需|尚待|尚未|尚不|尚"
    "|流于形式|走过场|没有做到|没有形成|没有收集|未能|单一|滞后|脱节|浮于|停留在|参差|淡薄|差距|偏低|偏少|太少|不多|较少|紧张|不匹配"
    "|困难|困惑|压抑|失去|填鸭|制约|疲于|负担|被动|应付|敷衍|倦怠|断层|老龄化|短板|瓶颈|有限|难以|较慢|不快|不均|不稳|矛盾|缺口|不畅|不力|不实|过多|过少|过低|偏重|偏差|弱|陈旧|落后|老化|松散|虚化|走样|不浓|不快|不透|不新|不畅|[量额数]少|(?:[做用写学参读练]|参与|反思|交流)得少|功底浅|发表少|读书少|偏大|太忙|太杂|太散|没能|没跟上|没有几[份次篇个]|寥寥|吃紧|时有发生|屡有发生|慢$"
)
_OPEN_QUESTION = re.compile(r"^(?:[一-鿿]{2,8})?(?:如何|怎样|怎么|以什么样?的?|用什么)")
_LISTED = re.compile(
    r"(?:存在|还有|仍有|面临|暴露|困惑|问题|不足)[^。；;]{0,16}(?:问题|不足|困惑|缺点|地方|困难|差距|短板|表现)[^。；;：:]{0,6}[：:](?P<rest>.{6,})"
    r"|(?:问题|不足|遗憾|短板|差距)(?:也|还|仍|依然|同样)[^，,。；;：:]{0,6}[：:](?P<other>.{6,})"
    r"|我们?(?:也|还)(?:应|要|清醒地?)?(?:看到|认识到|意识到)[^，,。；;：:]{0,4}[：:](?P<seen>.{6,})"
)
_NUMBERED = re.compile(
    r"^\s*(?:第?[一二三四五六七八九]是|第[一二三四五六七八九][，,、]|其[一二三四五][，,、])"
)
_COUNTS_ON = re.compile(r"[，,]\s*第?[二三四五六]是")
_SOME = re.compile(r"(?=(?:还|仍)?有?(?:的|些|个别|部分|少数|一些|不少))")
_CONCEDED = re.compile(rf"(?:^\s*|[，,])(?:但是?|然而|不过)[，,]?{_SOME.pattern}")
_IN_BRACKETS = re.compile(r"^\s*[(（]\d{1,2}[)）][、.．]?\s*")
_QUOTED_LACKS = re.compile(
    r"(?:存在|发现|暴露|反映|出现|指出)(?:出|着|出来)?的?[^“。；;]{0,6}(?P<all>(?:“[^“”]{3,30}”[、和与及]?)+)等?[一-鿿]{0,4}(?:问题|不足|短板)"
)
"""视导中发现的“重布置、轻互动”“质量不高”等问题."""
_STANDS = re.compile(r"回顾|反思|现状|基本情况|情况分析|队伍|自我分析|背景")
_BUT = re.compile(r"^(?:但是?|然而|不过|可是?|只是)[，,]?")
_HEADS = re.compile(r"存在|以下|如下|[一些几个]+(?:困惑|问题|不足|方面)|地方")
_ASKED = re.compile(r"(?:^|[，,])(?:如何|怎样|怎么)")
_GOES_ON = re.compile(r"^(?:还|仍|也|更|特别是|尤其|以致|导致|致使|使得?|因此|从而|甚至|而且|并且)")
_HOPE = re.compile(r"^(?:这些?都|以上|上述|今后|下一步|下学期|将|要|我们将|需要我们|希望)")
_ADMITTED = re.compile(
    r"(?:最|较为?)?(?:突出|主要|明显|严重)的?(?:问题|不足)?(?:还|就|仍)?(?:是|在于|表现[在为])|(?:尽管|虽然?)[^，,。]{2,20}(?:不足|紧张|有限|困难|不多|不够|薄弱|少)"
    r"|存在(?:着|的)?[^，,。；;]{0,10}(?:问题|不足|缺点|差距)|(?:还有|仍有)[^，,。；;]{0,8}(?:问题|不足|缺点|地方[^，,。；;]{0,4}(?:改进|改善|加强))"
)
_LABELLED = re.compile(r"(?:不足|缺点|弱点|短板|劣势|弱项|困惑|存在问题)(?:之处)?[:：]([^。]{4,})")
_ANNOUNCES = re.compile(
    r"(?:如下|以下|几[个点方]|我们也|清醒|看到|认识到|反思)|^[^，,]{0,6}(?:问题|不足)$"
)
_OPENING = re.compile(
    r"[:：]|总结|回顾|成绩|取得|我们[也还]?(?:将|要|会)|相信|提高|加强|完善|改进|探索|深入|打算"
)
_REGRET = re.compile(
    r"[^，,。]{0,8}(?:没(?:有)?[办做抓干]好|没(?:有)?(?:做到|完成|落实)|不如意|不满意|欠账|遗憾|不足|问题|短板|缺憾|缺点|教训|困惑|差距)(?:之处)?(?:也|还|仍|依然)?[^，,。]{0,6}"
)
_SEMICOLONS = ("；", ";")
_JOINED = re.compile("[；;]")
_OPENED = re.compile(
    r"[^：:]{0,60}(?:问题|不足|困惑|缺点|地方|困难|差距|距离|短板|表现|遗憾|之处)[^：:]{0,6}[：:]"
)
_PLAIN, _WHOLE = 30, 60
_SHORT, _BRIEF, _SERIES, _LEAST = 18, 26, 2, 4


def problems_in(text: str) -> Iterator[Phrase]:
    """The problems that one paragraph admits.

    Two or more short sentences that each admit a weakness are topics, and what follows explains
    them. Otherwise each clause that admits one, or that asks how, is a problem.
    """
    wished = wish_at(text)
    text = text if wished is None else text[:wished]
    told = [Phrase(bare(uncounted(s.text)), s.start) for s in sentences(text)]
    topics = [
        Phrase(each.text, text.find(each.text, each.start))
        for each in told
        if len(each.text) <= _SHORT
        and not re.search(r"[,，]", each.text)
        and WEAK.search(each.text)
        and not re.match(r"[^。；;！!？?]*[；;]", text[each.start :])
    ]
    counted = sum(_NUMBERED.match(each.text) is not None for each in sentences(text))
    apart = len(topics) >= _SERIES > counted
    known = {topic.start for topic in topics} if apart else set()
    for sentence in sentences(text):
        topic = next((t for t in topics if t.start in _span(sentence)), None)
        whole = _part_of_list(text, sentence)
        if topic and topic.start in known:
            yield topic
        elif whole:
            yield from _each_counted(whole)
        elif not known or len(sentence.text) <= _BRIEF or _ASKED.search(sentence.text):
            yield from _clauses(text, sentence)


def _part_of_list(text: str, sentence: Phrase) -> Phrase | None:
    """参与不主动，走过场；…；…: each part of such a list, or of 一是…；二是…, is one problem."""
    end = sentence.start + len(sentence.text)
    listed = (
        text[end : end + 1] in _SEMICOLONS
        or text[sentence.start - 1 : sentence.start] in _SEMICOLONS
    )
    opened = _OPENED.match(sentence.text)
    start = opened.end() if opened else 0
    said = uncounted(_NUMBERED.sub("", sentence.text[start:]))
    counted = _NUMBERED.match(sentence.text[start:])
    if not (listed or counted) or not _LEAST <= len(said) <= _WHOLE or _HOPE.match(said):
        return None
    if not counted and not WEAK.search(said) and not _is_plain_problem(said):
        return None
    return Phrase(said, text.find(said, sentence.start + start))


def _each_counted(whole: Phrase) -> Iterator[Phrase]:
    """看不懂游戏，二是不知道何时介入，三是…: parts that only commas part, each for itself."""
    start = 0
    for joint in (*_COUNTS_ON.finditer(whole.text), None):
        end = joint.start() if joint else len(whole.text)
        yield Phrase(whole.text[start:end], whole.start + start)
        start = joint.end() if joint else end


def _span(phrase: Phrase) -> range:
    return range(phrase.start, phrase.start + len(phrase.text))


def _clauses(text: str, sentence: Phrase) -> Iterator[Phrase]:
    """Clauses that admit something, each with those that only go on with it."""
    start = end = -1
    found = False
    for clause in clauses(sentence.text):
        said = uncounted(clause.text)
        place = sentence.start + clause.start + clause.text.find(said)
        admits = bool(WEAK.search(said)) or bool(_OPEN_QUESTION.match(said))
        if start >= 0 and _GOES_ON.match(clause.text.strip()):
            end = sentence.start + clause.start + len(clause.text.rstrip())
            continue
        after = sentence.start + clause.start + len(clause.text)
        if text[after : after + 1] in {":", "："} and _HEADS.search(said):
            continue
        if admits and len(said) >= _LEAST and not _HOPE.match(said):
            if start >= 0:
                yield Phrase(text[start:end], start)
            found = True
            start, end = place, place + len(said)
        elif start >= 0:
            yield Phrase(text[start:end], start)
            start = -1
    if start >= 0:
        yield Phrase(text[start:end], start)
    elif not found and _NUMBERED.match(sentence.text):
        first = uncounted(clauses(sentence.text)[0].text or sentence.text)
        first = first or uncounted(sentence.text)
        yield Phrase(first, text.find(first, sentence.start))
    elif not found and _is_ended(text, sentence) and _is_plain_problem(sentence.text):
        yield Phrase(bare(sentence.text), text.find(bare(sentence.text), sentence.start))


def _is_ended(text: str, sentence: Phrase) -> bool:
    """Whether a mark ends it; a signature and a day have none."""
    return text[sentence.start + len(sentence.text) :][:1] in {"。", "；", ";", "！"}


def _is_plain_problem(text: str) -> bool:
    """Whether a sentence without a telling word is one all the same: short, no hope, no notice."""
    said = uncounted(text)
    known = _HOPE.search(said) or _ANNOUNCES.search(said) or _OPENING.search(said)
    return _LEAST < len(said) <= _PLAIN and not known


def is_regret(item: Item) -> bool:
    """遗憾也不少。一是…；二是…: a paragraph that opens with what was lacking and counts it."""
    return bool(item.body and _REGRET.fullmatch(item.head) and _NUMBERED.match(item.body))


def read_hidden_problems(reading: Reading) -> Iterator[Finding]:
    """Weaknesses told in passing, in paragraphs that are about something else; 不足：…… in any."""
    for item in prose_items(reading):
        if item.topic == "problem":
            continue
        if reading.kind == "summary" and is_regret(item):
            for phrase in problems_in(item.body):
                place = item.text.find(item.body) + phrase.start
                yield _finding(reading, item, phrase.text, place)
            continue
        for match in _LABELLED.finditer(item.text):
            for said, place in _labelled(match[1]):
                yield _finding(reading, item, said, match.start(1) + place)
        for said, place in _quoted_lacks(item.text):
            yield _finding(reading, item, said, place)
        yield from (_told if reading.kind == "summary" else _conceded)(reading, item)


def lists_problems(text: str) -> bool:
    """Whether a paragraph announces problems and lists them: 问题也不少：甲；乙."""
    return _LISTED.search(text) is not None


def _told(reading: Reading, item: Item) -> Iterator[Finding]:
    """What a summary admits behind an announcement (还存在以下问题：……), else in passing."""
    listed = _LISTED.search(item.text)
    if listed is None:
        yield from _hidden(reading, item)
        return
    group = next(name for name in ("rest", "other", "seen") if listed[name])
    for phrase in problems_in(listed[group]):
        yield _finding(reading, item, phrase.text, listed.start(group) + phrase.start)
    for wish in wishes_in(item.text):  # ……。下学期打算……
        line = item.line(wish.start)
        written = reading.written[line.number]
        yield Finding("content", wish.text, wish.text, line.number, written)


def _quoted_lacks(text: str) -> Iterator[tuple[str, int]]:
    """存在“重教轻研”“走过场”等问题: each quotation and its place."""
    for match in _QUOTED_LACKS.finditer(text):
        for each in quoted(match["all"]):
            yield each.text, match.start("all") + each.start


def _labelled(text: str) -> Iterator[tuple[str, int]]:
    """不足：（1）甲，乙；（2）丙: each part of a list whole, else each clause."""
    listed = "；" in text or ";" in text
    for part in sentences(text) if listed else clauses(text):
        said = bare(_NUMBERED.sub("", _IN_BRACKETS.sub("", part.text)))
        if said:
            yield said, part.start + part.text.find(said)


def _conceded(reading: Reading, item: Item) -> Iterator[Finding]:
    """但研修与课堂结合不紧，……: what a plan concedes where it tells how things stand."""
    listed = _LISTED.search(item.text)
    if listed and listed["rest"] and _JOINED.search(listed["rest"]):
        for phrase in problems_in(listed["rest"]):
            yield _finding(reading, item, phrase.text, listed.start("rest") + phrase.start)
        return
    title = reading.sections[item.section - 1].title if item.section else ""
    if not _STANDS.search(title) or _LABELLED.search(item.text):
        return
    for sentence in sentences(item.text):
        for clause in clauses(sentence.text):
            said = _BUT.sub("", uncounted(clause.text))
            if WEAK.search(said) and len(said) >= _LEAST and said[0] != "是":
                place = sentence.start + clause.start + clause.text.find(said)
                yield _finding(reading, item, said, place)


def _hidden(reading: Reading, item: Item) -> Iterator[Finding]:
    since = wish_at(item.text)
    for sentence in sentences(item.text):
        if since is not None and sentence.start >= since:
            return
        begin = _conceded_at(item.text, sentence)
        if begin is not None:
            said = bare(sentence.text[begin:])
            yield _finding(reading, item, said, sentence.start + sentence.text.find(said, begin))
            continue
        end = 0
        for clause in clauses(sentence.text):
            if clause.start < end or not _ADMITTED.search(clause.text):
                continue
            if _ANNOUNCES.search(clause.text) and not clause.text.startswith(("尽管", "虽")):
                continue
            end = clause.start + len(clause.text)
            following = re.match(r"[，,]((?:尤其|特别是)[^，,。；;]+)", sentence.text[end:])
            end += following.end() if following else 0
            said = bare(sentence.text[clause.start : end])
            yield _finding(reading, item, said, sentence.start + clause.start)


def _conceded_at(text: str, sentence: Phrase) -> int | None:
    """Where in a sentence 但个别教师…… begins to admit something, also behind one with ；."""
    conceded = _CONCEDED.search(sentence.text)
    joined = text[sentence.start - 1 : sentence.start] in _SEMICOLONS
    if conceded is None and joined:
        before = re.split(r"[。！]", text[: sentence.start])[-1]
        goes_on = _CONCEDED.search(before) and _SOME.match(sentence.text)
        conceded = _SOME.match(sentence.text) if goes_on else None
    if conceded is None:
        return None
    said = sentence.text[conceded.end() :]
    return conceded.end() if WEAK.search(said) and not _ANNOUNCES.search(said) else None


def _finding(reading: Reading, item: Item, said: str, place: int) -> Finding:
    line = item.line(place)
    return Finding("problem", said, said, line.number, reading.written[line.number])
