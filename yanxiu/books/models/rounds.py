"""Reading one book together, and those who do it again and again."""

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.books.models.books import Book
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation, Unit


class ReadingClub(models.Model):
    """读书会: colleagues who read together of their own will, across groups.

    Not a unit: who leads it gets no right over its members' works or hours.
    """

    SOURCE_KIND: ClassVar[str] = "books.club"

    class Form(models.TextChoices):
        CLUB = "club", _("读书会")
        SALON = "salon", _("读书沙龙")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    form = models.CharField(_("形式"), max_length=10, choices=Form.choices, default=Form.CLUB)
    name = models.CharField(_("名称"), max_length=40)
    purpose = models.CharField(_("想做什么"), max_length=200, blank=True)
    leader = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="+")
    founded_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=Q(ended_on=None),
                name="a reading club has its name to itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ClubMember(models.Model):
    """读书会成员: somebody who joined a club, until leaving it."""

    club = models.ForeignKey(ReadingClub, on_delete=models.CASCADE, related_name="members")
    teacher = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="+")
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["joined_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["club", "teacher"],
                condition=Q(left_on=None),
                name="a member is in a club once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.club_id}"


class CommonRound(models.Model):
    """共读: one book that a group, a club or a school reads together, and what came of it.

    `practice` is what was tried in lessons and `effect` what it did for pupils, told without
    their names.
    """

    SOURCE_KIND: ClassVar[str] = "books.round"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    club = models.ForeignKey(
        ReadingClub, on_delete=models.PROTECT, null=True, blank=True, related_name="rounds"
    )
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="rounds")
    leader = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(_("想读出什么"), max_length=200, blank=True)
    starts_on = models.DateField(_("从"))
    ends_on = models.DateField(_("到"))
    practice = models.TextField(_("在课上试了什么"), blank=True)
    effect = models.TextField(_("带动了学生什么"), blank=True)
    pupil_activity = models.CharField(_("学生的读书活动"), max_length=200, blank=True)
    edition = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_on", "-id"]
        indexes = [
            models.Index(fields=["organisation", "-starts_on"], name="books_rounds_by_school"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("starts_on")),
                name="a reading round ends after it starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book_id} {self.starts_on}"

    @property
    def last_on(self) -> date:
        """Its last day."""
        return self.ends_on - timedelta(days=1)

    @property
    def among(self) -> str:
        """Who reads together."""
        whom = self.club or self.unit or self.organisation
        return whom.name


class RoundPart(models.Model):
    """共读进度: a part of the book, until when it is read, and who leads through it."""

    SOURCE_KIND: ClassVar[str] = "books.round_part"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    reading_round = models.ForeignKey(CommonRound, on_delete=models.CASCADE, related_name="parts")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    due_on = models.DateField()
    leader_name = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reading_round", "order"], name="a part has its place in a round"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoundReader(models.Model):
    """共读人: somebody who reads along in a round."""

    reading_round = models.ForeignKey(CommonRound, on_delete=models.CASCADE, related_name="readers")
    teacher = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()

    class Meta:
        ordering = ["joined_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reading_round", "teacher"], name="a reader is in a round once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.reading_round_id}"
