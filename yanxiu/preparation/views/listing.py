"""The list of plans."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from yanxiu.lessons.models import Lesson
from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.preparation.models import LessonPlan
from yanxiu.preparation.permissions import may_own_plan, may_review_plan, may_see_plan
from yanxiu.preparation.queries import plans as reading
from yanxiu.texts.keys import key
from yanxiu.ui.pages import show

PER_PAGE = 50
WHOSE = ("all", "mine", "shared", "examples", "check")


@login_required
@require_safe
def plans(request: TeacherRequest) -> HttpResponse:
    """List the plans that this reader may see: all, the own, the groups', or those to check."""
    teacher, rows = request.teacher, reading.listed()
    whose = request.GET.get("whose", "all")
    if whose == "mine":
        rows = allowed(may_own_plan, teacher, rows)
    elif whose == "check":
        rows = reading.waiting_for_check(allowed(may_review_plan, teacher, rows))
    else:
        rows = allowed(may_see_plan, teacher, rows)
    if whose == "shared":
        rows = rows.filter(kind=LessonPlan.Kind.SHARED)
    elif whose == "examples":
        rows = rows.filter(is_example=True)
    lesson = _lesson_wanted(request) if whose == "mine" else None
    text = request.GET.get("q", "").strip()[:40]
    state = request.GET.get("state", "")
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(author__name_key__contains=key(text)))
    if state in LessonPlan.State.values:
        rows = rows.filter(state=state)
    page = Paginator(rows.order_by("-edited_at", "-id"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lesson": lesson,
        "whose": whose if whose in WHOSE else "all",
        "text": text,
        "state": state,
        "states": LessonPlan.State.choices,
        "checks": teacher.leads or teacher.holds("manage_lessons"),
    }
    return show(request, "preparation/plans.html", context)


def _lesson_wanted(request: TeacherRequest) -> Lesson | None:
    """Return the reader's own lesson for which a plan is looked for (`?lesson=`), None for none."""
    try:
        wanted = UUID(request.GET.get("lesson", ""))
    except ValueError:
        return None
    return reading.lessons_of(request.teacher).filter(uid=wanted).first()
