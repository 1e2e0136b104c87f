"""Where something came from, told without knowing the app that owns it."""

from dataclasses import dataclass
from typing import ClassVar, Protocol
from uuid import UUID


@dataclass(frozen=True)
class Source:
    """来源: the kind of a thing and its uid, never an address and never a foreign key.

    `kind` is declared in the `places.py` of the app that owns the thing.
    """

    kind: str
    uid: UUID


class Sourced(Protocol):
    """A row that records, tasks and trail lines can point back to."""

    SOURCE_KIND: ClassVar[str]
    uid: UUID


def source_of(thing: Sourced) -> Source:
    """Return the source that points to `thing`."""
    return Source(thing.SOURCE_KIND, thing.uid)
