"""The story of a round as a Word file."""

from yanxiu.books.documents.round_story.data import RoundStory
from yanxiu.documents.word.paper import OfficialPaper


def paper_of(story: RoundStory) -> bytes:
    """Return the story as a docx file; the same story gives the same bytes."""
    paper = OfficialPaper(story.title, subtitle=story.among)
    for name, text in story.facts:
        paper.paragraph(f"{name}：{text}")
    if story.parts:
        paper.heading("进度", level=2)
        paper.table(["日期", "读到", "领读"], [list(row) for row in story.parts])
    if story.meetings:
        paper.heading("交流", level=2)
        paper.table(["时间", "主题", "到场"], [list(row) for row in story.meetings])
    for name, text in story.texts:
        paper.heading(name, level=2)
        _lines(paper, text)
    if story.shares:
        paper.heading("大家说", level=2)
        for who, text in story.shares:
            paper.heading(who, level=3)
            _lines(paper, text)
    if story.notes:
        paper.heading("写下的笔记与心得", level=2)
        paper.table(["题目", "作者"], [list(row) for row in story.notes])
    return paper.to_bytes()


def _lines(paper: OfficialPaper, text: str) -> None:
    for line in text.splitlines():
        if line.strip():
            paper.paragraph(line.strip())
