"""个人成长档案: one teacher's file as Word, as PDF, and as an archive."""

from yanxiu.portfolio.documents.growth_file.data import GrowthFile, file_of
from yanxiu.portfolio.documents.growth_file.paper import document
from yanxiu.portfolio.documents.growth_file.print import pdf

__all__ = ["GrowthFile", "document", "file_of", "pdf"]
