"""Amounts: what each must do in a period (quota), how often (rhythm), what was done (quantity)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from yanxiu.planning.reading.circles import CIRCLE, Context, plain_subject, update
from yanxiu.planning.reading.findings import Finding, Kind
from yanxiu.planning.reading.items import Item, Reading, split_head
from yanxiu.planning.reading.names import fate_in, name_of, target_of
from yanxiu.planning.reading.phrases import amounts_in
from yanxiu.planning.reading.situations import is_situation
from yanxiu.texts import numerals
from yanxiu.texts.quantities import Quantity

_SENTENCE = re.compile(r"[^。；;！!\n]+")
_CLAUSE = re.compile(r"(?:[^，,]|(?<=\d)[，,](?=\d{3}))+")  # 1,260 is one number
_DURATIONS = frozenset([
    "周", "月", "个月", "学期", "学年", "名", "位", "人", "字", "分钟", "分", "元", "所", "种",
    "步", "支", "间",
])  # fmt: skip
_CREDITS = frozenset({"学分", "学时", "课时", "个学时", "个课时"})
_COUNTED = frozenset([
    "节", "节次", "对", "堂", "篇", "场", "次", "本", "册", "项", "份", "件", "学时", "课时",
    "个学时", "个课时", "人次", "人", "名", "位", "小时", "个小时", "天", "个工作日", "工作日",
    "校次", "条", "个百分点", "%", "所", "轮", "期", "页", "套", "支", "届", "幅", "版", "板",
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
_CONDITION = re.compile(
    r"^(?:及?以上|以下|以内)?的?(?:学校|完小|村小|教研组|备课组|学科|班级|单位|教学点)[^，,。；;]{0,4}(?:设|配|建|成立)"
)
_AVERAGE = re.compile(r"(?:人均|平均每人|校均)[^，,]*$")
_PEOPLE = re.compile(r"[一-鿿]{0,4}?(?:教师|老师|教职工|组长|主任|校长|领导|干部)")
_GROUP_DOES = re.compile(r"((?:教研|备课|学科|年级|课题)组|协作区|片区|工作坊)每")
_QUOTED_BEFORE = re.compile(r"“([^“”]{2,14})”\s*$")
_QUOTED_FIRST = re.compile(r"\s*“([^“”]{2,14})”每")
_WRITTEN = re.compile(r"(?:撰写|写出|写好|提交|上交|递交|执教|开设)[^，,第]{0,12}$")
_OUTCOME = re.compile(r"立项|结题|结项|开题|获奖|获[^，,]{0,6}奖|推广|发表")
_NUMERAL = re.compile(r"[\d０-９〇一二三四五六七八九十百两]")
_TITLE = re.compile(r"《[^《》]*》")
_JOINTS = re.compile(r"[、和及与]")
_ELLIPTIC = re.compile(
    rf"(?=每(?:[两二半一1]?个?)(?:周|月|学期|学年|季度|年))|(?:和|及|以及|并)?(?:{numerals.PATTERN}[节堂篇本册份次个]|撰写|写|听|上|读|交|做|完成|执教|{CIRCLE}"
    r"|[一-鿿]{2,8}?(?:不少于|不低于|不得少于|至少))"
)
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
    r"(?:选派|派出|推荐|遴选|评选出?|评出|聘请|邀请|确定|招募|选送|输送|表彰)[^，,第]{0,8}$"
)
_ASIDE = re.compile(r"学[时分]|课时|(?:[记计折加扣得占]|满)\d*分|请假|迟到")
_MOMENT = re.compile(r"^(?:之?[内前后]|以[内前后]|时间|的时间|为一)|^制")
_RESPECTIVE = re.compile(
    rf"(?P<who>(?:[一-鿿]{{0,4}}?(?:{CIRCLE}|副校长|主任|组长|教师|干部|领导)[、和及与]?){{2,}})[^，,]{{0,12}}分别"
)
_RANK = re.compile(r"(?:名师|带头人|骨干(?:教师)?|能手|新秀|高级教师|名优教师)[^，,]{0,6}$")
_EACH_HAS = re.compile(r"每(?:坊|室|个?工作[坊室]|名?师傅|位?导师|个?组|所?学?校)[^，,]{0,8}$")
_EACH_ONE = re.compile(r"每(?:个?学科|个?组|所?学校|校)[^，,]{0,6}$")
_BECOMES = re.compile(r"培养|培育|新增|增加|达到|产生|成为|造就|评选")
_PENAL = re.compile(r"缺勤|缺席|缺课|迟到|旷|不予|取消|一票否决|违反")
_TOTAL = re.compile(r"(?:共计?|合计|总计)")
_LAST = re.compile(r"[一-鿿》”][一-鿿”》](?<![有是为达共计占的了于满少设])$")
_ENDS = re.compile(r"\s*(?:$|[、，,；;（(）)])")
_OF_DAY = re.compile(r"(?:[上下]午|(?:周|星期)[一二三四五六日])第?\s?$")
_OTHERS = re.compile(r"每(?:个?学?科|个?班|室|坊|生)(?!组|务)")
_ANNOUNCING = re.compile(r"(?<=[一-鿿])[:：]")
_NAMELESS = re.compile(rf"第[一二三四五]个|每[一-鿿]{{1,2}}{numerals.PATTERN}?[次节]|次$")
_PAIRED = re.compile(r"结对|结成|拜师")
_CLASSES = re.compile(r"(?:教学)?班(?!子|[会级主])")
_STAFF = re.compile(r"(?:教师|老师|教职工|教研员|骨干|学员)")
_TIER = re.compile(rf"(?:对|针对)?({CIRCLE})")
_ABOUT = re.compile(
    rf"(?:对|针对)?({CIRCLE})(?:[(（][^()（）]*[)）])?(?:实施|完成|做到|[要须应每]|必须|[:：])"
)
_ORDINAL = re.compile(rf"第{numerals.PATTERN}[、至到—-]$")
_HEADS = frozenset("位名人")
_RANKED = re.compile(
    r"(?:正高级?|副?高级|[一二三]级|特级|骨干|带头人|名师|能手|新秀|党员|研究生|本科|专科|专职|兼职)"
    r"(?:教师|老师)?$"
)
_SCHOOLS = re.compile(r"[一-鿿]{0,4}(?:小学|初中|中学|幼儿园|学校|完小|村小|教学点)")
_POINTS = re.compile(r"(?:教学点|校点|校区)")
_ALL_OF = re.compile(r"(?:全体|全校|在职|在岗|专任|任课)*(教师|老师|教职工|学员)$")
_SCORES = re.compile(r"(?:平均|均|总|得|人均)分")
_LABEL = re.compile(r"^\s*“?(?P<label>[^“”：:，,。；;]{2,8})”?\s*[:：](?=.)")
_LABELLED = re.compile(r"(?:课|活动|会|周|月|讲坛|论坛|沙龙|工程|笔记|随笔|计划)$")
_TIMES = frozenset("次场期轮届")
_DONE_ALONE = frozenset("节堂篇本册场次期轮届项份")
_BEHIND = frozenset("所名位项个篇节册本份")
_PIECES = frozenset("节堂篇本册场次条")
_BOUNDS = (
    ("at_least", re.compile(r"不低于|不少于|不得低于|高于")),
    ("at_most", re.compile(r"不超过|不高于|不得超过|控制在|低于")),
)
_NAME, _MANY = 20, 5
_THING = re.compile(r"的?[一-鿿]{2}")
_FREQUENT = frozenset({"day", "week", "two_weeks", "half_month", "month"})


def read_amounts(reading: Reading) -> Iterator[Finding]:
    """Quotas and rhythms; in a plan also targets in per cent, in a summary what was counted."""
    seen = set()
    for item in reading.items:
        if item.month or item.paragraph.lines[0].cells:
            continue
        if item.topic == "problem" and reading.kind == "summary":
            continue
        for sentence in _SENTENCE.finditer(item.text):
            for finding in _sentence(reading, item, sentence):
                known = (finding.name, finding.value, finding.unit)
                if finding.kind != "quantity" or known not in seen:
                    seen.add(known)
                    yield finding


def _sentence(reading: Reading, item: Item, sentence: re.Match[str]) -> Iterator[Finding]:
    if not _NUMERAL.search(sentence[0]):
        return
    context = Context(per=_circle_of(reading, item))
    for clause in _CLAUSE.finditer(sentence[0]):
        if reading.kind == "summary":  # a plan's sentence keeps to one subject, a tale does not
            goes_on = context.every and _ELLIPTIC.match(clause[0])
            context = context if goes_on else Context(names=context.names)
        for part, place in _announced(clause[0]):
            yield from _clause(
                reading, item, context, part, sentence.start() + clause.start() + place
            )


def _announced(text: str) -> Iterator[tuple[str, int]]:
    """搭建三个平台：“讲坛”每月一期: what announces is one thing, what is announced another."""
    colon = _ANNOUNCING.search(text)
    if colon and any(
        each.unit in {"个", "种", "项", "类"} for each in amounts_in(text[: colon.start()])
    ):
        yield text[: colon.start()], 0
        yield text[colon.end() :], colon.end()
    else:
        yield text, 0


def _circle_of(reading: Reading, item: Item) -> str | None:
    """Of which teachers a plan's paragraph speaks by its own head or the heading above it."""
    if reading.kind != "plan":
        return None
    above = reading.sections[item.section - 1].title if item.section else ""
    match = _ABOUT.match(item.text) or _TIER.match(above)
    return match[1] if match else None


