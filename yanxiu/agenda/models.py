"""What is to happen, and who owes what."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation, Unit

ANNOUNCED = Q(only_invited=False)
"""Occasions of which a school or unit is told: not those for invited persons alone."""


def for_whole(organisations: Any) -> Q:
    """Occasions for everybody at the `organisations`, be they rows, primary keys or a query."""
    return ANNOUNCED & Q(unit=None, organisation__in=organisations)


class OccasionRows(models.QuerySet["Occasion"]):
    """Occasions, as they are asked for in many places."""

    def announced(self) -> Self:
        """Return those of which a school or unit is told."""
        return self.filter(ANNOUNCED)


class Occasion(models.Model):
    """日程: something that is to happen, for everybody, a unit or chosen persons.

    Where `only_invited` it is for its attendees alone and nobody's to close: a lesson that some
    watch. Such a one is in no calendar of a school or unit and in no list of open sessions.
    `sequence` counts how often its time, place or title changed or it was called off, and
    `changed_at` says when last; `moved_from` is when it would have begun before the last move.
    """

    SOURCE_KIND: ClassVar[str] = "agenda.occasion"

    class State(models.TextChoices):
        PLANNED = "planned", _("未开始")
        HELD = "held", _("已举行")
        CANCELLED = "cancelled", _("已取消")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    title = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=60, blank=True)
    only_invited = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    source_kind = models.CharField(max_length=40)
    source_id = models.UUIDField()
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True, blank=True)
    moved_from = models.DateTimeField(null=True, blank=True)

    objects = OccasionRows.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_id"], name="a source has one occasion"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "starts_at"], name="agenda_by_day"),
            models.Index(fields=["unit", "starts_at"], name="agenda_by_unit_and_day"),
            models.Index(
                fields=["changed_at"],
                condition=Q(changed_at__isnull=False),
                name="agenda_changed",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def audience(self, at_home: set[int], invited: set[int]) -> set[int]:
        """Return whom it is for, of those `at_home` in its unit or school and those `invited`."""
        return invited if self.only_invited else at_home | invited


class Attendee(models.Model):
    """与会人: a person invited to an occasion beside (or instead of) its unit."""

    occasion = models.ForeignKey(Occasion, on_delete=models.CASCADE, related_name="attendees")
    teacher = models.ForeignKey("people.Teacher", on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "teacher"], name="a person is invited once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.occasion_id}"


class Task(models.Model):
    """待办: something one person owes, until it is done or dropped."""

    SOURCE_KIND: ClassVar[str] = "agenda.task"

    class State(models.TextChoices):
        OPEN = "open", _("待办")
        DONE = "done", _("已办")
        DROPPED = "dropped", _("已取消")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    teacher = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="tasks")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    source_kind = models.CharField(max_length=40)
    source_id = models.UUIDField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["teacher", "kind", "source_kind", "source_id"],
                name="a person owes a thing once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["teacher", "due_on"], condition=Q(state="open"), name="agenda_open_tasks"
            ),
            models.Index(fields=["source_kind", "source_id"], name="agenda_task_by_source"),
        ]

    def __str__(self) -> str:
        return self.title


class CalendarLink(models.Model):
    """日历订阅: a secret address under which a phone or computer reads one person's calendar.

    Only a digest of the secret is stored, so the address can be shown once. What it gives is what
    its owner may see at the moment of reading: with the owner's post or membership it ends.
    """

    SOURCE_KIND: ClassVar[str] = "agenda.calendar_link"

    class Scope(models.TextChoices):
        PERSON = "person", _("我的日程与待办")
        UNIT = "unit", _("本组")
        SCHOOL = "school", _("学校")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.CASCADE, related_name="calendar_links"
    )
    scope = models.CharField(max_length=10, choices=Scope.choices)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField()
    read_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.scope}"
