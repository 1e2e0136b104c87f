"""Numbers with a unit that are no amount: the third lesson, in two copies, within days."""

import re

from yanxiu.planning.reading.frequencies import EACH_YEAR_IN_MONTH
from yanxiu.texts import numerals
from yanxiu.texts.quantities import Quantity

_LASTS = frozenset({"小时", "个小时", "学时", "课时", "天"})
_SPANS = _LASTS | {"周", "月", "个月", "学期", "学年", "分钟"}
_DAYS = frozenset({"天", "工作日", "个工作日"})
_SHOWN = re.compile(r"公示(?:期|时间)?(?:为|不少于|至少)?$")
_EARNS = re.compile(rf"[^，,。；;]*[记计加]{numerals.PATTERN}\s?个?(?:学分|学时|课时|分)")
_PIECE = frozenset("篇节次项堂本个场")
_CONDITION = re.compile(
    r"^(?:及?以上|以下|以内)?的?(?:学校|完小|村小|教研组|备课组|学科|班级|单位|教学点)[^，,。；;]{0,4}(?:设|配|建|成立)"
)
_ORDINAL = re.compile(rf"第{numerals.PATTERN}[、至到—-]$")
_FORMAL = re.compile(r"(?:一式|各执|各持|各存|各留|双方各)$")
_ONE_ANSWERS = re.compile(
    r"[一-鿿]{0,4}(?:副?校长|副?主任|副?园长|干部|领导|人员|教师|[^师]员)(?:具体|专门|专职)?(?:负责|分管|主抓)"
)
_SOME_WORK = re.compile(r"(?:重点|主要|具体)?(?:工作|任务)(?![坊室站])")
_HEADS_TIMES = re.compile(r"(?:固定|活动|教研|备课)时间$")
_AT_MOMENTS = re.compile(
    r"每个?学期[^，,]{0,6}(?:学?期初|学?期中|学?期末)(?:[、和及](?:学?期中|学?期末))+各[^，,]{0,10}$"
)
_OF_DAY = re.compile(r"(?:[上下]午|(?:周|星期)[一二三四五六日])第?\s?$")
_WITHIN = re.compile(r"之?内(?!容)|以内|之?后(?!续)|之?前(?!期)")
"""3天内商定计划: until when, and no number of days."""
_ARTICLE = re.compile(r"(?:可以|能够?|值得|适合|属于|有)[一-鿿]{1,6}的")
"""一个可以讲的故事, a story, and no number of them."""

_RATE = re.compile(r"每(?:带教?|指导|培养|承担|完成|主持|发表|执教)$")
"""每带一名徒弟，折算工作量: a rate, and no number of them."""
_WHO_DO = re.compile(
    r"(?:新|青年|年轻|骨干|老|中年|其[他余])?(?:教师|老师|成员|组长)(?=每[周月学天]|均|都)"
)
"""两位新教师每周听课2节: who is bound, and no number asked for."""
_IN_A_MONTH = re.compile(rf"{EACH_YEAR_IN_MONTH}[^，,]{{0,10}}$")
"""每年5月举行一次: once a year, told as a rhythm."""
_COMPARED = re.compile(
    r"(?:比|较|同比)[^，,]{0,8}(?:减少|增加|增长|下降|压减|多|少)了?$|同比(?:减少|增加)$"
)
_EXAM = re.compile(r"[省市县区校一二三]{0,2}(?:模考|模拟|月考|统考|联考|质检)")
_FIRST_BATCH = re.compile(r"上线|院校|大学|批次|率|以上")
_AS_RULE = re.compile(r"为(?:基本)?(?:要求|原则|准|宜|限|标准)")


def is_no_amount(quantity: Quantity, clause: str) -> bool:
    """第三、四节, 一式三份, 10人以上的学校设学科组: numbers that count nothing to be done."""
    before, after = clause[: quantity.start], clause[quantity.end :]
    of_day = quantity.unit == "节" and _OF_DAY.search(before)
    counting = (before and before[-1] in "每第_＿前后") or _ORDINAL.search(before)
    lasting = quantity.unit in _LASTS and before.rstrip().endswith(
        ("每次", "每次活动", "为时", "时长")
    )
    round_ = quantity.unit == "轮" and after.startswith(("复习", "备考", "驱动"))  # 二轮复习
    announced = (quantity.unit == "件" and after.startswith("事")) or (
        quantity.unit in {"项", "个"} and (_SOME_WORK.match(after) or _HEADS_TIMES.search(after))
    )
    listed = quantity.unit == "次" and "各" in before
    moments = _AT_MOMENTS.search(before) if listed else None  # told as a rhythm
    formal = (
        moments
        or _is_other_s(quantity, before, after)
        or _is_bound(quantity, before, after)
        or _is_article(quantity, before, after)
        or _FORMAL.search(before)
        or _ONE_ANSWERS.match(after)
    )
    return bool(
        _CONDITION.match(after) or counting or of_day or lasting or formal or round_ or announced
    )


def _is_other_s(quantity: Quantity, before: str, after: str) -> bool:
    """一本上线, 两次市模考, 每年5月一次: numbers of something else."""
    batch = quantity.unit == "本" and quantity.value <= 2 and _FIRST_BATCH.match(after)  # noqa: PLR2004
    exams = quantity.unit == "次" and _EXAM.match(after)
    once = quantity.unit in {"次", "届", "期"} and quantity.value == 1
    yearly = once and _IN_A_MONTH.search(before)
    return bool(batch or exams or yearly)


def is_compared(quantity: Quantity, clause: str) -> bool:
    """比上年减少8个: in a plan how things changed, and no number asked for."""
    share = quantity.unit in {"%", "个百分点"}
    return not share and _COMPARED.search(clause[: quantity.start]) is not None


def _is_bound(quantity: Quantity, before: str, after: str) -> bool:
    """每带一名, 发表一篇记2学分, 两位教师每周, 以优点两条为要求: rates, who is bound, a rule."""
    rate = quantity.value == 1 and _RATE.search(before)
    who = quantity.unit in {"位", "名"} and _WHO_DO.match(after) and not before.endswith("每")
    earns = quantity.value == 1 and quantity.unit in _PIECE and _EARNS.match(after)
    ruled = re.search(r"以[^，,]{1,8}$", before) and _AS_RULE.search(after)
    return bool(rate or who or ruled or earns)


def _is_article(quantity: Quantity, before: str, after: str) -> bool:
    """一个可以讲的故事, 一学期, 3天内, 提前一周, 公示5天: a thing, and when, but not how many."""
    if quantity.unit in {"学期", "学年"}:
        return True
    if quantity.unit == "个" and quantity.value == 1 and _ARTICLE.match(after):
        return True
    if quantity.unit in _SPANS and before.endswith("提前"):
        return True
    if quantity.unit in _DAYS and _SHOWN.search(before):
        return True
    return quantity.unit in _SPANS and _WITHIN.match(after) is not None
