"""What one person reads, and what was copied out of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.books.models.books import Book
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation


class ReadingRecord(models.Model):
    """读书记录: what a teacher reads; `notes` are for nobody else, whatever `told_to` says.

    A record told to nobody is counted for nobody but its owner. `edition` counts what was saved,
    so that of two devices neither overwrites the other.
    """

    SOURCE_KIND: ClassVar[str] = "books.record"

    class State(models.TextChoices):
        WANT = "want", _("想读")
        READING = "reading", _("在读")
        READ = "read", _("读完")
        ASIDE = "aside", _("放下了")

    class Mode(models.TextChoices):
        WHOLE = "whole", _("通读")
        SELECTED = "selected", _("选读")
        EXCERPT = "excerpt", _("摘录读")

    class ToldTo(models.TextChoices):
        NOBODY = "nobody", _("只有我自己（不计数）")
        LEADER = "leader", _("读完以后，组长和教科室看得到书名")
        GROUP = "group", _("同组老师也看得到")
        SCHOOL = "school", _("全校老师也看得到")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="reading_records"
    )
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="records")
    state = models.CharField(
        _("读到哪一步"), max_length=10, choices=State.choices, default=State.READING
    )
    mode = models.CharField(_("怎样读"), max_length=10, choices=Mode.choices, default=Mode.WHOLE)
    pages = models.CharField(_("读了哪些页、哪些章"), max_length=60, blank=True)
    started_on = models.DateField(_("开始"), null=True, blank=True)
    finished_on = models.DateField(_("读完"), null=True, blank=True)
    notes = models.TextField(_("札记"), blank=True)
    told_to = models.CharField(
        _("给谁看"), max_length=10, choices=ToldTo.choices, default=ToldTo.LEADER
    )
    edition = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-saved_at", "-id"]
        indexes = [
            models.Index(fields=["teacher", "-saved_at"], name="books_records_by_reader"),
            models.Index(
                fields=["organisation", "state", "-finished_on"], name="books_records_by_state"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["teacher", "book"],
                condition=Q(dropped_at=None),
                name="a reader has a book in hand once",
            ),
            models.CheckConstraint(
                condition=~Q(state="read") | Q(finished_on__isnull=False),
                name="what is read was finished on a day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.book_id}"

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return {"reading": "blue", "read": "green", "want": "gold"}.get(self.state, "grey")


class Excerpt(models.Model):
    """摘录: words copied out of a book, with their page; the owner's alone unless she says so."""

    SOURCE_KIND: ClassVar[str] = "books.excerpt"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    record = models.ForeignKey(ReadingRecord, on_delete=models.CASCADE, related_name="excerpts")
    page = models.CharField(_("页码或章节"), max_length=20, blank=True)
    text = models.TextField(_("摘录"))
    thought = models.TextField(_("一句想法"), blank=True)
    is_shared = models.BooleanField(_("给看得到这条记录的同事看"), default=False)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return self.page
