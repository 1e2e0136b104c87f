"""The volume itself."""

import zipfile
from collections.abc import Sequence
from html import escape
from pathlib import Path
from types import TracebackType
from typing import IO, Literal, Self

from yanxiu.documents.sheets import storable
from yanxiu.documents.volume import marks
from yanxiu.documents.volume.package import CORE, TEXT, TITLE_MARK, base, entry
from yanxiu.documents.word.page import SMALL_TABLE_SIZE, TABLE_SIZE
from yanxiu.documents.word.paper import (
    MANY_COLUMNS,
    Gap,
    Numbering,
    Piece,
    column_widths,
    is_short,
    numbered,
)

NOTHING = "本期没有记录。"


class Volume:
    """A Word file that grows from top to bottom, on the disk and not in memory.

    `gaps` counts the gaps written so far.
    """

    def __init__(self, target: Path | IO[bytes], title: str) -> None:
        """Begin the file; `title` is its name in the properties, nothing on the page."""
        self.gaps = 0
        self._package = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)
        head, self._section, others = base()
        for name, data in others:
            if name == CORE:
                named = escape(storable(title).replace("\n", ""))
                data = data.replace(TITLE_MARK.encode(), named.encode())  # noqa: PLW2901
            self._package.writestr(entry(name), data)
        self._text = self._package.open(entry(TEXT), "w", force_zip64=True)
        self._parts = 0
        self._is_fresh = True
        self._breaks = False
        self._after_table = False
        self._put(head)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the file."""
        self._put(f"{self._section}</w:body></w:document>")
        self._text.close()
        self._package.close()

    def contents(self, names: Sequence[str], *, title: str = "目　　录") -> None:
        """Write the contents: one line a part, in the order in which the parts will follow.

        The lines stand in the file; each page number is a field that Word and LibreOffice reckon
        from where the part stands. There is no field of contents around them: LibreOffice would
        take its lines as they are, without reckoning the numbers.
        """
        self._write("heading_of_contents", (title,))
        for number, name in enumerate(names, start=1):
            place = _place(number)
            page = marks.field(f"PAGEREF {place} \\h", "", dirty=True)
            self._put(
                f'<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr>'
                f'<w:hyperlink w:anchor="{place}" w:history="1">'
                f"{marks.runs([name])}<w:r><w:tab/></w:r>{page}</w:hyperlink></w:p>"
            )
        self._is_fresh = False

    def cover(self, title: str, *, subtitle: str = "") -> None:
        """Write what stands on the first page, before the contents."""
        self._write("heading_of_contents", (title,))
        if subtitle:
            self._write("subtitle", (subtitle,))

    def part(self, title: str, *, subtitle: str = "") -> None:
        """Begin a part on its own page with its centred title."""
        self._parts += 1
        more = "" if self._is_fresh else "<w:pageBreakBefore/>"
        self._after_table = self._breaks = False
        self._put(
            marks.paragraph(
                "title",
                (title,),
                more=more,
                before=marks.bookmark(self._parts, _place(self._parts)),
            )
        )
        self._is_fresh = False
        if subtitle:
            self._write("subtitle", (subtitle,))

    def page_break(self) -> None:
        """Begin what follows on a new page."""
        self._breaks = True

    def heading(self, text: str, *, level: Literal[1, 2, 3] = 1) -> None:
        """Write a heading; its number (一、 （一） 1.) is part of `text`."""
        self._write(f"heading{level}", (text,))

    def paragraph(self, *pieces: Piece) -> None:
        """Write a paragraph of the body out of texts and gaps."""
        self._write("body", pieces)

    def items(
        self, items: Sequence[Piece | Sequence[Piece]], *, numbering: Numbering = "1."
    ) -> None:
        """Write one paragraph per item, numbered as official papers do."""
        for pieces in numbered(items, numbering):
            self._write("body", pieces)

    def lines(self, text: str) -> None:
        """Write `text` paragraph by paragraph."""
        for line in text.splitlines():
            if line.strip():
                self._write("body", (line.strip(),))

    def gap(self, what: str) -> None:
        """Write a paragraph that says what is still lacking."""
        self._write("body", (Gap(what),))

    def table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[Piece]],
        *,
        caption: str = "",
        empty: str = NOTHING,
    ) -> None:
        """Write a bordered table whose head is repeated on every page; no rows: `empty`."""
        if caption:
            self._write("caption", (caption,))
        if not rows:
            self._write("body", (empty,))
            return
        self._separate()
        size = (TABLE_SIZE if len(head) < MANY_COLUMNS else SMALL_TABLE_SIZE).pt
        filled = [[*row[: len(head)], *[""] * (len(head) - len(row))] for row in rows]
        centred = [is_short(column) for column in zip(*filled, strict=True)]
        self.gaps += sum(isinstance(cell, Gap) for row in filled for cell in row)
        for piece in marks.table(head, filled, column_widths(head, rows, size=size), centred, size):
            self._put(piece)
        self._after_table = True

    def signature(self, name: str, day: str = "") -> None:
        """Write who answers for it and when, at the right."""
        for text in (name, day):
            if text:
                self._write("signed", (text,))

    def _separate(self) -> None:
        """Keep two tables apart: Word joins those that touch."""
        if self._after_table:
            self._put('<w:p><w:pPr><w:pStyle w:val="BodyFlush"/></w:pPr></w:p>')
        self._after_table = False

    def _write(self, style: str, pieces: Sequence[Piece]) -> None:
        self._after_table = False
        self.gaps += sum(isinstance(piece, Gap) for piece in pieces)
        more = "<w:pageBreakBefore/>" if self._breaks else ""
        self._breaks = False
        self._put(marks.paragraph(style, pieces, more=more))
        self._is_fresh = False

    def _put(self, text: str) -> None:
        self._text.write(text.encode())


def _place(number: int) -> str:
    return f"part{number:05d}"
