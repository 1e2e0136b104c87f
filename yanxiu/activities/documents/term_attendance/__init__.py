"""学期考勤表: every teacher against every session of a term, as a workbook."""

from yanxiu.activities.documents.term_attendance.data import TermAttendance, sheet_of
from yanxiu.activities.documents.term_attendance.paper import workbook

__all__ = ["TermAttendance", "sheet_of", "workbook"]
