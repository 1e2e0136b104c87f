"""What an amount is an amount of, from the words around it."""

import re
from functools import lru_cache

_BOOKS = re.compile(
    r"专著|著作|书籍|图书|读物|名著|理论书|书目|(?:教育|教学|专业).{0,6}书$|[^教科]书$|读书$|阅读$|^书$|读(?:《[^《》]+》[、和]?)+$"
)
_LESSON = re.compile(
    r"(?:公开课|展示课|研讨课|研究课|示范课|汇报课|亮相课|优质课|观摩课|竞赛课|实验课|录像课|达标课)(?!比赛|大赛|竞赛|评[比选])"
)
# (units, words, name): the first whose unit and words fit; None keeps the word itself.
_KNOWN: tuple[tuple[str, re.Pattern[str], str | None], ...] = (
    ("篇次份则个", re.compile(r"读书(?:心得|体会|反思|感悟)|阅读(?:心得|体会|感悟)"), "读书心得"),
    ("本篇次册份", re.compile(r"(?:读书|学习|业务|业务学习|政治)笔记"), None),
    ("本册部", _BOOKS, "读书"),
    ("篇次份则个", re.compile(r"(?:单元|阶段|活动)反思"), None),
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
    r"^(?:.*(?:必须|需要|应当|应该|累计|总共|认真|积极|定期|统一|坚持|按时))?(?:(?:共(?!同))|应(?![查参到考试])|[要须需将得都均至少为有写交和并及、与拟再\s]|上(?!传)|"
    r"评选出?|评出|选派|派出|完成|撰写|开展|组织|参加|参与(?!教师|学生|率|人)|举行|举办|进行|提交|上交|阅读(?!量)|承担|执教|主持(?!人)|安排|召开|收集|开设|指导|研读|每人|活动内容){0,4}"
)
_TAIL = re.compile(
    r"(?:平均|人均|年均|均在|都在|(?:控制|保持|稳定|维持)在?|力争|争取|正常|[要须应需不都均为达共有各占仅只或]|不得|至少|最少|进行|开展|组织|举行|达到|安排|活动时间|时间|提高到|提升到|增加到|上升到|增至|升至|降至|提高至|增加至|提升至|中?(?:提取|列支|安排|拿出|划出)|由|从)+$"
)
_HEAD = re.compile(r"^(?:次(?![一-鿿]))?(?:以上|左右)?的?")
_CUT = re.compile(
    r"[，,。；;:：(（）)\s!！]|并(?!行)|以及|，|均?获|荣获|赴|发表|签[订定]|划?分[为成](?=[一-鿿]、?)|全部|次数|为宜|每[周月学年人位名]|深入|做好|开展|进行|参加|参与|至少|最少|来校|(?<=[师员])(?:到(?![位会])|上了)|围绕|立足|坚持(?!率)|都[有是在能为]"
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
    r"|^(?:以上)?(?:的(?P<who>[一-鿿]{1,8}?))?(?:能够?|都|要)?((?:参与|参加|掌握|胜任|通过)[一-鿿、]{2,18})"
)
_TAKEN_FROM = re.compile(
    r"^(?:不低于|不少于)(?:年度|当年|全年)?(?=[一-鿿]{3})|^(?:学校|中心校|我[校园镇]|各校)?(?:每年|每学年|每学期|年度)?(?:应|要|将|均)?(?:按照?|从|用|拿出|划出|列支|提取)(?:不低于|不少于|年度|当年|全年)*(?=[一-鿿]{3})"
)
"""学校按公用经费的5%: it is a share of the funds."""
_SHARE = re.compile(r"^的?比例,?([一-鿿]{2,20})")
_STRIVING = re.compile(
    r"^(?:力争|争取|确保|保证|努力|其中|使|让|到(?![会岗课位场])|在|[一二两三四五六七八九十\d]+年之?内|\d{4}年[底末]?|[一-鿿]{0,4}年底|[，,\s])+"
)
_WON = re.compile(
    r"获(?:得|评)?了?[^，,。；;“”]{2,14}(?:称号|荣誉|能手|名师|新秀|标兵)|获奖|立项|结题|结项|获[^，,。；;]{0,10}?奖|发表|被评为[^，,。；;]{2,12}"
)
_ALONE = re.compile(r"(?:^|其中|[，,、（(])(发表|获奖|获批|立项|结题|刊登|送评|参评|开题)了?$")
_PUBLISHED = re.compile(
    r"(?:^|[，,、])(?:在[^，,]{2,14}?(?:刊物|杂志|报刊|媒体|平台|期刊)上?)?(发表|刊登|获奖)了?$"
)
_FATE = re.compile(r"(?:已|均|全部|顺利|按期|正在|分别)*(?:进入|通过|完成|结题|开题|在研|转入)")
_UNDERTAKEN = ("课题", "项目", "小课题")
_PART_OF = re.compile(
    r"([东西南北中]片区?|[一-鿿]{1,2}年级|[低中高]段)(?:组)?(?:开展|组织|举办|完成)"
)
_DEEDS = frozenset({"指导", "阅读", "研读", "讲学", "执教"})
_PERSONS = frozenset({"人次", "人", "名", "位", "个"})
_WINS = re.compile(r"^(?:分别)?(?:荣?获|被评|入选)")
_TITLED_WIN = re.compile(r"^荣?获(?:得)?[^，,。；;“”]{0,4}“([^“”]{2,12})”")
_GOING = re.compile(
    r"^(?:到|分?赴|奔赴|前往|去|外出|走出|分别到|先后到|得|可|须|应|都|均|全部|已|自愿)"
)
_OUTWARD = re.compile(r"^(?:外出|参加|到)[一-鿿]{2,8}$")
_PUBLISHING = re.compile(r"^在[一-鿿]{2,14}?(?:刊物|杂志|报刊|媒体|平台|期刊)上?$")
_SCOPE = re.compile(
    r"^(?:(?:[本这上下]一?|全)(?:学[期年]|年度|年)(?!级)|一[学]?年来|来(?=教师|老师|全[校园组])|开学以来|目前|今年|近年来|期间|先后|累计|总共|一共|实际|开学"
    r"|(?:全[镇县区校园组市乡]|我[校镇园组们县区]|本[校组园])(?:共|现|目前)*(?:有|拥有|承担|开出了?|订阅了?)"
    r"|(?:全[组校体])?教师共?摘抄|下(?=读书|笔记|随笔)|向[甲乙]方|不少于\d+字的|全[组校镇园]共(?!同)|学校(?:共|现)*有|有(?=[省市县区校国])|进行(?=[一-鿿]{3})|期[中末]前(?:教师)?|力争(?:在?\d{4}年|明年)?|争取|配备了?|收[交到](?=[一-鿿]{2})|新申报|再?申报|末(?=[一-鿿]{2})|底(?=[交上报检])|利用[一-鿿]{2,6}(?=辅导|开展)"
    r"|拟?邀请[一-鿿]{2,12}?(?:来[校园组])?[作做]|[一-鿿]{2,8}后(?:举行|召开|组织|[上作做])|[一-鿿]{2,6}返?校后|(?:成立|组建|建立)了?(?=[一-鿿]{3})|共?评选出?(?=[一-鿿]{3})|在(?=[省市区县镇校]级)|我[校组园镇](?=.{3})|每[两二三]年(?=.{2})|\d{1,2}月份?(?=[一-鿿]{3})|年内各[园校组](?=[一-鿿]{3}))+"
)
_QUOTED_NAME = re.compile(r"“([^“”]{2,8})”(?![上开进做作讲的为])([一-鿿]{2,4})$")
_GROUP_DID = re.compile(r"(?<=组)[做搞办有]$|(?<=会)开$|(?<=[师员])中$")
_MADE_INTO = re.compile(
    r"(?:汇编|结集|装订|编印|编)(?:成|为|出版)|(?:推荐|选送|上报|报送)(?:至|到|参)"
)
"""遴选10个汇编成册: what becomes of them, not what they are."""
_BY_TIME = re.compile(r"^利用(?:(?:进行|开展|组织)|(?=集体备课|教研|研讨))")
_OFFERED = re.compile(r"(?:一共|总共|共)?(?:推出|开出|展示|安排|开设|完成)了?")
_OWNED_THING = re.compile(
    r"^([一-鿿]{0,4}?(?:教师|老师|同学|学生|学员))的[“《]?(?:[一-鿿]{0,4}课|案例|论文|文章|作品|教学设计|课题|微课|课件|教案|反思|随笔)"
)
_GROWN = re.compile(
    r"[由从][^，,\d]{0,6}\d[\d.]*万?(?:%|％|[分人篇节名元次项个])*(?:增加|提高|上升|提升|增|升|降)?[到至]?$"
)
_PRINTED = re.compile(r"^([一-鿿]{2,8}?)在[一-鿿]{2,10}(?:刊物|杂志|报刊|媒体|平台)上?$")
_ANOTHER = re.compile(r"\d[\d.]*[和、与]$")
_PRIZED = re.compile(r"获奖")
_WITHIN = re.compile(r"^[一-鿿]{0,6}?在(?P<place>[一-鿿“”]{2,24}?)(?:中|里|上)$")
_CHECKING = re.compile(r"(?:检查|抽查|考核|评选|测试|评比|评价|汇报|督查|调研)$")
_NO_NAME = re.compile(r"本[届次期校]$|最|其中|个人|[一-鿿]?$")
_UNDERTAKEN_TITLES = re.compile(r"(?:课题|项目)((?:[和、与及]?[《“][^《》“”]*[》”])+)$")
_TITLE_LAST = re.compile(r"([一-鿿]{0,2})《([^《》]{2,30})》\s*$")
_LONGEST = 20


