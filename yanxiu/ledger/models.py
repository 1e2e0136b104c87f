"""Records, their recognition, awards, and the entries that are never changed."""

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation, Post


def amount_field(*, null: bool = False) -> "models.DecimalField[Any, Any]":
    """Return a column for hours, credits and other amounts: four places, never float."""
    return models.DecimalField(max_digits=11, decimal_places=4, null=null)


class SchemeAdoption(models.Model):
    """采用方案: from which day an organisation, and all below it, reckons by a scheme.

    The scheme itself is a dated file; the row keeps its id and version, never its numbers.
    """

    SOURCE_KIND: ClassVar[str] = "ledger.scheme_adoption"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="adopted_schemes"
    )
    scheme = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "scheme", "starts_on"],
                name="a scheme is adopted once from a day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.version}"


class Record(models.Model):
    """研修记录: one person's part in one thing that happened.

    It keeps the school and post of its day. `happened_at` is when the thing took place,
    `written_at` when the record was written; both are shown, because the distance between them
    says how sure we are. A record that proves wrong is withdrawn, never changed.
    """

    SOURCE_KIND: ClassVar[str] = "ledger.record"

    class Assurance(models.TextChoices):
        OWN_CODE = "own_code", _("本人扫码签到")
        CHECKED = "checked", _("本人签到并当场核实")
        HOST = "host", _("主持人点名确认")
        PAPER = "paper", _("纸质签到")
        MADE_UP = "made_up", _("事后补签")
        DECLARED = "declared", _("本人申报")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    teacher = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="records")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True)
    kind = models.CharField(max_length=40)
    role = models.CharField(max_length=30)
    title = models.CharField(max_length=120)
    happened_on = models.DateField()
    happened_at = models.DateTimeField()
    written_at = models.DateTimeField()
    minutes = models.PositiveIntegerField(null=True)
    lessons = amount_field(null=True)
    items = amount_field(null=True)
    characters = amount_field(null=True)
    organiser_level = models.CharField(max_length=20, default="school")
    delivery_mode = models.CharField(max_length=20, default="school_based")
    subject_kind = models.CharField(max_length=20, blank=True)
    theme = models.CharField(max_length=80, blank=True)
    prize = models.CharField(max_length=20, blank=True)
    author_order = models.PositiveSmallIntegerField(null=True)
    content_key = models.CharField(max_length=80, blank=True)
    attendance = models.CharField(max_length=20, blank=True)
    assurance = models.CharField(max_length=10, choices=Assurance.choices)
    source_kind = models.CharField(max_length=40)
    source_id = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["happened_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["teacher", "source_kind", "source_id", "role"],
                condition=Q(withdrawn_at=None),
                name="a part in a thing is recorded once",
            ),
        ]
        indexes = [
            models.Index(fields=["teacher", "happened_on"], name="ledger_record_by_teacher"),
            models.Index(fields=["organisation", "happened_on"], name="ledger_record_by_school"),
            models.Index(fields=["source_kind", "source_id"], name="ledger_record_by_source"),
        ]

    def __str__(self) -> str:
        return self.title


class RecognitionStep(models.Model):
    """认定步骤: one decision about one record, with the amount that it found right.

    The founding chain has one step, written by the closing of a session. `amount` is None where
    the step lets the scheme reckon.
    """

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", _("认定")
        RETURNED = "returned", _("退回")

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=30)
    is_final = models.BooleanField()
    decision = models.CharField(max_length=10, choices=Decision.choices)
    amount = amount_field(null=True)
    by_uid = models.UUIDField(null=True)
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.step} {self.decision}"


class Award(models.Model):
    """核算: what one scheme gives one record by itself, with each step of the reckoning."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="awards")
    scheme = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    round = models.PositiveSmallIntegerField(default=1)
    amount = amount_field()
    unit = models.CharField(max_length=10)
    rule = models.CharField(max_length=60, blank=True)
    valid = models.BooleanField(default=True)
    steps = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "scheme", "round"],
                name="a record is reckoned once a round by a scheme",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}"


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
