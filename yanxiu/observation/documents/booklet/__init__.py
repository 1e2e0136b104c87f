"""听课本: everything one person observed in a span of days, bound together."""

from collections.abc import Iterable

from yanxiu.documents.word.paper import OfficialPaper
from yanxiu.kernel.spans import Span, day_of
from yanxiu.observation.documents.evaluation_form import form_of
from yanxiu.observation.documents.evaluation_form.paper import write
from yanxiu.observation.models import Observation
from yanxiu.observation.queries import reading
from yanxiu.people.models import Teacher
from yanxiu.ui.wording import day_text, days_text

MOST = 120
"""No booklet holds more: nobody observes more lessons in a term, and the page has to answer."""


def booklet_of(teacher: Teacher, span: Span) -> list[Observation]:
    """Return what a teacher observed in `span`, handed in, in the order of the lessons."""
    start, end = span.moments()
    rows = Observation.objects.filter(
        observer=teacher,
        lesson__starts_at__gte=start,
        lesson__starts_at__lt=end,
        handed_in_at__isnull=False,
    ).exclude(state=Observation.State.DRAFT)
    rows = rows.select_related(*reading.JOINED).prefetch_related("texts", "ratings", "advice")
    return list(rows.order_by("lesson__starts_at", "pk")[:MOST])


def document(teacher: Teacher, school: str, span: Span, rows: Iterable[Observation]) -> bytes:
    """Return the docx file; the same records give the same bytes."""
    found = list(rows)
    paper = OfficialPaper(f"{school}\n听课本", subtitle=teacher.name)
    paper.paragraph(f"{days_text(span.start, span.last)}，共 {len(found)} 节。")
    paper.table(
        ("序号", "日期", "授课教师", "课题", "听课类型"),
        [
            (
                str(number),
                day_text(day_of(row.lesson.starts_at)),
                row.lesson.teacher.name,
                row.lesson.name,
                str(row.get_kind_display()),
            )
            for number, row in enumerate(found, 1)
        ],
    )
    for number, row in enumerate(found, 1):
        paper.page_break()
        paper.heading(f"第{number}节　{row.lesson.name}")
        write(paper, form_of(row))
    return paper.to_bytes()
