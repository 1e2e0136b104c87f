"""公开课记录: one lesson as an official paper, with who listened and what was said about it."""

from yanxiu.lessons.documents.open_lesson_record.data import LessonPaper, paper_of
from yanxiu.lessons.documents.open_lesson_record.paper import document

__all__ = ["LessonPaper", "document", "paper_of"]
