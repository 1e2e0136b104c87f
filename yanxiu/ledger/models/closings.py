"""Closed years: what each teacher had reached, frozen and signed."""

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.spans import Span
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation, Teacher


def name_of_year(span: Span) -> str:
    """Return what people call a year: 2025—2026年度, or 2025年度 where it is a calendar year."""
    first, last = span.start.year, span.last.year
    return f"{first}—{last}年度" if last != first else f"{first}年度"


class SnapshotsStay(TypeError):
    """Somebody tried to change or delete a frozen snapshot; a bug, never an answer to a person."""


class YearClosing(models.Model):
    """年度登记: one school closes one credit year of one scheme, in rounds.

    While it is `running` its snapshots are nobody's business; they become visible together. A
    closed round is never changed; who opens it again says why, and the next round stands beside it.

    `starts_on` (included) and `ends_on` (excluded) are the credit year; `left_open` counts what was
    still undecided when somebody closed all the same; `seal` is a signature over all signatures.
    """

    SOURCE_KIND: ClassVar[str] = "ledger.year_closing"

    class State(models.TextChoices):
        RUNNING = "running", _("正在登记")
        CLOSED = "closed", _("已登记")
        REOPENED = "reopened", _("已重开")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    scheme = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    starts_on = models.DateField()
    ends_on = models.DateField()
    round = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    left_open = models.PositiveIntegerField(default=0)
    count = models.PositiveIntegerField(default=0)
    seal = models.CharField(max_length=64, blank=True)
    begun_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_uid = models.UUIDField(null=True, blank=True)
    closed_by_name = models.CharField(max_length=80, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by_name = models.CharField(max_length=80, blank=True)
    reopened_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-starts_on", "-round", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "scheme", "starts_on", "round"],
                name="a year is closed once a round",
            ),
            models.UniqueConstraint(
                fields=["organisation", "scheme", "starts_on"],
                condition=~Q(state="reopened"),
                name="one round of a year stands",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.scheme} {self.starts_on}"

    @property
    def span(self) -> Span:
        """The credit year."""
        return Span(self.starts_on, self.ends_on)

    @property
    def year_name(self) -> str:
        """What people call the year; see `name_of_year`."""
        return name_of_year(self.span)


class SnapshotQuerySet(models.QuerySet["YearSnapshot"]):
    """Snapshots can be read and added; only those of a round still running can be made anew."""

    def update(self, **_changes: Any) -> NoReturn:
        """Refuse."""
        raise SnapshotsStay

    def delete(self) -> NoReturn:
        """Refuse."""
        raise SnapshotsStay

    def bulk_update(self, *_args: Any, **_changes: Any) -> NoReturn:
        """Refuse."""
        raise SnapshotsStay

    def shown(self) -> "SnapshotQuerySet":
        """Return those of rounds that are wholly frozen."""
        return self.exclude(closing__state=YearClosing.State.RUNNING)

    def drop_unfinished(self) -> int:
        """Delete those of these that belong to a running round; return how many."""
        rows = self.filter(closing__state=YearClosing.State.RUNNING)
        return super(SnapshotQuerySet, rows).delete()[0]


class YearSnapshot(models.Model):
    """年度快照: what one teacher had reached when the year was closed, signed.

    `standing` is the standing as JSON and `digest` its SHA-256; `entries` and `link` are number and
    signature of the teacher's last entry then, so that later ones can be told apart. A snapshot
    that came from another installation has an empty `signature`.
    """

    SOURCE_KIND: ClassVar[str] = "ledger.year_snapshot"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    closing = models.ForeignKey(YearClosing, on_delete=models.PROTECT, related_name="snapshots")
    teacher = models.ForeignKey(Teacher, on_delete=models.PROTECT, related_name="year_snapshots")
    met = models.BooleanField()
    standing = models.JSONField()
    digest = models.CharField(max_length=64)
    entries = models.PositiveIntegerField(default=0)
    link = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    signature = models.CharField(max_length=64, blank=True)

    objects: ClassVar[Any] = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["teacher__pinyin", "teacher_id"]
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["closing", "teacher"], name="a closing holds a teacher once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.closing_id}"

    def save(self, *args: Any, **options: Any) -> None:
        """Add the snapshot; refuse to change one that stands."""
        if not self._state.adding:
            raise SnapshotsStay
        super().save(*args, **options)

    def delete(self, *_args: Any, **_options: Any) -> NoReturn:
        """Refuse."""
        raise SnapshotsStay
