"""Rows of reports."""

from yanxiu.reports.models.drafting import DraftingCall, DraftingSetting
from yanxiu.reports.models.letter import Letter
from yanxiu.reports.models.summary import Summary
from yanxiu.reports.models.summary_parts import (
    EmptyPhrase,
    ProseVersion,
    SummaryDemand,
    SummaryReader,
)
from yanxiu.reports.models.templates import DocumentTemplate, TemplateVersion

__all__ = [
    "DocumentTemplate",
    "DraftingCall",
    "DraftingSetting",
    "EmptyPhrase",
    "Letter",
    "ProseVersion",
    "Summary",
    "SummaryDemand",
    "SummaryReader",
    "TemplateVersion",
]
