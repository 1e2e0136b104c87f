"""Works as Word files."""

import io
from collections.abc import Iterable, Sequence

from yanxiu.documents.volume.volume import Volume
from yanxiu.documents.word.paper import OfficialPaper
from yanxiu.documents.word.writer import Writer
from yanxiu.works.documents.collection.data import Piece


def one(piece: Piece) -> bytes:
    """Return one work as a docx file; the same work gives the same bytes."""
    paper = OfficialPaper(piece.title, subtitle=piece.authors)
    _body(paper, piece)
    return paper.to_bytes()


def bound(pieces: Sequence[Piece], title: str, *, subtitle: str = "") -> bytes:
    """Return works bound into one docx file: a cover, the contents, each work on its own page."""
    target = io.BytesIO()
    with Volume(target, title) as volume:
        volume.cover(title, subtitle=subtitle)
        volume.contents([piece.title for piece in pieces])
        for piece in pieces:
            volume.part(piece.title, subtitle=f"{piece.authors}　{piece.kind}")
            _body(volume, piece)
    return target.getvalue()


def _body(writer: Writer, piece: Piece) -> None:
    facts = [piece.day, piece.about]
    writer.paragraph("　".join(fact for fact in facts if fact))
    for name, text in piece.parts:
        if name:
            writer.heading(name, level=2)
        for line in _lines(text):
            writer.paragraph(line)


def _lines(text: str) -> Iterable[str]:
    return (line.strip() for line in text.splitlines() if line.strip())
