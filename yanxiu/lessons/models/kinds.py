"""Lesson kinds and what a school sets about its lessons."""

from datetime import time
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation


class LessonKind(models.Model):
    """课的类别: 公开课, 研究课, 推门课 …; `record_kind` is the word the schemes know it by.

    An open kind is shown to the whole school when it is arranged; the others concern those who
    were asked. `tells_before` is what a new lesson of the kind starts with: whether its teacher is
    told before. A kind without `record_kind` writes no record for its teacher.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True)
    code = models.CharField(max_length=40)
    name = models.CharField(_("名称"), max_length=40)
    record_kind = models.CharField(max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    is_open = models.BooleanField(_("对全校开放"), default=True)
    tells_before = models.BooleanField(_("事先告诉上课教师"), default=True)
    rule = models.CharField(_("本校的约定"), max_length=200, blank=True)
    retired_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"], name="a lesson kind is named once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


PERIODS = [
    ["08:20", "09:00"], ["09:10", "09:50"], ["10:20", "11:00"], ["11:10", "11:50"],
    ["14:00", "14:40"], ["14:50", "15:30"], ["15:50", "16:30"],
]  # fmt: skip
"""When the lessons of a day begin and end, as long as a school has not said otherwise."""


def usual_periods() -> list[list[str]]:
    """Return the shipped times of the lessons of a day."""
    return [list(each) for each in PERIODS]


class LessonSetting(models.Model):
    """课的约定: the times of the day's lessons, and when the planner should hold back.

    `protected` are cells of the week as [weekday, period number], in which nobody is to be
    observed. From `visits_often` lessons a term on, the planner says that a teacher is visited
    often.
    """

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE)
    periods = models.JSONField(default=usual_periods)
    protected = models.JSONField(default=list, blank=True)
    visits_often = models.PositiveSmallIntegerField(_("一学期听到几节算多"), default=5)

    def __str__(self) -> str:
        return f"{self.organisation_id}"

    def clock(self, number: int) -> tuple[time, time] | None:
        """Return when the lesson `number` of the day begins and ends; None if there is none."""
        if not 1 <= number <= len(self.periods):
            return None
        begins, ends = self.periods[number - 1]
        return time.fromisoformat(begins), time.fromisoformat(ends)

    def number_at(self, moment: time) -> int | None:
        """Return the number of the lesson that begins at `moment`."""
        starts: list[Any] = [time.fromisoformat(each[0]) for each in self.periods]
        return starts.index(moment) + 1 if moment in starts else None
