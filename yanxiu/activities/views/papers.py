"""Papers of a session to keep or to sign."""

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
from yanxiu.ui.downloads import download


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
    made = attendance_sheet.sheet_of(found, homes=_homes(request, found))
    name = f"签到表 {day_of(found.starts_at)} {found.title}.xlsx"
    return download(attendance_sheet.workbook(made), name)


@login_required
@require_safe
def minutes_word(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the minutes of a session as an official paper, with the attendance block."""
    rows = Session.objects.select_related(*JOINED)
    found = get_allowed(may_see_roll, request.teacher, rows, uid)
    made = minutes_paper.paper_of(found, homes=_homes(request, found))
    name = f"活动记录 {day_of(found.starts_at)} {found.title}.docx"
    return download(minutes_paper.document(made), name)
