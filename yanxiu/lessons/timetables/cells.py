"""What one cell of a timetable says: subject, class, teacher, room and weeks."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from yanxiu.lessons.timetables import words

_BREAKS = re.compile(r"[\s,，、;；:：|]+|[（(\[【]([^）)\]】]*)[）)\]】]")
_EITHER = re.compile(r"\s*[/／]\s*|\n+")


@dataclass(slots=True)
class Said:
    """One lesson as a cell says it."""

    subject: str = ""
    class_name: str = ""
    teacher: str = ""
    room: str = ""
    weeks: str = "every"

    def __bool__(self) -> bool:
        """A cell that names neither subject nor class nor teacher says nothing."""
        return bool(self.subject or self.class_name or self.teacher)


def read_cell(text: str, names: Collection[str]) -> list[Said]:
    """Return the lessons that a cell names: none, one, or one for odd and one for even weeks.

    Args:
        text: what stands in the cell.
        names: the names of the school's teachers; they are known wherever they stand.
    """
    parts = _EITHER.split(text)
    marked = [part for part in parts if words.weeks_in(part)[0] != "every"]
    if len(parts) > 1 and len(marked) > 1:
        return [said for said in (_one(part, names) for part in parts) if said]
    said = _one(text, names)
    return [said] if said else []


def _one(text: str, names: Collection[str]) -> Said:
    said = Said()
    said.weeks, text = words.weeks_in(text)
    said.class_name = words.class_in(text)
    if said.class_name:
        text = text.replace(said.class_name, " ", 1)
    left: list[str] = []
    for token in _tokens(text):
        _take(token, said, names, left)
    if left and not said.teacher:
        said.teacher = words.plain_name(left[0])
    return said


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    last = 0
    for match in _BREAKS.finditer(text):
        found.extend((text[last : match.start()], match.group(1) or ""))
        last = match.end()
    found.append(text[last:])
    return [token.strip("/／()（）") for token in found if token.strip("/／()（） ")]


def _take(token: str, said: Said, names: Collection[str], left: list[str]) -> None:
    """Put `token` where it belongs; what is not known is left over."""
    if token in names or words.plain_name(token) in names:
        said.teacher = said.teacher or words.plain_name(token)
        return
    subject = words.subject_at_start(token)
    if subject and not said.subject:
        said.subject = subject
        rest = token[len(subject) :].removeprefix("课")
        if rest:
            _take(rest, said, names, left)
        return
    subject = words.subject_at_end(token)
    if subject and not said.subject:
        said.subject = subject
        _take(token[: -len(subject)], said, names, left)
        return
    if words.is_class(token) and not said.class_name:
        said.class_name = token
    elif words.is_room(token) and not said.room:
        said.room = token
    else:
        left.append(token)
