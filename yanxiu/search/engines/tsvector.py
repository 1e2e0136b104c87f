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
    labels = _labels(page)
    below = "AND entry < %s" if page.before else ""
    before = [page.before] if page.before else []
    phrases = [_phrase(word) for word in page.words]
    found = f"SELECT entry FROM {TABLE} WHERE words @@ %s::tsquery {below}"  # noqa: S608
    values: list[Any] = [" & ".join([*phrases, *labels]), *before]
    if len(phrases) > 1:
        # In a long entry each word may stand in another piece.
        one = f"SELECT entry FROM {TABLE} WHERE pieces > 1 AND words @@ %s::tsquery {below}"  # noqa: S608
        found += f" UNION ALL ({' INTERSECT '.join([one] * len(phrases))})"
        for phrase in phrases:
            values += [" & ".join([phrase, *labels]), *before]
    return f"SELECT DISTINCT entry FROM ({found}) AS every", values  # noqa: S608


def _pieces(tokens: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, max(len(tokens), 1), PIECE):
        yield tokens[start : start + PIECE + OVERLAP]


def _phrase(word: Word) -> str:
    """Return one word in the language of tsquery; tokens hold letters and digits alone."""
    last = f"'{word.tokens[-1]}':*" if word.begins else f"'{word.tokens[-1]}'"
    row = [*(f"'{token}'" for token in word.tokens[:-1]), last]
    return "(" + " <-> ".join(row) + ")"


def _labels(page: Page) -> list[str]:
    """Return what is asked of the labels."""
    needs = ["(" + " | ".join(f"'{MARK}{one}'" for one in group) + ")" for group in page.needs]
    return needs + [f"!'{MARK}{one}'" for one in page.without]
