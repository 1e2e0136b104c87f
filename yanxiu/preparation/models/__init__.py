"""Lesson plans, what is said about them, the teaching schedule and requirements by grade."""

from yanxiu.preparation.models.check import PlanReview
from yanxiu.preparation.models.form import PlanForm
from yanxiu.preparation.models.notes import PostLessonNote
from yanxiu.preparation.models.plan import LessonPlan, PlanUse, PlanVersion
from yanxiu.preparation.models.requirements import GradeRequirement, RequirementVersion
from yanxiu.preparation.models.schedule import TeachingTopic
from yanxiu.preparation.models.talk import PlanComment, PlanQuestion

__all__ = [
    "GradeRequirement",
    "LessonPlan",
    "PlanComment",
    "PlanForm",
    "PlanQuestion",
    "PlanReview",
    "PlanUse",
    "PlanVersion",
    "PostLessonNote",
    "RequirementVersion",
    "TeachingTopic",
]
