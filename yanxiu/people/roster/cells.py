"""Single values: names, job numbers, phones."""

import re
import unicodedata
from datetime import date, datetime

from yanxiu.documents.tables import Cell, LostDigits
from yanxiu.people.roster.persons import Problem
from yanxiu.texts.radicals import repair

Read = tuple[str, tuple[Problem, ...]]

_SPACES = re.compile(r"\s+")
_HAN = r"\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\ue000-\uf8ff"
_HAN_NAME = re.compile(rf"[{_HAN}·]+")
_DOTS = re.compile(rf"(?<=[{_HAN}])\s*[·•‧・･∙⋅●．.᛫]\s*(?=[{_HAN}])")
_STATUS = re.compile(
    r"\s*[（(](产假|病假|事假|长病假|代课|退休|内退|离职|借调|借出|支教|交流|轮岗|返聘|临聘|外聘|"
    r"实习|新入职|新教师|在编|非编|编外|党员|校长|副校长|组长|男|女)[)）]\s*$"
)
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_LOST = re.compile(r"[?？\ufffd□�]")
_NAME_MAX = 40
_NOT_IN_NAMES = re.compile(r"\d|^[=+\-@]|[<>{}|]")
_JOB_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z_\-/.]{0,19}")
_IDENTITY = re.compile(
    r"[1-9]\d{5}(?:(?:19|20)\d{2}|\d{2}(?=\d{7}$))"
    r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]?"
)
_PHONE_GAPS = re.compile(r"[\s\-－—–_.·()（）]+")
_PHONE_BETWEEN = re.compile(r"[/、,，;；|\n]+|或")
_MOBILE = re.compile(r"1\d{10}")
_LANDLINE = re.compile(r"0\d{9,11}|\d{7,8}")
_NOTHING = frozenset(
    {"", "无", "無", "没有", "/", "\\", "-", "—", "——", "--", "／", "0", "暂无", "\\/"}
)


def plain(cell: Cell) -> str:
    """Return a cell as one line of text."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, str):
        return " ".join(cell.split()) if not cell.isalnum() else cell
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def says_nothing(text: str) -> bool:
    """Whether the cell is empty or holds one of the marks people put for "nothing"."""
    return text in _NOTHING


def printable(text: str) -> str:
    """Return `text` without characters that cannot be seen."""
    if text.isprintable():
        return text
    return "".join(c for c in text if c.isprintable() or _PRIVATE.match(c))


def read_name(cell: Cell) -> Read:
    """Read a person's name: no padding inside Han names, one kind of middle dot."""
    if not isinstance(cell, str):
        return "", _not_a_name(plain(cell))
    problems: list[Problem] = []
    name = repair(printable(plain(cell))).strip(" *★☆△▲#")
    shorter = _STATUS.sub("", name)
    if shorter != name:
        problems.append(
            Problem(
                "name-with-remark",
                "info",
                "name",
                f"“{name}”后面的附注没有当作姓名，读作“{shorter}”。",
            )
        )
        name = shorter
    name = _DOTS.sub("·", name)
    joined = _SPACES.sub("", name)
    if _HAN_NAME.fullmatch(joined):
        name = joined
    if len(name) > _NAME_MAX or _NOT_IN_NAMES.search(name) or not _has_letters(name):
        return "", _not_a_name(name)
    if _PRIVATE.search(name):
        problems.append(
            Problem(
                "name-with-private-character",
                "warning",
                "name",
                f"“{name}”里有用造字输入的字，别的电脑上显示不出来。请改用系统自带的字重新输入姓名。",
            )
        )
    if _LOST.search(name):
        problems.append(
            Problem(
                "name-with-lost-character",
                "warning",
                "name",
                f"“{name}”里有没存下来的字（显示为问号或方框）。请在原表中补上这个字，再导入一次。",
            )
        )
    return name, tuple(problems)


def _has_letters(name: str) -> bool:
    return any(c.isalpha() or _PRIVATE.match(c) for c in name)


def _not_a_name(shown: str) -> tuple[Problem, ...]:
    if not shown.strip():
        return (
            Problem(
                "name-missing", "error", "name", "这一行没有姓名，没有读取。请补上姓名后再导入。"
            ),
        )
    return (
        Problem(
            "name-not-a-name",
            "error",
            "name",
            f"姓名栏里是“{shown[:_NAME_MAX]}”，不像姓名，这一行没有读取。请改正后再导入。",
        ),
    )


def read_job_number(cell: Cell) -> Read:
    """Read a job number as text; leading zeros are restored later, from the whole column."""
    if isinstance(cell, LostDigits):
        return "", (
            Problem(
                "job-number-lost-digits",
                "warning",
                "job_number",
                f"工号显示为 {cell}，表格软件已把它的末几位变成 0，真实的号码不得而知，"
                "没有采用。请把该列设为文本后重新输入。",
            ),
        )
    text = unicodedata.normalize("NFKC", plain(cell)).replace(" ", "")
    if says_nothing(text):
        return "", ()
    if _IDENTITY.fullmatch(text):
        return "", (
            Problem(
                "job-number-is-identity",
                "warning",
                "job_number",
                "工号栏里像是身份证号，研修用不到，没有采用、也不会保存。请改用学校自编的工号。",
            ),
        )
    if not _JOB_NUMBER.fullmatch(text):
        return "", (
            Problem(
                "job-number-unreadable",
                "warning",
                "job_number",
                f"工号“{text[:30]}”含有字母、数字以外的内容，没有采用。请改正后再导入。",
            ),
        )
    return text, ()


def read_phone(cell: Cell) -> Read:
    """Read a mobile number of eleven digits; anything else is refused with its reason."""
    if isinstance(cell, LostDigits):
        sentence = (
            f"手机号显示为 {cell}，表格软件已丢掉其中几位，真实的号码不得而知，没有采用。"
            "请把该列设为文本后重新输入。"
        )
        return "", (Problem("phone-lost-digits", "warning", "phone", sentence),)
    text = unicodedata.normalize("NFKC", plain(cell))
    if says_nothing(text):
        return "", ()
    numbers = [_mobile(part) for part in _PHONE_BETWEEN.split(text)]
    found = [number for number in numbers if _MOBILE.fullmatch(number)]
    if not found:
        return "", (_no_phone(text, _mobile(text)),)
    if len(found) == 1:
        return found[0], ()
    sentence = f"电话栏里有 {len(found)} 个手机号，采用了第一个（尾号 {found[0][-4:]}）。"
    return found[0], (Problem("phone-several", "info", "phone", sentence),)


def _mobile(text: str) -> str:
    digits = _PHONE_GAPS.sub("", text).removeprefix("+")
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits  # noqa: PLR2004


def _no_phone(text: str, digits: str) -> Problem:
    if _LANDLINE.fullmatch(digits):
        sentence = f"电话“{text}”是固定电话，不能用来登录，没有采用。请补上本人的手机号。"
        return Problem("phone-is-landline", "warning", "phone", sentence)
    if digits.isdigit():
        sentence = (
            f"手机号“{text}”有 {len(digits)} 位数字，应为以 1 开头的 11 位，没有采用。"
            "请核对后再导入；本行其他内容已读取。"
        )
        return Problem("phone-wrong-length", "warning", "phone", sentence)
    sentence = f"电话“{text[:30]}”不是手机号，没有采用。请核对后再导入；本行其他内容已读取。"
    return Problem("phone-unreadable", "warning", "phone", sentence)
