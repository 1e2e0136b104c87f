"""The record of preparing together as an official paper."""

from yanxiu.documents.word.paper import Gap, OfficialPaper
from yanxiu.preparation.documents.numerals import numeral
from yanxiu.preparation.documents.preparation_record.data import RecordPaper


def document(record: RecordPaper) -> bytes:
    """Return the docx file; the same record gives the same bytes."""
    paper = OfficialPaper(f"{record.organisation}\n集体备课记录", subtitle=record.title)
    paper.table(("项目", "内容"), record.facts)
    number = 0
    for name, text in record.sections:
        number += 1
        paper.heading(f"{numeral(number)}、{name}")
        for line in text.splitlines():
            paper.paragraph(line)
    paper.heading(f"{numeral(number + 1)}、研讨：问题、意见与共识")
    if record.talk:
        paper.table(("教案里的话", "意见", "谁提的", "结果"), record.talk)
    else:
        paper.gap("研讨意见")
    if record.left_out:
        paper.paragraph(f"另有 {record.left_out} 条意见，见系统。")
    if record.questions:
        paper.heading(f"{numeral(number + 2)}、留下的问题")
        paper.table(
            ("问题", "谁来弄清楚", "结果"),
            [(text, owner, answer or Gap("结果")) for text, owner, answer in record.questions],
        )
    if record.own_versions:
        paper.paragraph(f"定稿以后，已有 {record.own_versions} 位老师交了自己的个案。")
    return paper.to_bytes()
