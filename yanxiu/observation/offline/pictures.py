"""A photo as a device sends it: read, and freed of everything but the picture itself."""

import base64

BEGINNING = "data:image/jpeg;base64,"
LARGEST = 3 * 1024 * 1024
MARKER, START, SCAN = 0xFF, b"\xff\xd8", 0xDA
NEEDED = range(0xE0, 0xE1)
TOLD = (*range(0xE0, 0xF0), 0xFE)
"""Segments that tell something: place and time of the photo, the device, comments."""


def picture_from(text: str) -> bytes:
    """Return the JPEG in a data address without where, when and with what it was taken.

    Raises:
        ValueError: it is no such picture, or larger than any our page makes.
    """
    if not text.startswith(BEGINNING) or len(text) > LARGEST:
        raise ValueError
    return without_told(base64.b64decode(text[len(BEGINNING) :], validate=True))


def without_told(data: bytes) -> bytes:
    """Return a JPEG without the segments in which devices tell on people.

    Raises:
        ValueError: it is no JPEG.
    """
    if not data.startswith(START):
        raise ValueError
    kept, place = [START], len(START)
    while place + 4 <= len(data) and data[place] == MARKER:
        kind, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4])
        if kind == SCAN:
            return b"".join([*kept, data[place:]])
        if kind in NEEDED or kind not in TOLD:
            kept.append(data[place : place + 2 + length])
        place += 2 + length
    raise ValueError