def _clause(
    reading: Reading, item: Item, context: Context, text: str, place: int
) -> Iterator[Finding]:
    if _OTHERS.search(text):
        context.period = None
    named_at = update(context, text)
    if not _NUMERAL.search(text):
        return
    amounts = [*_amounts(text)]
    parts = iter(_respective(text, amounts))
    for quantity, start, end in amounts:
        respective = next(parts, None)
        kind = _kind(reading, item, context, quantity, text)
        begin = max(start, named_at) if named_at <= quantity.start else start
        if kind is None:
            if context.per:  # 公开课每人一节，共5节: what is counted next is still 公开课
                before = plain_subject(text[: quantity.start])
                context.names.setdefault(quantity.unit, name_of(before, "", quantity.unit))
            continue
        name = _name(item, context, quantity, kind, (text, begin, end))
        if _NAMELESS.match(name) and item.section:  # 每周一次: of what the section is about
            titled = split_head(reading.sections[item.section - 1].title)[0]
            name = item.head if item.body and not _NAMELESS.match(item.head) else titled
        context.names[quantity.unit] = name
        line = item.line(place + quantity.start)
        often = kind in {"quota", "rhythm"}
        yield Finding(
            kind,
            name,
            _plain(quantity),
            line.number,
            reading.written[line.number],
            quantity.unit,
            amounts[0][0].qualifier
            if respective
            else _bound(quantity, text[start : quantity.start]),
            period=context.period if often else None,
            per=(respective or context.per) if kind == "quota" else None,
        )


