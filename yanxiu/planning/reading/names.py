"""What an amount is an amount of, from the words around it."""

import re

_BOOKS = re.compile(
    r"专著|著作|书籍|图书|读物|名著|理论书|书目|(?:教育|教学|专业).{0,6}书$|[^教科]书$|读书$|阅读$"
)
_LESSON = re.compile(
    r"公开课|展示课|研讨课|研究课|示范课|汇报课|亮相课|优质课|观摩课|竞赛课|实验课|录像课|达标课"
)
# (units, words, name): the first whose unit and words fit; None keeps the word itself.
_KNOWN: tuple[tuple[str, re.Pattern[str], str | None], ...] = (
    ("篇次份则个", re.compile(r"读书(?:心得|体会|反思|感悟)|阅读(?:心得|体会|感悟)"), "读书心得"),
    ("本篇次册份", re.compile(r"(?:读书|学习|业务|业务学习|政治)笔记"), None),
    ("本册部", _BOOKS, "读书"),
    ("篇次份则个", re.compile(r"教学反思|(?<!读书)反思"), "教学反思"),
    ("篇份个则", re.compile(r"教学案例|教育案例|案例"), "教学案例"),
    ("篇份个", re.compile(r"教学设计|教案"), "教学设计"),
    ("篇", re.compile(r"论文"), "论文"),
    ("篇份", re.compile(r"学习心得|心得体会|培训心得|随笔|教育叙事|教学故事"), None),
    ("节堂次", re.compile(r"听评课|听课|观课"), None),
    ("节堂次", _LESSON, None),
)
_VERBS = re.compile(
    r"^(?:.*(?:必须|需要|应当|应该|累计|总共|认真|积极|定期|统一|坚持|按时))?(?:[要须应需将得都均共至少为有上写交和并及、与\s]|"
    r"完成|撰写|开展|组织|参加|参与|举行|举办|进行|提交|上交|阅读|承担|执教|主持|安排|召开|收集|开设|指导|研读|每人|活动内容){0,4}"
)
_TAIL = re.compile(
    r"(?:[要须应需不都均为达共有各]|不得|至少|最少|进行|开展|组织|举行|达到|安排|活动时间|时间)+$"
)
_HEAD = re.compile(r"^(?:以上|左右)?的?")
_CUT = re.compile(
    r"[，,。；;:：(（）)\s!！]|并(?!行)|以及|，|次数|为宜|每[周月学年人位名]|深入|做好|开展|进行|参加|参与|至少|最少|来校"
)
_NOUN = re.compile(
    r"^.{0,14}?(?:活动|讲座|会议|培训|研讨会|报告|比赛|竞赛|评比|心得|反思|课)(?=[、和与及])"
)
_MAKERS = re.compile(r"^(?:活动|左右|以上|为宜|即可|等|的|左右等)$")
_NO_NAME = re.compile(r"最|其中|个人|[一-鿿]?$")
_LONGEST = 20


def name_of(before: str, after: str, unit: str, *, usual: bool = True) -> str:
    """Name the thing counted; "" if neither side names one.

    Args:
        before: the words of the clause before the number, without whom and when.
        after: those behind the unit.
        unit: the unit, which tells a paper (篇) from a contest of papers (次).
        usual: give things that every school asks for their usual name, not the writer's.
    """
    after = _CUT.split(_HEAD.sub("", after))[0]
    before = re.split(r"[：:。；;“”\"]", before)[-1]
    for text in (after, before) if usual else ():
        for units, words, name in _KNOWN:
            match = words.search(text) if unit in units else None
            if match:
                return name or match[0]
    series = _NOUN.match(after)
    after = series[0] if series else after.rstrip("、和与及")
    if after and not _MAKERS.match(after):
        return after[:_LONGEST]
    return _subject(before)


def _subject(before: str) -> str:
    text = _TAIL.sub("", before.strip("、，, "))
    text = re.split(
        r"(?:累计|共计|总共|开展了?|组织了?|举办了?|完成了?|收集|召开了?|撰写了?|[作做](?=专题|学术|报告|讲座))",
        text,
    )[-1]
    name = _VERBS.sub("", text).strip("、的 ")[:_LONGEST]
    return "" if _NO_NAME.match(name) else name
