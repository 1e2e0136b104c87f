"""The rows of works."""

from yanxiu.works.models.calls import (
    BlindReview,
    CallEntry,
    CallForPapers,
    Criterion,
    PanelMember,
)
from yanxiu.works.models.kinds import SectionSetting, WorkKind, WorkSection
from yanxiu.works.models.outcomes import Level, Outcome, OutcomeAuthor, Prize, Submission
from yanxiu.works.models.works import (
    Reading,
    Work,
    WorkAuthor,
    WorkText,
    WorkVersion,
)

__all__ = [
    "BlindReview",
    "CallEntry",
    "CallForPapers",
    "Criterion",
    "Level",
    "Outcome",
    "OutcomeAuthor",
    "PanelMember",
    "Prize",
    "Reading",
    "SectionSetting",
    "Submission",
    "Work",
    "WorkAuthor",
    "WorkKind",
    "WorkSection",
    "WorkText",
    "WorkVersion",
]
