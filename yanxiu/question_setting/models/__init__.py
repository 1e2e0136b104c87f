"""The rows of question setting."""

from yanxiu.question_setting.models.deeds import Nomination, QuestionDeed, QuestionSetting
from yanxiu.question_setting.models.papers import (
    PaperReading,
    PaperTask,
    PaperVersion,
    SpecificationRow,
)

__all__ = [
    "Nomination",
    "PaperReading",
    "PaperTask",
    "PaperVersion",
    "QuestionDeed",
    "QuestionSetting",
    "SpecificationRow",
]
