"""What was read from documents, value by value, before anybody decided about it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.spans import Span
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation, Unit
from yanxiu.terms.models import Term


class Proposal(models.Model):
    """读入稿: what was read from one document, value by value; of a plan 计划草案.

    A plan becomes a `Plan` when a person confirms it; a summary stays what it is, a text whose
    claims can be compared with what the system counted. One of several documents in a file is
    only `found` until somebody takes it.

    `content_key` is the digest of the text without regard to script, width and spacing, `prints`
    are its fingerprints, `alike` names the documents that say much of the same, as `{"uid",
    "share", "settled"}`. `slips` are the places that look mistyped, as `[line, written, suggested,
    why]`. `undo` holds the decisions before the last step, by the uid of the value.

    One that came into a plan that stood already names it by `merged_into`. `merge` holds what was
    chosen on the way there and, once it is done, the way back.
    """

    SOURCE_KIND: ClassVar[str] = "planning.proposal"

    class Kind(models.TextChoices):
        PLAN = "plan", _("计划")
        SUMMARY = "summary", _("总结")

    class State(models.TextChoices):
        FOUND = "found", _("没有取用")
        OPEN = "open", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        DROPPED = "dropped", _("已放弃")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PLAN)
    term = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    title = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content_key = models.CharField(max_length=64, blank=True, default="")
    first_line = models.PositiveIntegerField()
    last_line = models.PositiveIntegerField()
    period = models.JSONField(default=dict)
    sections = models.JSONField(default=list)
    source_lines = models.JSONField(default=dict)
    prints = models.JSONField(default=list, blank=True)
    alike = models.JSONField(default=list, blank=True)
    slips = models.JSONField(default=list, blank=True)
    undo = models.JSONField(default=dict, blank=True)
    merge = models.JSONField(default=dict, blank=True)
    merged_into = models.ForeignKey(
        "planning.Plan",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_proposals",
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True)

    class Meta:
        ordering = ["-made_at", "first_line"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "sha256", "first_line"],
                name="a document is read once by an organisation",
            ),
            models.UniqueConstraint(
                fields=["organisation", "content_key"],
                condition=~Q(content_key=""),
                name="a text is read once by an organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_summary(self) -> bool:
        """Whether it tells what was done, not what shall be."""
        return self.kind == self.Kind.SUMMARY

    @property
    def span(self) -> Span | None:
        """The days a summary speaks of, None while nobody knows."""
        if self.starts_on and self.ends_on:
            return Span(self.starts_on, self.ends_on)
        return self.term.span if self.term else None


class Finding(models.Model):
    """读取结果: one value read from one line, and what a person decided about it.

    `copy_of` is the line on which the document says the same before: what is said twice counts
    once. Of a quantity claimed by a summary, `figure` is the code of the figure it is compared
    with, "-" where a person said that there is none. `carried_to` is the plan into which a problem
    was carried.
    """

    SOURCE_KIND: ClassVar[str] = "planning.finding"
    NO_FIGURE: ClassVar[str] = "-"

    class Decision(models.TextChoices):
        PENDING = "pending", _("待确认")
        ACCEPTED = "accepted", _("采用")
        CHANGED = "changed", _("改后采用")
        DROPPED = "dropped", _("不采用")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="findings")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=300)
    value = models.JSONField(null=True)
    unit = models.CharField(max_length=20, blank=True)
    per = models.CharField(max_length=20, blank=True)
    qualifier = models.CharField(max_length=20, blank=True)
    period = models.CharField(max_length=40, blank=True)
    line = models.PositiveIntegerField()
    text = models.TextField()
    inferred = models.BooleanField(default=False)
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.PENDING)
    changed = models.JSONField(default=dict)
    copy_of = models.PositiveIntegerField(null=True, blank=True)
    figure = models.CharField(max_length=60, blank=True, default="")
    carried_to = models.ForeignKey(
        "planning.Plan", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name
