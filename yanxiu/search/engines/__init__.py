"""The engines: one table of words in the database at hand, FTS5 on SQLite, tsvector on PostgreSQL.

They alone write SQL of one database. Their tables are no models: they are made when the other
tables have been made, and filled by `actions`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import connection

from yanxiu.search.words import Word


@dataclass(frozen=True)
class Page:
    """What the engine is to look at.

    Attributes:
        words: all of them must stand in it.
        needs: groups of labels; of each group one must be on it.
        without: none of these labels may be on it.
        before: only keys below this one, if not 0.
        limit: at most so many.
    """

    words: Sequence[Word]
    needs: Sequence[Sequence[str]] = ()
    without: Sequence[str] = ()
    before: int = 0
    limit: int = 100


class Engine(Protocol):
    """What keeps the words of entries and finds entries by them."""

    def prepare(self) -> None:
        """Make the table if there is none."""

    def empty(self) -> None:
        """Forget all words."""

    def write(self, key: int, tokens: Sequence[str], labels: Sequence[str]) -> None:
        """Keep the words and labels of one entry, instead of those it had."""

    def drop(self, keys: Sequence[int]) -> None:
        """Forget the words of entries."""

    def find(self, pages: Sequence[Page]) -> list[list[int]]:
        """Return the keys of what each of `pages` asks for, the highest first; one statement."""


def engine() -> Engine:
    """Return the engine of the database at hand."""
    if connection.vendor == "postgresql":
        from yanxiu.search.engines.tsvector import Tsvector  # noqa: PLC0415 (one of the two)

        return Tsvector()
    from yanxiu.search.engines.fts5 import Fts5  # noqa: PLC0415

    return Fts5()


def sorted_out(pages: Sequence[Page], rows: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return rows of (page, key) as a list of keys for each page, the highest first."""
    found: list[list[int]] = [[] for _page in pages]
    for number, key in rows:
        found[number].append(key)
    return [sorted(keys, reverse=True) for keys in found]
