"""A lesson plan as an official paper, such that reading it in again gives the same sections."""

from yanxiu.documents.word.paper import OfficialPaper
from yanxiu.preparation.documents.lesson_plan.data import PlanPaper
from yanxiu.preparation.documents.numerals import numeral
from yanxiu.texts.differences import paragraphs_of


def document(plan: PlanPaper) -> bytes:
    """Return the docx file; the same plan gives the same bytes."""
    paper = OfficialPaper(plan.title, subtitle=f"{plan.organisation}　{plan.kind}")
    paper.table(("项目", "内容"), plan.facts)
    for number, (name, lines) in enumerate(plan.sections, start=1):
        paper.heading(f"{numeral(number)}、{name}")
        for line in lines:
            paper.paragraph(line)
    if plan.notes:
        paper.heading(f"{numeral(len(plan.sections) + 1)}、教后记")
        for day, text in plan.notes:
            first, *rest = paragraphs_of(text)
            paper.paragraph(f"{day}　{first}")
            for line in rest:
                paper.paragraph(line)
    return paper.to_bytes()
