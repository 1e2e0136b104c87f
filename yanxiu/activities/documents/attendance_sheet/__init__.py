"""签到表: the attendance of one session as a workbook, to keep or to sign on paper."""

from yanxiu.activities.documents.attendance_sheet.data import AttendanceSheet, Name, sheet_of
from yanxiu.activities.documents.attendance_sheet.paper import workbook

__all__ = ["AttendanceSheet", "Name", "sheet_of", "workbook"]
