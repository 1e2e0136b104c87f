"""What is read, with whom, and what is said of it."""

from yanxiu.books.models.books import Book, BookList, BookListItem, Recommendation
from yanxiu.books.models.meetings import Meeting, ReadingShare
from yanxiu.books.models.records import Excerpt, ReadingRecord
from yanxiu.books.models.rounds import (
    ClubMember,
    CommonRound,
    ReadingClub,
    RoundPart,
    RoundReader,
)

__all__ = [
    "Book",
    "BookList",
    "BookListItem",
    "ClubMember",
    "CommonRound",
    "Excerpt",
    "Meeting",
    "ReadingClub",
    "ReadingRecord",
    "ReadingShare",
    "Recommendation",
    "RoundPart",
    "RoundReader",
]
