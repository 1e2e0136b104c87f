"""Sessions in which one talks about what was read, and what was said there."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models import Session
from yanxiu.books.models.books import Book
from yanxiu.books.models.rounds import CommonRound, ReadingClub
from yanxiu.kernel.uids import new_uid
from yanxiu.works.models import Work


class Meeting(models.Model):
    """读书聚会: a session tied to what is read in it; who came stands with the session."""

    class Form(models.TextChoices):
        EXCHANGE = "exchange", _("读书交流")
        SALON = "salon", _("读书沙龙")
        READING = "reading", _("一起研读")

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="reading")
    form = models.CharField(_("形式"), max_length=10, choices=Form.choices, default=Form.EXCHANGE)
    book = models.ForeignKey(
        Book, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    reading_round = models.ForeignKey(
        CommonRound, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    club = models.ForeignKey(
        ReadingClub, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    tied_at = models.DateTimeField()

    class Meta:
        ordering = ["session__starts_at", "id"]

    def __str__(self) -> str:
        return f"{self.session_id}"


class ReadingShare(models.Model):
    """读书分享: what somebody tells the others of a book, in a session or between two.

    It comes into the library only when who is in charge proposed it and its author agreed.
    """

    SOURCE_KIND: ClassVar[str] = "books.share"

    class Library(models.TextChoices):
        NOT_ASKED = "", _("没有推荐进分享库")
        ASKED = "asked", _("等作者同意进分享库")
        AGREED = "agreed", _("在分享库")
        DECLINED = "declined", _("作者不放进分享库")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT)
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="reading_shares"
    )
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, blank=True, related_name="reading_shares"
    )
    reading_round = models.ForeignKey(
        CommonRound, on_delete=models.PROTECT, null=True, blank=True, related_name="shares"
    )
    work = models.ForeignKey(
        Work, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    about = models.CharField(_("说的是"), max_length=80, blank=True)
    text = models.TextField(_("分享"))
    shared_at = models.DateTimeField()
    shared_on = models.DateField()
    library = models.CharField(max_length=10, choices=Library.choices, blank=True)
    chosen_by_name = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["shared_at", "id"]
        indexes = [
            models.Index(fields=["organisation", "library", "-shared_at"], name="books_library"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(session__isnull=False) | Q(reading_round__isnull=False),
                name="a reading share is told somewhere",
            ),
        ]

    def __str__(self) -> str:
        return self.about