@lru_cache(maxsize=512)  # documents ask for the same things in the same words again and again
def name_of(before: str, after: str, unit: str, *, usual: bool = True) -> str:
    """Name the thing counted, without when, where and by what deed; see `_named`."""
    name = _named(before, after, unit, usual=usual)
    within = _WITHIN.match(name)
    if within and _PRIZED.search(after):  # 12名教师在市优质课评选中获奖
        return f"{within['place']}获奖"[:_LONGEST]
    printed = _PRINTED.match(name)
    if printed:  # 二十余篇论文在市级以上刊物发表
        return printed[1]
    kept = _GROWN.sub("", _SCOPE.sub("", name)).strip("了")
    kept = _GROUP_DID.sub("", _ANOTHER.sub("", kept))
    return name if len(kept) == 1 else kept


def _named(before: str, after: str, unit: str, *, usual: bool) -> str:
    """Name the thing counted; "" if neither side names one.

    Args:
        before: the words of the clause before the number, without whom and when.
        after: those behind the unit.
        unit: the unit, which tells a paper (篇) from a contest of papers (次).
        usual: give things that every school asks for their usual name, not the writer's.
    """
    whole = _TITLED_WIN.match(after) if unit in _PERSONS else None
    whole = whole or (_OWNED_THING.match(after) if unit in {"位", "名", "人"} else None)
    if whole:  # 1人获市“教坛新星”称号, 4位教师的案例在省级刊物发表
        return whole[1]
    won = _WON.search(after) if unit in _PERSONS or _WINS.match(after) else None
    if unit in _PERSONS and _GOING.match(after):  # 派出教师67人次到…学习
        whom = _subject(before)
        if whom and _OUTWARD.match(after):  # 选派骨干教师42人次外出学习
            return f"{whom}{after}"[:_LONGEST]
        after = "" if whom else after
    after = _CUT.split(_HEAD.sub("", after))[0]
    after = _WEEKDAY.sub("", after)  # 每月两次在周一下午活动
    after = "" if _PUBLISHING.match(after) else after  # 论文有13篇在市级以上刊物发表
    after = "" if _MADE_INTO.match(after) else after
    before = _WEEKDAY.sub("", _unquoted(before))
    known = _checked(before, after, unit) or (_usual(before, after, unit) if usual else "")
    return known or _written(before, after, won)


