"""The rows of observation."""

from yanxiu.observation.models.after import (
    Advice,
    AppraisalNotice,
    InstantTest,
    LessonAccount,
    ObservationSetting,
    Remark,
)
from yanxiu.observation.models.observation import (
    SAME_TIME,
    Mark,
    MarkConflict,
    Observation,
    ObservationText,
    Rating,
)
from yanxiu.observation.models.rubrics import Rubric, RubricVersion

__all__ = [
    "SAME_TIME",
    "Advice",
    "AppraisalNotice",
    "InstantTest",
    "LessonAccount",
    "Mark",
    "MarkConflict",
    "Observation",
    "ObservationSetting",
    "ObservationText",
    "Rating",
    "Remark",
    "Rubric",
    "RubricVersion",
]
