"""The table of source kinds: what each kind of source is called, where it opens and for whom."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Model, Q, QuerySet, Value, When

from yanxiu.kernel.sources import Source, Sourced, source_of


@dataclass(frozen=True)
class Foreseen:
    """What a record would say of somebody's part in something that is still to come."""

    kind: str
    role: str
    minutes: int
    organiser_level: str = "school"
    delivery_mode: str = "school_based"


@dataclass(frozen=True)
class Foresight:
    """How a kind of source knows what a part in it will be.

    Attributes:
        rows: adds to rows, for a reader, what `tell` needs; no statement of its own.
        tell: what the record of that reader would say, None if none is to be written.
    """

    rows: Callable[["QuerySet[Any]", Any], "QuerySet[Any]"]
    tell: Callable[[Any], Foreseen | None]


@dataclass(frozen=True)
class Told:
    """How a kind of source knows what a person told of by hand, and when it was.

    Attributes:
        rows: what a person told of and did not take back, with what `title` needs joined.
        days: the first and the last day of a row.
    """

    rows: Callable[[Any], "QuerySet[Any]"]
    days: Callable[[Any], tuple[date, date]]


@dataclass(frozen=True)
class Place:
    """One kind of source, declared in the `places.py` of the app that owns it.

    Attributes:
        kind: the stable name, `app.thing`.
        name: what people call such a thing.
        rows: all rows of the kind, with what `title` needs already joined.
        title: one row's title.
        url: one row's page.
        seen_by: the permission, a function from a teacher to `Q`.
        text: the words a search should find it by; None for what is not searched.
        searched: which rows of such a kind a search should find at all; a row once searched stays
            so. Without, all.
        person: whose it is, for a search by person; None where nobody is to be named.
        people: who else has a named part in it: co-authors, speakers. As primary keys.
        day: the day it belongs to, for a search by term.
        organisation: where it belongs, as a primary key; the column of that name if there is one.
        audience: who may see it at all, in the words of `yanxiu.places.audience`; at least all
            whom `seen_by` lets see it. Without, all who have to do with its organisation. A kind
            with private rows should say it: a search then passes them by.
        grouped_by: the column of the teacher whose groups are part of the audience; "" where
            nobody's are. Who joins or leaves a group changes who may see such rows.
        door: the page where whoever takes part signs in to one row now; "" while none is open.
        foresight: what somebody's part in it will be, for a kind that writes records.
        told: what a person tells of by hand, for a kind that can be told of twice.
    """

    kind: str
    name: str
    rows: Callable[[], "QuerySet[Any]"]
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    seen_by: Callable[[Any], Q]
    text: Callable[[Any], str] | None = None
    searched: Callable[[Any], bool] | None = None
    person: Callable[[Any], Any] | None = None
    people: Callable[[Any], Iterable[int]] | None = None
    day: Callable[[Any], date | None] | None = None
    organisation: Callable[[Any], int | None] | None = None
    audience: Callable[[Any], Iterable[str]] | None = None
    grouped_by: str = ""
    door: Callable[[Any], str] | None = None
    foresight: Foresight | None = None
    told: Told | None = None


@dataclass(frozen=True)
class Link:
    """A source as this reader may see it."""

    name: str
    title: str
    url: str
    door: str = ""
    foreseen: Foreseen | None = None
    has_door: bool = False
    """Whether one signs in to things of this kind at all."""


_PLACES: dict[str, Place] = {}


def register(place: Place) -> None:
    """Add `place` to the table; a kind is declared once."""
    if _PLACES.setdefault(place.kind, place) is not place:
        message = f"the kind of source {place.kind!r} is declared twice"
        raise ValueError(message)


def place(kind: str) -> Place:
    """Return the place of `kind`; an unknown kind is a bug and raises KeyError."""
    return _PLACES[kind]


def all_places() -> Mapping[str, Place]:
    """Return every declared place by its kind."""
    return dict(_PLACES)


def links(sources: Iterable[Source], reader: Any, *, foresee: bool = False) -> dict[Source, Link]:
    """Return a link for each of `sources` that opens for `reader`; one statement per kind.

    With `foresee`, also what the reader's part in it will be, where the kind knows it.
    """
    by_kind: dict[str, set[Any]] = defaultdict(set)
    for source in sources:
        by_kind[source.kind].add(source.uid)
    found: dict[Source, Link] = {}
    for kind, uids in by_kind.items():
        here = _PLACES.get(kind)
        if here is None:
            continue
        rows = here.rows().filter(here.seen_by(reader), uid__in=uids)
        ahead = here.foresight if foresee else None
        for row in ahead.rows(rows, reader) if ahead else rows:
            door = here.door(row) if here.door else ""
            told = ahead.tell(row) if ahead else None
            has_door = here.door is not None
            link = Link(here.name, here.title(row), here.url(row), door, told, has_door)
            found[Source(kind, row.uid)] = link
    return found


def with_links(rows: "QuerySet[Any]", reader: Any) -> list[tuple[Any, Link | None]]:
    """Return `rows`, sources of one kind, each with its link if it opens for `reader`.

    One statement; the caller has joined what the title needs, and may have cut `rows` to a page.
    """
    here = _PLACES[rows.model.SOURCE_KIND]
    opens = Case(When(here.seen_by(reader), then=Value(True)), default=Value(False))  # noqa: FBT003
    return [
        (row, Link(here.name, here.title(row), here.url(row)) if row.opens_for_reader else None)
        for row in rows.annotate(opens_for_reader=opens)
    ]


def link_of(row: Sourced | None, reader: Any) -> Link | None:
    """Return a link to `row`, a source itself, if it opens for `reader`; one statement."""
    if row is None:
        return None
    source = source_of(row)
    return links([source], reader).get(source)


def title_of(row: Model) -> str:
    """Return the title of a row that is a source itself."""
    return _PLACES[row.SOURCE_KIND].title(row)  # type: ignore[attr-defined]
