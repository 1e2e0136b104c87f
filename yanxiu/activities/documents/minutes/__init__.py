"""活动记录: the minutes of one session as an official paper, with the attendance block."""

from yanxiu.activities.documents.minutes.data import MinutesPaper, paper_of
from yanxiu.activities.documents.minutes.paper import document

__all__ = ["MinutesPaper", "document", "paper_of"]
