"""听课评课表: one observation as the paper form has it."""

from yanxiu.observation.documents.evaluation_form.data import EvaluationForm, form_of
from yanxiu.observation.documents.evaluation_form.paper import document

__all__ = ["EvaluationForm", "document", "form_of"]
