"""Papers of a session to keep or to sign."""

from urllib.parse import quote
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from yanxiu.activities.documents import attendance_sheet
from yanxiu.activities.models import Session
from yanxiu.activities.permissions import may_see_roll
from yanxiu.activities.views.shown import JOINED
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import TeacherRequest, get_allowed

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def sheet(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the attendance sheet as a workbook."""
    rows = Session.objects.select_related(*JOINED)
    found = get_allowed(may_see_roll, request.teacher, rows, uid)
    answer = HttpResponse(
        attendance_sheet.workbook(attendance_sheet.sheet_of(found)), content_type=XLSX
    )
    name = quote(f"签到表 {day_of(found.starts_at)} {found.title}.xlsx", safe="")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer
