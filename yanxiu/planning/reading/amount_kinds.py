"""What an amount is: a demand, a rhythm, an aim, a count, or no amount of training work."""

import re

from yanxiu.planning.reading.amount_names import PIECES, THING, labelled
from yanxiu.planning.reading.circles import Context
from yanxiu.planning.reading.findings import Kind
from yanxiu.planning.reading.items import Item, Reading
from yanxiu.planning.reading.no_amounts import is_compared, is_no_amount
from yanxiu.planning.reading.phrases import amounts_in
from yanxiu.planning.reading.situations import is_situation
from yanxiu.texts import numerals
from yanxiu.texts.quantities import Quantity

_DURATIONS = frozenset([
    "周", "月", "个月", "学期", "学年", "名", "位", "人", "字", "分钟", "分", "元", "所", "种",
    "步", "支", "间",
])  # fmt: skip
_CREDITS = frozenset({"学分", "学时", "课时", "个学时", "个课时"})
_COUNTED = frozenset([
    "节", "节次", "对", "堂", "篇", "场", "次", "本", "册", "项", "份", "件", "学时", "课时",
    "个学时", "个课时", "人次", "人", "名", "位", "道", "小时", "个小时", "天", "个工作日",
    "工作日", "校次", "条", "个百分点", "%", "所", "轮", "期", "页", "套", "支", "届", "幅", "版",
    "板", "张",
])  # fmt: skip
_THINGS = re.compile(
    r"^(?:[一-鿿]{0,8})(?:单元|课题|项目|案例|专题|教研组|备课组|教学班|班级|教学点|协作区|联片|工作室|工作坊|微课|课例|作品|奖|研[修训]组"
    r"|作业|设计|课件|视频|方案|主题|沙龙|教案|试题|任务单|资源包|讲座|班(?!子)|团队|学科组|社团|基地|平台|栏目|教室"
    r"|实验室|功能室|名额|论文|报告|集体|先进|标兵|能手|校区|校点|片区|小组|共同体|节目|单位|培训点|文件|档案盒)"
)
_COUNTED_BEFORE = re.compile(
    r"(?:课题|项目|案例|专题|微课|课例|作品|课件|方案|[一-鿿]组|团队|基地|品牌|立项|结题|获奖|教学班|班级|教学点|校区"
    r"|工作[坊室站]|共同体|联盟)[一-鿿]{0,2}[”\"]?$"
)
_AVERAGE = re.compile(r"(?:人均|平均每人|校均)[^，,]*$")
_WRITTEN = re.compile(r"(?:撰写|写出|写好|提交|上交|递交|执教|开设)[^，,第]{0,12}$")
_OUTCOME = re.compile(r"立项|结题|结项|开题|获奖|获[^，,]{0,6}奖|推广|发表")
_ORGANISED = re.compile(
    r"(?:[作做]|进行|开展|组织|举办|举行|召开|安排|出版|编印|编辑)[^，,]{0,12}$"
    r"|(?:送教下乡|送教|下乡|支教|视导|联研|论坛|沙龙)$"
)
_STRIVEN = re.compile(
    r"(?:推出|建成|建设|评出|完成|争取|力争|打造|争创|培养|创建|申报)[^，,]{0,4}$"
)
_TAUGHT = re.compile(r"(?:带|指导|培养|结对)[^，,]{0,6}$")
_UNDERTAKES = re.compile(
    r"(?:[上读写交做听带看练出]|参加|参与|主持|承担|执教|完成|开设|发表|有)[^，,]{0,2}$"
)
_SENT = re.compile(
    r"(?:选派|派出|推荐|遴选|评选出?|评出|聘请|邀请|确定|招募|选送|输送|表彰|抽调|抽取|抽查|完成"
    r"|(?:组织|(?<!参加)(?<!参与)培训)(?=[一-鿿]{0,6}(?:教师|骨干|干部|校长|园长)))[^，,第]{0,10}$"
)
_CHOSEN = frozenset({"所", "支", "种"})
_GOT = re.compile(r"(?:订阅|征订|购[买置]|开发|编写|配备|编印)[一-鿿《》]{0,10}$")
_PREPARED = re.compile(
    r"(?:[写备上听]|撰写|执教|完成)[^，,；;]{0,8}?(?:教案|详案|课|设计|)(?:不少于|不低于|不得少于|至少)?$"
)
_ASIDE = re.compile(r"学[时分]|课时|(?:[记计折加扣得占]|满)\d*分|请假|迟到")
_MOMENT = re.compile(r"^(?:之?[内前后]|以[内前后]|时间|的时间|为一)|^制")
_RANK = re.compile(r"(?:名师|带头人|骨干(?:教师)?|能手|新秀|高级教师|名优教师)[^，,]{0,14}$")
_STRIVES = re.compile(r"力争|争取|年内")
_RISES = re.compile(r"^(?:青年|骨干|中年)?(?:教师|老师)?(?:成为|成长为|评为|被评|晋升|获)")
_EACH_HAS = re.compile(r"每(?:坊|室|个?工作[坊室]|名?师傅|位?导师|个?组|所?学?校)[^，,]{0,8}$")
_EACH_ONE = re.compile(r"每(?:个?学科|个?组|所?学校|校)[^，,]{0,6}$")
_BECOMES = re.compile(r"培养|培育|新增|增加|达到|产生|成为|造就|评选")
_PENAL = re.compile(r"缺勤|缺席|缺课|迟到|旷|不予|取消|一票否决|违反")
_TOTAL = re.compile(r"(?:共计?|合计|总计)")
_LAST = re.compile(r"[一-鿿》”][一-鿿”》](?<![有是为达共计占的了于满少设])$")
_ENDS = re.compile(r"\s*(?:$|[、，,；;（(）)])")
_PAIRED = re.compile(r"结对|结成|拜师")
_CLASSES = re.compile(r"(?:教学)?班(?!子|[会级主])")
_TAUGHT_CLASSES = re.compile(r"(?:教学)?班级?的[一-鿿]{0,6}(?:教学|课程|工作)")
_LEADS_SOME = re.compile(r"(?:带|指导|结对|帮扶|帮带)(?:好|教)?(?:不少于|至少|不低于)?$")
_STAFF = re.compile(r"(?:教师|老师|教职工|教研员|骨干|学员)")
_HEADS = frozenset("位名人")
_EXISTING = re.compile(r"现有|共有")
_EACH_TIME = re.compile(r"每次(?:活动|学习|研讨|教研|备课|时间|时长)*$")
_OF_EACH = re.compile(r"每[位人名]")
_THERE_ARE = re.compile(r"(?:共有|现有|共|本组有)[^，,每]{0,14}$")
_REGULATED = re.compile(r"(?<!超额完成)(?:规定|要求|应该?)(?!的)[^。；;]*$")
_RANKED = re.compile(
    r"(?:正高级?|副?高级|[一二三]级|特级|骨干|带头人|名师|能手|新秀|党员|研究生|本科|专科|专职|兼职)"
    r"(?:教师|老师)?$"
)
_SCHOOLS = re.compile(r"[一-鿿]{0,4}(?:小学|初中|中学|幼儿园|学校|完小|村小|教学点)")
_POINTS = re.compile(r"(?:教学点|校点|校区)")
_SCORES = re.compile(r"(?:平均|均|总|得|人均)(?:分|成绩|得分)")
_RATED = re.compile(r"(?:满意度|平均分|平均成绩|测评|得分)[^，,]{0,8}$")
_SET_UP = re.compile(r"(?:各|每个?)[一-鿿]{1,4}设[^，,]*$")
_ONES = re.compile(r"[一二三四五六七八九十]个[一1][”\"]?[^：:，,]{0,6}[：:]")
_DONE_ALONE = frozenset("节堂篇本册场次期轮届项份张")
_BEHIND = frozenset([*"所名位项个篇节册本份人对次场期件", "人次", "节次"])
_ONE_EVENT = re.compile(r"(?:[^上听]课|讲座|报告|活动|论坛|沙龙|会|培训|调查报告|课题|观摩)$")
_PAST = re.compile(r"(?:上个?学[期年]|去年|上年)[^，,。；;]*了$")
"""上学期中心校反馈了三条意见: what was, and nothing asked for."""
_HONOURED = re.compile(r"^(?:教师|老师)?(?:被|获|荣|当选|入选|晋升)")
_NOTEBOOK = re.compile(r"(?:笔记|摘抄|摘录)[^，,、]{0,10}$")
_OF_ONE_PIECE = re.compile(rf"每[篇次份则周天]|{numerals.PATTERN}[篇次份则]")
_STANDS = re.compile(r"(?:现有|现设|下辖|辖有|现辖)[^，,每]*$")
_MANY, _LONG_TEXT = 5, 1000
_FREQUENT = frozenset({"day", "week", "two_weeks", "half_month", "month"})


def asks_words(quantity: Quantity, clause: str) -> bool:
    """读书笔记不少于5000字: so much in all; 每篇不少于800字 is how long one of them is."""
    lead = clause[: quantity.start] + quantity.between
    return (
        quantity.unit == "字"
        and quantity.qualifier == "at_least"
        and bool(_NOTEBOOK.search(lead))
        and not _OF_ONE_PIECE.search(lead.rsplit("、", 1)[-1])
    )


def _is_foreign(reading: Reading, context: Context, quantity: Quantity, clause: str) -> bool:
    """Whether the quantity is no amount of training work, or is told by the credit rules."""
    if is_no_amount(quantity, clause):
        return True
    if reading.kind == "plan" and is_compared(quantity, clause):
        return True
    after = clause[quantity.end :]
    goes_on = "个" in context.names and not after.strip()
    if quantity.unit == "个" and (goes_on or _is_told_before(quantity, clause)):
        return False
    if quantity.unit == "个":
        things = _THINGS if reading.kind == "plan" else THING
        return not (things.match(after) and THING.match(after))
    if reading.kind == "plan" and quantity.unit in _HEADS:
        return (
            not _is_aimed(quantity, clause)
            and not (context.per or _SENT.search(governing(quantity, clause)))
            and not _PAIRED.search(clause)
            and not _SET_UP.search(clause[: quantity.start])
            and not _TAUGHT.search(clause[: quantity.start])
            and not _is_staff(reading, context, quantity, clause)
        )
    chosen = quantity.unit in _CHOSEN and (_GOT if quantity.unit == "种" else _SENT).search(
        governing(quantity, clause)
    )
    plain = chosen or is_prepared(quantity.unit, clause[: quantity.start])
    plain = plain or _is_daily(context, quantity)
    return reading.kind == "plan" and quantity.unit in _CREDITS | _DURATIONS and not plain


def _is_daily(context: Context, quantity: Quantity) -> bool:
    """每天自主阅读不少于30分钟: so long each day or week."""
    return quantity.unit == "分钟" and context.period in {"day", "week"}


def _is_length(quantity: Quantity, clause: str) -> bool:
    """每次不少于90分钟: how long it takes, told as it stands."""
    timed = quantity.unit in {"分钟", "小时", "个小时", "节"}
    return timed and bool(_EACH_TIME.search(clause[: quantity.start]))


def governing(quantity: Quantity, clause: str) -> str:
    """The words before an amount; of 评选甲6所、乙20个、丙60名 those before the first."""
    lead = clause[: quantity.start]
    ended = lead.rfind("、")
    series = amounts_in(lead[:ended]) if ended > 0 else ()
    return clause[: series[0].start] if series else lead


def is_prepared(unit: str, before: str) -> bool:
    """写详案不少于60课时: lessons to be prepared or heard, no hours to be credited."""
    return unit in {"课时", "个课时"} and bool(_PREPARED.search(before))


def _is_aimed(quantity: Quantity, clause: str) -> bool:
    """市级名师不少于2名: so many teachers of a rank, as an aim."""
    lead = clause[: quantity.start]
    if _LEADS_SOME.search(lead + quantity.between):  # 骨干教师至少带1名徒弟
        return False
    return bool(_RANK.search(lead) or _EACH_ONE.search(lead)) and (
        quantity.qualifier == "at_least" or bool(_BECOMES.search(lead))
    )


def _is_told_before(quantity: Quantity, clause: str) -> bool:
    """小课题36个, 其中12个立项: the thing stands before the number, or what became of some."""
    before, after = clause[: quantity.start], clause[quantity.end :]
    some = before.strip().endswith("其中") and _OUTCOME.search(after)
    last = quantity.unit == "个" and _LAST.search(before) and _ENDS.match(after)
    return bool(some or last) or bool(_COUNTED_BEFORE.search(before))


def _is_staff(reading: Reading, context: Context, quantity: Quantity, clause: str) -> bool:
    """In a plan: how many teachers there are, which is a fact and no demand."""
    if reading.kind != "plan" or quantity.unit not in _HEADS or context.every:
        return False
    if context.per and not _THERE_ARE.search(clause[: quantity.start]):
        return False
    around = clause[max(quantity.start - 8, 0) : quantity.end + 6]
    counted = re.search(r"[有共]|合计", clause[: quantity.start])
    told = _STAFF.search(around) or _TOTAL.match(clause.strip()) or context.per
    return bool(counted) and bool(told)


def _plain_kind(
    reading: Reading, item: Item, context: Context, quantity: Quantity, clause: str
) -> Kind | None:
    """What a plan tells plainly: how things stand, how many schools, a rank to be reached."""
    if reading.kind != "plan":
        wished = item.topic == "next" and quantity.unit in _HEADS and not context.per
        raised = _RANK.search(clause[: quantity.start]) and _BECOMES.search(clause)
        return "target" if wished and raised else None
    lead, after = clause[: quantity.start], clause[quantity.end :]
    if is_situation(reading, item):
        if is_no_amount(quantity, clause):
            return None
        before = quantity.unit == "个" and _is_told_before(quantity, clause)
        counted = quantity.unit in _COUNTED or before
        told = counted or bool(_THINGS.match(after) or _CLASSES.match(after))
        return "quantity" if told else None
    if quantity.unit == "分" and _RATED.search(lead):  # 满意度不低于90分
        return "target"
    points = quantity.unit == "个" and (_POINTS.match(after) or _TAUGHT_CLASSES.match(after))
    if not context.per and (points or (quantity.unit == "所" and _SCHOOLS.match(after))):
        return "quantity"
    meant = item.topic == "goal" or _STRIVES.search(item.text)
    aimed = meant and quantity.unit in _HEADS and not context.per
    ranked = _RANK.search(lead) and (aimed or _BECOMES.search(item.text[: item.text.find(clause)]))
    risen = aimed and _RISES.match(after)  # 有2名教师成为县级学科带头人
    return "target" if (ranked and quantity.unit in _HEADS and not context.per) or risen else None


