"""What stands on the paper of a plan."""

from dataclasses import dataclass
from typing import TypeAlias

from yanxiu.documents.word import Gap

Line: TypeAlias = tuple[str | Gap, ...]
"""One paragraph: texts, and gaps where something is lacking."""


@dataclass(frozen=True)
class Heading:
    """The heading of a part of a section; its number is part of the text."""

    text: str


@dataclass(frozen=True)
class Prose:
    """Paragraphs as they were written."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Listed:
    """Paragraphs numbered 1. 2. 3."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Table:
    """A table; without rows it says `empty`."""

    head: tuple[str, ...]
    rows: tuple[tuple[str | Gap, ...], ...]
    caption: str = ""
    empty: str = ""


Block: TypeAlias = Heading | Prose | Listed | Table


@dataclass(frozen=True)
class Section:
    """One section; its number is given when it is written."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class PlanPaper:
    """计划 as it is written: `status` tells version and approval, `basis` the plans above."""

    title: str
    status: str
    basis: str
    sections: tuple[Section, ...]
    signed_by: str
    day: str
