"""Plans as Word documents."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.preparation.documents import lesson_plan, preparation_record
from yanxiu.preparation.permissions import may_see_note
from yanxiu.preparation.queries import plans
from yanxiu.preparation.views.reader import plan_of
from yanxiu.ui.downloads import download


@login_required
@require_safe
def plan_word(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give a plan as this reader sees it, with the notes that this reader may see."""
    plan = plan_of(request, uid)
    last = plan.versions.order_by("-number").first()
    shown = plans.shown_content(plan, writes=plan.may_write, last=last)
    notes = allowed(may_see_note, request.teacher, plan.notes.order_by("taught_on", "id"))
    paper = lesson_plan.paper_of(plan, shown, notes)
    return download(lesson_plan.document(paper), f"{paper.kind} {plan.title}.docx")


@login_required
@require_safe
def record_word(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the record of preparing together."""
    plan = plan_of(request, uid)
    if not plan.is_shared:
        raise Http404
    last = plan.versions.order_by("-number").first()
    shown = plans.shown_content(plan, writes=plan.may_write, last=last)
    paper = preparation_record.paper_of(plan, shown)
    return download(preparation_record.document(paper), f"集体备课记录 {plan.title}.docx")
