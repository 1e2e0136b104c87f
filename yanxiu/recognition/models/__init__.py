"""Declarations, objections and public notices."""

from yanxiu.recognition.models.declarations import Declaration
from yanxiu.recognition.models.objections import Objection
from yanxiu.recognition.models.publications import Publication

__all__ = ["Declaration", "Objection", "Publication"]
