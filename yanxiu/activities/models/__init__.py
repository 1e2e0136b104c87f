"""The rows of activities, their sessions, who came, and what was said."""

from yanxiu.activities.models.activity import INTERACTIONS, Activity, ActivityKind, Part, Session
from yanxiu.activities.models.agreed import AgendaPoint, Resolution
from yanxiu.activities.models.attendance import Amendment, Attendance
from yanxiu.activities.models.changes import SchedulingBatch, SessionMove
from yanxiu.activities.models.experts import Expert, ExpertKind, ExpertVisit
from yanxiu.activities.models.minutes import Minutes
from yanxiu.activities.models.offline import OfflineTap
from yanxiu.activities.models.partners import HomeRecognition, Partner
from yanxiu.activities.models.signing import (
    EarlyScan,
    RollBatch,
    SignInDesk,
    SignInRule,
    SpotCheck,
)
from yanxiu.activities.models.tags import Classification, Tag, Tagging
from yanxiu.activities.models.themes import Problem, Theme
from yanxiu.activities.models.voices import (
    ActivitySetting,
    FeedbackAnswer,
    FeedbackGiven,
    ParticipantNote,
    Remark,
)

__all__ = [
    "INTERACTIONS",
    "Activity",
    "ActivityKind",
    "ActivitySetting",
    "AgendaPoint",
    "Amendment",
    "Attendance",
    "Classification",
    "EarlyScan",
    "Expert",
    "ExpertKind",
    "ExpertVisit",
    "FeedbackAnswer",
    "FeedbackGiven",
    "HomeRecognition",
    "Minutes",
    "OfflineTap",
    "Part",
    "ParticipantNote",
    "Partner",
    "Problem",
    "Remark",
    "Resolution",
    "RollBatch",
    "SchedulingBatch",
    "Session",
    "SessionMove",
    "SignInDesk",
    "SignInRule",
    "SpotCheck",
    "Tag",
    "Tagging",
    "Theme",
]
