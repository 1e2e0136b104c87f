"""Paragraphs: the lines of a document, with those joined that were broken by a page or a table.

Lines are expected in simplified script (`outline.in_simplified`).
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from yanxiu.documents.outline import Line
from yanxiu.documents.reading.marks import read_mark

POSTS = (
    "(?:校[(（]园[)）]长|(?:教学|业务|德育|后勤|科研|常务|分管)?副校长|业务校长|校长|副?书记|副?园长|副?院长"
    "|(?:教导|教务|德育|总务|政教|教科室|教研室|办公室)?副?主任|教研组长|(?:分管)?副?局长)"
)
_LONG = 40
_ENDS = "。！？；：…”’）》!?;:)\"'"
_OPENS = re.compile(
    r"\s*(?:[【〖•∙‣✓√◆◇■□●○◎▲△★☆▪➢➤►▶✦※♦]|第[一二三四五六七八九十\d]+篇|[一-鿿]{1,8}[:：]|[一二三四五六七八九十\d]{1,3}月|\d{1,2}[、．]\s?\d)"
)
_ROLE = re.compile(r"(?:副?组|[正副]?组长|成|组成|负责)$")
_ROLE_REST = re.compile(r"(?:长|员|人)\s*[:：]")
_LABEL = re.compile(r"[一-鿿]{0,6}(?:组长|组员|成员|负责人|顾问)[:：]\s*[_＿xX×\s]*$")
_POST = re.compile(POSTS)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `starts` are the places in `text` where each of its lines begins."""

    lines: tuple[Line, ...]
    text: str
    starts: tuple[int, ...]

    def line_at(self, place: int) -> Line:
        """The source line on which the character at `place` stands."""
        return self.lines[max(bisect_right(self.starts, place) - 1, 0)]


def is_broken(text: str, following: str) -> bool:
    """Whether `following` goes on with the sentence that `text` began (rule A)."""
    if not text or text[-1] in _ENDS or read_mark(following) or _OPENS.match(following):
        return False
    commas = "，" in text or "," in text
    return "。" in text or text[-1] in "，,、" or (commas and len(text) > _LONG)


def _role_gap(text: str, following: str) -> str | None:
    """What to put between two halves of a role (rule B): nothing, a space, or None if no role."""
    mark = read_mark(text)
    rest = text[mark.length :] if mark else text
    if mark and _ROLE.fullmatch(rest) and _ROLE_REST.match(following):
        return ""
    return " " if _LABEL.fullmatch(rest) and _POST.match(following) else None


def _gap(before: Line, text: str, line: Line, is_apart: Callable[[Line], bool]) -> str | None:
    following = line.text.strip()
    gap = _role_gap(text, following)
    if gap is None and is_broken(text, following):
        gap = ""
    if gap is None or line.automatic:
        return None
    apart = any(part.level is not None or part.cells or is_apart(part) for part in (before, line))
    return None if apart else gap


def paragraphs(
    lines: Iterable[Line], is_apart: Callable[[Line], bool] = lambda _: False
) -> tuple[Paragraph, ...]:
    """Group lines with text into paragraphs; blank lines between do not keep halves apart.

    Args:
        lines: the lines of one document, in order.
        is_apart: lines that are never joined, such as titles.
    """
    found: list[Paragraph] = []
    for line in lines:
        text = line.text.strip()
        if not text:
            continue
        last = found[-1] if found else None
        gap = _gap(last.lines[-1], last.text, line, is_apart) if last else None
        if last is None or gap is None:
            found.append(Paragraph((line,), text, (0,)))
        else:
            starts = (*last.starts, len(last.text) + len(gap))
            found[-1] = Paragraph((*last.lines, line), last.text + gap + text, starts)
    return tuple(found)
