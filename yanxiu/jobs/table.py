"""The table of works: what can be done in the background, filled at start from each `jobs.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any


@dataclass(frozen=True)
class Work:
    """One kind of long work, declared in the `jobs.py` of the app that owns it.

    Attributes:
        code: the stable name, `app.works`.
        name: what people call it.
        run: does it; is given a `Running`. It may be run again after a break, so what it writes
            beside its results must bear being written twice.
        patience: how long it may go without a step before it counts as stuck.
    """

    code: str
    name: str
    run: Callable[[Any], None]
    patience: timedelta = timedelta(minutes=10)


_WORKS: dict[str, Work] = {}


def register(work: Work) -> None:
    """Add `work` to the table; a code is declared once."""
    if _WORKS.setdefault(work.code, work) is not work:
        message = f"the work {work.code!r} is declared twice"
        raise ValueError(message)


def work(code: str) -> Work:
    """Return the work `code`; an unknown one is a bug and raises KeyError."""
    return _WORKS[code]


def name_of(code: str) -> str:
    """Return what people call the work, for rows that may be older than the program."""
    return _WORKS[code].name if code in _WORKS else code
