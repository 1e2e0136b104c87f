"""The table of what waits for a reader: how many things stand there, in words, and where.

An app declares its lines in its `places.py` as `WAITING`; the first page shows those that are not
empty and knows none of the apps.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Value


@dataclass(frozen=True)
class Waiting:
    """One line of what waits.

    Attributes:
        code: the stable name, `app.thing`.
        rows: what waits for a reader, None for whom nothing can; no statement of its own.
        words: a number of them in a sentence.
        url: the page that lists them.
    """

    code: str
    rows: Callable[[Any], "QuerySet[Any] | None"]
    words: Callable[[int], str]
    url: Callable[[], str]


@dataclass(frozen=True)
class Line:
    """What waits for one reader, in words, with the page that lists it."""

    text: str
    url: str


_WAITING: dict[str, Waiting] = {}


def register(line: Waiting) -> None:
    """Add `line` to the table; a code is declared once."""
    if _WAITING.setdefault(line.code, line) is not line:
        message = f"what waits as {line.code!r} is declared twice"
        raise ValueError(message)


def waiting_for(reader: Any) -> list[Line]:
    """Return the lines that are not empty for `reader`; one statement, none if nothing can wait."""
    asked = [(line, line.rows(reader)) for line in _WAITING.values()]
    parts = [
        rows.order_by()
        .annotate(line=Value(line.code))
        .values("line")
        .annotate(number=Count("pk", distinct=True))
        .values_list("line", "number")
        for line, rows in asked
        if rows is not None
    ]
    if not parts:
        return []
    numbers = dict(parts[0].union(*parts[1:], all=True))
    return [
        Line(line.words(numbers[line.code]), line.url())
        for line in _WAITING.values()
        if numbers.get(line.code)
    ]
