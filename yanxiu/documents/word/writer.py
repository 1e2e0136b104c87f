"""What can be written on, one paper or one part of a bound volume."""

from collections.abc import Sequence
from typing import Literal, Protocol

from yanxiu.documents.word.paper import Numbering, Piece


class Writer(Protocol):
    """A paper that grows from top to bottom; `OfficialPaper` and `volume.Volume` are such."""

    def heading(self, text: str, *, level: Literal[1, 2, 3] = 1) -> None:
        """Write a heading; its number is part of `text`."""

    def paragraph(self, *pieces: Piece) -> None:
        """Write a paragraph of the body out of texts and gaps."""

    def items(
        self, items: Sequence[Piece | Sequence[Piece]], *, numbering: Numbering = "1."
    ) -> None:
        """Write one numbered paragraph per item."""

    def table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[Piece]],
        *,
        caption: str = "",
        empty: str = ...,
    ) -> None:
        """Write a bordered table whose head is repeated on every page; no rows: `empty`."""

    def signature(self, name: str, day: str = "") -> None:
        """Write who answers for it and when, at the right."""
