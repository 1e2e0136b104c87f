"""Rules told in running text: regulations by name, archives, agreements, checks, what must be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.frequencies import period_in
from yanxiu.planning.reading.gaps import GAP
from yanxiu.planning.reading.items import Item, Reading
from yanxiu.planning.reading.phrases import Phrase, amounts_in, bare, clauses, uncounted
from yanxiu.planning.reading.problems import WEAK, is_regret, lists_problems
from yanxiu.planning.reading.prose import prose_items
from yanxiu.planning.reading.wishes import wish_at
from yanxiu.texts.days import find_days

_ENDINGS = (
    "制度|负责制|例会制|导师制|办法|条例|细则|规定|标准|公约|责任制|规程|守则|评价表|量表|手册|机制"
)
_TITLED = re.compile(
    rf"《([^《》]{{2,40}}(?:{_ENDINGS}|方案|规范|意见|通知|规划|要点|纲要|准则|计划|建议|指南|法|协议书?|责任书|合同)(?:[（(][^《》（）()]{{2,20}}[)）])?)》"
)
_REGULATION = rf"[一-鿿]{{2,16}}?(?:{_ENDINGS})"
_NAMED = re.compile(
    r"(?:完善了?|有(?:相应|完善|健全)的|制[定订]出?了?[^，,。；;《》]{0,12}?的?|建立了?(?:健全)?了?|通过了?|订立了?|签署了?|健全了?|执行|坚持(?:执行)?|落实|实行|推行|修订了?|出台了?"
    r"|下发的|印发的|颁发的|结合[^，,。；;《》]{0,8}?|按照|根据|依据)"
    rf"(?P<name>(?:{_REGULATION}(?:、|以及|及|和|与))*{_REGULATION})"
    r"(?=[^一-鿿]|$|及|和|与|的|进行|要求|为|下|等|范本)"
)
_JOINTS = re.compile(r"、|以及|及|和|与")
_SYSTEM = re.compile(
    r"(?:实行|推行|执行|落实|建立|坚持|实施)了?(?P<name>[一-鿿]{2,10}制)(?=[，,。；;、：:]|$)"
)
_MODIFIER = re.compile(
    r"^(?:.*(?:详实|详细|实际|切实可行|可行|完善|严格|科学|合理|具体|健全|相应|有效|新|自己|学校|下发|印发|颁发|教研室|教育局|中心|进一步|[省市县区镇])的|^[省市县区镇](?=校本|教师|研修|教研)|的|[了着有]|一[系整]?[列套]|相关|有关|各项|各种|学校的?|进一步|和完善|完善)"
)
_DOUBLED = re.compile(r"([一-鿿])\1(?=制度|标准|办法|组)")
_SUMMED = re.compile(rf"[两二三四五六七八九十\d][项个种](?:{_ENDINGS})$")
_TOO_PLAIN = re.compile(
    rf"^(?:{_ENDINGS}|[各本该此这]?项?(?:{_ENDINGS})|长效机制|工作机制|工作制度)$"
)

_BOOKS = re.compile(r"书|读")
_WHITE = r"[^，,。；;]"
_ARCHIVE = re.compile(
    rf"(?:建立|完善|设立|收[到入集]|存入|归入|装入|放入|管理|充实){_WHITE}{{0,20}}?(?:档案|成长袋|文件夹)|档案袋?(?:的?管理|制度)|归档"
)
_AGREEMENT = re.compile(r"签[订定](?:了)?《?(?P<name>[一-鿿]{0,8}?(?:协议书?|责任书|合同|承诺书))")
_MOMENT = re.compile(
    r"(?P<when>开学初|学期初|期初|期中|学期末|期末|年终|年底|年末|寒暑假|寒假|暑假|考后|考试后)"
    rf"{_WHITE}{{0,8}}?(?:召开|举行|组织|举办|开展|进行)(?:了)?(?P<what>{_WHITE}{{2,16}})"
)
_TERM_END = re.compile(
    rf"(?:期末|学期末|学期结束|年终|年末|每月底?|月底){_WHITE}{{0,10}}?(?:上交|提交|上缴|交齐|交(?!流))(?P<name>{_WHITE}{{2,12}})"
)
_CHECK = re.compile(
    "评估|抽查|检查|督查|督导|巡查|巡课|考查|考核|考评|查验|验收|监管|监控|监测|抽测|检测|测试|统考|测查"
    "|试卷分析|质量分析|考试情况|综合评价|量化|推门听课|突击|随堂听课|点名|考勤|签到|公示|通报|汇报交流|翻阅"
)
_EXAMINING = re.compile(
    r"监考|阅卷|命题|统测|联考|(?:(?<!学)期中|期末)(?=[一-鿿]{0,4}?[考测试检查评交])(?!心|上交)|考试"
)
_ORDER = re.compile(
    r"(?<![的》量])要求(?=[一-鿿])(?!仍|还|有差|相比|尚|是|为|如下)|(?<!达到)规定(?!的|节|次|篇)(?=[一-鿿])|必须|务必|应当|应该|不得|严禁|不准|不超过|控制在|不予|取消[^，,]{0,8}资格|一票否决|一律|严格(?!要求自己)|人人|做到(?!.{0,2}个).{4}|先自查"
    "|具体负责|每[人位名]|都要|要[写做交有]|宣读|传达|上报|公布|挂钩|折算|计入"
)
_IN_FORCE = re.compile(r"(?:自|从).{4,16}起?(?:施行|执行|实施)")
_ONCE = re.compile(
    r"(?:只|仅)(?:按|计|取|记)[^，,]{0,6}(?:最高|一次|一项)|不重复(?:计|认定|登记|累计)|就高不就低"
)
_PENALTY = re.compile(r"弄虚作假|不予(?:认定|登记)|视为无效|取消(?:当年|全部|本[年期次])")
_LENGTH = re.compile(
    r"(?:\d|[一二两三四五六七八九十百千万])+余?字(?![一-鿿])|\d[\d.]*[千万]?余?字(?:以上)?的|[一二两三四五六七八九十百千万]+余?字(?:以上)?的|字以上"
)
_MAKING = re.compile(r"完善|制[定订]|建立|健全|修订|出台|执行")
_CARE = re.compile(r"^(?!.*发挥).*(?:关注教师|关心教师|心理问题|心理健康|帮扶|传[、，]?帮)")
_MEANS = re.compile(r"^(?:首先|其次|再次|最后|第[一二三四五]|[一二三四五六]是)")
_EFFECT = re.compile(
    r"^(?:使|让|确保|保证了|促进|推动|提高了|提升|增强|激发|力争|从而|为[^了]{0,12}提供|做到了?在|[^，,]{0,6}得到了|通过一系列)"
    r"|取得了?|明显|显著|好转|提高了|提升了|增强了|初步形成|达成共识|成效"
)
_DEMANDED = re.compile(
    r"字以上|每|不少于|不低于|不得|必须|一律|至少|要求|定期|随机|不定期|严格|按时|应[当该]|要有"
)
_RESULT = re.compile(
    r"名列|位居|位列|列[全第]|居[全首第]|顺利|通过(?=[一-鿿]{0,6}(?:检查|验收|评估|考核)$)|获(?!取)|达标率|优秀率|合格率|及格率|平均分"
    r"|^(?:现将|本次|此次|这次|为每|为全|与上)|相比$|超额|实现了|^(?!.*每).{0,40}进行了(?:全面|认真|集中|细致)*的?(?:检查|抽查|督查|考核|评估)"
)
_RATE = re.compile(
    r"(?:率|(?:比例|占比)(?=控制在))(?:控制在|达到?|为|不低于|要?达到?)?(?:\d|百分之)"
)
_CONTEST = re.compile(r"比赛|竞赛|大赛|基本功|讲座|沙龙|能力$|方面")
_FRAGMENT = re.compile(
    r"^(?:根据|按照?|依据|遵照|落实|对照).*(?:要求|部署|精神|安排|规定)$|^[^，]{0,10}(?:之?后|前|时|中|里)$|^[一-鿿]{2,8}(?:具体|专门)负责$|完成[一-鿿]{0,4}(?:评估|检查|验收|考核)$"
)
_ON_DAYS = re.compile(r"\d{1,2}月\d{1,2}[日号]")
_OPENS_ON_DAY = re.compile(r"(?:20\d\d年)?\d{1,2}月\d{1,2}[日号][，,上下]")
_QUOTATION = re.compile(r"“[^“”]{9,}”")
_BRIEF = re.compile(r"[^，,。；;]{2,16}")
_BUSINESS = re.compile(r"(?:具体|专门)?负责(?:日常|具体|各项)[一-鿿]{0,4}(?:工作|事务)$")
_PLAIN_RULES = (
    ("施行", _IN_FORCE),
    ("不重复计", _ONCE),
    ("处理", _PENALTY),
    ("上交材料", _TERM_END),
    (
        "评分标准",
        re.compile(r"占\d+分|\d+分以[上下](?:的?[为算是定])|按[一-鿿]{0,6}分[为成][A-Z一二三四优]"),
    ),
)
_CASE = re.compile(r"(?:^|(?<=[。；;：:]))(?P<case>(?:凡|如|对)?[^，,。；;：:]{4,30}[的者])[，,]$")
_LONGEST, _LEAST = 60, 4


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    said: Phrase


def read_regulations(reading: Reading) -> Iterator[Finding]:
    """Rules by name anywhere; in a summary also clauses that check, order or manage something."""
    for item in reading.items if reading.kind == "plan" else prose_items(reading):
        if (
            is_regret(item)
            or item.month
            or item.paragraph.lines[0].cells
            or (reading.kind == "plan" and item.topic == "rule")
        ):
            continue
        seen: set[str] = set()
        for rule in _rules(reading, item):
            if rule.said.text in seen or GAP.search(rule.said.text):
                continue
            seen.add(rule.said.text)
            line = item.line(rule.said.start)
            yield Finding(
                "rule",
                rule.name,
                rule.said.text,
                line.number,
                reading.written[line.number],
                period=period_in(rule.said.text),
            )


def _rules(reading: Reading, item: Item) -> Iterator[_Rule]:
    named = list(_by_name(item))
    yield from named
    wished = wish_at(item.text) if lists_problems(item.text) else None
    for clause in clauses(item.text):
        said = uncounted(clause.text)
        if not _LEAST <= len(said) <= _LONGEST:
            continue
        phrase = Phrase(said, clause.start + clause.text.find(said))
        name = _plain_rule(said)
        if name and _MOMENT.search(said) and _is_fact(reading, item, said):
            name = None
        inside = range(clause.start, clause.start + len(clause.text))
        told = any(rule.said.start in inside for rule in named)
        if name is None and item.topic not in {"problem", "goal", "schedule"}:
            announced = item.text[clause.start + len(clause.text) :][:1] in {":", "："}
            plain = announced and not _DEMANDED.search(said)  # 检查结果：…
            known = (told and _MAKING.search(said)) or plain or _is_fact(reading, item, said)
            name = None if known else _told_rule(clause.text, said)
            meant = reading.kind == "plan" or wish_at(item.text) is not None
            name = None if name == "措施" and meant else name
            if wished is not None and clause.start >= wished:
                name = None
        if name:
            yield _Rule(name, _with_condition(item.text, phrase))


def _with_condition(text: str, said: Phrase) -> Phrase:
    """病假、产假超过三个月的，要求减半: what is ordered, with the case in which it is."""
    before = _CASE.search(text[: said.start])
    if before is None or _LEAST + len(said.text) + len(before[0]) > _LONGEST:
        return said
    start = before.start("case")
    return Phrase(text[start : said.start + len(said.text)], start)


def _plain_rule(said: str) -> str | None:
    """Archives, agreements and what is handed in at the end: rules in plan and summary alike."""
    if _ARCHIVE.search(said) and not _EFFECT.search(said):
        return "档案管理"
    agreement = _AGREEMENT.search(said)
    if agreement:
        return f"签订{agreement['name']}"
    moment = _MOMENT.search(said)
    if moment and not find_days(said):
        return f"{moment['when']}{moment['what']}"
    if said.endswith(("的", "者")):  # 弄虚作假的 is only the condition
        return None
    return next((name for name, told in _PLAIN_RULES if told.search(said)), None)


def _is_fact(reading: Reading, item: Item, said: str) -> bool:
    """Whether a clause of a summary tells what came out and was done, or only heads what follows.

    全年共检查教案456本, 在质量评估中名列第二: a word such as 检查 alone makes no rule.
    """
    named = said == item.head if item.body else bool(_BRIEF.fullmatch(item.text))
    headed = item.is_heading and named and reading.kind == "summary"
    if headed or _FRAGMENT.search(said):
        return True
    if reading.kind == "plan" or item.topic == "next":
        return False
    counted = any(each.text != "二次" for each in amounts_in(said)) and not _DEMANDED.search(said)
    dated = ("了" in said and bool(_ON_DAYS.search(said))) or bool(_OPENS_ON_DAY.match(item.text))
    return counted or dated or bool(_RESULT.search(said) or _BUSINESS.search(said))


def _told_rule(clause: str, said: str) -> str | None:
    """Name what a clause of a summary tells as rule or measure, None for effects and praise."""
    if _EFFECT.search(said) or _RATE.search(said):
        return None
    length = _LENGTH.search(said) if _DEMANDED.search(said) else None
    match = length or _CHECK.search(said)
    match = match or (None if _CONTEST.search(said) else _EXAMINING.search(said))
    return match[0].rstrip("的") if match else _order(clause, said)


def _order(clause: str, said: str) -> str | None:
    """Name what a clause orders, and what it cares for or begins to count as a means."""
    ordered = _ORDER.search(_QUOTATION.sub("“”", said))
    if ordered and ordered[0][0] in "每都要人" and amounts_in(said):  # told as an amount
        return None
    if ordered and len(said) >= 6:  # noqa: PLR2004 - 必须做到 alone says nothing
        return "要求"
    if _CARE.search(said) and len(said) <= 24:  # noqa: PLR2004 - longer ones argue
        return "关心教师"
    return "措施" if _MEANS.match(clause.strip()) and not WEAK.search(said) else None


def _by_name(item: Item) -> Iterator[_Rule]:
    books = _BOOKS.search(item.head if item.body else "")
    for match in _TITLED.finditer("" if books else item.text):
        yield _named(match[1], match.start(1))
    for match in _SYSTEM.finditer(item.text):
        yield _named(match["name"], match.start("name"))
    for match in _NAMED.finditer(item.text):
        place = match.start("name")
        parts = re.split(f"({_JOINTS.pattern})", match["name"])
        for part in parts:
            if not _JOINTS.fullmatch(part) and re.search(rf"(?:{_ENDINGS})$", part):
                kept = _MODIFIER.sub("", part)
                if not (_TOO_PLAIN.match(kept) or _SUMMED.search(kept)) and len(kept) >= _LEAST:
                    yield _named(kept, place + len(part) - len(kept))
            place += len(part)


def _named(title: str, place: int) -> _Rule:
    """A regulation; a gap before its name stays out of it, a doubled letter out of its label."""
    start = max((gap.end() for gap in GAP.finditer(title)), default=0)
    said = title[start:]
    return _Rule(_DOUBLED.sub(r"\1", bare(said)), Phrase(said, place + start))
