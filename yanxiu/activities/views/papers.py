"""Papers of a session to keep or to sign."""

from urllib.parse import quote
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from yanxiu.activities.documents import attendance_sheet
from yanxiu.activities.documents import minutes as minutes_paper
from yanxiu.activities.models import Session
from yanxiu.activities.permissions import may_manage_session, may_see_roll
from yanxiu.activities.views.shown import JOINED
from yanxiu.activities.views.told import homes_seen
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import TeacherRequest, allowed, get_allowed

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _homes(request: TeacherRequest, found: Session) -> list[int] | None:
    """Return the schools whose people the reader may see on a paper of `found`."""
    rows = Session.objects.filter(pk=found.pk)
    manages = allowed(may_manage_session, request.teacher, rows).exists()
    return homes_seen(found, request.teacher, manages=manages)


@login_required
@require_safe
def sheet(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the attendance sheet as a workbook."""
    rows = Session.objects.select_related(*JOINED)
    found = get_allowed(may_see_roll, request.teacher, rows, uid)
    answer = HttpResponse(
        attendance_sheet.workbook(attendance_sheet.sheet_of(found, homes=_homes(request, found))),
        content_type=XLSX,
    )
    name = quote(f"签到表 {day_of(found.starts_at)} {found.title}.xlsx", safe="")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


@login_required
@require_safe
def minutes_word(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the minutes of a session as an official paper, with the attendance block."""
    rows = Session.objects.select_related(*JOINED)
    found = get_allowed(may_see_roll, request.teacher, rows, uid)
    answer = HttpResponse(
        minutes_paper.document(minutes_paper.paper_of(found, homes=_homes(request, found))),
        content_type=DOCX,
    )
    name = quote(f"活动记录 {day_of(found.starts_at)} {found.title}.docx", safe="")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer
