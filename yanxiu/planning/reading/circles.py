"""Of whom, and for which period, the clauses of a sentence ask something."""

import re
from dataclasses import dataclass, field

from yanxiu.planning.reading.frequencies import PERIOD

CIRCLE = (
    "新(?:入职|进|任|聘|上岗|分配)?教师|普通教师|一般教师|其[他余]教师|青年教师|年轻教师|(?:副?高|正高|[一二三])级教师|骨干教师|党员教师|中层(?:以上|及以上)?(?:干部|领导)?|行政(?:领导|人员|干部)|分管领导|校级领导"
    "|教研组长|备课组长|(?<![副题])组长|班主任(?!论坛|会|工作|沙龙|培训|例会|经验)|校长|教导主任|教研员|师傅|徒弟|学科带头人"
    "|(?:代课|特岗|实习|转岗|支教|中年|老|中青年)教师|甲方|乙方|导师|学员|保育员|课题组成员"
    r"|[\d二三四五十]{2,3}周?岁(?:及)?以[下上]的?(?:[中青]年)?(?:教师|老师)"
    r"|(?:教龄|工作|从教|入职|任教)(?:满|不满|不足|未满)?[一二三四五六七八九十\d]+年(?:以内|及?以[下上]|内)?的?(?:新|青年|年轻)?(?:教师|老师)"
    r"|[一二三四五六七八九十\d]+年(?:以内|及?以[下上])?教龄的?(?:教师|老师)"
)
PER = re.compile(
    rf"(?<![听带导助帮对为给向])(?P<circle>{CIRCLE})(?:每人|人均|(?=(?:[、和及](?:{CIRCLE}|副校长|副主任))*[一-鿿]{{0,5}}?(?:每周|每月|每学期|每学年|不少于|不低于|不得少于|至少)|[要应须需]|必须)|(?=(?:每|一|本)(?:学期|学年|年|月|周)))"
    rf"|每[位名个](?P<each>{CIRCLE})|其中(?P<among>{CIRCLE})"
    r"|(?P<rank>(?:[省市县区校]级?)?(?:学科)?(?:骨干|带头人|名师)(?:教师|老师)?(?:及以上)?(?:教师|老师|者)?)(?=[需须应要上写]|每|开设|承担|主持|完成|至少|撰写|举行)"
    r"|(?P<teacher>每[位名个]?(?:参加|参训|参会|参与)?(?:教师|老师|教职工|组员|成员)|(?:全体|所有|任课|专任|各位)(?:教师|老师)(?=[^，,。；;]{0,8}(?:每[周月学年]|不少于|至少))|每人|人人|人均|(?:教师|老师|教职工)(?=(?:每|一|本)(?:学期|学年|年|月|周)))"
    r"|(?P<age>\d{2}周?岁(?:及)?以[上下](?=[一二三四五六七八九十\d不至]|$))"
    r"|(?P<group>每个?(?:教研|备课|学科)?组|每个?(?:片区?|协作区|联片|班(?!级工作|会|主任))|各(?:教研|备课|学科)组)"
    r"|(?P<school>每(?:所|个)?(?:学校|校|幼儿园|园)(?!本)|各校(?!校长|园长|领导|教师|老师))"
)


_OWN_MOMENT = re.compile(r"(?:^|[，,、])(?:每?学期末|学期结束[前时]?|期末前?)(?!考|检|测|质)")
"""学期末上一节汇报课: once a term, whatever the clause before said."""
_SOMEBODY = re.compile("[每各师员长人岁方徒校]|主任|骨干|领导|干部|带头")
"""What every circle has one of; most clauses have none, and PER takes long to say so."""
_ONLY_CIRCLES = re.compile(rf"^(?:{CIRCLE}|副校长|[、和及])+$")


_ONCE = re.compile(r"一(?:学期|学年|年)(?:[一两二三四五]|\d{1,2})[次节篇份本场个]")
"""一学期一次 is once each term; 一学期以来 and 一年内 tell a time that passed."""


@dataclass
class Context:
    """Whom and which period the clauses of a sentence go on speaking of."""

    per: str | None = None
    period: str | None = None
    every: bool = False
    names: dict[str, str] = field(default_factory=dict)


def without_circumstances(clause: str) -> str:
    """What follows the last words of `clause` that say for whom or how often."""
    return clause[update(Context(), clause) :]


def circle_in(text: str) -> str | None:
    """For whom `text` says something is: teacher, group, school or the circle named."""
    match = PER.search(text)
    return (
        (
            match["circle"]
            or match["each"]
            or match["among"]
            or match["rank"]
            or match["age"]
            or match.lastgroup
        )
        if match
        else None
    )


def plain_subject(clause: str) -> str:
    left = PERIOD.sub("", clause)
    if _SOMEBODY.search(left):
        left = PER.sub(lambda match: match["among"] or "", left)
    return _ONLY_CIRCLES.sub("", left)


def update(context: Context, clause: str) -> int:
    """Take over whom and when the clause names; give the place behind the last of them."""
    end = 0
    own = ("末" in clause or "学期结束" in clause) and _OWN_MOMENT.search(clause)
    if own and not PERIOD.search(clause):
        context.period, context.every = "term", True
    per = PER.search(clause) if _SOMEBODY.search(clause) else None
    if per:
        context.per = circle_in(clause)
        end = per.end()
    for match in PERIOD.finditer(clause):
        context.period = match.lastgroup
        context.every = match[0][0] not in "本一全" or bool(_ONCE.match(clause, match.start()))
        end = max(end, match.end())
    return end
