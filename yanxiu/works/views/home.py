"""Where writing begins: one's own works, and what there would be to write about."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet, Value
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from yanxiu.people.access import TeacherRequest
from yanxiu.people.models import Teacher
from yanxiu.people.models.teacher import today
from yanxiu.ui.pages import show
from yanxiu.works.models import Work
from yanxiu.works.queries.mine import lessons_to_write_about, works_of
from yanxiu.works.queries.quotas import progress_of
from yanxiu.works.queries.waiting import waiting_for
from yanxiu.works.views.reader import PER_PAGE, lists_works

CHOICES = ("draft", "handed", "done", "away")
State = Work.State


def _counts(teacher: Teacher, rows: "QuerySet[Work]") -> dict[str, int]:
    """Return how many rows the list has, and how many works wait for this reader; one statement."""
    counted = {"rows": rows}
    waiting = waiting_for(teacher)
    if waiting is not None:
        counted["waiting"] = waiting
    parts = [
        found.order_by()
        .annotate(word=Value(word))
        .values("word")
        .annotate(number=Count("pk", distinct=True))
        .values_list("word", "number")
        for word, found in counted.items()
    ]
    return {"rows": 0, "waiting": 0, **dict(parts[0].union(*parts[1:], all=True))}


@login_required
@require_safe
def home(request: TeacherRequest) -> HttpResponse:
    """List one's own works, and what waits for this reader."""
    teacher = request.teacher
    which, school = request.GET.get("state", ""), teacher.organisation
    rows = works_of(teacher)
    rows = rows.exclude(dropped_at=None) if which == "away" else rows.filter(dropped_at=None)
    if which == "draft":
        rows = rows.filter(state__in=Work.WRITTEN)
    elif which == "handed":
        rows = rows.filter(state__in=[State.HANDED_IN, State.READ, State.RATED])
    elif which == "done":
        rows = rows.filter(
            state__in=[State.RECOMMENDED, State.SENT, State.AWARDED, State.PUBLISHED]
        )
    counts = _counts(teacher, rows)
    paginator = Paginator(rows, PER_PAGE)
    paginator.count = counts["rows"]
    context = {
        "page": paginator.get_page(request.GET.get("page")),
        "which": which if which in CHOICES else "",
        "lessons": list(lessons_to_write_about(teacher, today())[:3]),
        "progress": progress_of(teacher, school, today()) if school else [],
        "waiting": counts["waiting"],
        "wide": lists_works(teacher),
        "manages": teacher.holds("manage_works"),
    }
    return show(request, "works/home.html", context)
