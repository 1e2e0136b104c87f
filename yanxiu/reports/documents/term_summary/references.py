"""References to figures inside a text: `{举行的场次}` stands for its number; plain Python.

A reference names a figure as people call it, or by its code, and may name a unit behind an @:
`{举行的场次@数学教研组}`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

REFERENCE = re.compile(r"\{([^{}\n@]{1,60})(?:@([^{}\n]{1,60}))?\}")


@dataclass(frozen=True)
class Reference:
    """One reference: the figure and the unit it names, and where it stands."""

    name: str
    unit: str
    start: int
    end: int

    def __str__(self) -> str:
        return written(self.name, self.unit)


def written(name: str, unit: str = "") -> str:
    """Return how a reference is typed."""
    return f"{{{name}@{unit}}}" if unit else f"{{{name}}}"


def references(text: str) -> Iterator[Reference]:
    """Yield every reference in `text`, in order."""
    for found in REFERENCE.finditer(text):
        yield Reference(found[1].strip(), (found[2] or "").strip(), found.start(), found.end())


def split(text: str) -> Iterator[str | Reference]:
    """Yield the texts between references, and the references, in order."""
    since = 0
    for one in references(text):
        if one.start > since:
            yield text[since : one.start]
        yield one
        since = one.end
    if since < len(text):
        yield text[since:]


def replaced(text: str, put: Callable[[Reference], str]) -> str:
    """Return `text` with each reference replaced by what `put` gives for it."""
    return "".join(one if isinstance(one, str) else put(one) for one in split(text))
