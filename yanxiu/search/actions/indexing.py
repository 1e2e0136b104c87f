"""Reading sources into the index, when they change or all of them anew.

A change is noted in the transaction that makes it, and read when that has been committed; what was
noted and not read, because the process ended in between, is read before the next search.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from yanxiu.kernel.sources import Source
from yanxiu.people.models import Organisation, Teacher
from yanxiu.places.table import Place, all_places
from yanxiu.search import labels
from yanxiu.search.engines import Engine, engine
from yanxiu.search.models import Changed, Entry
from yanxiu.search.words import tokens
from yanxiu.texts.spoken import initials

TOGETHER = 200
"""So many rows are read in one transaction; SQLite's lock is held for less than 100 ms."""

AFTER_A_DEED = 50
"""So many noted sources are read when a deed has been committed, so that who imports a county does
not wait; the rest is read after the next deeds and before the next searches."""

LONGEST = 200_000
"""Letters of a text that are indexed."""

log = logging.getLogger(__name__)


def note_changed(sources: Iterable[Source]) -> None:
    """Note that `sources` were written or removed; call it in the transaction of the deed.

    `save` and `delete` note it by themselves; this is for rows that were written by the batch, and
    for text that stands in other rows than the source's own.
    """
    rows = [Changed(source_kind=one.kind, source_id=one.uid) for one in sources]
    if rows:
        Changed.objects.bulk_create(rows)
        here = set(connection.savepoint_ids)
        # Once is enough, unless it would be undone with a savepoint that this is not in.
        if not any(each[0] == here and each[1] is _after for each in connection.run_on_commit):
            transaction.on_commit(_after, robust=True)


def _after() -> None:
    """Read a little of what was noted; called when a deed has been committed."""
    read_changed(AFTER_A_DEED)


def read_changed(limit: int) -> int:
    """Read what was noted first into the index, at most `limit`; return how many were read."""
    noted = list(
        Changed.objects.order_by("pk").values_list("pk", "source_kind", "source_id")[:limit]
    )
    by_kind: dict[str, dict[UUID, list[int]]] = defaultdict(lambda: defaultdict(list))
    for pk, kind, uid in noted:
        by_kind[kind][uid].append(pk)
    count = 0
    for kind, uids in by_kind.items():
        place = all_places().get(kind)
        for some in _batches(list(uids), TOGETHER):
            with transaction.atomic():
                if place is not None:
                    _index(place, some)
                done = [pk for uid in some for pk in uids[uid]]
                Changed.objects.filter(pk__in=done).delete()
            count += len(some)
    return count


def rebuild(step: Callable[[int, int, str], None] = lambda _done, _of, _what: None) -> int:
    """Read every source that has text into the index anew; return how many there are.

    Nothing is forgotten before: who searches meanwhile finds what has been read, old or new.

    Args:
        step: is told how many are done, of how many, and what comes now.
    """
    machine = engine()
    machine.prepare()
    places = [place for place in all_places().values() if place.text is not None]
    of, done = sum(place.rows().count() for place in places), 0
    known: set[tuple[str, UUID]] = set()
    for place in places:
        uids = list(place.rows().order_by("pk").values_list("uid", flat=True))
        known.update((place.kind, uid) for uid in uids)
        for some in _batches(uids, TOGETHER):
            step(done, of, place.name)
            with transaction.atomic():
                _index(place, some)
            done += len(some)
    _forget_others(machine, known)
    step(done, of, "")
    return done


def _forget_others(machine: Engine, known: set[tuple[str, UUID]]) -> None:
    """Drop entries whose source is gone."""
    rows = Entry.objects.values_list("pk", "source_kind", "source_id")
    gone = [pk for pk, kind, uid in rows.iterator() if (kind, uid) not in known]
    for some in _batches(gone, TOGETHER):
        with transaction.atomic():
            machine.drop(some)
            Entry.objects.filter(pk__in=some).delete()