def _respective(text: str, amounts: list[tuple[Quantity, int, int]]) -> list[str]:
    """校长、主任每学期听课分别不少于40节、30节: who, one for each amount, or nobody."""
    told = _RESPECTIVE.search(text) if "分别" in text else None
    who = re.split(r"[、和及与]", told["who"]) if told else []
    return who if len(who) == len(amounts) else []


def _amounts(text: str) -> Iterator[tuple[Quantity, int, int]]:
    """The quantities outside of titles, with the ends of the one before and the one behind."""
    titles = [range(*match.span()) for match in _TITLE.finditer(text)]
    found = [
        quantity
        for quantity in amounts_in(text)
        if quantity.unit != "字"
        and quantity.text != "二次"
        and not any(quantity.start in title for title in titles)
    ]
    since = [0, *(quantity.end for quantity in found)]
    until = [*(quantity.start for quantity in found[1:]), len(text)]
    return zip(found, since, until, strict=False)


def _name(
    item: Item, context: Context, quantity: Quantity, kind: Kind, place: tuple[str, int, int]
) -> str:
    """What the quantity is an amount of: by its clause, else by what was counted so before."""
    text, begin, end = place
    after = text[quantity.end : end]
    after = "" if after.lstrip().startswith("、") else after
    if end < len(text):  # what stands before the next number belongs to that one
        after = re.split(r"、|以及|并|和", after)[0]
    if "其中" in text[begin : quantity.start]:
        begin = text.index("其中", begin) + 2
    before = text[begin : quantity.start] + quantity.between
    before = _JOINTS.split(before)[-1] if _NUMERAL.search(text[:begin]) else before
    quoted = _QUOTED_BEFORE.search(text[begin : quantity.start])
    quoted = quoted or (_QUOTED_FIRST.match(text) if not before.strip() else None)
    name = quoted[1] if quoted and not after.strip() else ""
    if not name and quantity.unit == "%":
        name = target_of(before, after) or context.names.get("%", "")
    name = name or fate_in(before, after)
    name = name or name_of(before, after, quantity.unit, usual=kind != "quantity")
    subject = name_of(plain_subject(text[: quantity.start]), "", quantity.unit)
    if not _LABELLED.search(name or subject):
        name = _labelled(text, quantity, after) or name
    name = name or subject
    if quantity.unit in _PIECES and _PEOPLE.fullmatch(name):
        name = ""  # 教师不少于15节: who does it, not what it is
    name = name or context.names.get(quantity.unit, "")
    if not name and (not _is_label(item) or item.text.find(text) > len(item.head) + 1):
        name = _before(item, text, quantity.unit)
    doer = _GROUP_DOES.search(text[: quantity.start])
    if doer and name in {"活动", "教研", "研讨", "学习"}:
        name = doer[1] + name
    name = name or (item.head if len(item.head) <= _NAME else after.strip()[:_NAME])
    return name or quantity.unit