def kind_of(
    reading: Reading, item: Item, context: Context, quantity: Quantity, clause: str
) -> Kind | None:
    """What the quantity is, or None if it is no amount of training work."""
    if _is_length(quantity, clause):
        return "quantity"
    if quantity.unit == "字" and reading.kind == "plan" and asks_words(quantity, clause):
        return "quota"
    if reading.kind == "plan" and _PAST.search(clause[: quantity.start]):
        return None
    plain = _plain_kind(reading, item, context, quantity, clause)
    if plain:
        return plain
    penal = reading.kind == "plan" and bool(_PENAL.search(clause))
    told_as_fact = reading.kind == "plan" and is_situation(reading, item)
    if penal or told_as_fact or _is_foreign(reading, context, quantity, clause):
        return None
    kind = _of_share(reading, item, context, quantity, clause) or _of_work(
        reading, item, context, quantity, clause
    )
    stands = kind == "quota" and _STANDS.search(clause[: quantity.start])
    return "quantity" if stands else kind  # 现有完小4所、教学点3个


def _of_share(
    reading: Reading, item: Item, context: Context, quantity: Quantity, clause: str
) -> Kind | None:
    """What a share, a number of teachers, an average or a regulated minimum is."""
    if reading.kind == "plan" and quantity.unit in _HEADS | {"%", "个百分点"}:
        return _of_teachers(reading, item, context, quantity, clause)
    if quantity.unit in {"%", "个百分点"}:
        return "target" if item.topic == "next" else "quantity"  # 今后……权重不低于20%
    if _is_average(reading, item, quantity, clause):
        return "quantity"
    regulated = _is_regulated(reading, item, context, quantity, clause)
    return "quota" if regulated or _is_daily(context, quantity) else None


def _of_work(
    reading: Reading, item: Item, context: Context, quantity: Quantity, clause: str
) -> Kind | None:
    """What a number of pieces of work is: how often, what is asked, or what was done."""
    told = reading.kind == "summary" and "每次" not in clause[: quantity.start]
    each_one = bool(context.per) and quantity.value == 1 and quantity.unit not in _HEADS
    counted = _counted(quantity, clause) if told and not each_one else None
    if context.period and quantity.unit not in _DURATIONS:
        often = context.per in {None, "group"} and context.period in _FREQUENT
        asked = _is_demand(reading, item, context, quantity)
        return "rhythm" if often else "quota" if asked else counted
    plans = reading.kind == "plan" or item.topic == "next"
    named = quantity.unit in PIECES and labelled(clause, quantity, clause[quantity.end :])
    wanted = (
        context.per
        or named
        or _is_one_of_several(item, quantity, clause)
        or _is_told_before(quantity, clause)
        or _is_bounded(quantity, clause)
        or (quantity.qualifier == "at_least" and _EACH_HAS.search(clause[: quantity.start]))
    )
    meant = wanted or (plans and _is_planned(quantity, clause))
    each = told and each_one and context.per == "teacher"  # 教师每人订一份杂志
    return "quota" if each or (plans and meant) else counted


def _is_one_of_several(item: Item, quantity: Quantity, clause: str) -> bool:
    """做好“三个一”：一份教案、一节公开课、一篇论文: each of them is asked for."""
    if "个" not in item.text:
        return False
    return bool(_ONES.search(item.text[: item.text.find(clause) + quantity.start]))


def _is_regulated(
    reading: Reading, item: Item, context: Context, quantity: Quantity, clause: str
) -> bool:
    """按学校规定，期中前听课不少于8节: in a summary what was asked, and no claim."""
    if reading.kind == "plan" or quantity.qualifier != "at_least":
        return False
    if context.per == "teacher" and _OF_EACH.search(clause):  # 每位成员至少上2节
        return True
    if quantity.unit not in PIECES:
        return False
    place = max(item.text.find(clause), 0)
    return bool(_REGULATED.search(item.text[max(place - 16, 0) : place + quantity.start]))


def _is_average(reading: Reading, item: Item, quantity: Quantity, clause: str) -> bool:
    """人均听课33节: in a summary what came out, not what is asked of each."""
    told = reading.kind == "summary" and item.topic != "next" and quantity.qualifier == "exact"
    return told and bool(_AVERAGE.search(clause[: quantity.start]))


