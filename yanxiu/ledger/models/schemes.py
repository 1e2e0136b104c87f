"""By which scheme an organisation reckons, and schemes that officers write themselves."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation


class SchemeAdoption(models.Model):
    """采用方案: from which day an organisation, and all below it, reckons by a scheme.

    The scheme itself is a dated file, shipped or stored; the row keeps its id and version, never
    its numbers. `digest` is that of the stored text, "" for a shipped scheme.
    """

    SOURCE_KIND: ClassVar[str] = "ledger.scheme_adoption"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="adopted_schemes"
    )
    scheme = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, blank=True, default="")
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

    @property
    def last_on(self) -> date | None:
        """The last day on which it is in force, where it ends."""
        return self.ends_on - timedelta(days=1) if self.ends_on else None


class PublishedTextStays(TypeError):
    """Somebody tried to change the text of a published scheme; a bug, never an answer."""


class SchemeFile(models.Model):
    """方案文件: the text of a scheme that an officer writes, and what became of it.

    A draft may hold slips and is saved with them. What is published never changes: a correction is
    a new version. `edition` counts how often the draft was saved, so that of two people who edit
    at once the later one is told. `digest` is the SHA-256 of the text; `scheme`, `version` and
    `title` are what the text says of itself, as far as it can be read.
    """

    SOURCE_KIND: ClassVar[str] = "ledger.scheme_file"

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        PUBLISHED = "published", _("已公布")
        WITHDRAWN = "withdrawn", _("已撤回")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="scheme_files"
    )
    scheme = models.CharField(max_length=60, blank=True)
    version = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    cases = models.TextField(blank=True, default="")
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    edition = models.PositiveIntegerField(default=1)
    based_on = models.CharField(max_length=90, blank=True)
    made_by_name = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    edited_by_name = models.CharField(max_length=80)
    edited_at = models.DateTimeField()
    published_by_name = models.CharField(max_length=80, blank=True)
    published_at = models.DateTimeField(null=True)
    withdrawn_by_name = models.CharField(max_length=80, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-edited_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "version"],
                condition=~Q(state="draft"),
                name="a scheme is published once in a version",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state"], name="ledger_scheme_files"),
        ]

    def __str__(self) -> str:
        return self.title or self.scheme or str(_("没有名称的方案"))

    def save(self, *args: Any, **options: Any) -> None:
        """Save; refuse to change the text of what was published."""
        touched = set(options.get("update_fields") or {"text"})
        fixed = self.__dict__.get("_was", self.State.DRAFT) != self.State.DRAFT
        if fixed and touched & {"text", "scheme", "version", "digest"}:
            raise PublishedTextStays
        super().save(*args, **options)

    @classmethod
    def from_db(cls, *row: Any, **more: Any) -> "SchemeFile":
        """Remember what was published, so that nobody saves over it."""
        found = super().from_db(*row, **more)
        if "state" in found.__dict__:
            found.__dict__["_was"] = found.state
        return found
