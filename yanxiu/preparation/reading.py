"""A lesson plan written in Word, put into the sections of the school's form.

Nothing is guessed: a heading or the label of a table's row names its section, and what stands
under no such name goes, whole, to where most of a plan is written.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from yanxiu.documents.outline import Line, Outline
from yanxiu.texts.keys import key

ALIASES = {
    "standard": ("课程标准", "课标要求", "课标依据", "课程标准条目"),
    "prior": ("学生起点", "起点知识", "已有知识", "知识起点", "学习起点"),
    "textbook": ("教材分析", "教材解读", "教材内容分析", "内容分析"),
    "learners": ("学情分析", "学生分析", "学习者分析"),
    "objectives": ("教学目标", "学习目标", "目标", "教学目的", "素养目标"),
    "key_points": ("教学重点", "教学难点", "教学重难点", "重难点", "重点", "难点", "重点难点"),
    "situation": ("问题情境", "问题情景"),
    "methods": ("教法", "学法", "教法学法", "教学方法", "教学准备", "教具", "教具准备", "教学资源"),
    "process": ("教学过程", "教学流程", "教学环节", "教学活动", "教学步骤", "教学过程设计"),
    "board": ("板书", "板书设计"),
    "homework": ("作业", "作业设计", "作业布置", "课后作业", "布置作业"),
}
"""What the shipped sections are called elsewhere."""

FACTS = {
    "授课教师", "执教教师", "执教", "教师", "主备人", "主备教师", "班级", "授课班级", "时间",
    "授课时间", "日期", "课型", "课时", "课时安排", "课时数", "年级", "学科", "单元", "教材单元",
    "学校", "备课组", "教案编号", "周次", "参加人员", "项目", "结合的课题", "执教年级", "授课年级",
}  # fmt: skip
"""Labels of the head of a plan; the house knows these, so they are left out, and said so."""

SAYS = {"学科": "subject", "年级": "grade", "执教年级": "grade", "授课年级": "grade"}
"""Labels of the head that say a fact of the plan, which then need not be typed."""

TITLES = {"课题", "课题名称", "教学内容", "课文"}
PARTS = {
    "教学重点", "教学难点", "重点", "难点", "教法", "学法", "教具", "教具准备", "教学准备",
    "教学资源",
}  # fmt: skip
"""Labels that name a part of a section: they stay with their text."""

LARGEST_LABEL = 12
_HEADING = re.compile(r"(?:教案|教学设计|备课稿|主备稿)$")
_NAMED = re.compile(r"《([^《》]+)》")
LONGEST_HEADING = 30
_NUMBER = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十]+[部步][分骤]?|【|※|●|◆)\s*"
)
_AFTER = re.compile(r"^[】\]]?\s*[:：]?\s*")


@dataclass
class Read:
    """What a document gave: a title, the text of sections by their codes, and what was left out.

    `facts` has `subject` and `grade` where the head of the document says them.
    """

    title: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def read_plan(outline: Outline, sections: Sequence[Mapping[str, Any]]) -> Read:
    """Put the lines of a lesson plan into `sections`; see the head of this module."""
    names = _names(sections)
    usual = next((str(one["code"]) for one in sections if one["code"] == "process"), "")
    usual = usual or str(sections[-1]["code"])
    found = Read(remarks=list(outline.remarks))
    left: list[str] = []
    texts: dict[str, list[str]] = {}
    where, headed = usual, ""
    for line in outline.lines:
        for label, text in _pieces(line, names):
            if label in TITLES:
                found.title = found.title or text.strip("《》 　")[:120]
            elif label in SAYS:
                found.facts.setdefault(SAYS[label], text.split("　")[0].strip()[:20])
            elif label in FACTS:
                left.append(label)
            elif label:
                where = names[key(label)]
                told = f"{label}：{text}" if label in PARTS else text
                texts.setdefault(where, []).append(told)
            elif line.level == 0 and not found.title:
                found.title = _bare_title(text)
            elif not texts and _HEADING.search(text) and len(text) <= LONGEST_HEADING:
                headed = headed or ("" if _HEADING.fullmatch(text) else _bare_title(text))
            else:
                texts.setdefault(where, []).append(text)
    # What a heading is about gives way to what is said to be the title.
    found.title = found.title or headed
    found.texts = {
        code: "\n".join(one for one in lines if one.strip()) for code, lines in texts.items()
    }
    if left:
        told = "、".join(dict.fromkeys(left))
        found.remarks.append(f"表头里的{told}没有放进教案：系统里另有记录。")
    return found


def _bare_title(text: str) -> str:
    """Return what a heading is about: 估算 for 《估算》教学设计, or all of it."""
    named = _NAMED.search(text)
    bare = named.group(1) if named else _HEADING.sub("", text).strip()
    return (bare or text)[:120]


def title_of_name(name: str) -> str:
    """Return what the name of a file says the plan is about; "" for 教案.docx."""
    stem = PurePath(name).stem.strip()
    return "" if _HEADING.fullmatch(stem) else _bare_title(stem)


def _names(sections: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the code of each section by every name it may go by."""
    found: dict[str, str] = {}
    for one in sections:
        for name in (str(one["name"]), *ALIASES.get(str(one["code"]), ())):
            found.setdefault(key(name), str(one["code"]))
    return found


def _pieces(line: Line, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what a line holds as (label, text); the label is "" for what has none."""
    if not line.cells:
        yield from _prose(line.text, names, is_heading=line.level is not None)
        return
    cells = [cell.strip() for cell in line.cells]
    while cells and not cells[-1]:
        cells.pop()
    pairs = list(zip(cells[::2], cells[1::2], strict=False))
    labels = [_label(cell, names) for cell in cells[::2]]
    if cells and len(cells) == 1:
        yield from _prose(cells[0], names, is_heading=False)
    elif labels and all(labels) and len(cells) % 2 == 0:
        for label, (_name, text) in zip(labels, pairs, strict=True):
            yield label, text
    elif labels and labels[0]:
        yield labels[0], "\n".join(_once(cells[1:]))
    else:
        yield "", "｜".join(cell.replace("\n", " ") for cell in _once(cells))


def _once(cells: Sequence[str]) -> list[str]:
    """Return cells without the repetitions by which merged ones are told."""
    return [cell for at, cell in enumerate(cells) if cell and (not at or cell != cells[at - 1])]


def _prose(text: str, names: Mapping[str, str], *, is_heading: bool) -> Iterator[tuple[str, str]]:
    for part in text.split("\n"):
        bare = _NUMBER.sub("", part).strip()
        head, mark, rest = _split(bare)
        label = _label(head, names)
        if label and (mark or is_heading or not rest):
            yield label, rest
        elif part.strip():
            yield "", part.strip()


def _split(text: str) -> tuple[str, str, str]:
    """Return what stands before the first colon or bracket, that mark, and the rest."""
    for at, letter in enumerate(text[: LARGEST_LABEL + 1]):
        if letter in ":：】]":
            return text[:at], letter, _AFTER.sub("", text[at:])
    return text, "", ""


def _label(text: str, names: Mapping[str, str]) -> str:
    """Return the label that `text` is, as `names` or the head of a plan know it; "" for none."""
    bare = _NUMBER.sub("", text).strip(" 　:：【】[]\n")
    if not bare or len(bare) > LARGEST_LABEL:
        return ""
    if bare in TITLES or bare in FACTS:
        return bare
    return bare if key(bare) in names else ""
