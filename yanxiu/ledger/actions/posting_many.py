"""Many counter-entries and entries of a few teachers, written in one short transaction.

Everything that takes time is done before: reckoning, signing, turning values into columns. Inside,
the heads of the chains must be as they were when the links were signed; otherwise nothing is
written and the caller begins anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from yanxiu.ledger import chain
from yanxiu.ledger.actions.drawing_up import entry_against, entry_for
from yanxiu.ledger.chain import Head
from yanxiu.ledger.models import Award, ChainHead, Entry
from yanxiu.people.models import Teacher


@dataclass(frozen=True)
class Posting:
    """For one record, with its teacher loaded: what is reversed, and what is posted instead.

    `award` is not saved yet if it has no key; it is posted only if `posts`.
    """

    record: Any
    reverses: Entry | None
    award: Award | None
    posts: bool


@dataclass
class Ready:
    """Rows made ready, and the heads of the chains that they follow."""

    heads: dict[int, Head]
    ends: dict[int, Head]
    awards: list[Award] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    values: list[list[Any]] = field(default_factory=list)
    award_values: list[list[Any]] = field(default_factory=list)


def heads_of(teachers: Iterable[int]) -> dict[int, Head]:
    """Return the heads of the chains of `teachers`, by primary key; made where there is none."""
    wanted = sorted(set(teachers))
    rows = ChainHead.objects.filter(teacher__in=wanted)
    found = {pk: (count, last) for pk, count, last in rows.values_list("teacher", "count", "last")}
    missing = [pk for pk in wanted if pk not in found]
    if missing:
        ChainHead.objects.bulk_create(
            [ChainHead(teacher_id=pk) for pk in missing], ignore_conflicts=True
        )
    return {pk: found.get(pk, (0, "")) for pk in wanted}


def make_ready(
    postings: Sequence[Posting],
    heads: dict[int, Head],
    *,
    reason: str,
    by: Teacher | None,
    at: datetime,
) -> Ready:
    """Sign all that `postings` ask for behind `heads`: counter-entries first, then entries."""
    ready = Ready(heads, dict(heads))
    for each in postings:
        record = each.record
        if each.reverses is not None:
            against = entry_against(
                each.reverses, record, record.teacher, reason=reason, by=by, at=at
            )
            _link(ready, against)
    for each in postings:
        if each.award is not None and each.award.pk is None:
            ready.awards.append(each.award)
        if each.award is not None and each.award.valid and each.posts:
            _link(ready, entry_for(each.award, each.record, by=by, at=at))
    fields = _fields(Entry)
    ready.values = [_values(entry, fields) for entry in ready.entries]
    award_fields = _fields(Award)
    ready.award_values = [_values(award, award_fields) for award in ready.awards]
    return ready


def write(ready: Ready) -> bool:
    """Write what is ready, inside the transaction of the caller; False if a chain went on.

    The caller holds nothing yet: the heads are locked here, always in the same order.
    """
    with transaction.atomic():
        locked = ChainHead.objects.select_for_update().filter(teacher__in=ready.heads)
        rows = list(locked.order_by("teacher_id"))
        if {row.teacher_id: (row.count, row.last) for row in rows} != ready.heads:
            return False
        _insert_awards(ready)
        _insert(Entry, ready.values)
        for row in rows:
            row.count, row.last = ready.ends[row.teacher_id]
        ChainHead.objects.bulk_update(rows, ["count", "last"])
    return True


def _insert_awards(ready: Ready) -> None:
    """Save the awards, and tell their entries the keys."""
    _insert(Award, ready.award_values)
    if not ready.awards:
        return
    scheme = ready.awards[0].scheme
    rows = Award.objects.filter(
        record__in=[award.record_id for award in ready.awards], scheme=scheme
    )
    keys = {(record, number): pk for pk, record, number in
            rows.values_list("pk", "record_id", "round")}  # fmt: skip
    for award in ready.awards:
        award.pk = keys[award.record_id, award.round]
    place = [each.name for each in _fields(Entry)].index("award")
    for entry, values in zip(ready.entries, ready.values, strict=True):
        if values[place] is None:
            values[place] = keys[entry.record_id, entry.round]


def _link(ready: Ready, entry: Entry) -> None:
    ready.ends[entry.teacher_id] = chain.link(
        entry,
        ready.ends[entry.teacher_id],
        teacher_uid=entry.teacher.uid,
        record_uid=entry.record.uid,
    )
    ready.entries.append(entry)


def _fields(model: type[Model]) -> list[Any]:
    return [each for each in model._meta.local_concrete_fields if not each.primary_key]


def _values(row: Model, fields: list[Any]) -> list[Any]:
    return [each.get_db_prep_save(getattr(row, each.attname), connection) for each in fields]


def _insert(model: type[Model], rows: list[list[Any]]) -> None:
    """Insert `rows`, whose values are as the database wants them."""
    if not rows:
        return
    quoted = connection.ops.quote_name
    fields = _fields(model)
    columns = ", ".join(quoted(str(each.column)) for each in fields)
    places = ", ".join(["%s"] * len(fields))
    table = quoted(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({places})",  # noqa: S608 (our own names)
            rows,
        )
