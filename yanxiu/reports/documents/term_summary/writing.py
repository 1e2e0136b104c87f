"""A term summary as an official paper and as plain text."""

from yanxiu.documents.word import Gap as WordGap
from yanxiu.documents.word import OfficialPaper, Writer
from yanxiu.documents.word import Piece as WordPiece
from yanxiu.reports.documents.term_summary.data import (
    Block,
    Gap,
    Heading,
    Paragraph,
    Piece,
    Prose,
    Table,
    TermSummary,
)


def to_word(document: TermSummary) -> bytes:
    """Return `document` as a docx file on the page of GB/T 9704."""
    paper = OfficialPaper(document.title)
    write(paper, document)
    return paper.to_bytes()


def write(paper: Writer, document: TermSummary) -> None:
    """Write what stands below the title."""
    for section in document.sections:
        paper.heading(section.title, level=1)
        for block in section.blocks:
            _write(paper, block)
    paper.signature(document.signed_by, document.day)


def _write(paper: Writer, block: Block) -> None:
    if isinstance(block, Heading):
        paper.heading(block.text, level=2)
    elif isinstance(block, Paragraph):
        paper.paragraph(*(_on_paper(piece) for piece in block.pieces))
    elif isinstance(block, Table):
        rows = [[_on_paper(cell) for cell in row.cells] for row in block.rows]
        paper.table(block.head, rows, empty=block.empty)
    else:
        for line in block.paragraphs:
            paper.paragraph(*(_on_paper(piece) for piece in line.pieces))
        if block.gap:
            paper.paragraph(_on_paper(block.gap))


def _on_paper(piece: Piece) -> WordPiece:
    return WordGap(piece.what) if isinstance(piece, Gap) else str(piece)


def to_text(document: TermSummary) -> str:
    """Return `document` as plain text, one paragraph or table row a line, cells divided by ｜."""
    lines = document.title.split("\n")
    for section in document.sections:
        lines += ["", section.title]
        for block in section.blocks:
            lines += _lines(block)
    return "\n".join([*lines, "", document.signed_by, document.day]).rstrip() + "\n"


def _lines(block: Block) -> list[str]:
    if isinstance(block, Heading):
        return [block.text]
    if isinstance(block, Paragraph):
        return [str(block)]
    if isinstance(block, Prose):
        return [*map(str, block.paragraphs), *([str(block.gap)] if block.gap else [])]
    if not block.rows:
        return [block.empty]
    rows = [block.head, *(tuple(str(cell) for cell in row.cells) for row in block.rows)]
    return ["｜".join(row) for row in rows]
