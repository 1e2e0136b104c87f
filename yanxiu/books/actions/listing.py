"""Book lists, and recommending what one has read."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from yanxiu.audit import trail
from yanxiu.books.actions.ground import (
    book_for,
    check_days,
    check_link,
    in_charge,
    tidy,
    typed,
    works_in,
)
from yanxiu.books.models import Book, BookList, BookListItem, Recommendation
from yanxiu.books.permissions import may_manage_list, may_withdraw_recommendation
from yanxiu.books.refusals import OnListAlready
from yanxiu.kernel.refusals import BadInput
from yanxiu.people.access import NotAllowed, holds_at, require
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.places.writing import tell_written

MOST_ITEMS = 100


@transaction.atomic
def make_list(
    organisation: Organisation,
    *,
    name: str,
    starts_on: date,
    ends_on: date,
    by: Teacher,
    at: datetime,
    unit: Unit | None = None,
) -> BookList:
    """Make a book list for `unit`, or for everybody of `organisation` and below it.

    Raises:
        NotAllowed: `by` neither leads `unit` nor manages the works of `organisation`.
        NotToBeMeant: the days cannot be meant.
        BadInput: there is no name.
    """
    in_charge(by, organisation, unit)
    check_days(starts_on, ends_on)
    name = tidy(name, 60)
    if not name:
        raise BadInput("书单没有名称，没有新建。请写一个名称，例如“本学期荐读”。")
    found = BookList.objects.create(
        organisation=organisation,
        unit=unit,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        made_at=at,
        made_by_name=by.name,
    )
    trail.record(by, "books.list-made", found, at=at)
    return found


@transaction.atomic
def add_to_list(
    book_list: BookList,
    *,
    title: str,
    author: str = "",
    kind: str = Book.Kind.BOOK,
    way: str = BookListItem.Way.SUGGESTED,
    reason: str = "",
    by: Teacher,
    at: datetime,
) -> BookListItem:
    """Put a book on a list.

    Raises:
        NotAllowed: `by` does not manage the list.
        NoBookTitle, OnListAlready: no title, or it stands there.
        BadInput: there is no such way of reading, or the list is full.
    """
    require(may_manage_list, by, book_list)
    if way not in BookListItem.Way.values:
        raise BadInput("没有这一种读法，没有添加。请选必读、荐读或共读。")
    if book_list.items.count() >= MOST_ITEMS:
        raise BadInput("一份书单最多 100 种，没有添加。请另建一份。")
    book = book_for(book_list.organisation, title, author=author, kind=kind)
    if book_list.items.filter(book=book).exists():
        raise OnListAlready(book.named)
    order = (book_list.items.aggregate(last=Max("order"))["last"] or 0) + 1
    item = BookListItem.objects.create(
        book_list=book_list, book=book, way=way, reason=tidy(reason, 200), order=order
    )
    tell_written([book_list])
    trail.record(by, "books.listed", book_list, at=at, detail={"title": book.title})
    return item


@transaction.atomic
def take_off_list(item: BookListItem, *, by: Teacher, at: datetime) -> None:
    """Take a book off a list; what teachers have read of it stays with them.

    Raises:
        NotAllowed: `by` does not manage the list.
    """
    require(may_manage_list, by, item.book_list)
    trail.record(by, "books.unlisted", item.book_list, at=at, detail={"title": item.book.title})
    item.delete()
    tell_written([item.book_list])


@transaction.atomic
def drop_list(book_list: BookList, *, by: Teacher, at: datetime) -> BookList:
    """Put a list away, or take it out again.

    Raises:
        NotAllowed: `by` does not manage the list.
    """
    require(may_manage_list, by, book_list)
    book_list.dropped_at = None if book_list.dropped_at else at
    book_list.save(update_fields=["dropped_at"])
    trail.record(by, "books.list-dropped", book_list, at=at)
    return book_list


# ---- recommending ----
@transaction.atomic
def recommend(
    organisation: Organisation,
    *,
    title: str,
    reason: str,
    by: Teacher,
    at: datetime,
    author: str = "",
    kind: str = Book.Kind.BOOK,
    link: str = "",
    unit: Unit | None = None,
) -> Recommendation:
    """Put something worth reading before one's group, or before everybody of the school.

    A superior's office recommends to all its schools. It stands on their page of reading; nobody
    is sent a notice for it.

    Raises:
        NotAllowed: `by` is not of the unit, or has neither post nor office in `organisation`.
        NoBookTitle, NotToBeMeant: there is no title, or the link is none.
        BadInput: there is no reason.
    """
    if unit is not None and unit.pk not in by.units:
        raise NotAllowed
    if not holds_at(by, "manage_works", organisation):
        works_in(by, organisation)
    if not reason.strip():
        raise BadInput("还没有写为什么值得读，没有推荐。一句话就行，别人靠它决定读不读。")
    found = Recommendation.objects.create(
        organisation=organisation,
        unit=unit,
        teacher=by,
        book=book_for(organisation, title, author=author, kind=kind),
        link=check_link(link),
        reason=typed(reason).strip()[:400],
        made_at=at,
    )
    trail.record(by, "books.recommended", found, at=at)
    return found


@transaction.atomic
def withdraw_recommendation(
    recommendation: Recommendation, *, by: Teacher, at: datetime
) -> Recommendation:
    """Take a recommendation back.

    Raises:
        NotAllowed: `by` neither made it nor manages the works.
    """
    require(may_withdraw_recommendation, by, recommendation)
    recommendation.withdrawn_at = at
    recommendation.save(update_fields=["withdrawn_at"])
    trail.record(by, "books.recommendation-withdrawn", recommendation, at=at)
    return recommendation
