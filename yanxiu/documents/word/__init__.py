"""Word documents on the page of GB/T 9704-2012, as schools write plans, summaries and notices.

    paper = OfficialPaper("2026年秋季学期校本研修总结")
    paper.heading("一、基本情况", level=1)
    paper.paragraph("本学期共开展活动 ", Gap("活动次数"), "。")
    data = paper.to_bytes()

Fonts are named, none is embedded. The same content gives the same bytes.
"""

from yanxiu.documents.word.page import BODY_FONT, HEADING_FONTS, TABLE_FONT, TITLE_FONT
from yanxiu.documents.word.paper import Gap, Numbering, OfficialPaper, Piece, numbered
from yanxiu.documents.word.writer import Writer

__all__ = [
    "BODY_FONT",
    "HEADING_FONTS",
    "TABLE_FONT",
    "TITLE_FONT",
    "Gap",
    "Numbering",
    "OfficialPaper",
    "Piece",
    "Writer",
    "numbered",
]
