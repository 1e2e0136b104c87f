"""Entries are added and never changed; a record earns once, and is reversed once."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from yanxiu.cast import NOON
from yanxiu.ledger.actions import withdraw
from yanxiu.ledger.actions.posting import post, reverse
from yanxiu.ledger.models import Award, EntriesStay, Entry
from yanxiu.ledger.refusals import RecordWithdrawn
from yanxiu.ledger.tests.conftest import TakePart
from yanxiu.people.models import Teacher

WAYS: dict[str, Callable[[Entry], object]] = {
    "save": lambda entry: entry.save(),
    "delete": lambda entry: entry.delete(),
    "update": lambda _entry: Entry.objects.update(amount=9),
    "filtered update": lambda entry: Entry.objects.filter(pk=entry.pk).update(amount=9),
    "delete many": lambda _entry: Entry.objects.all().delete(),
    "bulk_update": lambda entry: Entry.objects.bulk_update([entry], ["amount"]),
    "through the record": lambda entry: entry.record.entries.all().delete(),
    "update_or_create": lambda entry: Entry.objects.update_or_create(
        pk=entry.pk, defaults={"amount": 9}
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_changes_an_entry(wang: Teacher, take_part: TakePart, way: str) -> None:
    take_part(wang)
    entry = Entry.objects.get()
    entry.reason = "改一改"

    with pytest.raises(EntriesStay):
        WAYS[way](entry)

    kept = Entry.objects.get()
    assert (kept.amount, kept.reason) == (1, "")


def test_a_record_earns_once(wang: Teacher, take_part: TakePart) -> None:
    take_part(wang)
    award = Award.objects.select_related("record__teacher", "record__organisation").get()

    with pytest.raises(IntegrityError), transaction.atomic():
        post([award], by=None, at=NOON)

    assert Entry.objects.count() == 1


def test_an_entry_is_reversed_once(wang: Teacher, take_part: TakePart) -> None:
    take_part(wang)
    entry = Entry.objects.select_related("teacher", "record", "organisation", "award").get()
    reverse([entry], reason="记错了", by=None, at=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        reverse([entry], reason="又来一次", by=None, at=NOON)

    assert sum(Entry.objects.values_list("amount", flat=True)) == 0


def test_withdrawing_keeps_both_entries_and_is_done_once(
    wang: Teacher, take_part: TakePart
) -> None:
    record = withdraw(take_part(wang), because="签错了场次", by=None, at=NOON)

    assert list(Entry.objects.order_by("number").values_list("number", "amount")) == [
        (1, 1),
        (2, -1),
    ]
    with pytest.raises(RecordWithdrawn, match="签错了场次"):
        withdraw(record, because="再撤一次", by=None, at=NOON)
