"""Records of what happened, their recognition and what schemes give them."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.ledger.models.amounts import amount_field
from yanxiu.people.models import Organisation, Post


class Record(models.Model):
    """研修记录: one person's part in one thing that happened.

    It keeps the school and post of its day. `happened_at` is when the thing took place,
    `written_at` when the record was written; both are shown, because the distance between them
    says how sure we are. A record that proves wrong is withdrawn, never changed.

    On its way through a chain it keeps where it stands: `state`, the step it waits for, by whom and
    at which organisation that step is taken, and until when. `claimed` is what was told (自报),
    `recognised` what was last found right, both in the record's own measure; neither overwrites
    the facts. `round` counts how often it was recognised anew, `turn` every deed about it, so that
    of two officers who decide at once the second is told so.

    `stated` is the amount of hours that a certificate states or a person declares, `days` its
    length where the paper counts days (half a day is 0.5), `absent_minutes` what was missed of it,
    `grade` the result (`excellent`, `pass`, `fail`), `evidence` codes of what is there to prove it.
    """

    SOURCE_KIND: ClassVar[str] = "ledger.record"

    class Assurance(models.TextChoices):
        OWN_CODE = "own_code", _("本人扫码签到")
        CHECKED = "checked", _("本人签到并当场核实")
        HOST = "host", _("主持人点名确认")
        PAPER = "paper", _("纸质签到")
        MADE_UP = "made_up", _("事后补签")
        DECLARED = "declared", _("本人申报")

    class State(models.TextChoices):
        WAITING = "waiting", _("待认定")
        RETURNED = "returned", _("已退回")
        RECOGNISED = "recognised", _("已认定")

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
    days = amount_field(null=True)
    stated = amount_field(null=True)
    absent_minutes = models.PositiveIntegerField(null=True)
    organiser_level = models.CharField(max_length=20, default="school")
    delivery_mode = models.CharField(max_length=20, default="school_based")
    subject_kind = models.CharField(max_length=20, blank=True)
    theme = models.CharField(max_length=80, blank=True)
    prize = models.CharField(max_length=20, blank=True)
    grade = models.CharField(max_length=20, blank=True)
    author_order = models.PositiveSmallIntegerField(null=True)
    content_key = models.CharField(max_length=80, blank=True)
    attendance = models.CharField(max_length=20, blank=True)
    evidence = models.JSONField(default=list)
    assurance = models.CharField(max_length=10, choices=Assurance.choices)
    source_kind = models.CharField(max_length=40)
    source_id = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.RECOGNISED)
    round = models.PositiveSmallIntegerField(default=1)
    turn = models.PositiveIntegerField(default=0)
    claimed = amount_field(null=True)
    recognised = amount_field(null=True)
    chain = models.CharField(max_length=60, blank=True)
    chain_scheme = models.CharField(max_length=60, blank=True)
    chain_version = models.CharField(max_length=20, blank=True)
    waiting_step = models.CharField(max_length=30, blank=True)
    waiting_title = models.CharField(max_length=60, blank=True)
    waiting_by = models.CharField(max_length=20, blank=True)
    waiting_when = models.CharField(max_length=10, blank=True)
    waiting_at = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="waiting_records"
    )
    waiting_since = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)

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
            models.Index(
                fields=["waiting_at", "waiting_when", "due_on"],
                condition=Q(state="waiting"),
                name="ledger_record_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.title


BY_SCHEME: Final = {"handed-in", "automatic"}
"""Deeds behind which nobody recognises: the scheme lets the record in."""


class RecognitionStep(models.Model):
    """认定步骤: one deed about one record, with the amount that it told or found right.

    The rows are the history of a record and are only added: what was claimed (自报), what each
    step recognised, what was returned and why. `level` says for whom the deed was done (`self`,
    `school` …), `round` in which round. `amount` is None where the step left it to the scheme.
    """

    class Decision(models.TextChoices):
        CLAIMED = "claimed", _("自报")
        ACCEPTED = "accepted", _("认定")
        RETURNED = "returned", _("退回")
        REVERSED = "reversed", _("冲销")

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="steps")
    round = models.PositiveSmallIntegerField(default=1)
    step = models.CharField(max_length=30)
    title = models.CharField(max_length=60, blank=True)
    level = models.CharField(max_length=20, blank=True)
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

    def get_decision_display(self) -> str:  # type: ignore[no-redef]
        """Return the decision in words; nobody reads as recognising what is one's own."""
        if self.decision == self.Decision.ACCEPTED and self.step in BY_SCHEME:
            return str(_("按方案记入"))
        return str(self.Decision(self.decision).label)


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
