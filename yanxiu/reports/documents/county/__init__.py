"""各校统计: the same figures of every school below, one row a school."""

from yanxiu.reports.documents.county.data import Column, CountyTable, SchoolRow
from yanxiu.reports.documents.county.filling import DEFAULT, MOST, fill, offered
from yanxiu.reports.documents.county.writing import to_word, to_workbook

__all__ = [
    "DEFAULT",
    "MOST",
    "Column",
    "CountyTable",
    "SchoolRow",
    "fill",
    "offered",
    "to_word",
    "to_workbook",
]
