"""The number, bullet or counted word that a paragraph begins with."""

import re
from collections.abc import Sequence

from yanxiu.documents.reading.marks import Mark, read_mark
from yanxiu.texts import numerals

_FORMAL = re.compile(
    r"([壹贰叁参肆伍陆柒捌玖拾]{1,2})[、.．]\s*|([壹贰叁肆伍陆柒捌玖拾]{1,2})[ \u3000]+(?=[一-鿿])"
)
_SPACED_NUMERAL = re.compile(
    r"([一二三四五六七八九十]{1,2})[ \u3000]+(?=[一-鿿][^。；;，,]{1,18}$)"
)
_PHASE = re.compile(
    r"(第?[一二三四五六]轮)[一-鿿]{0,4}\s*(?:[(（][^()（）]{2,20}[)）])?\s*[:：]\s*(?=\S)"
)
_COUNTED_LABEL = re.compile(
    r"(关注事项|任务|专题|模块|行动|板块|举措|策略|工程|抓手|亮点|行动计划)([一二三四五六七八九十]|\d)\s*[:：、]\s*(?=\S)"
)
BULLET = re.compile(r"([•∙‣✓√◆◇■□●○◎▲△★☆▪➢➤►▶✦※♦])\s*(?=\S)")
_RUN_ON = re.compile(r"([0-9０-９]{1,2})\s?[、.．]\s?(?=[0-9０-９])")
_PAIR = re.compile(r"(\d{1,2})、(\d{1,2})(?:月|年级|班|周|节|组)")
"""3、4月份: two months, and no item three."""
_GRADES = re.compile(
    r"[一二三四五六七八九]、[一二三四五六七八九](?:、[一二三四五六七八九])*(?:年级|月份)"
)
"""七、八年级: two grades, and no item seven."""
_PLAIN_NUMERALS = str.maketrans("壹贰叁参肆伍陆柒捌玖拾", "一二三三四五六七八九十")


def mark_of(text: str) -> Mark | None:
    """The number before `text`, also 壹 and, before a short title, 一 with a space behind it.

    A bullet (◆) is a mark too, of a style of its own and without a number.
    """
    bullet = BULLET.match(text)
    if bullet:
        return Mark(bullet[1], 0, bullet[1], bullet.end())
    spaced = _SPACED_NUMERAL.match(text)
    if spaced:
        ordinal = numerals.number(spaced[1])
        return Mark("han", int(ordinal or 0), spaced[1], spaced.end())
    phase = _PHASE.match(text)
    if phase:
        ordinal = numerals.number(phase[1].strip("第轮"))
        return Mark("label", int(ordinal or 0), phase[0].rstrip("：: "), phase.end())
    counted = _COUNTED_LABEL.match(text)
    if counted:
        ordinal = numerals.number(counted[2])
        return Mark("label", int(ordinal or 0), counted[1] + counted[2], counted.end())
    formal = _FORMAL.match(text)
    if formal:
        ordinal = numerals.number((formal[1] or formal[2]).translate(_PLAIN_NUMERALS))
        return Mark("formal", int(ordinal or 0), formal[0].strip(), formal.end())
    return None if _GRADES.match(text) else read_mark(text)


def marks_of(texts: Sequence[str]) -> list[Mark | None]:
    """The marks of paragraphs in order, also before a digit: 2、85分以上的教案, 3．2026年.

    There only the items around tell a number from 2.5学分: one before it, for 1 the one behind.
    """
    marks = [mark_of(text) for text in texts]
    runs = {
        place: match
        for place, (text, mark) in enumerate(zip(texts, marks, strict=True))
        if mark is None and (match := _RUN_ON.match(text)) and not _is_pair(text)
    }
    last = 0
    for place, mark in enumerate(marks):
        if mark:
            last = mark.ordinal if mark.style == "arabic" else 0 if mark.ordinal else last
        elif place in runs:
            match = runs[place]
            ordinal = int(numerals.number(match[1]) or 0)
            if ordinal == last + 1 and (last or _goes_on(texts, marks, runs, place)):
                marks[place] = Mark("arabic", ordinal, match[0].strip(), match.end())
                last = ordinal
    return marks


def _is_pair(text: str) -> bool:
    pair = _PAIR.match(text)
    return pair is not None and int(pair[2]) == int(pair[1]) + 1


def _goes_on(
    texts: Sequence[str],
    marks: Sequence[Mark | None],
    runs: dict[int, re.Match[str]],
    place: int,
) -> bool:
    """Whether the next number behind the first item of a list is two."""
    for behind in range(place + 1, len(texts)):
        mark = marks[behind]
        if mark:
            return mark.style == "arabic" and mark.ordinal == 2  # noqa: PLR2004 - behind one
        if behind in runs:
            return numerals.number(runs[behind][1]) == 2  # noqa: PLR2004
    return False
