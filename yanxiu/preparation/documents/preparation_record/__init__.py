"""集体备课记录 as a Word document."""

from yanxiu.preparation.documents.preparation_record.data import RecordPaper, paper_of
from yanxiu.preparation.documents.preparation_record.paper import document

__all__ = ["RecordPaper", "document", "paper_of"]
