"""Lessons that others watch, their kinds and series, and the timetable."""

from yanxiu.lessons.models.kinds import LessonKind, LessonSetting
from yanxiu.lessons.models.lesson import Invitation, Lesson, LessonSeries, Listener
from yanxiu.lessons.models.timetable import Slot, Timetable, TimetableName

__all__ = [
    "Invitation",
    "Lesson",
    "LessonKind",
    "LessonSeries",
    "LessonSetting",
    "Listener",
    "Slot",
    "Timetable",
    "TimetableName",
]
