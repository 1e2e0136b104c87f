"""What an amount is an amount of, from the words around it."""

import re
from functools import lru_cache

_BOOKS = re.compile(
    r"专著|著作|书籍|图书|读物|名著|理论书|书目|(?:教育|教学|专业).{0,6}书$|[^教科]书$|读书$|阅读$"
)
_LESSON = re.compile(
    r"(?:公开课|展示课|研讨课|研究课|示范课|汇报课|亮相课|优质课|观摩课|竞赛课|实验课|录像课|达标课)(?!比赛|大赛|竞赛|评[比选])"
)
# (units, words, name): the first whose unit and words fit; None keeps the word itself.
_KNOWN: tuple[tuple[str, re.Pattern[str], str | None], ...] = (
    ("篇次份则个", re.compile(r"读书(?:心得|体会|反思|感悟)|阅读(?:心得|体会|感悟)"), "读书心得"),
    ("本篇次册份", re.compile(r"(?:读书|学习|业务|业务学习|政治)笔记"), None),
    ("本册部", _BOOKS, "读书"),
    ("篇次份则个", re.compile(r"教学反思|(?<!读书)反思"), "教学反思"),
    ("篇份个则", re.compile(r"教学案例|教育案例|案例"), "教学案例"),
    ("篇份个", re.compile(r"教学设计|教案"), None),
    ("篇", re.compile(r"论文"), "论文"),
    (
        "篇份",
        re.compile(
            r"学习心得|心得体会|培训心得|(?:教[养育学]|读书|学习|研[修训])?随笔|教育叙事|教学故事"
        ),
        None,
    ),
    (
        "节堂次",
        re.compile(r"(?:跨学科|跨年级|跨校|随堂|推门|线上)?(?:听评课|听课(?!笔记|记录|本)|观课)"),
        None,
    ),
    ("节堂次", _LESSON, None),
)
_VERBS = re.compile(
    r"^(?:.*(?:必须|需要|应当|应该|累计|总共|认真|积极|定期|统一|坚持|按时))?(?:(?:共(?!同))|[要须应需将得都均至少为有写交和并及、与\s]|上(?!传)|"
    r"评选出?|评出|选派|派出|完成|撰写|开展|组织|参加|参与(?!教师|学生|率|人)|举行|举办|进行|提交|上交|阅读|承担|执教|主持|安排|召开|收集|开设|指导|研读|每人|活动内容){0,4}"
)
_TAIL = re.compile(
    r"(?:[要须应需不都均为达共有各占]|不得|至少|最少|进行|开展|组织|举行|达到|安排|活动时间|时间|提高到|提升到|增加到|上升到|由|从)+$"
)
_HEAD = re.compile(r"^(?:次(?![一-鿿]))?(?:以上|左右)?的?")
_CUT = re.compile(
    r"[，,。；;:：(（）)\s!！]|并(?!行)|以及|，|获|荣获|发表|全部|次数|为宜|每[周月学年人位名]|深入|做好|开展|进行|参加|参与|至少|最少|来校|围绕|立足|坚持(?!率)"
)
_NOUN = re.compile(
    r"^.{0,14}?(?:活动|讲座|会议|培训|研讨会|报告|比赛|竞赛|评比|心得|反思|课)(?=[、和与及])"
)
_MAKERS = re.compile(r"^(?:活动|左右|以上|为宜|即可|等|的|左右等)$")
_WEEKDAY = re.compile(
    r"(?:在|于)?(?:每?周|星期)[一二三四五六日天](?:上午|下午|晚上|晚)?(?:第.节)?(?:分(?=备课组|教研组))?"
)
_BECOMING = re.compile(
    r"^(?:以上)?(?:的[一-鿿]{1,8}?)?(?:能够?)?(?:成为|成长为|达到|获得?|评为|完成)“?([一-鿿、]{2,20})"
    r"|^(?:以上)?(?:的[一-鿿]{1,8}?)?(?:能够?|都|要)?((?:参与|参加|掌握|胜任|通过)[一-鿿、]{2,18})"
)
_SHARE = re.compile(r"^的?比例,?([一-鿿]{2,20})")
_STRIVING = re.compile(
    r"^(?:力争|争取|确保|保证|努力|其中|使|让|到|在|[一二两三四五六七八九十\d]+年之?内|\d{4}年[底末]?|[一-鿿]{0,4}年底|[，,\s])+"
)
_WON = re.compile(r"获奖|立项|结题|结项|获[^，,。；;]{0,10}?奖|发表|被评为[^，,。；;]{2,12}")
_ALONE = re.compile(r"(?:^|其中|[，,、（(])(发表|获奖|立项|结题|刊登|送评|参评|开题)了?$")
_PUBLISHED = re.compile(
    r"(?:^|[，,、])(?:在[^，,]{2,14}?(?:刊物|杂志|报刊|媒体|平台|期刊)上?)?(发表|刊登|获奖)了?$"
)
_FATE = re.compile(r"(?:已|均|全部|顺利|按期|正在|分别)*(?:进入|通过|完成|结题|开题|在研|转入)")
_UNDERTAKEN = ("课题", "项目", "小课题")
_DEEDS = frozenset({"指导", "阅读", "研读", "讲学", "执教"})
_PERSONS = frozenset({"人次", "人", "名", "位", "个"})
_WINS = re.compile(r"^(?:分别)?(?:荣?获|被评|入选)")
_GOING = re.compile(
    r"^(?:到|分?赴|奔赴|前往|去|外出|走出|分别到|先后到|得|可|须|应|都|均|全部|已|自愿)"
)
_CHECKING = re.compile(r"(?:检查|抽查|考核|评选|测试|评比|评价|汇报|督查|调研)$")
_NO_NAME = re.compile(r"最|其中|个人|[一-鿿]?$")
_TITLE_LAST = re.compile(r"([一-鿿]{0,2})《([^《》]{2,30})》\s*$")
_LONGEST = 20


