"""The words in a column of type tsvector of PostgreSQL."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from yanxiu.search.engines import Page, sorted_out
from yanxiu.search.words import Word

TABLE = "search_words"
PIECE = 2_000
"""Tokens of a piece: a position may not be beyond 16,383, nor a token have more than 256."""

OVERLAP = 45
"""Tokens that two pieces share, so that a word on the border of both is found."""

MARK = "@"
"""What labels begin with, and tokens never do."""


class Tsvector:
    """One row a piece of an entry; every piece has all labels of the entry."""

    def prepare(self) -> None:
        """Make the table and its index if there is none."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TABLE IF NOT EXISTS {TABLE} (entry bigint NOT NULL, piece integer "
                "NOT NULL, pieces integer NOT NULL, words tsvector NOT NULL, "
                "PRIMARY KEY (entry, piece))"
            )
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS {TABLE}_by_word ON {TABLE} USING gin (words)"
            )
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS {TABLE}_of_many_pieces ON {TABLE} USING gin (words) "
                "WHERE pieces > 1"
            )

    def empty(self) -> None:
        """Forget all words."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608 (our own name)

    def write(self, key: int, tokens: Sequence[str], labels: Sequence[str]) -> None:
        """Keep the words and labels of one entry, instead of those it had."""
        pieces = list(_pieces(tokens))
        marked = " ".join(f"'{MARK}{label}'" for label in labels)
        rows = []
        for number, piece in enumerate(pieces):
            words = " ".join(f"'{token}':{place}" for place, token in enumerate(piece, start=1))
            rows.append((key, number, len(pieces), f"{words} {marked}"))
        self.drop([key])
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {TABLE} (entry, piece, pieces, words) "  # noqa: S608
                "VALUES (%s, %s, %s, %s::tsvector)",
                rows,
            )

    def drop(self, keys: Sequence[int]) -> None:
        """Forget the words of entries."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE entry = ANY(%s)", [list(keys)])  # noqa: S608

    def find(self, pages: Sequence[Page]) -> list[list[int]]:
        """Return the keys of what each of `pages` asks for, the highest first; one statement."""
        ways: list[str] = []
        values: list[Any] = []
        for number, page in enumerate(pages):
            way, given = _way(page)
            ways.append(
                f"(SELECT {number}, entry FROM ({way} ORDER BY entry DESC LIMIT %s) AS newest)"  # noqa: S608
            )
            values += [*given, page.limit]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(ways), values)
            return sorted_out(pages, cursor.fetchall())


def _way(page: Page) -> tuple[str, list[Any]]:
    """Return the statement for one page and its values."""
    found, values = _entries_with(page, page.words)
    if len(page.words) < 2:  # noqa: PLR2004
        return found, values
    # In a long entry each word may stand in another piece.
    ways = [_entries_with(page, [word], "AND pieces > 1") for word in page.words]
    elsewhere = " INTERSECT ".join(f"({way})" for way, _given in ways)
    for _way, given in ways:
        values += given
    newest = f"({found} ORDER BY entry DESC LIMIT %s)"
    values.insert(len(values) - sum(len(given) for _way, given in ways), page.limit)
    return (
        f"SELECT DISTINCT entry FROM ({newest} UNION ALL ({elsewhere})) AS every",  # noqa: S608
        values,
    )


def _entries_with(page: Page, words: Sequence[Word], more: str = "") -> tuple[str, list[Any]]:
    """Return the statement for entries of which one piece has all of `words`, and its values.

    The index knows which tokens a piece has, not where they stand: that is looked up in the newest
    alone, until there are enough. Whose labels are on nearly everything is best served by looking
    at the newest first, which PostgreSQL would also do for others, for it does not know how long
    it takes to read a piece.
    """
    tokens = [f"'{token}'" for word in words for token in word.tokens[:-1]]
    asked = " & ".join([*tokens, *map(_last, words), *_labels(page)])
    below = "AND entry < %s" if page.before else ""
    found = f"SELECT entry, words FROM {TABLE} WHERE words @@ %s::tsquery {more} {below}"  # noqa: S608
    values: list[Any] = [asked, *([page.before] if page.before else [])]
    rows = [_phrase(word) for word in words if len(word.tokens) > 1]
    if rows or not page.wide:
        found += " ORDER BY entry DESC OFFSET 0"
    stand = "WHERE words @@ %s::tsquery" if rows else ""
    values += [" & ".join(rows)] if rows else []
    return f"SELECT DISTINCT entry FROM ({found}) AS read {stand}", values  # noqa: S608


def _pieces(tokens: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, max(len(tokens), 1), PIECE):
        yield tokens[start : start + PIECE + OVERLAP]


def _phrase(word: Word) -> str:
    """Return one word in the language of tsquery; tokens hold letters and digits alone."""
    row = [*(f"'{token}'" for token in word.tokens[:-1]), _last(word)]
    return "(" + " <-> ".join(row) + ")"


def _last(word: Word) -> str:
    return f"'{word.tokens[-1]}':*" if word.begins else f"'{word.tokens[-1]}'"


def _labels(page: Page) -> list[str]:
    """Return what is asked of the labels."""
    needs = ["(" + " | ".join(f"'{MARK}{one}'" for one in group) + ")" for group in page.needs]
    return needs + [f"!'{MARK}{one}'" for one in page.without]
