"""Objections against decisions, and appeals to the next level."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.ledger.models import Record, amount_field
from yanxiu.people.models import Organisation
from yanxiu.recognition.models.publications import Publication


class Objection(models.Model):
    """异议: somebody finds a decision about a record wrong; an appeal (申诉) names what it follows.

    It is decided at `place`, the organisation of `level`, by somebody who has not decided about
    this record before, until `due_on`.
    """

    SOURCE_KIND: ClassVar[str] = "recognition.objection"

    class State(models.TextChoices):
        OPEN = "open", _("待答复")
        UPHELD = "upheld", _("成立，已更正")
        REJECTED = "rejected", _("维持原认定")
        WITHDRAWN = "withdrawn", _("已撤回")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="objections"
    )
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="objections_about"
    )
    raised_by = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="objections"
    )
    record = models.ForeignKey(
        Record, on_delete=models.PROTECT, null=True, related_name="objections"
    )
    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, null=True, related_name="objections"
    )
    previous = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="appeal"
    )
    text = models.CharField(_("哪里不对，依据是什么"), max_length=500)
    wished = amount_field(null=True)
    level = models.CharField(max_length=20)
    place = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="objections_to_decide"
    )
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.CharField(_("答复"), max_length=500, blank=True)
    found = amount_field(null=True)
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by_uid = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["record"],
                condition=Q(state="open", record__isnull=False),
                name="a record has one open objection",
            ),
        ]
        indexes = [
            models.Index(fields=["place", "state"], name="recognition_objections"),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.state}"

    @property
    def state_word(self) -> str:
        """Where it stands; what was upheld without an amount is decided anew, not put right."""
        if self.state != self.State.UPHELD or self.found is not None:
            return str(self.get_state_display())
        return str(_("成立，重新认定") if self.record_id else _("成立"))

    @property
    def tone(self) -> str:
        """Which colour its state wears."""
        return {self.State.OPEN: "gold", self.State.UPHELD: "green"}.get(
            self.State(self.state), "grey"
        )
