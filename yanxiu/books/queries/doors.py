"""Which of the things that a page names open for its reader; the others are named without a link.

Each is a column of the rows that are read anyway, and no statement of its own.
"""

from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from yanxiu.activities.models import Session
from yanxiu.activities.permissions import may_see_session
from yanxiu.books.models import Book, CommonRound, ReadingClub
from yanxiu.books.permissions import may_see_book, may_see_club, may_see_round
from yanxiu.people.models import Teacher
from yanxiu.works.models import Work
from yanxiu.works.permissions import may_see_work


def _opens(model: type[Model], seen: Q, column: str) -> Exists:
    return Exists(model._default_manager.filter(seen, pk=OuterRef(column)))


def doors_of_shares(rows: "QuerySet[Any]", reader: Teacher) -> "QuerySet[Any]":
    """Add `work_opens`, `session_opens` and `round_opens` to shares."""
    found: QuerySet[Any] = rows.annotate(
        work_opens=_opens(Work, may_see_work(reader), "work"),
        session_opens=_opens(Session, may_see_session(reader), "session"),
        round_opens=_opens(CommonRound, may_see_round(reader), "reading_round"),
    )
    return found


def doors_of_meetings(rows: "QuerySet[Any]", reader: Teacher) -> "QuerySet[Any]":
    """Add `session_opens` to what is read in sessions."""
    opens = _opens(Session, may_see_session(reader), "session")
    found: QuerySet[Any] = rows.annotate(session_opens=opens)
    return found


def doors_of_sessions(rows: "QuerySet[Any]", reader: Teacher) -> "QuerySet[Any]":
    """Add `book_opens`, `round_opens` and `club_opens` to sessions about reading."""
    found: QuerySet[Any] = rows.annotate(
        book_opens=_opens(Book, may_see_book(reader), "reading__book"),
        round_opens=_opens(CommonRound, may_see_round(reader), "reading__reading_round"),
        club_opens=_opens(ReadingClub, may_see_club(reader), "reading__club"),
    )
    return found
