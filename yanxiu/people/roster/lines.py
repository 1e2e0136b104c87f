"""What a line of a sheet stands for: a person, or one of the things people put around them."""

import re
from collections.abc import Sequence
from typing import Literal

from yanxiu.documents.tables import Cell
from yanxiu.people.roster.cells import plain
from yanxiu.people.roster.heads import Head
from yanxiu.texts.keys import simplified

Line = Literal["person", "blank", "total", "signature", "note", "section"]

_TOTAL = re.compile(
    r"^(本页|全校|全组|全县|全区)?(合计|合計|总计|總計|小计|小計|共计|共計|总人数|总数|人数合计)"
)
_COUNT = re.compile(r"(共|计|合计|总计)?\s*\d+\s*(人|名)(教师|教职工)?")
_SIGNATURE = re.compile(
    r"(签字|签名|签章|盖章|公章|制表|填表|审核|审批|复核|填报|校长|园长|负责人|联系人|經辦|经办|"
    r"簽字|簽名|簽章|蓋章|校長|審核|日期|时间|电话)[^:：]{0,8}[:：]"
)
_NOTE = re.compile(r"^(注|註|备注|備註|说明|說明|填表说明|填写说明|提示|※|＊|\*)\s*[:：.、]?")
_SECTION = re.compile(
    r"^[（(]?[一二三四五六七八九十]{0,3}[）)]?[、.．]?\s*(\S{2,12}组)\s*[（(]?\d*人?[）)]?$"
)
_SCHOOL_TAIL = r"(?:小学|中学|学校|幼儿园|中心校|附小|附中|教学点|小學|中學|學校|幼兒園|九年一贯制)"
_SECTION_SCHOOL = re.compile(
    rf"^[（(]?[一二三四五六七八九十]{{0,3}}[）)]?[、.．]?\s*(\S{{1,20}}{_SCHOOL_TAIL})$"
)
_UNIT_LINE = re.compile(
    r"(?:填表单位|填报单位|单位名称|学校名称|报送单位|填表學校|學校名稱|单位|学校|單位|學校)"
    r"\s*(?:[（(][^）)]*[）)])?\s*[:：]\s*([^\s:：（(]{2,30})"
)
_TITLE = re.compile(rf"^(\S{{1,20}}?{_SCHOOL_TAIL})")
_YEAR = re.compile(
    r"^\s*\d{4}\s*(?:[-—–~～至]\s*\d{2,4})?\s*(?:学年度?|學年度?|年)?(?:度|秋季|春季)?(?:第.学期)?\s*"
)
_NO_SCHOOL = re.compile(r"各|全区|全县|全市|全镇|所属|下属|辖区|教师|名单|名册|[:：]")
_LONG = 14
_OF_TEACHERS = re.compile(r"(?:教师|老师|科|学科)(?:名单|名册)?$")
_SUBJECTS = re.compile(
    "语文|数学|英语|外语|道德与法治|(思想)?政治|历史|地理|科学|物理|化学|生物|音乐|体育|美术|"
    "信息(技术|科技)|综合实践|劳动|心理健康|书法"
)

# Columns whose values are often filled in before anybody stands in the line.
_PREFILLED = frozenset({"school", "groups", "preparation_groups", "grades", "subjects"})


def kind_of_line(row: Sequence[Cell], head: Head) -> Line:
    """Return what `row` is; a line without a name that says something of a person is a person."""
    filled = [i for i, cell in enumerate(row) if cell is not None and i not in head.ordinals]
    if not filled:
        return _of_ordinals(row, head)
    name = plain(row[head.columns["name"]])
    known = any(
        row[head.columns[field]] is not None
        for field in ("phone", "job_number")
        if field in head.columns
    )
    if _TOTAL.match(plain(row[filled[0]]).replace(" ", "")):
        return "total"
    if not (name and known):
        around = _around(row, name)
        if around:
            return around
    fields = {field for field, i in head.columns.items() if i in filled}
    if not name and not fields - _PREFILLED:
        return "blank"
    return "person"


def _of_ordinals(row: Sequence[Cell], head: Head) -> Line:
    texts = [plain(row[i]) for i in head.ordinals if i < len(row) and row[i] is not None]
    if any(_TOTAL.match(text) for text in texts):
        return "total"
    if any(_SIGNATURE.search(text) for text in texts):
        return "signature"
    if any(_SECTION.match(text) or _SECTION_SCHOOL.match(text) for text in texts):
        return "section"
    return "note" if any(len(text) > _LONG or _NOTE.match(text) for text in texts) else "blank"


def _around(row: Sequence[Cell], name: str) -> Line | None:
    texts = [plain(cell) for cell in row if cell is not None]
    squeezed = [text.replace(" ", "") for text in texts]
    if any(_COUNT.fullmatch(text) for text in squeezed):
        return "total"
    if any(_SIGNATURE.search(text) for text in squeezed):
        return "signature"
    if len(texts) == 1 and (_SECTION.match(texts[0]) or _SECTION_SCHOOL.match(texts[0])):
        return "section"
    is_note = len(texts) <= 2 and (len(texts[0]) > _LONG or _NOTE.match(texts[0]))  # noqa: PLR2004
    return "note" if is_note and (not name or name == texts[0]) else None


def section_of(row: Sequence[Cell]) -> tuple[str, str]:
    """Return (school, group) that a section line names for the lines below it."""
    text = next((plain(cell) for cell in row if cell is not None), "")
    if match := _SECTION_SCHOOL.match(text):
        return match[1], ""
    match = _SECTION.match(text)
    return "", match[1] if match else ""


def school_in_lines(rows: Sequence[Sequence[Cell]]) -> str:
    """Return the school that the lines above a head name, or nothing."""
    texts = [plain(cell) for row in rows for cell in row if isinstance(cell, str)]
    for text in texts:
        if match := _UNIT_LINE.search(text):
            return match[1]
    for text in texts:
        if school := school_in(_YEAR.sub("", text).replace(" ", "")):
            return school
    return ""


def school_in(text: str) -> str:
    """Return the school with whose name `text` begins, or nothing."""
    match = _TITLE.match(text)
    return match[1] if match and not _NO_SCHOOL.search(match[1]) else ""


def school_of_sheet(sheet: str) -> str:
    """Return the sheet's name if it is a school's."""
    return sheet if school_in(sheet) == sheet else ""


def group_of_sheet(sheet: str) -> str:
    """Return the group that the sheet's name is, or whose subject it is."""
    if _SECTION.fullmatch(sheet) and sheet.endswith("组"):
        return sheet
    subject = _OF_TEACHERS.sub("", simplified(sheet).strip())
    return f"{subject}组" if _SUBJECTS.fullmatch(subject) else ""
