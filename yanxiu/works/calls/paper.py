"""A paper as reviewers get it: set by the house, with a number, and nothing of its author."""

from typing import Any

from yanxiu.documents.pdf import HEAD, write_pdf
from yanxiu.works.models import CallEntry

SOURCE = (
    HEAD
    + """
#align(center, text(size: 9.5pt, fill: luma(90), given.note))
#v(6mm)
#align(center, text(font: ("Noto Sans SC", "Noto Serif SC"), size: 16pt, given.title))
#v(6mm)
#for line in given.lines [#par(line)]
"""
)


def paper(entry: CallEntry) -> bytes:
    """Return the blind copy of `entry` as a PDF; it is the same whoever asks for it, and when."""
    values: dict[str, Any] = {
        "note": f"{entry.number or 0:02d}号",
        "title": entry.blind_title,
        "lines": [line for line in entry.blind_text.split("\n") if line.strip()],
    }
    return write_pdf(SOURCE, values)
