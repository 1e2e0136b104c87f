"""Summaries, as drafted, handed in and approved."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation
from yanxiu.terms.models import Term


class Summary(models.Model):
    """总结: the term summary of an organisation.

    Until it is approved its numbers are read from the figures; approval freezes words and numbers
    in `frozen`, and the Word document of that moment is kept as an attachment.

    `prose` holds what people wrote, by place: `section:<name>` is the school's own text of a
    section, `gap:<key>` an open statement about something the system could not fill. Each is a
    mapping of `text`, `version`, `by` and `at`.
    """

    SOURCE_KIND: ClassVar[str] = "reports.summary"

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        SUBMITTED = "submitted", _("待审定")
        APPROVED = "approved", _("已审定")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    term = models.ForeignKey(Term, on_delete=models.PROTECT)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    prose = models.JSONField(default=dict)
    frozen = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    round = models.PositiveSmallIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by_uid = models.UUIDField(null=True, blank=True)
    submitted_by_name = models.CharField(max_length=40, blank=True)
    returned_because = models.CharField(max_length=200, blank=True)
    version = models.PositiveSmallIntegerField(default=0)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by_uid = models.UUIDField(null=True, blank=True)
    approved_by_name = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-term__starts_on", "organisation__path"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "term"], name="a term is summed up once"
            ),
        ]

    def __str__(self) -> str:
        return self.title.replace("\n", "")

    @property
    def title(self) -> str:
        """The title as it stands on the paper, in lines that fit its width."""
        word = self.organisation.label("pd")
        return f"{self.organisation.name}\n{self.term}\n校本{word}工作总结"

    @property
    def is_approved(self) -> bool:
        """Whether words and numbers are frozen."""
        return self.state == self.State.APPROVED

    def written(self, place: str) -> dict[str, Any]:
        """Return what stands at `place`; a place nobody wrote at is version 0."""
        empty = {"text": "", "version": 0, "by": "", "at": ""}
        return {**empty, **self.prose.get(place, {})}

    def texts(self) -> dict[str, str]:
        """Return the written texts by place, empty ones left out."""
        return {place: one["text"] for place, one in self.prose.items() if one.get("text")}
