"""Where observing begins: one's own records, what others saw in one's lessons, what is to try."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import OuterRef, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.kernel.spans import day_of, moment_at
from yanxiu.lessons.models import Lesson
from yanxiu.lessons.permissions import may_see_lesson
from yanxiu.observation import actions
from yanxiu.observation.actions.starting import LESSON_KIND
from yanxiu.observation.forms import OnTheSpotForm
from yanxiu.observation.models import Observation, Remark
from yanxiu.observation.permissions import may_observe_lesson, may_see_remark
from yanxiu.observation.queries import lists
from yanxiu.observation.views.reader import checks_any, colleagues, manages_any, own_school
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Teacher
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show
from yanxiu.ui.wording import local

PER_PAGE = 50
FEW = 8
SOON = timedelta(minutes=30)
"""So long before a lesson its sheet can be opened from the first page; the clock starts there."""
read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def home(request: TeacherRequest) -> HttpResponse:
    """Show what is open for this reader, and the way to every list."""
    teacher = request.teacher
    mine = list(lists.own(teacher)[:FEW])
    context = {
        "drafts": [row for row in mine if row.is_open],
        "mine": [row for row in mine if not row.is_open],
        "about": list(lists.about(teacher)[:FEW]),
        "advice": list(lists.advice_on(teacher)[:FEW]),
        "near": _near(teacher),
        "checks": checks_any(teacher),
        "manages": manages_any(teacher),
        "sees": teacher.holds("see_lessons") or bool(teacher.leads),
    }
    if context["checks"]:
        context["waiting"] = (
            lists.to_check(teacher).filter(state=Observation.State.HANDED_IN).count()
        )
    return show(request, "observation/home.html", context)


def _near(teacher: Teacher) -> list[Lesson]:
    """The lessons of today and the next days that this reader has not begun to observe."""
    mine = Observation.objects.filter(lesson=OuterRef("pk"), observer=teacher).values("uid")[:1]
    now = timezone.now()
    rows = lists.lessons_near(teacher, now).annotate(mine=Subquery(mine))
    found: list[Any] = list(rows.filter(mine=None)[:FEW])
    for row in found:
        row.soon = row.starts_at < now + SOON
    return found


@login_required
@require_safe
def records(request: TeacherRequest) -> HttpResponse:
    """List one's own records, or those about one's own lessons (`?whose=about`)."""
    about = request.GET.get("whose") == "about"
    rows = lists.about(request.teacher) if about else lists.own(request.teacher)
    if request.GET.get("state") in Observation.State.values:
        rows = rows.filter(state=request.GET["state"])
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "about": about,
    }
    return show(request, "observation/records.html", context)


@login_required
@require_safe
def highlights(request: TeacherRequest) -> HttpResponse:
    """List what was found worth passing on in the talks about lessons."""
    rows = Remark.objects.filter(is_highlight=True).select_related("teacher", "lesson__teacher")
    rows = allowed(may_see_remark, request.teacher, rows).order_by("-said_at", "-pk")
    wanted = request.GET.get("q", "").strip()
    if wanted:
        rows = rows.filter(Q(text__contains=wanted) | Q(lesson__title__contains=wanted))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return show(request, "observation/highlights.html", {"page": page, "wanted": wanted})


@login_required
@require_POST
def start(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Begin to observe a lesson and go on to the sheet."""
    rows = Lesson.objects.select_related("teacher", "kind", "organisation")
    lesson = get_allowed(may_observe_lesson, request.teacher, rows, uid)
    purpose = request.POST.get("purpose", "")
    given: dict[str, Any] = {"purpose": purpose} if purpose in Observation.Purpose.values else {}
    begun = actions.start(lesson, by=request.teacher, at=timezone.now(), **given)
    if not begun.is_open:
        return redirect("observation:observation", uid=begun.uid)
    return redirect("observation:offline", uid=begun.uid)


@login_required
@read_or_post
def new(request: TeacherRequest) -> HttpResponse:
    """Pick a lesson that was arranged, or say whose lesson one has just walked into."""
    school, now = own_school(request), timezone.now()
    form = OnTheSpotForm(
        request.POST or None,
        teachers=colleagues(school, request.teacher),
        initial={"day": day_of(now), "starts": local(now).strftime("%H:%M")},
    )

    def deed(data: Any) -> str:
        starts_at = moment_at(data["day"], data["starts"])
        facts = {name: data[name] for name in ("subject", "class_name", "title")}
        begun = actions.start_on_the_spot(
            school,
            teacher=Teacher.objects.get(uid=data["teacher"]),
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=data["minutes"]),
            kind=data["kind"],
            lesson_kind=LESSON_KIND.get(data["kind"], "routine_lesson"),
            by=request.teacher,
            at=timezone.now(),
            **facts,
        )
        return reverse("observation:offline", args=[begun.uid])

    context = {"near": _near(request.teacher)}
    done = _("可以开始记了，断网也能记。")
    return ask(request, form, deed, done=done, page="observation/new.html", context=context)


def seen_lesson(teacher: Teacher, uid: UUID) -> Lesson:
    """Return the lesson `uid` with what its pages show, if this reader may see it."""
    rows = Lesson.objects.select_related("teacher", "kind", "organisation", "unit")
    return get_allowed(may_see_lesson, teacher, rows, uid)


def may_hear(teacher: Teacher, lesson: Lesson) -> bool:
    """Tell whether `teacher` may observe `lesson`."""
    return allowed(may_observe_lesson, teacher, Lesson.objects.filter(pk=lesson.pk)).exists()
