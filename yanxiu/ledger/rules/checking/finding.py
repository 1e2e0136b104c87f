"""A finding: one thing in a scheme that an officer should look at before it is used."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from yanxiu.ledger.rules.reading import Item, read_yaml

CONTRADICTION: Final = "contradiction"
"""It cannot be meant so: somebody would be asked for what nobody can reach."""

DOUBT: Final = "doubt"
"""It may be meant so, but is worth a second look."""

NOTE: Final = "note"
"""Nothing is wrong; it should be known."""

_IDS: Final = (
    "requirement", "partition", "limit", "rule", "bundle", "gate", "cross_credit", "chain",
    "transfer", "reason", "kind",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at.

    Attributes:
        code: stable, such as `floor-above-caps`.
        where: id of the part it is about, or the name of a section.
        sentence: what is the matter, a whole sentence.
        todo: what to do about it, a whole sentence.
        weight: `contradiction`, `doubt` or `note`.
        line: the line of the file on which the part begins, 0 if it is not known.
    """

    code: str
    where: str
    sentence: str
    todo: str
    weight: str = DOUBT
    line: int = 0

    @property
    def text(self) -> str:
        """Both sentences."""
        return f"{self.sentence}{self.todo}"


def with_lines(found: list[Finding], text: str) -> list[Finding]:
    """Return the findings with their lines in the file `text`."""
    lines = dict(_lines(read_yaml(text, "")))
    return [replace(each, line=lines.get(each.where.split(":")[0], 0)) for each in found]


def _lines(root: Item) -> Iterator[tuple[str, int]]:
    """Give the first line of every part by its id; a section goes by its name."""
    for key, value in root.pairs():
        yield key.text(), key.line
        yield from _ids_in(value)


def _ids_in(item: Item) -> Iterator[tuple[str, int]]:
    members = item.items() if item.is_list() else []
    for member in members:
        if not member.is_mapping():
            continue
        pairs = member.pairs()
        for key, value in pairs:
            if key.text() in _IDS and not value.is_list() and not value.is_mapping():
                yield value.text(), member.line
                break
        for key, value in pairs:
            if key.text() == "of_which":
                yield from _ids_in(value)
