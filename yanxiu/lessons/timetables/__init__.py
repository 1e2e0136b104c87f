"""Reading a school's timetable as the school has it; plain Python.

Four shapes are known, and a workbook may hold several: a table for each class (星期 across, 节次
down), a table for each teacher, one large table with a line for each class or teacher and the
lessons of the week side by side, and a plain list. A table 任课安排 (class down, subject across)
fills in who teaches where the class tables say the subject alone.
"""

from yanxiu.lessons.timetables.found import FoundSlot, Reading, Remark
from yanxiu.lessons.timetables.reading import read_timetable

__all__ = ["FoundSlot", "Reading", "Remark", "read_timetable"]
