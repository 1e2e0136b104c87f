"""The table of source kinds: what each kind of source is called, where it opens and for whom."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet

from yanxiu.kernel.sources import Source


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
        text: the words a search should find it by.
        door: the page where whoever takes part signs in to one row now; "" while none is open.
    """

    kind: str
    name: str
    rows: Callable[[], "QuerySet[Any]"]
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    seen_by: Callable[[Any], Q]
    text: Callable[[Any], str] | None = None
    door: Callable[[Any], str] | None = None


@dataclass(frozen=True)
class Link:
    """A source as this reader may see it."""

    name: str
    title: str
    url: str
    door: str = ""


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


def links(sources: Iterable[Source], reader: Any) -> dict[Source, Link]:
    """Return a link for each of `sources` that opens for `reader`; one statement per kind."""
    by_kind: dict[str, set[Any]] = defaultdict(set)
    for source in sources:
        by_kind[source.kind].add(source.uid)
    found: dict[Source, Link] = {}
    for kind, uids in by_kind.items():
        here = _PLACES.get(kind)
        if here is None:
            continue
        for row in here.rows().filter(here.seen_by(reader), uid__in=uids):
            door = here.door(row) if here.door else ""
            found[Source(kind, row.uid)] = Link(here.name, here.title(row), here.url(row), door)
    return found


def title_of(row: Model) -> str:
    """Return the title of a row that is a source itself."""
    return _PLACES[row.SOURCE_KIND].title(row)  # type: ignore[attr-defined]