def _is_label(item: Item) -> bool:
    """集中培训：每月一次: the words before the colon say what is counted."""
    after = item.text[len(item.head) :].lstrip()
    return bool(item.body) and len(item.head) <= _NAME and after[:1] in {":", "："}


def _before(item: Item, clause: str, unit: str) -> str:
    """What the clause before speaks of: 听评课每节计0.5学时，每学期不少于15节."""
    place = item.text.find(clause)
    told = _CLAUSE.findall(item.text[: max(place, 0)])
    last = re.split(r"[。；;]", told[-1])[-1] if told else ""
    everybody = _ALL_OF.search(last) if unit in _HEADS else None
    if everybody:  # 中心小学和所辖村小的全体教师，共113人
        return everybody[1]
    found = name_of(plain_subject(last), "", unit) if last and not _NUMERAL.search(last) else ""
    if found:
        return found
    first = re.split(r"[，,。；;:：]", item.text)[0]
    return name_of(plain_subject(first.split("每")[0]), "", unit) if item.mark else ""


def _labelled(clause: str, quantity: Quantity, after: str) -> str:
    """“提高课”:每学期上一节: the label in front, where nothing else says what is counted."""
    match = _LABEL.match(clause)
    if not match or match.end() > quantity.start or _THING.match(after.strip()):
        return ""
    label = match["label"]
    own = re.search(rf"{label[-1]}$", clause[match.end() : quantity.start].strip())
    return label if _LABELLED.search(label) and not own else ""


def _bound(quantity: Quantity, before: str) -> str:
    """不低于公用经费的8%: for a share the bound stands before what it is a share of."""
    if quantity.unit == "%" and quantity.qualifier == "exact":
        for bound, words in _BOUNDS:
            if words.search(before):
                return bound
    return quantity.qualifier


def _plain(quantity: Quantity) -> int | Decimal:
    value = quantity.value
    return int(value) if value == value.to_integral_value() else value


def _is_foreign(reading: Reading, context: Context, quantity: Quantity, clause: str) -> bool:
    """Whether the quantity is no amount of training work, or is told by the credit rules."""
    lead = clause[max(quantity.start - 1, 0) : quantity.start]
    condition = _CONDITION.match(clause[quantity.end :])  # 10人以上的学校设学科组
    of_day = quantity.unit == "节" and _OF_DAY.search(clause[: quantity.start])  # 上午三四节
    counting = (lead and lead in "每第_＿前后") or _ORDINAL.search(clause[: quantity.start])
    if condition or counting or of_day:
        return True
    goes_on = "个" in context.names and not clause[quantity.end :].strip()
    if quantity.unit == "个" and (goes_on or _is_told_before(quantity, clause)):
        return False
    if quantity.unit == "个" and not _THING.match(clause[quantity.end :]):
        return True
    if reading.kind == "plan" and quantity.unit == "个":
        return not _THINGS.match(clause[quantity.end :])
    if reading.kind == "plan" and quantity.unit in _HEADS:
        return (
            not _is_aimed(quantity, clause)
            and not (context.per or _SENT.search(clause[: quantity.start]))
            and not _PAIRED.search(clause)
            and not _TAUGHT.search(clause[: quantity.start])
            and not _is_staff(reading, context, quantity, clause)
        )
    return reading.kind == "plan" and quantity.unit in _CREDITS | _DURATIONS


def _is_aimed(quantity: Quantity, clause: str) -> bool:
    """市级名师不少于2名: so many teachers of a rank, as an aim."""
    lead = clause[: quantity.start]
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
    if reading.kind != "plan" or quantity.unit not in _HEADS or context.per or context.every:
        return False
    around = clause[max(quantity.start - 8, 0) : quantity.end + 6]
    counted = re.search(r"[有共]|合计", clause[: quantity.start])
    return bool(counted) and bool(_STAFF.search(around) or _TOTAL.match(clause.strip()))


