"""个人研修记录表: one teacher's records with what each earned, as a workbook."""

from yanxiu.portfolio.documents.record_sheet.data import Column, RecordSheet, Row, sheet_of
from yanxiu.portfolio.documents.record_sheet.paper import workbook

__all__ = ["Column", "RecordSheet", "Row", "sheet_of", "workbook"]
