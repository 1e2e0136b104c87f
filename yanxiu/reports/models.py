"""Summaries, as drafted and as approved."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation
from yanxiu.terms.models import Term


class Summary(models.Model):
    """总结: the term summary of an organisation.

    While it is a draft its numbers are read from the figures; approval freezes words and numbers
    in `frozen`, and the Word document of that moment is kept as an attachment.
    """

    SOURCE_KIND: ClassVar[str] = "reports.summary"

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        APPROVED = "approved", _("已审定")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    term = models.ForeignKey(Term, on_delete=models.PROTECT)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    prose = models.JSONField(default=dict)
    frozen = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by_uid = models.UUIDField(null=True, blank=True)
    approved_by_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "term"], name="a term is summed up once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.term_id}"
