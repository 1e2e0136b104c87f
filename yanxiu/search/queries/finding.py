"""Finding what has the words, and what of it this reader may see.

The engine gives the newest entries that have the words and a label of this reader; whether the
reader may see them is then asked of each kind's own permission, of all kinds in one statement.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Value

from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import Span
from yanxiu.people.models import Organisation, Teacher
from yanxiu.people.models.organisation import lineage_of
from yanxiu.places.table import all_places
from yanxiu.search import labels
from yanxiu.search.engines import Page, engine
from yanxiu.search.models import Entry
from yanxiu.search.queries.passages import Part, highlighted, marked
from yanxiu.search.words import Word, asked, plain
from yanxiu.texts.keys import key

WINDOWS = (60, 400)
"""So many of the newest entries with the words are looked at together; the second number, if too
few of the first are for this reader."""

FAR = (30, 200)
"""So many of the newest from elsewhere, where somebody may have let the reader in; the others are
found by a further word."""

PER_PAGE = 20
MOST_PEOPLE = 200


@dataclass(frozen=True)
class Wanted:
    """What is looked for: words, and what narrows them.

    Attributes:
        text: words, parted by anything but letters and digits; all must stand in it.
        kind: a kind of source, or "".
        people: primary keys of teachers whose it is, or None for anybody's.
        span: the days it belongs to, or None.
        before: where the last window ended.
        page: of this window, from 1.
    """

    text: str
    kind: str = ""
    people: Sequence[int] | None = None
    span: Span | None = None
    before: int = 0
    page: int = 1


@dataclass(frozen=True)
class Hit:
    """One thing that was found, for a reader who may open it."""

    source: Source
    kind: str
    title: list[Part]
    person: str
    day: Any
    passages: list[list[Part]]


@dataclass(frozen=True)
class Found:
    """A page of hits, and where it goes on: `page` of this window, or `before` of the next."""

    hits: list[Hit]
    next_page: int
    next_before: int


def find(reader: Teacher, wanted: Wanted) -> Found:
    """Return a page of what `reader` may see and has all that is `wanted`.

    Title hits come first in a window, then the newest. Four statements; seven, if few of the
    newest are for this reader; one more for who stands at the head of a county.
    """
    words = asked(wanted.text)
    if not words and not wanted.people and not wanted.kind:
        return Found([], 0, 0)
    entries, goes_on = _window(reader, wanted, words)
    entries.sort(key=lambda one: (_in_title(one.title, words), one.day or date.min, one.key))
    entries.reverse()
    start = (wanted.page - 1) * PER_PAGE
    more = len(entries) > start + PER_PAGE
    return Found(
        _hits([one.key for one in entries[start : start + PER_PAGE]], words),
        wanted.page + 1 if more else 0,
        0 if more else goes_on,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What of an entry is needed to choose it."""

    key: int
    title: str
    day: date | None


def _window(reader: Teacher, wanted: Wanted, words: Sequence[Word]) -> tuple[list[_Known], int]:
    """Return what of a window this reader sees, and below which key the next begins, or 0."""
    for size, far in zip(WINDOWS, FAR, strict=True):
        near, *others = engine().find(_pages(reader, wanted, words, (size, far)))
        entries = _visible(reader, wanted, [*near, *(key for keys in others for key in keys)])
        if len(near) < size or len(entries) > PER_PAGE:
            break
    return entries, near[-1] if len(near) == size else 0


def _pages(
    reader: Teacher, wanted: Wanted, words: Sequence[Word], sizes: tuple[int, int]
) -> list[Page]:
    """Return what the engine is asked for: what lies near, and at first a little of the rest."""
    needs, before = _narrowed(wanted), wanted.before
    near, far = sizes
    if wanted.people is not None:
        # Whose it is narrows more than where it lies.
        return [Page(words, needs, (), before, near)]
    mine = labels.of_reader(reader)
    all_near = _all_lies_near(mine, reader)
    pages = [Page(words, [*needs, mine], (), before, near)]
    if not before and not all_near:
        pages.append(Page(words, [*needs, [labels.OPEN]], mine, 0, far))
    return pages


def _all_lies_near(mine: Sequence[str], reader: Teacher) -> bool:
    """Tell whether every organisation lies below those of this reader.

    One statement, for those alone who stand at the head of one.
    """
    held = [post.organisation.path for post in reader.posts_today]
    held += [holding.path for holding in reader.holdings]
    if all(len(lineage_of(path)) > 1 for path in held):
        return False
    heads = Organisation.objects.filter(parent=None).values_list("pk", flat=True)
    return all(labels.below(pk) in mine for pk in heads)


def _narrowed(wanted: Wanted) -> list[list[str]]:
    needs = []
    if wanted.kind:
        needs.append([labels.of_kind(wanted.kind)])
    if wanted.people is not None:
        needs.append([labels.of_person(pk) for pk in wanted.people] or ["nobody"])
    if wanted.span is not None:
        needs.append(labels.of_term(wanted.span.start, wanted.span.end) or ["never"])
    return needs


def _visible(reader: Teacher, wanted: Wanted, keys: Sequence[int]) -> list[_Known]:
    """Return those of the entries that `reader` may see and that lie in the span."""
    rows = Entry.objects.filter(pk__in=keys)
    if wanted.span is not None:
        rows = rows.filter(day__gte=wanted.span.start, day__lt=wanted.span.end)
    entries = list(rows.values_list("source_kind", "source_id", "pk", "title", "day"))
    uids: dict[str, list[UUID]] = defaultdict(list)
    for kind, uid, _pk, _title, _day in entries:
        uids[kind].append(uid)
    places = all_places()
    each: list[QuerySet[Any, Any]] = [
        places[kind]
        .rows()
        .filter(places[kind].seen_by(reader), uid__in=some)
        .order_by()
        .values_list(Value(kind), "uid")
        for kind, some in sorted(uids.items())
        if kind in places
    ]
    if not each:
        return []
    seen = set(each[0].union(*each[1:], all=True) if each[1:] else each[0])
    return [_Known(pk, title, day) for kind, uid, pk, title, day in entries if (kind, uid) in seen]


def _in_title(title: str, words: Sequence[Word]) -> bool:
    compared = plain(title)
    return any(word.text in compared for word in words)


def _hits(keys: Sequence[int], words: Sequence[Word]) -> list[Hit]:
    """Return the entries as a page shows them, in the order of `keys`."""
    rows = Entry.objects.filter(pk__in=keys).select_related("person") if keys else []
    by_key = {entry.pk: entry for entry in rows}
    places = all_places()
    return [
        Hit(
            Source(entry.source_kind, entry.source_id),
            places[entry.source_kind].name,
            marked(entry.title, words),
            entry.person.name if entry.person else "",
            entry.day,
            _passages(entry, words),
        )
        for entry in (by_key[key] for key in keys)
    ]


def _passages(entry: Entry, words: Sequence[Word]) -> list[list[Part]]:
    """Return the passages that say more than the title above them."""
    found = highlighted(entry.text, words)
    return [one for one in found if "".join(part.text for part in one).strip() not in entry.title]


def people_called(name: str) -> list[int]:
    """Return those whose name contains `name`, or whose pinyin begins with it.

    Whoever they are: only what the reader may see is shown of them.
    """
    said = key(name)
    if not said:
        return []
    by = {"pinyin__startswith": said} if said.isascii() else {"name_key__contains": said}
    rows = Teacher.objects.filter(**by).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:MOST_PEOPLE])


def is_built() -> bool:
    """Tell whether anything has been read into the index."""
    return Entry.objects.exists()
