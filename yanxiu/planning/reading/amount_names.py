"""What an amount is an amount of, by its clause, its paragraph and what was counted before."""

import re

from yanxiu.planning.reading.circles import Context, plain_subject
from yanxiu.planning.reading.findings import Kind
from yanxiu.planning.reading.items import Item
from yanxiu.planning.reading.names import fate_in, name_of, target_of
from yanxiu.planning.reading.phrases import amounts_in
from yanxiu.texts.quantities import Quantity

CLAUSE = re.compile(r"(?:[^，,]|(?<=\d)[，,](?=\d{3}))+")  # 1,260 is one number
_PEOPLE = re.compile(
    r"(?:(?:[一二三四五\d]年(?:以内|以下|以上|及以上)的?)?[一-鿿]{0,4}?(?:教师|老师|教职工|组长|主任|校长|领导|干部|人员|中层|行政)[、和及与]?)+"
)
_GROUP_DOES = re.compile(r"((?:教研|备课|学科|年级|课题)组|协作区|片区|工作坊)每")
_QUOTED_BEFORE = re.compile(r"“([^“”]{2,14})”\s*$")
_QUOTED_FIRST = re.compile(r"\s*“([^“”]{2,14})”每")
NUMERAL = re.compile(r"[\d０-９〇一二三四五六七八九十百两]")
_JOINTS = re.compile(r"[、和及与]")
_HEADS = frozenset("位名人")
_CHOSEN_ONLY = re.compile(r"[一-鿿]{0,4}?(遴选|选出|评选出?|评出|推荐|选送|上报)")
_AMONG = re.compile(
    r"其中[，,]?([一-鿿]{2,12}?(?:教师|老师|骨干|干部|带头人|名师|校长|园长|学员))"
    r"(?:不少于|不低于|不得少于|至少|达到?|为|有|占|共)*$"
)
_NUMBER_OF = re.compile(r"(?<=[一-鿿]{2})(?:节数|次数|篇数|数量)$")
_SUBJECT = re.compile(r"(?:人数|率|比例|占比|数量|次数|面|平均分|均分|成绩)$")
_AGE = re.compile(r"\d{2}周?岁")
_ALIKE = {"节": "节次"}
_HELD = frozenset("期次场届轮")
_QUOTED = re.compile(r"“([^“”]{2,14})”")
_ALL_OF = re.compile(r"(?:全体|全校|在职|在岗|专任|任课)*(教师|老师|教职工|学员)$")
_LABEL = re.compile(r"^\s*“?(?P<label>[^“”：:，,。；;]{2,8})”?\s*[:：](?=.)")
_LABELLED = re.compile(r"(?:课|活动|会|周|月|讲坛|论坛|沙龙|工程|笔记|随笔|计划)$")
PIECES = frozenset("节堂篇本册场次条张")
_WHOLE = re.compile(r"(?:全[年校组学期镇县]{1,2}|本?学[期年]|一年来?|一?共)?(共计|合计|总计|累计)")
_DONE_WITH = re.compile(r"^(?:进行|予以|给予|参加|编|汇编|装订|展|推荐|上报|送).*")
_SPANS = frozenset({"周", "天", "月", "个月", "学期", "学年"})
_TIMES = frozenset({"分钟", "小时", "个小时", "节"})
_NAME = 20
_TALE = re.compile(r"能|我|使|让|了|本[学校]|最|很")
_AVERAGE = re.compile(r"人均|平均每人")
_DOER = re.compile(
    r"[一-鿿]{0,4}?(?:教师|老师|教职工|组长|主任|校长|领导|干部|中层|行政)(?=[一-鿿]{2})"
)
_COMPARED = re.compile(
    r"^(?:同?比|较|与)[^，,]{1,10}?(?:提高|提升|上升|增加|增长|下降|降低|高)(?:了|出)?$"
)
_PER_ONE = re.compile(r"每[场次节期]")
_LEVEL = re.compile(r"(?:国家|省|市|州|区|县|镇|校)级?(?:及?以上)?(?:级?)(?:刊物|报刊|杂志|期刊)")
_APART = re.compile(r"^(?:每次|由|以|使|让|从|并|为|即|如|我|尽管|虽|其中)")
THING = re.compile(r"的?[一-鿿]{2}")
_CAME = re.compile(
    r"(?:邀请|聘请|特邀|请)[^，,]*?(?P<what>[来到入进][校园组班]?(?:指导|讲学|授课|讲座|视导|听课))"
    r"(?:教学|工作|教研)?(?:共计?|累计|达)?$"
)
"""邀请教研员、秦教授来园指导共5次: what they came for, whoever they were."""


def _told_at_once(context: Context, quantity: Quantity, kind: Kind, place: tuple[str, int]) -> str:
    """The name where the words before the number alone decide it, "" if they do not."""
    text, begin = place
    before = text[begin : quantity.start]
    if quantity.unit in _TIMES and kind == "quantity" and "每次" in before:
        return "每次时长"
    if kind == "quantity" and quantity.unit in _HEADS and _is_of_circle(context, quantity, text):
        return str(context.per)  # 50岁以上49人
    came = _CAME.search(before)
    return came["what"] if came else ""


def amount_name(
    item: Item, context: Context, quantity: Quantity, kind: Kind, place: tuple[str, int, int]
) -> str:
    """What the quantity is an amount of: by its clause, else by what was counted so before."""
    text, begin, end = place
    told = _told_at_once(context, quantity, kind, (text, begin))
    if told:
        return told
    after = _behind(text, quantity, end)
    total = _WHOLE.fullmatch(text[begin : quantity.start].strip())
    alone = total and quantity.unit not in _HEADS and not after.strip()
    if total and alone and _is_sum(item, text, quantity):
        return total[1]  # 示范课12节，过关课41节，全年共计53节
    name = _in_clause(context, quantity, kind, (text, begin, end))
    who = _PEOPLE.fullmatch(name) if quantity.unit in PIECES else None
    name = (
        "" if who or (quantity.unit in PIECES and name == context.per) else name
    )  # 教师不少于15节: who does it, not what it is
    if not name and after.strip() == "活动" and item.text.partition(text)[0].endswith("、"):
        name = "活动"  # 每学期一份计划、每月一次活动
    chosen = _CHOSEN_ONLY.fullmatch(name)
    if chosen and context.names.get(quantity.unit):  # 从中选出36篇: of what was counted before
        name = f"{chosen[1]}{context.names[quantity.unit]}"[:_NAME]
    name = name or _carried(context, kind, quantity.unit, who)
    if not name and (not _is_label(item) or item.text.find(text) > len(item.head) + 1):
        name = _before(item, text, quantity.unit)
    doer = _GROUP_DOES.search(text[: quantity.start])
    if doer and name in {"活动", "教研", "研讨", "学习"}:
        name = doer[1] + name
    if not name and quantity.unit == "%" and text[: quantity.start].strip() in {"占", "约占"}:
        name = _plainly(context, quantity, "")
    name = name or (_NUMBER_OF.sub("", item.head) if _heads(item) else after.strip()[:_NAME])
    name = name or _plainly(context, quantity, text[begin : quantity.start])
    if _PER_ONE.fullmatch(name):  # 每场2学时
        name = f"{name}{quantity.unit}"
    return _whose(context, kind, name, text[: quantity.start])


def _is_of_circle(context: Context, quantity: Quantity, text: str) -> bool:
    return bool(_AGE.match(context.per or "")) and text[: quantity.start].rstrip().endswith(
        str(context.per)
    )


def _behind(text: str, quantity: Quantity, end: int) -> str:
    """The words behind the unit that may name what is counted."""
    after = text[quantity.end : end]
    after = "" if after.lstrip().startswith(("、", "）", ")")) else after
    if end < len(text):  # what stands before the next number belongs to that one
        after = re.split(r"、|以及|并|和", after)[0].rstrip("或")
    return after


def _in_clause(
    context: Context, quantity: Quantity, kind: Kind, place: tuple[str, int, int]
) -> str:
    """The name that the clause itself gives, "" if it gives none."""
    text, begin, end = place
    after = _behind(text, quantity, end)
    among = _AMONG.search(text[: quantity.start]) if quantity.unit in _HEADS else None
    if among:  # 其中农村骨干教师不少于120人
        return among[1]
    if "其中" in text[begin : quantity.start]:
        begin = text.index("其中", begin) + 2
    lead = text[begin : quantity.start]
    compared = quantity.between.endswith("的") or _SUBJECT.search(quantity.between)
    whole = quantity.unit in {"%", "分"} and compared and _SUBJECT.search(lead)
    before = lead if whole else lead + quantity.between  # 实到人数不少于应到人数的90%
    before = _JOINTS.split(before)[-1] if NUMERAL.search(text[:begin]) else before
    quoted = _QUOTED_BEFORE.search(text[begin : quantity.start])
    quoted = quoted or (_QUOTED_FIRST.match(text) if not before.strip() else None)
    name = quoted[1] if quoted and not _DONE_WITH.sub("", after.strip()) else ""
    if not after.strip() and _is_beside(quantity, text):
        name = context.names.get("", "")  # 理论书籍8种60余册
    if not name and quantity.unit == "%":
        name = target_of(before, after) or ("" if after.strip() else context.names.get("%", ""))
    if quantity.unit == "个百分点" and _COMPARED.search(before):
        name = context.names.get("%", "")  # 优秀率达41%，比去年提高3.2个百分点
    name = name or fate_in(before, after)
    name = name or name_of(before, after, quantity.unit, usual=kind != "quantity")
    subject = name_of(plain_subject(text[: quantity.start]), "", quantity.unit)
    if not _LABELLED.search(name or subject):
        name = labelled(text, quantity, after) or name
    return name or subject


def _is_beside(quantity: Quantity, text: str) -> bool:
    """Whether it stands right behind another amount that is no time (两周一次)."""
    return any(each.end == quantity.start and each.unit not in _SPANS for each in amounts_in(text))


def _carried(context: Context, kind: Kind, unit: str, who: re.Match[str] | None) -> str:
    """What was counted so before; a claim of others says of whom (其余教师均在18节以上)."""
    carried = context.names.get(unit, "")
    if who and kind == "quantity" and _DOER.match(carried):
        return f"{who[0]}{_DOER.sub('', carried)}"
    return carried


def _plainly(context: Context, quantity: Quantity, lead: str) -> str:
    """A name for what nothing names: 已备68课时, 占37%, else the unit."""
    if quantity.unit == "课时" and "备" in lead:
        return "备课"
    if quantity.unit == "%" and context.names.get(""):
        return f"{context.names['']}占比"
    alike = context.names.get(_ALIKE[quantity.unit]) if quantity.unit in _ALIKE else None
    return alike or quantity.unit


def _is_sum(item: Item, clause: str, quantity: Quantity) -> bool:
    """Whether it adds up several amounts told before, and is not the one amount again."""
    place = max(item.text.find(clause), 0) + quantity.start
    before = amounts_in(item.text[:place])
    return sum(each.unit == quantity.unit for each in before) != 1


def _heads(item: Item) -> bool:
    """Whether the head of a paragraph says what is counted in it; a sentence of a tale does not."""
    opened = item.mark or item.is_heading or _is_label(item)
    return len(item.head) <= _NAME and bool(opened) and not _TALE.search(item.head)


def _whose(context: Context, kind: Kind, name: str, lead: str) -> str:
    """A claim has no circle of its own, so its name says whose it is and whether on average."""
    if kind != "quantity":
        return name
    if name.startswith("占") and context.names.get(""):  # 35岁以下41名，占教师总数的42%
        name = f"{context.names['']}{name}"
    if context.per and name in _HEADS and context.per not in {"teacher", "group", "school"}:
        return context.per  # 50岁以上49人
    carried = name in context.names.values() or _AVERAGE.search(lead)
    if carried and context.per and context.per not in {"teacher", "group", "school"}:
        own = name in {"教师", "老师"}
        name = context.per if own else name if context.per in name else f"{context.per}{name}"
    if _AVERAGE.search(lead) and not _AVERAGE.search(name):
        name = f"人均{name}"
    level = _LEVEL.search(lead)
    if level and name in {"论文", "文章"}:
        name = f"{level[0]}{name}"
    return name


def _is_label(item: Item) -> bool:
    """集中培训：每月一次: the words before the colon say what is counted."""
    after = item.text[len(item.head) :].lstrip()
    return bool(item.body) and len(item.head) <= _NAME and after[:1] in {":", "："}


def _before(item: Item, clause: str, unit: str) -> str:
    """What the clause before speaks of: 听评课每节计0.5学时，每学期不少于15节."""
    place = item.text.find(clause)
    told = CLAUSE.findall(item.text[: max(place, 0)])
    last = re.split(r"[。；;:：]", told[-1])[-1] if told else ""
    everybody = _ALL_OF.search(last) if unit in _HEADS else None
    if everybody:  # 中心小学和所辖村小的全体教师，共113人
        return everybody[1]
    last = "" if _APART.match(last.strip()) else last
    event = _QUOTED.search(last) if unit in _HELD else None
    if event:  # 透过“科研沙龙”……，全年举行六期
        return event[1]
    found = name_of(plain_subject(last), "", unit) if last and not amounts_in(last) else ""
    if found:
        return found
    first = re.split(r"[，,。；;:：]", item.text)[0]
    if not item.mark or _TALE.search(first):
        return ""
    return name_of(plain_subject(first.split("每")[0]), "", unit)


def labelled(clause: str, quantity: Quantity, after: str) -> str:
    """“提高课”:每学期上一节: the label in front, where nothing else says what is counted."""
    match = _LABEL.match(clause)
    if not match or match.end() > quantity.start or THING.match(after.strip()):
        return ""
    label = match["label"]
    own = re.search(rf"{label[-1]}$", clause[match.end() : quantity.start].strip())
    return label if _LABELLED.search(label) and not own else ""
