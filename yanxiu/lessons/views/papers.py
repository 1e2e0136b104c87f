"""Papers of a lesson."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from yanxiu.kernel.spans import day_of
from yanxiu.lessons.documents import open_lesson_record
from yanxiu.lessons.views.reader import lesson_of
from yanxiu.people.access import TeacherRequest
from yanxiu.ui.downloads import download


@login_required
@require_safe
def record(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the record of a lesson as a Word document."""
    lesson = lesson_of(request, uid)
    paper = open_lesson_record.paper_of(lesson, request.teacher)
    name = f"{lesson.kind.name}记录 {day_of(lesson.starts_at)} {lesson.name}.docx"
    return download(open_lesson_record.document(paper), name)
