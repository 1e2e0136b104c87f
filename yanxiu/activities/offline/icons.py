"""Draws the icons of the installed app; run as a module after a change of the drawing.

Standard library alone: the seal of `ui/seal.svg` as lines with round ends, each pixel the mean of
SAMPLES × SAMPLES points.
"""

import math
import struct
import zlib
from itertools import pairwise
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "static" / "activities" / "icons"
GREEN, WHITE = (0x0F, 0x6B, 0x62), (0xFF, 0xFF, 0xFF)
SIDE = 64
"""The drawing's own units, as in the seal."""

HALF_STROKE = 2.5
CORNER = 14
SAMPLES = 3
STROKES = (
    ((12, 17), (28, 17)),
    ((20, 17), (18.6, 26), (15.6, 34.5), (11, 42)),
    ((17, 32), (27, 32), (27, 48), (17, 48), (17, 32)),
    ((34, 17), (53, 17)),
    ((32, 32), (54, 32)),
    ((39, 17), (39, 32), (37.6, 41), (32, 50)),
    ((48, 17), (48, 50)),
)
"""研, stroke by stroke."""

Point = tuple[float, float]
Segment = tuple[Point, Point]


def segments(scale: float) -> list[Segment]:
    """Return the lines of the character, shrunk about the middle by `scale`."""
    middle = SIDE / 2

    def at(point: Point) -> Point:
        return middle + (point[0] - middle) * scale, middle + (point[1] - middle) * scale

    return [(at(first), at(second)) for stroke in STROKES for first, second in pairwise(stroke)]


def distance(point: Point, segment: Segment) -> float:
    """Return how far `point` lies from `segment`."""
    (x, y), ((x1, y1), (x2, y2)) = point, segment
    along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2)
    along = min(1.0, max(0.0, along))
    return math.hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1))


def is_inside(point: Point) -> bool:
    """Tell whether `point` lies on the square with rounded corners."""
    dx, dy = (max(abs(value - SIDE / 2) - (SIDE / 2 - CORNER), 0) for value in point)
    return math.hypot(dx, dy) <= CORNER


def picture(size: int, *, maskable: bool) -> bytes:
    """Return the icon as PNG, `size` pixels wide; a maskable one fills the square to its edges."""
    scale = 0.72 if maskable else 0.92
    lines = segments(scale)
    rows = []
    for row in range(size):
        values = bytearray([0])
        near = [line for line in lines if _is_near(row, size, line, scale)]
        for column in range(size):
            values += _pixel(column, row, size, near, HALF_STROKE * scale, maskable=maskable)
        rows.append(bytes(values))
    return _png(size, b"".join(rows))


def _is_near(row: int, size: int, line: Segment, scale: float) -> bool:
    """Tell whether `line` can touch the row of pixels."""
    top, bottom = row * SIDE / size, (row + 1) * SIDE / size
    (_x1, y1), (_x2, y2) = line
    return min(y1, y2) - HALF_STROKE * scale <= bottom and max(y1, y2) + HALF_STROKE * scale >= top


def _pixel(
    column: int, row: int, size: int, lines: list[Segment], half: float, *, maskable: bool
) -> bytes:
    ink = paper = 0
    for sample in range(SAMPLES * SAMPLES):
        x = (column + (sample % SAMPLES + 0.5) / SAMPLES) * SIDE / size
        y = (row + (sample // SAMPLES + 0.5) / SAMPLES) * SIDE / size
        if maskable or is_inside((x, y)):
            paper += 1
            ink += any(distance((x, y), line) <= half for line in lines)
    if not paper:
        return bytes(4)
    share = ink / paper
    colour = (round(g + (w - g) * share) for g, w in zip(GREEN, WHITE, strict=True))
    return bytes([*colour, round(255 * paper / SAMPLES**2)])


def _png(size: int, rows: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


def main() -> None:
    """Write the icons."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for size, purpose in ((192, "any"), (512, "any"), (192, "maskable"), (512, "maskable")):
        path = FOLDER / f"{purpose}-{size}.png"
        path.write_bytes(picture(size, maskable=purpose == "maskable"))


if __name__ == "__main__":
    main()
