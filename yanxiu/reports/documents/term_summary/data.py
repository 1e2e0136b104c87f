"""What a term summary says, whatever it is written on; plain Python."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from yanxiu.ui.wording import figure_text


@dataclass(frozen=True)
class Stated:
    """A number that the document states, with the figure it opens to.

    Attributes:
        code: the figure.
        name: what the figure is called.
        value: the number.
        measure: the unit of the number (场, 人次 …).
        unit: the uid of the unit the number is about, "" for the whole organisation.
    """

    code: str
    name: str
    value: Decimal
    measure: str
    unit: str = ""

    def __str__(self) -> str:
        return f"{figure_text(self.value)}{self.measure}"

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from other numbers of the same document."""
        return self.code, self.unit


@dataclass(frozen=True)
class Gap:
    """Something the document still lacks.

    Attributes:
        key: the stable name, under which an open statement is kept.
        what: what is lacking, a noun.
        why: why it is lacking, one sentence.
        remedy: where and how to fill it, one sentence.
        page: the name of the page where it is filled, "" when it is written in the summary itself.
    """

    key: str
    what: str
    why: str
    remedy: str
    page: str = ""

    def __str__(self) -> str:
        return f"【待补：{self.what}】"


@dataclass(frozen=True)
class Answer:
    """What the school states openly in the place of a gap."""

    key: str
    what: str
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Linked:
    """A text that names a thing; it is a link for whoever may see the thing."""

    text: str
    kind: str
    uid: str

    def __str__(self) -> str:
        return self.text


Piece: TypeAlias = str | Stated | Gap | Answer | Linked


@dataclass(frozen=True)
class Paragraph:
    """A paragraph out of texts, numbers and gaps."""

    pieces: tuple[Piece, ...]

    def __str__(self) -> str:
        return "".join(str(piece) for piece in self.pieces)


@dataclass(frozen=True)
class Heading:
    """A heading inside a section, its number included."""

    text: str


@dataclass(frozen=True)
class Row:
    """One row of a table; `key` is the same row in a later reckoning."""

    key: str
    cells: tuple[Piece, ...]


@dataclass(frozen=True)
class Table:
    """A table; `empty` stands in its place when it has no rows."""

    key: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    empty: str


@dataclass(frozen=True)
class Prose:
    """One stretch of the school's own text; a required one is a gap while it is empty.

    Attributes:
        text: as people typed it, references to figures included.
        gap: what is lacking in it.
        place: where it is kept.
        lines: its paragraphs with the figures it refers to.
    """

    text: str
    gap: Gap | None = None
    place: str = ""
    lines: tuple[Paragraph, ...] = ()

    @property
    def paragraphs(self) -> list[Paragraph]:
        """What stands on the paper, empty lines left out."""
        if self.lines:
            return list(self.lines)
        return [Paragraph((one.strip(),)) for one in self.text.splitlines() if one.strip()]


Block: TypeAlias = Heading | Paragraph | Table | Prose


@dataclass(frozen=True)
class Section:
    """A section with its numbered title; `key` is where its prose is kept.

    `role` is `problems` or `next` where that is what it tells.
    """

    key: str
    title: str
    blocks: tuple[Block, ...]
    role: str = ""

    @property
    def proses(self) -> list[Prose]:
        """The school's own texts in order."""
        return [block for block in self.blocks if isinstance(block, Prose)]

    @property
    def bare_title(self) -> str:
        """The title without its number."""
        return self.title.partition("、")[2] or self.title


@dataclass(frozen=True)
class TermSummary:
    """The whole document.

    Attributes:
        title: in one or two lines.
        signed_by: who issues it.
        day: the day it is signed, in words; "" in a draft.
        sections: the sections in order.
    """

    title: str
    signed_by: str
    day: str
    sections: tuple[Section, ...]

    def pieces(self) -> Iterator[Piece]:
        """Yield every piece in reading order, the gap of an empty required text included."""
        for section in self.sections:
            for block in section.blocks:
                yield from _pieces(block)

    @property
    def gaps(self) -> list[Gap]:
        """What is still lacking, in reading order, each once."""
        found = {piece.key: piece for piece in self.pieces() if isinstance(piece, Gap)}
        return list(found.values())

    @property
    def numbers(self) -> dict[tuple[str, str], Stated]:
        """Every number by its key."""
        return {piece.key: piece for piece in self.pieces() if isinstance(piece, Stated)}

    @property
    def answers(self) -> dict[str, Answer]:
        """The open statements by key."""
        return {piece.key: piece for piece in self.pieces() if isinstance(piece, Answer)}


def _pieces(block: Block) -> Iterator[Piece]:
    if isinstance(block, Paragraph):
        yield from block.pieces
    elif isinstance(block, Table):
        for row in block.rows:
            yield from row.cells
    elif isinstance(block, Prose):
        for line in block.paragraphs:
            yield from line.pieces
        if block.gap:
            yield block.gap
