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

GLANCE, FEW, READ, MOST = 2, 32, 24, 3_000
"""Of the newest pieces, GLANCE times as many as are wanted are looked at first; if more than one in
FEW of them has what is asked for, READ times as many are read, at most MOST."""

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
            ways.append(f"(SELECT {number}, entry FROM ({way}) AS page{number})")  # noqa: S608
            values += given
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(ways), values)
            return sorted_out(pages, cursor.fetchall())


def _way(page: Page) -> tuple[str, list[Any]]:
    """Return the statement for one page and its values.

    What stands in many entries is found soonest by reading the newest, what stands in few by the
    index, which gives all it has before the newest of them is known. So a few are read first; if
    enough of them have it, more are; and if these do not fill the page, the index is asked.
    """
    every = " & ".join([*map(_phrase, page.words), *_labels(page)])
    below, before = ("WHERE entry < %s", [page.before]) if page.before else ("", [])
    found, given = _indexed(page, page.words)
    newest = f"SELECT entry, words FROM {TABLE} {below} ORDER BY entry DESC LIMIT"  # noqa: S608
    more, others = _over_many_pieces(page)
    way = (
        f"WITH glance AS MATERIALIZED (SELECT entry FROM ({newest} %s) AS few "  # noqa: S608
        "WHERE words @@ %s::tsquery), "
        f"newest AS MATERIALIZED (SELECT DISTINCT entry FROM ({newest} "
        "(SELECT CASE WHEN count(*) > %s THEN %s ELSE 0 END FROM glance)) AS many "
        "WHERE words @@ %s::tsquery ORDER BY entry DESC LIMIT %s) "
        "SELECT DISTINCT entry FROM (SELECT entry FROM newest UNION ALL "
        f"(SELECT entry FROM ({found} ORDER BY entry DESC LIMIT %s) AS indexed "
        f"WHERE (SELECT count(*) FROM newest) < %s) {more}) AS every "
        "ORDER BY entry DESC LIMIT %s"
    )
    glance, limit = GLANCE * page.limit, page.limit
    read = min(READ * limit, MOST)
    first = [*before, glance, every, *before, glance // FEW, read, every, limit]
    return way, [*first, *given, limit, limit, *others, limit]


def _over_many_pieces(page: Page) -> tuple[str, list[Any]]:
    """Return what adds the long entries of which each word stands in another piece."""
    if len(page.words) < 2:  # noqa: PLR2004
        return "", []
    ways = [_indexed(page, [word], "AND pieces > 1") for word in page.words]
    elsewhere = " INTERSECT ".join(f"({way})" for way, _given in ways)
    return f"UNION ALL ({elsewhere})", [value for _way, given in ways for value in given]


def _indexed(page: Page, words: Sequence[Word], more: str = "") -> tuple[str, list[Any]]:
    """Return the statement for entries of which one piece has all of `words`, and its values.

    The index knows which tokens a piece has, not where they stand: that is looked up in the newest
    alone, until there are enough. What is asked for comes from a subquery, so that PostgreSQL does
    not guess how common it is: it does not know how long it takes to read a piece, and would read
    them all.
    """
    tokens = [f"'{token}'" for word in words for token in word.tokens[:-1]]
    asked = " & ".join([*tokens, *map(_last, words), *_labels(page)])
    below, before = ("AND entry < %s", [page.before]) if page.before else ("", [])
    found = (
        f"SELECT entry, words FROM {TABLE} WHERE words @@ (SELECT %s::tsquery) "  # noqa: S608
        f"{more} {below} ORDER BY entry DESC OFFSET 0"
    )
    rows = [_phrase(word) for word in words if len(word.tokens) > 1]
    stand, phrases = ("WHERE words @@ %s::tsquery", [" & ".join(rows)]) if rows else ("", [])
    return f"SELECT DISTINCT entry FROM ({found}) AS read {stand}", [asked, *before, *phrases]  # noqa: S608


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
