"""The number, bullet or counted word that a paragraph begins with."""

import re
from dataclasses import replace

from yanxiu.documents.reading.marks import Mark, read_mark
from yanxiu.texts import numerals

_FORMAL = re.compile("[壹贰叁参肆伍陆柒捌玖拾]{1,2}[、.．]")
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
_PLAIN_NUMERALS = str.maketrans("壹贰叁参肆伍陆柒捌玖拾", "一二三三四五六七八九十")


def mark_of(text: str) -> Mark | None:
    """The number before `text`, also 壹、 and, before a short title, 一 with a space behind it.

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
    if not _FORMAL.match(text):
        return read_mark(text)
    mark = read_mark(text.translate(_PLAIN_NUMERALS))
    return mark and replace(mark, style="formal", printed=text[: mark.length].strip())
