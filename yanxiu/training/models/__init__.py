"""The rows of outside training, series, self-study and skill checks."""

from yanxiu.training.models.outside import OutsideCourse, OutsideTraining, TrainingSetting
from yanxiu.training.models.self_study import SelfStudy
from yanxiu.training.models.series import MakeUp, SeriesPart, TrainingSeries
from yanxiu.training.models.skills import SkillCheck, SkillResult

__all__ = [
    "MakeUp",
    "OutsideCourse",
    "OutsideTraining",
    "SelfStudy",
    "SeriesPart",
    "SkillCheck",
    "SkillResult",
    "TrainingSeries",
    "TrainingSetting",
]
