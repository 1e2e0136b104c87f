"""教师学时名单: how far each teacher of a school or a county is."""

from yanxiu.portfolio.documents.standing_sheet.paper import workbook

__all__ = ["workbook"]
