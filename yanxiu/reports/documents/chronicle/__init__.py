"""教研组活动纪实: the sessions of one unit over a term, with minutes, attendance and decisions."""

from yanxiu.reports.documents.chronicle.data import Chronicle, chronicle_of
from yanxiu.reports.documents.chronicle.paper import document

__all__ = ["Chronicle", "chronicle_of", "document"]
