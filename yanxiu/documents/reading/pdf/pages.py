"""What stands on a page of a PDF: characters with their places, and ruled lines."""

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

_OBJECTS = 20_000
_SEGMENTS = 4_000
_RULES = 1_500
_QUARTER, _ASKEW = math.pi / 2, 0.1
_THIN, _SHORT = 1.5, 4.0


class Glyph(NamedTuple):
    """One character: left and right edge, and its base line, in points from the lower left."""

    left: float
    right: float
    y: float
    text: str


class Rule(NamedTuple):
    """A line drawn along one axis, from the smaller to the larger coordinates."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def is_upright(self) -> bool:
        """Whether it separates columns."""
        return self.top - self.bottom > self.right - self.left


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it is seen, turned upright."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    has_pictures: bool


class _Turn(NamedTuple):
    """By how many quarters the page is turned clockwise, and its size before that.

    `angle` is that of the text to read if there is other text too, such as a watermark.
    """

    quarters: int
    width: float
    height: float
    angle: float | None = None

    def point(self, x: float, y: float) -> tuple[float, float]:
        return (
            (x, y),
            (y, self.width - x),
            (self.width - x, self.height - y),
            (self.height - y, x),
        )[self.quarters]


def read_page(page: pypdfium2.PdfPage, number: int) -> Page:
    """Read one page; pictures are only noticed."""
    text = page.get_textpage()
    turn = _turn(page, text)
    glyphs = tuple(_glyphs(text, turn))
    rules, has_pictures = _drawn(page, turn)
    text.close()
    page.close()
    size = (turn.width, turn.height) if turn.quarters % 2 == 0 else (turn.height, turn.width)
    return Page(number, *size, glyphs, rules, has_pictures)


def _turn(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> _Turn:
    """Turn the page so that most of its text runs from left to right, however it is shown."""
    width, height = page.get_size()
    if page.get_rotation() % 180:
        width, height = height, width
    count = raw.FPDFText_CountChars(text.raw)
    angles = Counter(raw.FPDFText_GetCharAngle(text.raw, index) for index in range(count))
    usual = angles.most_common(1)[0][0] if angles else 0.0
    askew = any(abs(angle - usual) > _ASKEW for angle in angles)
    return _Turn(-round(usual / _QUARTER) % 4, width, height, usual if askew else None)


def _glyphs(text: pypdfium2.PdfTextPage, turn: _Turn) -> Iterator[Glyph]:
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    handle = text.raw
    unicode, is_generated = raw.FPDFText_GetUnicode, raw.FPDFText_IsGenerated
    angle = raw.FPDFText_GetCharAngle
    origin, loose_box = raw.FPDFText_GetCharOrigin, raw.FPDFText_GetLooseCharBox
    for index in range(raw.FPDFText_CountChars(handle)):
        point = unicode(handle, index)
        # The library makes up line ends and blanks; the places say that better.
        if point < ord(" ") or is_generated(handle, index) == 1:
            continue
        if turn.angle is not None and abs(angle(handle, index) - turn.angle) > _ASKEW:
            continue
        origin(handle, index, x, y)
        loose_box(handle, index, box)
        if turn.quarters:
            (left, _), (right, _) = turn.point(box.left, box.top), turn.point(box.right, box.bottom)
            base = turn.point(x.value, y.value)[1]
            yield Glyph(min(left, right), max(left, right), base, chr(point))
        else:
            yield Glyph(box.left, box.right, y.value, chr(point))


def _drawn(page: pypdfium2.PdfPage, turn: _Turn) -> tuple[tuple[Rule, ...], bool]:
    rules: list[Rule] = []
    has_pictures = False
    kinds = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE)
    for count, thing in enumerate(page.get_objects(filter=kinds, max_depth=4)):
        if count > _OBJECTS or len(rules) > _RULES:
            return (), has_pictures  # a drawing, not a table
        if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            has_pictures = True
        else:
            rules += _rules(thing, turn)
    return tuple(rules), has_pictures


def _rules(path: pypdfium2.PdfObject, turn: _Turn) -> Iterator[Rule]:
    count = raw.FPDFPath_CountSegments(path.raw)
    if not 2 <= count <= _SEGMENTS:  # noqa: PLR2004
        return
    matrix, x, y = path.get_matrix(), ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(path.raw, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        here = turn.point(*matrix.on_point(x.value, y.value))
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _straight(last, here)
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _straight(here, start)
        last = here


def _straight(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Rule]:
    left, right = sorted((one[0], other[0]))
    bottom, top = sorted((one[1], other[1]))
    if min(right - left, top - bottom) <= _THIN and max(right - left, top - bottom) >= _SHORT:
        yield Rule(left, bottom, right, top)
