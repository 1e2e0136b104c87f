"""Roster imports, each a batch that can be looked at and undone as a whole."""

import json
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models.organisation import Organisation


class RosterImport(models.Model):
    """花名册导入: one staff list, as read, compared and (once confirmed) applied.

    What each line says stands in its `RosterLine`s; `rows` is filled only in imports made before
    there were any. The file itself is not kept: it holds more than the school has a purpose for.
    """

    SOURCE_KIND: ClassVar[str] = "people.roster_import"

    class State(models.TextChoices):
        READING = "reading", _("没有读完")
        READ = "read", _("待确认")
        APPLIED = "applied", _("已导入")
        UNDONE = "undone", _("已撤销")
        DROPPED = "dropped", _("已放弃")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READ)
    rows = models.JSONField(default=list)
    report = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True, blank=True)
    made_by_name = models.CharField(max_length=40, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.file_name


class _Compact(json.JSONEncoder):
    """Writes Han as they are and no blanks: a third of the bytes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "ensure_ascii": False, "separators": (",", ":")})


class RosterLine(models.Model):
    """花名册行: one line of a roster: where it stood, what was read, what it would change.

    `content` holds the person as read (what is empty left out), problems, differences, the teacher
    it means, and from confirmation on the plan: what was there before and what is written, so that
    a batch that was cut off can go on and a whole import be taken back.
    """

    roster_import = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    change = models.CharField(max_length=10)
    name = models.CharField(max_length=40, blank=True)
    job_number = models.CharField(max_length=30, blank=True)
    codes = models.CharField(max_length=300, blank=True)
    content = models.JSONField(default=dict, encoder=_Compact)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["roster_import", "position"], name="a roster line stands once in its list"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ColumnMeaning(models.Model):
    """栏目对应: what a person of an organisation decided that a column name means.

    `field` is a field of the roster's person, or empty for a column that is not read.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    head_key = models.CharField(max_length=60)
    head = models.CharField(max_length=60)
    field = models.CharField(max_length=30, blank=True)
    set_by_name = models.CharField(max_length=40, blank=True)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "head_key"],
                name="an organisation reads a column name one way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.head}: {self.field}"


class SameNameDecision(models.Model):
    """同名认定: who a line of a roster is that cannot be told apart, as a person decided.

    `mark` is what the line says of the person (school, name, numbers, birth). Without a teacher the
    line means somebody new; once imported, the new teacher stands here, so that the same line
    means the same person ever after.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    mark = models.CharField(max_length=64)
    teacher = models.ForeignKey("people.Teacher", on_delete=models.CASCADE, null=True, blank=True)
    decided_by_name = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "mark"], name="a line of a roster is decided once"
            ),
        ]

    def __str__(self) -> str:
        return self.mark[:12]
