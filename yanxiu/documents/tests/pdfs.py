"""Fictional PDFs: typeset ones, and ones put together by hand to be harmful."""

import io
from pathlib import Path

import pylopdf_fonts_zh_cn
import pypdfium2
import typst

FONTS = typst.Fonts(
    include_system_fonts=False, font_paths=[Path(pylopdf_fonts_zh_cn.__file__).parent]
)
HEAD = """
#set page(width: 595pt, height: 842pt, margin: 80pt, numbering: "— 1 —",
  header: align(center)[枫桥小学教科室])
#set text(font: "Noto Serif SC", size: 12pt, lang: "zh")
#set par(first-line-indent: (amount: 2em, all: true), justify: true, leading: 9pt, spacing: 9pt)
"""


def typeset(source: str) -> bytes:
    """Set `source` with the usual page of a school."""
    written = (HEAD + source).encode()
    made = typst.compile(written, font_paths=FONTS, format="pdf")
    assert isinstance(made, bytes)
    return made


def by_hand(content: bytes, *, catalogue: bytes = b"", trailer: bytes = b"", extra: bytes = b"",
            filtered: bytes = b"") -> bytes:  # fmt: skip
    """One page that draws `content`; objects from number 6 on may be added."""
    parts = [
        b"%PDF-1.7\n",
        b"1 0 obj <</Type/Catalog/Pages 2 0 R" + catalogue + b">> endobj\n",
        b"2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n",
        (
            b"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources "
            b"<</Font<</F 5 0 R>>/XObject<</I 6 0 R>>>>>> endobj\n"
        ),
        b"4 0 obj <</Length %d%s>> stream\n" % (len(content), filtered)
        + content + b"\nendstream endobj\n",
        b"5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj\n",
        extra,
    ]  # fmt: skip
    body = b"".join(parts)
    return body + b"trailer <</Root 1 0 R/Size 9" + trailer + b">>\nstartxref\n0\n%%EOF\n"


PICTURE = (
    b"6 0 obj <</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
    b"/BitsPerComponent 8/Length 1>> stream\nx\nendstream endobj\n"
)
LOCK = (
    b"/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32
    + b">>>/ID[<01><01>]"
)  # fmt: skip


def with_pages(count: int) -> bytes:
    """A PDF of so many empty pages."""
    document = pypdfium2.PdfDocument.new()
    for _ in range(count):
        document.new_page(200, 200)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def turned(data: bytes) -> bytes:
    """The same with its first page turned by a quarter when shown, as scanners and phones do."""
    document = pypdfium2.PdfDocument(data)
    document[0].set_rotation(90)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
