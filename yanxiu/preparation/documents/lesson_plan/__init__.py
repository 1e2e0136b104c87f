"""教案 as a Word document."""

from yanxiu.preparation.documents.lesson_plan.data import PlanPaper, paper_of
from yanxiu.preparation.documents.lesson_plan.paper import document

__all__ = ["PlanPaper", "document", "paper_of"]
