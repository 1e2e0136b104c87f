"""The marks of WordprocessingML, as text."""

from collections.abc import Iterable, Sequence
from html import escape

from yanxiu.documents.sheets import storable
from yanxiu.documents.word.paper import Gap, Piece

STYLES = {
    "title": "PartTitle",
    "heading_of_contents": "Title",
    "subtitle": "Subtitle",
    "heading1": "Heading1",
    "heading2": "Heading2",
    "heading3": "Heading3",
    "body": "Normal",
    "flush": "BodyFlush",
    "caption": "TableCaption",
    "signed": "Signed",
    "contents": "TOC1",
}
TWIPS_PER_MM = 1440 / 25.4


def text_of(piece: Piece) -> str:
    """Return what is printed, without what a file cannot hold."""
    return storable(str(piece)).replace("\t", " ")


def runs(pieces: Iterable[Piece], *, size: float = 0) -> str:
    """Return the runs of `pieces`; line breaks are kept, gaps are coloured."""
    sized = f'<w:sz w:val="{round(size * 2)}"/>' if size else ""
    made = []
    for piece in pieces:
        text = text_of(piece)
        if not text:
            continue
        marked = '<w:highlight w:val="yellow"/>' if isinstance(piece, Gap) else ""
        # The order is that of the schema: size before colour behind the text.
        properties = f"<w:rPr>{sized}{marked}</w:rPr>" if sized or marked else ""
        lines = "<w:br/>".join(
            f'<w:t xml:space="preserve">{escape(line, quote=False)}</w:t>'
            for line in text.split("\n")
        )
        made.append(f"<w:r>{properties}{lines}</w:r>")
    return "".join(made)


def paragraph(style: str, pieces: Iterable[Piece], *, more: str = "", before: str = "") -> str:
    """Return a paragraph in one of `STYLES`; `more` are further properties, `before` marks."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{STYLES[style]}"/>{more}</w:pPr>{before}{runs(pieces)}</w:p>'
    )


CLOSED = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def opened(instruction: str, *, dirty: bool = False) -> str:
    """Return the beginning of a field; what is shown until it is reckoned follows."""
    stale = ' w:dirty="true"' if dirty else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"{stale}/></w:r><w:r>'
        f'<w:instrText xml:space="preserve"> {escape(instruction, quote=False)} </w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def field(instruction: str, shown: str, *, dirty: bool = True) -> str:
    """Return a field that Word reckons, with what is shown until then."""
    return f"{opened(instruction, dirty=dirty)}<w:r><w:t>{escape(shown)}</w:t></w:r>{CLOSED}"


def bookmark(number: int, name: str) -> str:
    """Return a place that the contents point to."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'


def table(
    head: Sequence[str],
    rows: Iterable[Sequence[Piece]],
    widths: Sequence[float],
    centred: Sequence[bool],
    size: float,
) -> Iterable[str]:
    """Yield a bordered table row by row; its head is repeated on every page."""
    twips = [round(width * TWIPS_PER_MM) for width in widths]
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in twips)
    yield (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )
    yield _row(head, twips, [True] * len(twips), size, is_head=True)
    for row in rows:
        filled = [*row[: len(twips)], *[""] * (len(twips) - len(row))]
        yield _row(filled, twips, centred, size, is_head=False)
    yield "</w:tbl>"


def _row(
    cells: Sequence[Piece],
    twips: Sequence[int],
    centred: Sequence[bool],
    size: float,
    *,
    is_head: bool,
) -> str:
    style = "TableHead" if is_head else "TableText"
    made = [f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>"]
    for cell, width, centre in zip(cells, twips, centred, strict=True):
        align = '<w:jc w:val="center"/>' if centre else ""
        made.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{align}</w:pPr>{runs([cell], size=size)}</w:p>'
            "</w:tc>"
        )
    made.append("</w:tr>")
    return "".join(made)