def _plain_kind(
    reading: Reading, item: Item, context: Context, quantity: Quantity, clause: str
) -> Kind | None:
    """What a plan tells plainly: how things stand, how many schools, a rank to be reached."""
    if reading.kind != "plan":
        return None
    lead, after = clause[: quantity.start], clause[quantity.end :]
    if is_situation(reading, item):
        before = quantity.unit == "个" and _is_told_before(quantity, clause)
        counted = quantity.unit in _COUNTED or before
        told = counted or bool(_THINGS.match(after) or _CLASSES.match(after))
        return "quantity" if told else None
    points = quantity.unit == "个" and _POINTS.match(after)
    if not context.per and (points or (quantity.unit == "所" and _SCHOOLS.match(after))):
        return "quantity"
    aimed = item.topic == "goal" and quantity.unit in _HEADS and not context.per
    return "target" if aimed and _RANK.search(lead) else None


def _kind(
    reading: Reading, item: Item, context: Context, quantity: Quantity, clause: str
) -> Kind | None:
    """What the quantity is, or None if it is no amount of training work."""
    plain = _plain_kind(reading, item, context, quantity, clause)
    if plain:
        return plain
    penal = reading.kind == "plan" and bool(_PENAL.search(clause))
    told_as_fact = reading.kind == "plan" and is_situation(reading, item)
    if penal or told_as_fact or _is_foreign(reading, context, quantity, clause):
        return None
    if reading.kind == "plan" and quantity.unit in _HEADS | {"%"}:
        return _of_teachers(reading, context, quantity, clause)
    if quantity.unit == "%" or _is_average(reading, item, quantity, clause):
        return "quantity"
    told = reading.kind == "summary" and "每次" not in clause[: quantity.start]
    each_one = bool(context.per) and quantity.value == 1 and quantity.unit not in _HEADS
    counted = _counted(quantity, clause) if told and not each_one else None
    if context.period and quantity.unit not in _DURATIONS:
        often = context.per in {None, "group"} and context.period in _FREQUENT
        asked = _is_demand(reading, item, context, quantity)
        return "rhythm" if often else "quota" if asked else counted
    plans = reading.kind == "plan" or item.topic == "next"
    labelled = quantity.unit in _PIECES and _labelled(clause, quantity, clause[quantity.end :])
    wanted = (
        context.per
        or labelled
        or _is_told_before(quantity, clause)
        or _is_bounded(quantity, clause)
        or (quantity.qualifier == "at_least" and _EACH_HAS.search(clause[: quantity.start]))
    )
    meant = wanted or (reading.kind == "plan" and _is_planned(quantity, clause))
    each = told and each_one and context.per == "teacher"  # 教师每人订一份杂志
    return "quota" if each or (plans and meant) else counted


def _is_average(reading: Reading, item: Item, quantity: Quantity, clause: str) -> bool:
    """人均听课33节: in a summary what came out, not what is asked of each."""
    told = reading.kind == "summary" and item.topic != "next" and quantity.qualifier == "exact"
    return told and bool(_AVERAGE.search(clause[: quantity.start]))


def _of_teachers(reading: Reading, context: Context, quantity: Quantity, clause: str) -> Kind:
    """What a number or share of teachers is in a plan: aim, fact, or whom each leads."""
    if quantity.unit == "%" or _is_aimed(quantity, clause):
        return "target"
    return "quantity" if _is_staff(reading, context, quantity, clause) else "quota"


def _is_bounded(quantity: Quantity, clause: str) -> bool:
    """Whether it is asked for as so many pieces of work, though not said how often."""
    if _PENAL.search(clause):
        return False
    least = quantity.qualifier == "at_least" and quantity.unit in _PIECES
    striven = quantity.unit in _PIECES | _HEADS | {"个", "项"} and bool(
        _STRIVEN.search(clause[: quantity.start])
    )
    written = quantity.unit in _PIECES and bool(_WRITTEN.search(clause[: quantity.start]))
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
    named = _THING.match(after) or re.search(r"[一-鿿》”]{2}$", lead)
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
    if article and not (behind and "1" in quantity.text):
        return None
    if quantity.unit == "分":
        return "quantity" if _SCORES.search(clause[: quantity.start]) else None
    if quantity.unit == "个":
        thing = _THINGS.match(clause[quantity.end :]) or _is_told_before(quantity, clause)
        return "quantity" if thing else None
    if quantity.unit in {"种", "套", "元"}:
        return "quantity" if quantity.value >= _MANY else None
    return "quantity" if quantity.unit in _COUNTED else None
