"""A register as values."""

from dataclasses import dataclass
from typing import Final

FIELDS: Final = {
    "name": "姓名",
    "job_number": "工号",
    "school": "学校",
    "superior": "上级（中心校或区县）",
    "on": "日期",
    "year": "公历年",
    "school_year": "学年",
    "starts_on": "时段起",
    "last_on": "时段止",
    "title": "内容",
    "kind": "类别",
    "role": "承担",
    "delivery_mode": "方式",
    "organiser_level": "主办级别",
    "subject_kind": "科目类别",
    "theme": "主题",
    "hours": "计入的学时",
    "credits": "计入的学分",
    "count": "条数",
    "scheme": "方案",
    "recognised": "认定",
    "blank": "留空，由人填",
    "fixed": "固定的字",
}
"""What a column can be filled from, with what it is called."""

NUMBERS: Final = frozenset({"hours", "credits", "count"})
DAYS: Final = frozenset({"on", "starts_on", "last_on"})

TOLD: Final = ("job_number", "name", "title", "on", "hours", "credits")
"""What is asked of the columns of an export, in this order."""

CODED: Final = frozenset(
    {"kind", "role", "delivery_mode", "organiser_level", "subject_kind", "theme"}
)
"""Fields that hold codes, for which a column may have a table of words."""

DIMENSIONS: Final = CODED
"""By what a column of sums may be narrowed."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, what fills it, and where that is said.

    Attributes:
        words: a word for each code, in the words of the other system.
        only: the codes that a sum is narrowed to, by dimension.
        text: what a column filled from `fixed` holds.
    """

    head: str
    filled_from: str
    source: str
    words: tuple[tuple[str, str], ...] = ()
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()
    text: str = ""

    @property
    def is_confirmed(self) -> bool:
        """Whether its source has been checked with the other system."""
        return "待确认" not in self.source

    @property
    def field_name(self) -> str:
        """What fills it, in words."""
        return FIELDS[self.filled_from]


@dataclass(frozen=True)
class Register:
    """上报表: the columns of one other system, a row for each record or for each teacher."""

    code: str
    title: str
    system: str
    source: str
    row: str
    sheet: str
    columns: tuple[Column, ...]
    export: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def by_record(self) -> bool:
        """Whether a row stands for a record, not for a teacher."""
        return self.row == "record"

    @property
    def is_confirmed(self) -> bool:
        """Whether all of it has been checked with the other system."""
        return "待确认" not in self.source and all(one.is_confirmed for one in self.columns)
