"""What every deed about reading needs."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction

from yanxiu.books.models import Book
from yanxiu.books.refusals import NoBookTitle, NotToBeMeant
from yanxiu.people.access import NotAllowed, holds_at
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.texts.keys import key
from yanxiu.texts.radicals import repair

LONGEST_SPAN = timedelta(days=500)
TITLE = 160


def tidy(text: str, most: int) -> str:
    """Return a name or a line as it is kept: radicals repaired, nothing else taken out."""
    return repair(text).strip()[:most]


def typed(text: str) -> str:
    """Return a longer text as it is kept: radicals repaired, line ends alike."""
    return repair(text).replace("\r\n", "\n")


def book_for(
    organisation: Organisation, title: str, *, author: str = "", kind: str = Book.Kind.BOOK
) -> Book:
    """Return the book of this title, as the school or a superior knows it, else a new one.

    Raises:
        NoBookTitle: there is no letter in the title.
    """
    title = tidy(title, TITLE)
    known_by = key(title)[:TITLE]
    if not known_by:
        raise NoBookTitle
    rows = Book.objects.filter(key=known_by, organisation__in=organisation.lineage)
    found = sorted(rows.select_related("organisation"), key=lambda row: row.organisation.path)
    if found:
        return found[-1]
    try:
        with transaction.atomic():
            return Book.objects.create(
                organisation=organisation,
                kind=kind if kind in Book.Kind.values else Book.Kind.BOOK,
                title=title,
                author=tidy(author, 80),
                key=known_by,
            )
    except IntegrityError:  # Somebody typed it in the same moment.
        return Book.objects.get(organisation=organisation, key=known_by)


def works_in(by: Teacher, organisation: Organisation) -> None:
    """Make sure that `by` has a post in `organisation`.

    Raises:
        NotAllowed: there is none.
    """
    if organisation.pk not in {post.organisation_id for post in by.posts_today}:
        raise NotAllowed


def in_charge(by: Teacher, organisation: Organisation, unit: Unit | None) -> None:
    """Make sure that `by` leads `unit`, or manages the works of `organisation`.

    Raises:
        NotAllowed: neither, or the unit is of another organisation.
    """
    if unit is not None and not unit.organisation.path.startswith(organisation.path):
        raise NotAllowed
    if unit is not None and unit.pk in by.leads:
        return
    if not holds_at(by, "manage_works", organisation):
        raise NotAllowed


def check_days(starts_on: date, ends_on: date) -> None:
    """Refuse days that cannot be meant; `ends_on` is the day after the last.

    Raises:
        NotToBeMeant: it ends before it starts, or lasts for years.
    """
    if not timedelta(0) < ends_on - starts_on <= LONGEST_SPAN:
        raise NotToBeMeant("结束日期要在开始日期之后，也不超过一年多，没有保存。请核对日期。")


def check_link(link: str) -> str:
    """Return a web address as it is kept.

    Raises:
        NotToBeMeant: it is none.
    """
    link = link.strip()[:300]
    if link and not link.lower().startswith(("http://", "https://")):
        raise NotToBeMeant("链接要以 http:// 或 https:// 开头，没有保存。请从浏览器地址栏复制。")
    return link