def _of_teachers(
    reading: Reading, item: Item, context: Context, quantity: Quantity, clause: str
) -> Kind:
    """What a number or share of teachers is in a plan: aim, fact, or whom each leads."""
    exists = quantity.unit == "%" and item.topic != "goal" and _EXISTING.search(item.text)
    if exists and "占" in clause:  # 现有教师56人，35岁以下占45%
        return "quantity"
    if quantity.unit in {"%", "个百分点"} or _is_aimed(quantity, clause):
        return "target"
    return "quantity" if _is_staff(reading, context, quantity, clause) else "quota"


def _is_bounded(quantity: Quantity, clause: str) -> bool:
    """Whether it is asked for as so many pieces of work, though not said how often."""
    if _PENAL.search(clause):
        return False
    least = quantity.qualifier == "at_least" and quantity.unit in PIECES
    striven = quantity.unit in PIECES | _HEADS | {"个", "项", "所"} and bool(
        _STRIVEN.search(governing(quantity, clause))
    )
    written = quantity.unit in PIECES and bool(_WRITTEN.search(clause[: quantity.start]))
    return (
        least
        or striven
        or written
        or (
            quantity.unit in {"次", "场", "期", "轮", "届"}
            and bool(_ORGANISED.search(clause[: quantity.start]))
        )
    )


def _is_planned(quantity: Quantity, clause: str) -> bool:
    """Whether a plan means to do so many, though it says neither for whom nor how often."""
    lead, after = clause[: quantity.start], clause[quantity.end :]
    aside = _PENAL.search(clause) or _ASIDE.search(clause) or _MOMENT.match(after)
    if aside or quantity.unit not in (_COUNTED - _HEADS - _CREDITS - {"%", "天", "小时"}) | {"个"}:
        return False
    named = THING.match(after) or re.search(r"[一-鿿》”]{2}$", lead)
    piece = quantity.unit in _DONE_ALONE and _UNDERTAKES.search(lead)
    one = _ORGANISED.search(lead) or "1" in quantity.text or piece
    return bool(named) and (quantity.value > 1 or bool(one))


def _is_demand(reading: Reading, item: Item, context: Context, quantity: Quantity) -> bool:
    """In a summary, 本学期 with a number tells what was done, unless it is so for each."""
    asked = reading.kind == "plan" or item.topic == "next"
    return asked or context.every or bool(context.per) or quantity.qualifier == "at_least"


def _counted(quantity: Quantity, clause: str) -> Kind | None:
    rest = clause[quantity.end :].lstrip()
    listed = quantity.unit in {"项", "篇", "节", "个"} and (not rest or rest[0] in "、和及与）)")
    ranked = quantity.unit in _HEADS and bool(_RANKED.search(clause[: quantity.start]))
    listed = listed or (ranked and (not rest or rest[0] in "、，,和及与；;）)"))
    article = quantity.value == 1 and quantity.qualifier in {"exact", "about"} and not listed
    ends = not rest or rest[0] in "、和及与）)"
    behind = quantity.unit in _BEHIND and ends and _LAST.search(clause[: quantity.start])
    behind = behind or (ends and _ONE_EVENT.search(clause[: quantity.start]))
    if quantity.unit == "字":
        return "quantity" if quantity.value >= _LONG_TEXT else None
    honoured = quantity.unit in _HEADS | {"人次"} and _HONOURED.match(rest)
    single = behind and ("1" in quantity.text or _ONE_EVENT.search(clause[: quantity.start]))
    if article and not single and not honoured:
        return None
    if quantity.unit == "分":
        return "quantity" if _SCORES.search(clause[: quantity.start]) else None
    if quantity.unit == "个":
        thing = _THINGS.match(clause[quantity.end :]) or _is_told_before(quantity, clause)
        return "quantity" if thing else None
    if quantity.unit in {"种", "套", "元"}:
        return "quantity" if quantity.value >= _MANY else None
    return "quantity" if quantity.unit in _COUNTED else None