def _index(place: Place, uids: list[UUID]) -> None:
    """Read the rows `uids` of one kind; those that are gone leave the index."""
    machine = engine()
    old = {
        entry.source_id: entry
        for entry in Entry.objects.filter(source_kind=place.kind, source_id__in=uids)
    }
    read = (_read(place, row, old) for row in place.rows().filter(uid__in=uids))
    made = [one for one in read if one is not None]
    paths = _paths(made)
    names = _names(made)
    _save([one.entry for one in made], old)
    for one in made:
        entry = one.entry
        path = paths.get(entry.organisation_id or 0, "")
        said = labels.of_entry(place, one.row, path, entry.person_id, entry.day)
        said += [labels.of_person(pk) for pk in one.people]
        called = " ".join(names[pk] for pk in one.people if pk in names)
        words = f"{entry.title}\n{called}\n{entry.text}"
        machine.write(entry.pk, tokens(words), labels.without_doubles(said))
    seen = {one.entry.source_id for one in made}
    gone = [entry.pk for uid, entry in old.items() if uid not in seen]
    if gone:
        machine.drop(gone)
        Entry.objects.filter(pk__in=gone).delete()


def _save(entries: list[Entry], old: dict[UUID, Entry]) -> None:
    """Write the new entries and the changed ones."""
    Entry.objects.bulk_create([entry for entry in entries if entry.source_id not in old])
    changed = [entry for entry in entries if entry.source_id in old]
    if changed:
        fields = ["organisation", "person", "day", "title", "text"]
        Entry.objects.bulk_update(changed, fields, batch_size=TOGETHER)


class _Made:
    """An entry and the row it was made of."""

    def __init__(self, entry: Entry, row: Any, people: Iterable[int]) -> None:
        """Hold the two, and whose it is: the first and those with a part in it."""
        self.entry = entry
        self.row = row
        self.people = list(dict.fromkeys(people))


def _read(place: Place, row: Any, old: dict[UUID, Entry]) -> _Made | None:
    """Return the entry of one row, None if its place leaves it out.

    A row that cannot be read is left out too, and the others go on.
    """
    entry = old.get(row.uid) or Entry(source_kind=place.kind, source_id=row.uid)
    try:
        if place.searched is not None and not place.searched(row):
            return None
        entry.text = (place.text(row) if place.text else "")[:LONGEST]
        entry.title = place.title(row)[:200]
        entry.person_id = _key(place.person(row)) if place.person else None
        entry.day = _day(place, row)
        entry.organisation_id = _organisation(place, row)
        people = [entry.person_id, *(place.people(row) if place.people else ())]
    except DatabaseError:
        raise
    except Exception:
        log.exception("%s %s is not read into the search", place.kind, row.uid)
        return None
    return _Made(entry, row, [pk for pk in people if pk is not None])


def _key(person: Any) -> int | None:
    found: int | None = getattr(person, "pk", person)
    return found


def _day(place: Place, row: Any) -> date | None:
    return place.day(row) if place.day else None


def _organisation(place: Place, row: Any) -> int | None:
    if place.organisation is not None:
        return place.organisation(row)
    own: int | None = row.pk if isinstance(row, Organisation) else None
    return own or getattr(row, "organisation_id", None)


def _paths(made: list[_Made]) -> dict[int, str]:
    keys = {pk for one in made if (pk := one.entry.organisation_id) is not None}
    rows = Organisation.objects.filter(pk__in=keys)
    return dict(rows.values_list("pk", "path")) if keys else {}


def _names(made: list[_Made]) -> dict[int, str]:
    """Return name, pinyin and initials of each person: a work is found by its authors."""
    keys = {pk for one in made for pk in one.people}
    rows = Teacher.objects.filter(pk__in=keys)
    told = rows.values_list("pk", "name", "pinyin")
    return {pk: f"{name} {said} {initials(name)}" for pk, name, said in told}


def _batches(items: list[Any], size: int) -> Iterator[list[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