def _checked(before: str, after: str, unit: str) -> str:
    """检查一次读书笔记: what is checked, with its verb."""
    checked = _CHECKING.search(before) if unit == "次" else None
    plain = not after or _MAKERS.match(after)
    return f"{checked[0]}{after}"[:_LONGEST] if checked and not plain else ""


def _usual(before: str, after: str, unit: str) -> str:
    """The usual name of what every school asks for, "" for anything else."""
    for text in (after, before):
        for units, words, name in _KNOWN:
            match = words.search(text) if unit in units else None
            if match:
                return name or match[0]
    return ""


def _written(before: str, after: str, won: re.Match[str] | None) -> str:
    """What is counted in the writer's own words."""
    series = _NOUN.match(after)
    after = series[0] if series else after.rstrip("、和与及")
    if after == "课":
        return _lessons(before)
    if won and after in {"教师", "老师", "学生"} and won[0] == "获奖":
        return f"{after}获奖"  # 6位教师获奖
    if won and not re.search(r"教师|学生|课题|项目", after):
        return won[0][:_LONGEST]
    after = after.rstrip("的")
    if not after or _MAKERS.match(after):
        whose = before.endswith(("组的", "室的", "坊的", "校的")) and after == "活动"
        return f"{_subject(before)}活动" if whose else _subject(before)
    told = _subject(before) if _FATE.match(after) else ""
    if told.endswith(_UNDERTAKEN):  # 区级课题2项进入中期
        return told
    return after[:_LONGEST]


