"""Where preparing begins: what is open, what is mine, and the way to every list."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.preparation.models import LessonPlan, PlanQuestion
from yanxiu.preparation.permissions import may_comment_plan
from yanxiu.preparation.queries import plans
from yanxiu.preparation.queries.form import form_of
from yanxiu.ui.pages import show

State = LessonPlan.State
FEW = 6


@login_required
@require_safe
def home(request: TeacherRequest) -> HttpResponse:
    """Show what waits for this reader, the plans talked about, and the reader's own."""
    teacher = request.teacher
    talked = allowed(may_comment_plan, teacher, plans.listed()).filter(state=State.DISCUSSED)
    own = plans.own_of(teacher, FEW)
    checks = teacher.leads or teacher.holds("manage_lessons") or teacher.holds("see_lessons")
    waiting = plans.waiting_for(teacher)
    school = teacher.organisation
    adapts = school is not None and "own" in form_of(school).steps
    context = {
        "to_adapt": list(plans.to_adapt(teacher, timezone.now())[:FEW]) if adapts else [],
        "talked": list(plans.with_open_comments(talked).order_by("-edited_at")[:FEW]),
        "mine": own.newest,
        "dropped": own.dropped,
        "to_settle": own.waiting,
        "owed": list(
            PlanQuestion.objects.filter(owner=teacher, answered_at=None)
            .select_related("problem", "plan")
            .order_by("due_on")[:FEW]
        ),
        "waiting": 0 if waiting is None else waiting.count(),
        "checks": checks,
        "manages": teacher.holds("manage_lessons"),
        "has_school": school is not None,
    }
    return show(request, "preparation/home.html", context)