@lru_cache(maxsize=512)  # documents ask for the same things in the same words again and again
def name_of(before: str, after: str, unit: str, *, usual: bool = True) -> str:
    """Name the thing counted; "" if neither side names one.

    Args:
        before: the words of the clause before the number, without whom and when.
        after: those behind the unit.
        unit: the unit, which tells a paper (篇) from a contest of papers (次).
        usual: give things that every school asks for their usual name, not the writer's.
    """
    won = _WON.search(after) if unit in _PERSONS or _WINS.match(after) else None
    if unit in _PERSONS and _GOING.match(after):  # 派出教师67人次到…学习
        after = after if not _subject(before) else ""
    after = _CUT.split(_HEAD.sub("", after))[0]
    before = _WEEKDAY.sub("", re.split(r"[：:。；;“”\"]", before)[-1])
    for text in (after, before) if usual else ():
        for units, words, name in _KNOWN:
            match = words.search(text) if unit in units else None
            if match:
                return name or match[0]
    series = _NOUN.match(after)
    after = series[0] if series else after.rstrip("、和与及")
    if after == "课":
        return "听课" if "听" in before else before[-_LONGEST:]
    if won and not re.search(r"教师|学生|课题|项目", after):
        return won[0][:_LONGEST]
    after = after.rstrip("的")
    if not after or _MAKERS.match(after):
        return _subject(before)
    told = _subject(before) if _FATE.match(after) else ""
    if told.endswith(_UNDERTAKEN):  # 区级课题2项进入中期
        return told
    checked = _CHECKING.search(before) if unit == "次" else None
    return (f"{checked[0]}{after}" if checked else after)[:_LONGEST]


def fate_in(before: str, after: str) -> str:
    """What became of some of the things counted (其中发表17篇), "" if that is not told alone."""
    alone = None if after else _ALONE.search(before) or _PUBLISHED.search(before)
    return alone[1] if alone else ""


def target_of(before: str, after: str) -> str:
    """What a percentage is of: what a share becomes (20%的教师成为骨干), else what stands before.

    Empty if neither is said; then it is named like any other amount.
    """
    share = _SHARE.match(after)
    if share:
        return share[1][:_LONGEST]
    becoming = _BECOMING.match(after)
    if becoming:
        return (becoming[1] or becoming[2])[:_LONGEST]
    said = _STRIVING.sub("", re.split(r"[：:。；;]", before)[-1].strip())
    return _TAIL.sub("", said).rstrip("的")[:_LONGEST]


def _titled(before: str) -> str:
    """学习《…》3次: what was studied, with its verb; "" if no title ends there."""
    match = _TITLE_LAST.search(before)
    return f"{match[1]}《{match[2]}》" if match else ""


def _subject(before: str) -> str:
    titled = _titled(before)
    if titled:
        return titled
    text = _TAIL.sub("", before.strip("、，, "))
    text = re.sub(r"^.*》等", "", text)
    text = re.split(r"要求|规定(?=[一-鿿])|[来到入进]校(?=[一-鿿])|[(（]", text)[-1]
    text = re.sub(r"(?:累计|共计|总共|合计|共有|一共|达到?|共)+$", "", text)
    text = re.split(
        r"(?:(?:全校|本组|学校)?现有|共有|拥有|发表了?|获(?!奖)得?了?|累计|共计|总共|开展了?|组织了?|举办了?|完成了?|收集|召开了?|撰写了?|[作做](?=专题|学术|报告|讲座))",
        text,
    )[-1]
    name = _VERBS.sub("", text).strip("、的 ")[:_LONGEST]
    name = text if text in _DEEDS else name
    return "" if _NO_NAME.match(name) else name
