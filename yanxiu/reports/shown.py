"""A summary in the shape its template needs: every number with its address, every gap its form."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from yanxiu.people.models import Teacher
from yanxiu.reports.claims import claims_in, sentences
from yanxiu.reports.documents.term_summary.data import (
    Answer,
    Block,
    Gap,
    Heading,
    Linked,
    Paragraph,
    Piece,
    Section,
    Stated,
    Table,
)
from yanxiu.reports.models import Summary
from yanxiu.reports.queries import Standing, addresses
from yanxiu.reports.writings import Writing, anchor_of


@dataclass(frozen=True)
class ShownPiece:
    """One text of the document.

    Attributes:
        kind: `text`, `number`, `gap`, `answer` or `link`.
        text: the words, as they were when approved.
        url: where it leads, "" for nowhere.
        hint: what it is, for a tooltip.
        now: what it would be today, "" if nothing changed since the approval.
    """

    kind: str
    text: str
    url: str = ""
    hint: str = ""
    now: str = ""


@dataclass(frozen=True)
class ShownSentence:
    """One sentence; `mark` is turned (a number changed since the approval), claim or ""."""

    pieces: tuple[ShownPiece, ...]
    mark: str = ""


@dataclass(frozen=True)
class ShownRow:
    """One row of a table; one that is `gone` is no longer in the records."""

    cells: list[tuple[str, ShownPiece]]
    gone: bool


@dataclass(frozen=True)
class ShownBlock:
    """One block; `kind` is `heading`, `paragraph`, `table` or `prose`."""

    kind: str
    text: str = ""
    pieces: tuple[ShownPiece, ...] = ()
    key: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[ShownRow, ...] = ()
    added: int = 0
    paragraphs: tuple[tuple[ShownSentence, ...], ...] = ()
    writing: Writing | None = None


@dataclass(frozen=True)
class ShownSection:
    """One section with the places where something is stated in the place of a gap."""

    key: str
    title: str
    blocks: list[ShownBlock]
    fills: list[Writing]


class Shower:
    """Turns the blocks of one standing into what the template shows to one reader."""

    def __init__(self, standing: Standing, reader: Teacher, *, may_write: bool) -> None:
        """Look up once what all blocks need."""
        self.summary, self.changes = standing.summary, standing.changes
        self.may_write = may_write
        self.claims = claims_in(standing.document, standing.summary)
        self._claimed = {one.sentence for one in self.claims if not one.because}
        self.urls = addresses(standing.document, reader)
        self.sections = [self._section(one) for one in standing.document.sections]

    def writings(self) -> dict[str, Writing]:
        """Return every place by its name."""
        found = {one.place: one for section in self.sections for one in section.fills}
        for section in self.sections:
            found |= {one.writing.place: one.writing for one in section.blocks if one.writing}
        return found

    def _section(self, section: Section) -> ShownSection:
        blocks = [self._block(block, section) for block in section.blocks]
        return ShownSection(section.key, section.title, blocks, self._fills(section))

    def _fills(self, section: Section) -> list[Writing]:
        if not self.may_write:
            return []
        found: dict[str, Writing] = {}
        for block in section.blocks:
            for piece in _pieces_of(block):
                if isinstance(piece, Gap | Answer):
                    gap = piece if isinstance(piece, Gap) else None
                    found[piece.key] = self._place(f"gap:{piece.key}", piece.what, gap)
        return list(found.values())

    def _place(self, place: str, label: str, gap: Gap | None) -> Writing:
        written = self.summary.written(place)
        return Writing(
            place,
            label,
            written["text"],
            written["version"],
            gap,
            reverse(gap.page) if gap and gap.page else "",
            by=written["by"],
        )

    def _block(self, block: Block, section: Section) -> ShownBlock:
        if isinstance(block, Heading):
            return ShownBlock("heading", text=block.text)
        if isinstance(block, Paragraph):
            return ShownBlock("paragraph", paragraphs=(self._sentences(block),))
        if isinstance(block, Table):
            return self._table(block)
        pieces = (self._piece(block.gap),) if block.gap else ()
        lines = tuple(self._sentences(line) for line in block.paragraphs)
        writing = None
        if self.may_write:
            place = block.place or f"section:{section.key}"
            writing = self._place(place, section.bare_title, block.gap)
        return ShownBlock("prose", paragraphs=lines, pieces=pieces, writing=writing)

    def _sentences(self, paragraph: Paragraph) -> tuple[ShownSentence, ...]:
        found = []
        for pieces in sentences(paragraph):
            shown = tuple(map(self._piece, pieces))
            mark = "turned" if any(one.now for one in shown) else ""
            if self.may_write and "".join(one.text for one in shown) in self._claimed:
                mark = mark or "claim"
            found.append(ShownSentence(shown, mark))
        return tuple(found)

    def _table(self, table: Table) -> ShownBlock:
        rows = []
        for row in table.rows:
            cells = []
            for column, (name, cell) in enumerate(zip(table.head, row.cells, strict=True)):
                now = self.changes.cells.get((table.key, row.key, column), "")
                cells.append((name, self._piece(cell, now)))
            rows.append(ShownRow(cells, (table.key, row.key) in self.changes.gone))
        return ShownBlock(
            "table",
            text=table.empty,
            key=table.key,
            head=table.head,
            rows=tuple(rows),
            added=self.changes.added.get(table.key, 0),
        )

    def _piece(self, piece: Piece, now: str = "") -> ShownPiece:
        if isinstance(piece, Stated):
            changed = self.changes.numbers.get(piece.key)
            later = str(changed) if changed else now
            return ShownPiece("number", str(piece), self._opened(piece), piece.name, later)
        if isinstance(piece, Gap):
            own = piece.key.startswith("section:")
            place = piece.key if own else f"gap:{piece.key}"
            url = f"#{anchor_of(place)}-text" if self.may_write else ""
            return ShownPiece("gap", str(piece), url, piece.why)
        if isinstance(piece, Answer):
            return ShownPiece("answer", piece.text, now=now)
        if isinstance(piece, Linked):
            return ShownPiece("link", piece.text, self.urls.get(piece.uid, ""), now=now)
        return ShownPiece("text", piece, now=now)

    def _opened(self, stated: Stated) -> str:
        """Return the address at which a number opens."""
        return reverse("dashboard:figure", args=[stated.code]) + "?" + query(self.summary, stated)


def query(summary: Summary, stated: Stated) -> str:
    """Return the question that a number answers, as a query string."""
    asked = {"organisation": str(summary.organisation.uid)}
    if summary.period == Summary.Period.TERM and summary.term is not None:
        asked["term"] = str(summary.term.uid)
    else:
        asked |= {"since": f"{summary.span.start}", "until": f"{summary.span.last}"}
    if stated.unit:
        asked["unit"] = stated.unit
    if summary.teacher is not None:
        asked["teacher"] = str(summary.teacher.uid)
    return urlencode(asked)


def _pieces_of(block: Any) -> list[Piece]:
    if isinstance(block, Paragraph):
        return list(block.pieces)
    if isinstance(block, Table):
        return [cell for row in block.rows for cell in row.cells]
    return []
