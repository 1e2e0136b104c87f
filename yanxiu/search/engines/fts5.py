"""The words in an FTS5 table of SQLite."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from yanxiu.search.engines import Page, sorted_out
from yanxiu.search.words import Word

TABLE = "search_words"


class Fts5:
    """One row an entry: its tokens and its labels as two columns, its key as the row's."""

    def prepare(self) -> None:
        """Make the table if there is none."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE} USING fts5"
                "(tokens, labels, tokenize = 'unicode61 remove_diacritics 0', prefix = '1')"
            )

    def empty(self) -> None:
        """Forget all words."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608 (our own name)

    def write(self, key: int, tokens: Sequence[str], labels: Sequence[str]) -> None:
        """Keep the words and labels of one entry, instead of those it had."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT OR REPLACE INTO {TABLE} (rowid, tokens, labels) VALUES (%s, %s, %s)",  # noqa: S608
                [key, " ".join(tokens), " ".join(labels)],
            )

    def drop(self, keys: Sequence[int]) -> None:
        """Forget the words of entries."""
        with connection.cursor() as cursor:
            cursor.executemany(
                f"DELETE FROM {TABLE} WHERE rowid = %s",  # noqa: S608
                [(key,) for key in keys],
            )

    def find(self, pages: Sequence[Page]) -> list[list[int]]:
        """Return the keys of what each of `pages` asks for, the highest first; one statement."""
        ways: list[str] = []
        values: list[Any] = []
        for number, page in enumerate(pages):
            below = "AND rowid < %s" if page.before else ""
            ways.append(
                f"SELECT {number}, rowid FROM (SELECT rowid FROM {TABLE} "  # noqa: S608
                f"WHERE {TABLE} MATCH %s {below} ORDER BY rowid DESC LIMIT %s)"
            )
            before = [page.before] if page.before else []
            values += [match(page), *before, page.limit]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(ways), values)
            return sorted_out(pages, cursor.fetchall())


def match(page: Page) -> str:
    """Return what is asked for in the language of FTS5; tokens hold letters and digits alone."""
    parts = [f"tokens : {_phrase(word)}" for word in page.words]
    parts += [f"labels : ({' OR '.join(group)})" for group in page.needs]
    wanted = " AND ".join(parts)
    if page.without:
        wanted = f"({wanted}) NOT labels : ({' OR '.join(page.without)})"
    return wanted


def _phrase(word: Word) -> str:
    quoted = '"' + " ".join(word.tokens) + '"'
    return f"{quoted} *" if word.begins else quoted
