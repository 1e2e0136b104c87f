"""What an amount is an amount of, by its clause, its paragraph and what was counted before."""

import re

from yanxiu.planning.reading.circles import Context, plain_subject
from yanxiu.planning.reading.findings import Kind
from yanxiu.planning.reading.items import Item
from yanxiu.planning.reading.names import fate_in, name_of, target_of
from yanxiu.texts.quantities import Quantity

CLAUSE = re.compile(r"(?:[^，,]|(?<=\d)[，,](?=\d{3}))+")  # 1,260 is one number
_PEOPLE = re.compile(r"[一-鿿]{0,4}?(?:教师|老师|教职工|组长|主任|校长|领导|干部)")
_GROUP_DOES = re.compile(r"((?:教研|备课|学科|年级|课题)组|协作区|片区|工作坊)每")
_QUOTED_BEFORE = re.compile(r"“([^“”]{2,14})”\s*$")
_QUOTED_FIRST = re.compile(r"\s*“([^“”]{2,14})”每")
NUMERAL = re.compile(r"[\d０-９〇一二三四五六七八九十百两]")
_JOINTS = re.compile(r"[、和及与]")
_HEADS = frozenset("位名人")
_ALL_OF = re.compile(r"(?:全体|全校|在职|在岗|专任|任课)*(教师|老师|教职工|学员)$")
_LABEL = re.compile(r"^\s*“?(?P<label>[^“”：:，,。；;]{2,8})”?\s*[:：](?=.)")
_LABELLED = re.compile(r"(?:课|活动|会|周|月|讲坛|论坛|沙龙|工程|笔记|随笔|计划)$")
PIECES = frozenset("节堂篇本册场次条")
_NAME = 20
THING = re.compile(r"的?[一-鿿]{2}")


def amount_name(
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
    before = _JOINTS.split(before)[-1] if NUMERAL.search(text[:begin]) else before
    quoted = _QUOTED_BEFORE.search(text[begin : quantity.start])
    quoted = quoted or (_QUOTED_FIRST.match(text) if not before.strip() else None)
    name = quoted[1] if quoted and not after.strip() else ""
    if not name and quantity.unit == "%":
        name = target_of(before, after) or context.names.get("%", "")
    name = name or fate_in(before, after)
    name = name or name_of(before, after, quantity.unit, usual=kind != "quantity")
    subject = name_of(plain_subject(text[: quantity.start]), "", quantity.unit)
    if not _LABELLED.search(name or subject):
        name = labelled(text, quantity, after) or name
    name = name or subject
    if quantity.unit in PIECES and _PEOPLE.fullmatch(name):
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
    told = CLAUSE.findall(item.text[: max(place, 0)])
    last = re.split(r"[。；;]", told[-1])[-1] if told else ""
    everybody = _ALL_OF.search(last) if unit in _HEADS else None
    if everybody:  # 中心小学和所辖村小的全体教师，共113人
        return everybody[1]
    found = name_of(plain_subject(last), "", unit) if last and not NUMERAL.search(last) else ""
    if found:
        return found
    first = re.split(r"[，,。；;:：]", item.text)[0]
    return name_of(plain_subject(first.split("每")[0]), "", unit) if item.mark else ""


def labelled(clause: str, quantity: Quantity, after: str) -> str:
    """“提高课”:每学期上一节: the label in front, where nothing else says what is counted."""
    match = _LABEL.match(clause)
    if not match or match.end() > quantity.start or THING.match(after.strip()):
        return ""
    label = match["label"]
    own = re.search(rf"{label[-1]}$", clause[match.end() : quantity.start].strip())
    return label if _LABELLED.search(label) and not own else ""
