"""The record of an open lesson as an official paper."""

from yanxiu.documents.word.paper import OfficialPaper
from yanxiu.lessons.documents.open_lesson_record.data import LessonPaper

NUMERALS = "一二三四五六七八九十"


def document(lesson: LessonPaper) -> bytes:
    """Return the docx file; the same lesson gives the same bytes."""
    paper = OfficialPaper(f"{lesson.organisation}\n{lesson.kind}记录", subtitle=lesson.title)
    paper.table(("项目", "内容"), lesson.facts)
    number = iter(NUMERALS)
    paper.heading(f"{next(number)}、听课教师")
    if lesson.listeners:
        paper.table(("姓名", "听课记录"), lesson.listeners)
    else:
        paper.paragraph("没有登记听课教师。")
    for part in lesson.parts:
        paper.heading(f"{next(number, '')}、{part.heading}")
        for line in part.text.splitlines():
            if line.strip():
                paper.paragraph(line.strip())
        if part.rows:
            paper.table(part.head, part.rows)
    paper.signature(lesson.signed_by, lesson.signed_on)
    return paper.to_bytes()