def _lessons(before: str) -> str:
    """听了12节课, 上37节课, 推出37节课: lessons heard or given."""
    if _OFFERED.fullmatch(before):
        return "课"
    return "听课" if "听" in before else f"{before}课" if len(before) == 1 else before[-_LONGEST:]


def _unquoted(before: str) -> str:
    """What stands behind the last mark; of “一帮一”对子 the whole."""
    named = _QUOTED_NAME.search(before)
    return f"{named[1]}{named[2]}" if named else re.split(r"[：:。；;“”\"]", before)[-1]


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
        return (becoming[1] or f"{becoming['who'] or ''}{becoming[3]}")[:_LONGEST]
    said = _STRIVING.sub("", re.split(r"[：:。；;]", before)[-1].strip())
    said = _GROWN.sub("", _TAIL.sub("", said)).rstrip("的在").lstrip("的")
    said = said.rpartition("的")[2] if len(said) > _LONGEST else said  # 在……平台的研修完成率
    return _TAKEN_FROM.sub("", said).removeprefix("对").rstrip("（(")[:_LONGEST]


def _titled(before: str) -> str:
    """学习《…》3次: what was studied, with its verb; "" if no title ends there."""
    match = _TITLE_LAST.search(before)
    return f"{match[1]}《{match[2]}》" if match else ""


def _subject(before: str) -> str:
    undertaken = _UNDERTAKEN_TITLES.search(before)
    before = before[: undertaken.start(1)] if undertaken else before
    titled = _titled(before)
    if titled:
        return titled
    text = _TAIL.sub("", before.strip("、，, "))
    text = re.sub(r"^.*》等", "", text)
    text = re.split(r"要求|规定(?=[一-鿿])|[来到入进]校(?=[一-鿿])|[(（]", text)[-1]
    text = re.sub(r"(?:累计|共计|总共|合计|共有|一共|达到?|共)+$", "", text)
    whole = text
    text = re.split(
        r"(?:(?:全校|本组|学校)?现有|共有|拥有|发表了?|获(?!奖)得?了?|累计|共计|总共|开展了?|组织了?|举办了?|完成了?|收集|召开了?|撰写了?|[作做](?=专题|学术|报告|讲座))",
        text,
    )[-1]
    unit_of_school = _PART_OF.match(whole)
    text = _BY_TIME.sub("", text)
    name = _VERBS.sub("", text).strip("、的 ")[:_LONGEST]
    if unit_of_school and name:  # 南片开展活动8次，北片开展活动7次
        name = f"{unit_of_school[1]}{name}"
    name = text if text in _DEEDS else name
    return "" if _NO_NAME.match(name) else name
