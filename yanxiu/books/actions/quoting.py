"""What reading tells the check of originality: words of a book are quoted, a share is its author's.

An excerpt that its owner shares stands for the book: whoever has the same words quotes the book
and copies nobody. One that nobody else may read stays out, as every private draft does.
"""

from datetime import datetime

from yanxiu.books.models import Excerpt, ReadingRecord, ReadingShare
from yanxiu.kernel.sources import source_of
from yanxiu.originality import actions as originality
from yanxiu.originality.models import Document


def let_be_quoted(excerpt: Excerpt, *, at: datetime) -> None:
    """Have `excerpt` known as words of its book, or no more if it is nobody else's to read."""
    record = excerpt.record
    told = record.told_to != ReadingRecord.ToldTo.NOBODY and record.dropped_at is None
    if not (excerpt.is_shared and told and excerpt.text):
        originality.remove(source_of(excerpt))
        return
    originality.enter(
        source_of(excerpt),
        title=f"{record.book.named} {excerpt.page}".strip(),
        text=excerpt.text,
        organisation=record.organisation,
        author=None,
        at=at,
        sort=Document.Sort.QUOTATION,
    )


def compare_share(share: ReadingShare, *, at: datetime) -> None:
    """Have what was told of a book compared like any work that was handed in."""
    if not share.text:
        originality.remove(source_of(share))
        return
    originality.enter(
        source_of(share),
        title=share.about or share.text[:20],
        text=share.text,
        organisation=share.organisation,
        author=share.teacher,
        at=at,
    )
