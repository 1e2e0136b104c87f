"""Papers of a lesson."""

from urllib.parse import quote
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from yanxiu.kernel.spans import day_of
from yanxiu.lessons.documents import open_lesson_record
from yanxiu.lessons.views.reader import lesson_of
from yanxiu.people.access import TeacherRequest

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@login_required
@require_safe
def record(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the record of a lesson as a Word document."""
    lesson = lesson_of(request, uid)
    paper = open_lesson_record.paper_of(lesson, request.teacher)
    answer = HttpResponse(open_lesson_record.document(paper), content_type=DOCX)
    name = f"{lesson.kind.name}记录 {day_of(lesson.starts_at)} {lesson.name}.docx"
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return answer
