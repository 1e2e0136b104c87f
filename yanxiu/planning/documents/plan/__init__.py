"""计划: a plan of a school, a group, a person or several years as an official paper."""

from yanxiu.planning.documents.plan.data import PlanPaper
from yanxiu.planning.documents.plan.filling import paper_of
from yanxiu.planning.documents.plan.writing import broken, document, file_name, write

__all__ = ["PlanPaper", "broken", "document", "file_name", "paper_of", "write"]
