"""A term summary as JSON values and back, so that approval can keep it word for word."""

from decimal import Decimal
from typing import Any

from yanxiu.reports.documents.term_summary.data import (
    Answer,
    Block,
    Gap,
    Heading,
    Linked,
    Paragraph,
    Piece,
    Prose,
    Row,
    Section,
    Stated,
    Table,
    TermSummary,
)


def freeze(document: TermSummary) -> dict[str, Any]:
    """Return `document` as JSON values."""
    return {
        "title": document.title,
        "signed_by": document.signed_by,
        "day": document.day,
        "sections": [
            {
                "key": section.key,
                "title": section.title,
                "role": section.role,
                "blocks": [_freeze_block(block) for block in section.blocks],
            }
            for section in document.sections
        ],
    }


def thaw(values: dict[str, Any]) -> TermSummary:
    """Return the document that `freeze` turned into `values`."""
    return TermSummary(
        values["title"],
        values["signed_by"],
        values["day"],
        tuple(
            Section(
                one["key"],
                one["title"],
                tuple(_thaw_block(each) for each in one["blocks"]),
                one.get("role", ""),
            )
            for one in values["sections"]
        ),
    )


def _freeze_block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"heading": block.text}
    if isinstance(block, Paragraph):
        return {"paragraph": [_freeze_piece(piece) for piece in block.pieces]}
    if isinstance(block, Prose):
        lines = [[_freeze_piece(piece) for piece in line.pieces] for line in block.lines]
        gap = _freeze_piece(block.gap) if block.gap else None
        return {"prose": block.text, "gap": gap, "place": block.place, "lines": lines}
    rows = [[row.key, [_freeze_piece(cell) for cell in row.cells]] for row in block.rows]
    return {"table": block.key, "head": list(block.head), "rows": rows, "empty": block.empty}


def _thaw_block(values: dict[str, Any]) -> Block:
    if "heading" in values:
        return Heading(values["heading"])
    if "paragraph" in values:
        return Paragraph(tuple(_thaw_piece(piece) for piece in values["paragraph"]))
    if "prose" in values:
        gap = _thaw_piece(values["gap"]) if values.get("gap") else None
        lines = tuple(
            Paragraph(tuple(_thaw_piece(piece) for piece in line))
            for line in values.get("lines", ())
        )
        whole = gap if isinstance(gap, Gap) else None
        return Prose(values["prose"], whole, values.get("place", ""), lines)
    rows = tuple(
        Row(key, tuple(_thaw_piece(cell) for cell in cells)) for key, cells in values["rows"]
    )
    return Table(values["table"], tuple(values["head"]), rows, values["empty"])


def _freeze_piece(piece: Piece) -> Any:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, Stated):
        return {
            "figure": piece.code,
            "name": piece.name,
            "value": str(piece.value),
            "measure": piece.measure,
            "unit": piece.unit,
        }
    if isinstance(piece, Answer):
        return {"answer": piece.key, "what": piece.what, "text": piece.text}
    if isinstance(piece, Linked):
        return {"text": piece.text, "kind": piece.kind, "uid": piece.uid}
    return {
        "gap": piece.key,
        "what": piece.what,
        "why": piece.why,
        "remedy": piece.remedy,
        "page": piece.page,
    }


def _thaw_piece(values: Any) -> Piece:
    if isinstance(values, str):
        return values
    if "figure" in values:
        return Stated(
            values["figure"],
            values["name"],
            Decimal(values["value"]),
            values["measure"],
            values.get("unit", ""),
        )
    if "answer" in values:
        return Answer(values["answer"], values["what"], values["text"])
    if "gap" in values:
        return Gap(
            values["gap"],
            values["what"],
            values["why"],
            values["remedy"],
            values.get("page", ""),
        )
    return Linked(values["text"], values["kind"], values["uid"])
