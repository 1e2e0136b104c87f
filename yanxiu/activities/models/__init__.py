"""The rows of activities, their sessions, who came, and what was said."""

from yanxiu.activities.models.activity import Activity, ActivityKind, Part, Session
from yanxiu.activities.models.attendance import Amendment, Attendance
from yanxiu.activities.models.minutes import Minutes

__all__ = [
    "Activity",
    "ActivityKind",
    "Amendment",
    "Attendance",
    "Minutes",
    "Part",
    "Session",
]
