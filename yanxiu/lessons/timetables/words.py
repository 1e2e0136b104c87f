"""The words of timetables: weekdays, periods, classes, subjects and rooms."""

import re
from typing import Final

from yanxiu.documents.tables import Cell
from yanxiu.texts.keys import simplified
from yanxiu.texts.numerals import read_numeral

SUBJECTS: Final = (
    "语文", "数学", "英语", "外语", "道德与法治", "道法", "品德与社会", "品德", "思品", "政治",
    "思想政治", "科学", "音乐", "美术", "体育与健康", "体育", "信息技术", "信息科技", "信息",
    "综合实践", "综合", "劳动技术", "劳动", "书法", "写字", "心理健康", "心理", "班会", "班队",
    "队会", "阅读", "校本课程", "校本", "地方课程", "地方", "物理", "化学", "生物", "历史", "地理",
    "通用技术", "技术", "艺术", "舞蹈", "形体", "健康", "安全", "法治", "社团", "活动", "国学",
    "经典诵读", "诵读", "口语", "习作", "作文", "自习", "晚自习", "晨会", "早读", "午读", "研学",
)  # fmt: skip
_BY_LENGTH: Final = tuple(sorted(SUBJECTS, key=len, reverse=True))

_WEEKDAY = re.compile(r"(?:星期|周|礼拜)?\s*([一二三四五六日天])(?:\s*[（(].*[）)])?")
_WEEKDAY_NAMED = re.compile(r"(?:星期|周|礼拜)\s*([一二三四五六日天1-7])(?:\s*[（(].*[）)])?")
_WEEKDAY_AND_PERIOD = re.compile(
    r"(?:星期|周|礼拜)([一二三四五六日天])[\s\-—_.·]*(?:第)?([一二三四五六七八九十]{1,2}|\d{1,2})(?:节|课)?"
)
_PERIOD = re.compile(
    r"(?:上午|下午|晚上|早上)?\s*(?:第)?\s*([一二三四五六七八九十]{1,3}|\d{1,2})\s*(?:节|课)?"
    r"(?:课)?(?:[\s（(]*\d{1,2}[:：]\d{2}.*)?"
)
_GRADES: Final = "一二三四五六七八九"
_CLASS = re.compile(
    # A year or a day in a title (2026—2027学年, 10月15日) is no class.
    r"(?<!\d)(?:(?:20)?\d{2}级\s*[（(]?\d{1,2}[）)]?班?|(?!(?:19|20)\d{2}(?!\d|班))"
    r"(?:(?:(?:小|初|高)[一二三]|[一二三四五六七八九]|[1-9])(?:年级|年)?"
    r"\s*[（(]?\s*\d{1,2}(?![\d月日年号时点])\s*[）)]?\s*班?|\d{3,4}(?!\d)班?))"
)
_CLASS_WORD = re.compile(r"[一-龥]{0,4}班")
_ROOM = re.compile(r".*(?:室|馆|操场|场|厅|楼.*)")
_WEEKS = re.compile(r"[（(\[【]?\s*([单双])周?\s*[）)\]】]?")
_TEACHER_TAIL = re.compile(r"(?:老师|教师)$")
_DAYS: Final = {**{word: number for number, word in enumerate("一二三四五六日", 1)}, "天": 7}


def text_of(cell: Cell) -> str:
    """Return what a cell says as text; whole numbers without a decimal point."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return simplified(str(cell)).strip()


def weekday(text: str, *, bare: bool = False) -> int | None:
    """Return the weekday that `text` names, 1 to 7; `bare` takes 一 for Monday too."""
    match = (_WEEKDAY if bare else _WEEKDAY_NAMED).fullmatch(text.replace(" ", ""))
    if match is None:
        return None
    word = match.group(1)
    return int(word) if word.isdecimal() else _DAYS[word]


def period(text: str) -> int | None:
    """Return the number of the lesson that `text` names; early reading and breaks are none."""
    match = _PERIOD.fullmatch(text)
    if match is None:
        return None
    number = read_numeral(match.group(1))
    if number is None or number.vague or not 1 <= number.value <= 14:  # noqa: PLR2004 (a day)
        return None
    return int(number.value)


def weekday_and_period(text: str) -> tuple[int, int] | None:
    """Return the weekday and the lesson that one head names, as 周一第2节 does."""
    match = _WEEKDAY_AND_PERIOD.fullmatch(text.replace(" ", ""))
    number = period(match.group(2)) if match else None
    return (_DAYS[match.group(1)], number) if match and number else None


def class_in(text: str) -> str:
    """Return the class that stands in `text` first, as it is written; "" for none."""
    match = _CLASS.search(text)
    return match.group(0).strip() if match else ""


def is_class(text: str) -> bool:
    """Tell whether `text` is the name of a class and nothing else."""
    return bool(_CLASS.fullmatch(text) or _CLASS_WORD.fullmatch(text))


def class_key(name: str) -> str:
    """Give the form in which names of classes are compared: 三（2）班, 三2 and 3.2 are one."""
    plain = "".join(char for char in name if char not in "（）()班年级 .")
    return "".join(str("一二三四五六七八九".find(char) + 1 or char) for char in plain)


def is_room(text: str) -> bool:
    """Tell whether `text` names a room."""
    return bool(_ROOM.fullmatch(text))


def subject_at_start(text: str) -> str:
    """Return the subject with which `text` begins, the longest one; "" for none."""
    return next((word for word in _BY_LENGTH if text.startswith(word)), "")


def subject_at_end(text: str) -> str:
    """Return the subject with which `text` ends, the longest one; "" for none."""
    return next((word for word in _BY_LENGTH if text.endswith(word)), "")


def weeks_in(text: str) -> tuple[str, str]:
    """Return `odd`, `even` or `every`, and `text` without the mark that says so."""
    match = _WEEKS.search(text)
    if match is None or not (match.group(0)[0] in "（([【" or "周" in match.group(0)):
        return "every", text
    rest = f"{text[: match.start()]} {text[match.end() :]}".strip()
    return ("odd" if match.group(1) == "单" else "even"), rest


def plain_name(text: str) -> str:
    """Return a name without the word for teacher behind it, where a full name is left."""
    bare = _TEACHER_TAIL.sub("", text)
    return bare if len(bare) > 1 else text
