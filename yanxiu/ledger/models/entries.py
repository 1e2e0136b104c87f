"""Entries that are never changed, and the heads of their chains."""

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models import Q

from yanxiu.kernel.uids import new_uid
from yanxiu.ledger.models.amounts import amount_field
from yanxiu.ledger.models.records import Award, Record
from yanxiu.people.models import Organisation


class EntriesStay(TypeError):
    """Somebody tried to change or delete entries; a bug, never an answer to a person."""


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries can be read and added."""

    def update(self, **_changes: Any) -> NoReturn:
        """Refuse."""
        raise EntriesStay

    def delete(self) -> NoReturn:
        """Refuse."""
        raise EntriesStay

    def bulk_update(self, *_args: Any, **_changes: Any) -> NoReturn:
        """Refuse."""
        raise EntriesStay


class Entry(models.Model):
    """入账: one amount posted to one teacher; a mistake is reversed by a counter-entry.

    `number`, `previous` and `chain` link the teacher's entries so that a changed, removed or
    inserted one is found by `yanxiu verify`.
    """

    SOURCE_KIND: ClassVar[str] = "ledger.entry"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    teacher = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="entries")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="entries")
    award = models.ForeignKey(Award, on_delete=models.PROTECT)
    scheme = models.CharField(max_length=60)
    round = models.PositiveSmallIntegerField()
    amount = amount_field()
    unit = models.CharField(max_length=10)
    earned_on = models.DateField()
    posted_at = models.DateTimeField()
    posted_by_uid = models.UUIDField(null=True)
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="reversed_by"
    )
    reason = models.CharField(max_length=200, blank=True)
    number = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    chain = models.CharField(max_length=64)

    objects: ClassVar[Any] = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["earned_on", "id"]
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["record", "scheme", "round"],
                condition=Q(reverses=None),
                name="a record earns once per scheme and round",
            ),
            models.UniqueConstraint(
                fields=["teacher", "number"], name="a chain has no two links of a number"
            ),
        ]
        indexes = [
            models.Index(fields=["teacher", "scheme", "earned_on"], name="ledger_by_teacher"),
            models.Index(fields=["organisation", "scheme", "earned_on"], name="ledger_by_school"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}"

    def save(self, *args: Any, **options: Any) -> None:
        """Add the entry; refuse to change one that stands."""
        if not self._state.adding:
            raise EntriesStay
        super().save(*args, **options)

    def delete(self, *_args: Any, **_options: Any) -> NoReturn:
        """Refuse."""
        raise EntriesStay


class ChainHead(models.Model):
    """链头: how many entries a teacher has and the last link; locked while entries are added."""

    teacher = models.OneToOneField(
        "people.Teacher", on_delete=models.PROTECT, related_name="chain_head"
    )
    count = models.PositiveIntegerField(default=0)
    last = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.teacher_id}: {self.count}"
