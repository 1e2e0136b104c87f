"""The evaluation form as a paper."""

from yanxiu.documents.word.paper import OfficialPaper
from yanxiu.observation.documents.evaluation_form.data import EvaluationForm

NUMERALS = "一二三四五六七八九"


def document(form: EvaluationForm) -> bytes:
    """Return the docx file; the same form gives the same bytes."""
    paper = OfficialPaper(f"{form.organisation}\n听课评课表", subtitle=form.title)
    write(paper, form)
    paper.signature(form.signed_by, form.signed_on)
    return paper.to_bytes()


def write(paper: OfficialPaper, form: EvaluationForm) -> None:
    """Write the form on `paper`, so that a booklet can hold several."""
    paper.table(("项目", "内容"), form.facts)
    number = iter(NUMERALS)
    if form.course:
        paper.heading(f"{next(number)}、课堂过程")
        paper.table(("时间", "教师活动", "学生活动"), form.course)
    if form.ratings:
        paper.heading(f"{next(number)}、{form.scale}")
        paper.table(("维度", "指标", "等级", "依据"), form.ratings)
        if form.total:
            paper.paragraph(form.total)
    if form.texts:
        paper.heading(f"{next(number)}、看法与建议")
        for label, text in form.texts:
            paper.heading(label, level=2)
            _lines(paper, text)
    if form.test:
        paper.heading(f"{next(number)}、课后小测")
        paper.paragraph(form.test)
    if form.reply:
        paper.heading(f"{next(number)}、授课教师回应")
        _lines(paper, form.reply)


def _lines(paper: OfficialPaper, text: str) -> None:
    for line in text.splitlines():
        if line.strip():
            paper.paragraph(line.strip())
