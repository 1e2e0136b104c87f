"""Timetables as the school has them, and the weekly lessons read from them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation
from yanxiu.terms.models import Term


class Timetable(models.Model):
    """课表: one reading of a school's timetable for a term; one at a time is in force.

    Until it is taken it is a dry run: `found` holds what was read and where, and nothing changes.
    Taken, it replaces the one in force, to which undoing goes back.
    """

    SOURCE_KIND: ClassVar[str] = "lessons.timetable"

    class State(models.TextChoices):
        READ = "read", _("待确认")
        IN_FORCE = "in_force", _("在用")
        REPLACED = "replaced", _("已被替换")
        UNDONE = "undone", _("已撤销")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    term = models.ForeignKey(Term, on_delete=models.PROTECT)
    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READ)
    found = models.JSONField(default=dict)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)
    read_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    by_uid = models.UUIDField(null=True)
    by_name = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-read_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "term"],
                condition=Q(state="in_force"),
                name="one timetable is in force in a term",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class Slot(models.Model):
    """课表的一格: what one teacher teaches to which class in one period of the week."""

    class Weeks(models.TextChoices):
        EVERY = "every", _("每周")
        ODD = "odd", _("单周")
        EVEN = "even", _("双周")

    timetable = models.ForeignKey(Timetable, on_delete=models.CASCADE, related_name="slots")
    teacher = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="slots")
    weekday = models.PositiveSmallIntegerField()
    period_no = models.PositiveSmallIntegerField()
    weeks = models.CharField(max_length=5, choices=Weeks.choices, default=Weeks.EVERY)
    subject = models.CharField(max_length=40, blank=True)
    class_name = models.CharField(max_length=40, blank=True)
    room = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["weekday", "period_no", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["timetable", "teacher", "weekday", "period_no", "weeks", "class_name"],
                name="a teacher has a class once in a period",
            ),
        ]
        indexes = [
            models.Index(fields=["timetable", "weekday", "period_no"], name="lessons_slot_by_cell"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday}-{self.period_no} {self.subject}{self.class_name}"


class TimetableName(models.Model):
    """课表上的名字: whom a name on this school's timetables means, once somebody has said so."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    name = models.CharField(max_length=40)
    teacher = models.ForeignKey("people.Teacher", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="a name on a timetable means one person"
            ),
        ]

    def __str__(self) -> str:
        return self.name
