"""Reading what somebody types from a signed paper: a name, initials or a job number, and a mark."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from unicodedata import normalize

from yanxiu.activities.models import Attendance
from yanxiu.texts.spoken import initials

State = Attendance.State
MARKS = {
    "+": State.LATE, "迟": State.LATE, "迟到": State.LATE,
    "-": State.LEAVE, "假": State.LEAVE, "请假": State.LEAVE,
    "=": State.ON_DUTY, "公": State.ON_DUTY, "公务": State.ON_DUTY,
    "/": State.ABSENT, "缺": State.ABSENT, "缺席": State.ABSENT,
    "到": State.PRESENT,
}  # fmt: skip
"""What may stand behind a name; without any of them the person is present."""

SIGNS = "+-=/"


@dataclass(frozen=True)
class Known:
    """Somebody whose name may be typed."""

    uid: str
    name: str
    pinyin: str
    numbers: frozenset[str] = frozenset()

    @property
    def initials(self) -> str:
        """The first letters of the name as it is spoken."""
        return initials(self.name)


@dataclass(frozen=True)
class Typed:
    """One line as it was typed: who is meant, by whom, and the mark."""

    text: str
    state: str
    found: list[Known] = field(default_factory=list)


def read_line(text: str, known: Iterable[Known]) -> Typed:
    """Return who is meant by `text` among `known`, and the mark behind it.

    The surest way of meaning somebody wins: job number, whole name, initials, whole spelling,
    then any beginning of name or spelling. More than one found means that a person must choose.
    """
    who, state = _parted(normalize("NFKC", text).strip())
    wanted = "".join(who.split()).lower()
    if not wanted:
        return Typed(text, state)
    people = list(known)
    ways = (
        lambda one: wanted in one.numbers,
        lambda one: one.name.lower() == wanted,
        lambda one: one.initials == wanted,
        lambda one: one.pinyin.lower() == wanted,
        lambda one: one.name.lower().startswith(wanted) or one.pinyin.lower().startswith(wanted),
        lambda one: len(wanted) > 1 and one.initials.startswith(wanted),
    )
    for way in ways:
        if found := [one for one in people if way(one)]:
            return Typed(text, state, found)
    return Typed(text, state)


def _parted(text: str) -> tuple[str, str]:
    """Part `text` into who and the state."""
    if text[-1:] in SIGNS and text:
        return text[:-1], MARKS[text[-1]]
    who, gap, mark = text.rpartition(" ")
    if gap and mark in MARKS:
        return who, MARKS[mark]
    return text, State.PRESENT
