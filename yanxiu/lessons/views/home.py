"""Where everything about lessons begins, and the list of lessons."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yanxiu.kernel.spans import day_of
from yanxiu.lessons.models import Lesson, LessonKind
from yanxiu.lessons.permissions import may_see_kind
from yanxiu.lessons.queries import listing
from yanxiu.lessons.queries.levels import level_choices
from yanxiu.lessons.queries.listing import Wanted, listed
from yanxiu.lessons.queries.timetable import lessons_of_day
from yanxiu.lessons.views.reader import own_school, school_of, term_wanted, terms_for, uid_of
from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.models import Unit
from yanxiu.people.models.teacher import today
from yanxiu.ui.pages import show

PER_PAGE = 50
NARROWING = ("q", "kind", "level", "state", "unit", "term", "subject")


@login_required
@require_safe
def home(request: TeacherRequest) -> HttpResponse:
    """Show today's lessons, those to come, what is open to hear and what waits."""
    teacher, now, school = request.teacher, timezone.now(), own_school(request)
    arranged = listing.home(teacher, now)
    named = {one.period_no for one in arranged.today if one.teacher_id == teacher.pk}
    context = {
        "home": arranged,
        "taught": [
            slot
            for slot in lessons_of_day(teacher, school, day_of(now))
            if slot.period_no not in named
        ],
        "today": day_of(now),
        "now": now,
        "manages": teacher.holds("manage_lessons"),
        "plans_visits": teacher.holds("manage_lessons") or bool(teacher.leads),
        "school": school,
    }
    return show(request, "lessons/home.html", context)


@login_required
@require_safe
def lessons(request: TeacherRequest) -> HttpResponse:
    """List the lessons that this reader may see, narrowed by what the address asks."""
    teacher, asked = request.teacher, request.GET
    school = school_of(request, "see_lessons")
    terms = terms_for(school)
    term = term_wanted(request, terms) if asked.get("term") != "all" else None
    kinds = allowed(may_see_kind, teacher, LessonKind.objects.all())
    kind_uid, unit_uid = uid_of(asked.get("kind", "")), uid_of(asked.get("unit", ""))
    wanted = Wanted(
        whose=asked.get("whose", ""),
        text=asked.get("q", "").strip()[:40],
        kind=next((kind for kind in kinds if kind.uid == kind_uid), None),
        level=asked.get("level", ""),
        subject=asked.get("subject", "").strip()[:40],
        state=asked.get("state", ""),
        unit=Unit.objects.filter(uid=unit_uid).first() if unit_uid else None,
        organisation=school if "school" in asked else None,
        span=term.span if term else None,
    )
    page = Paginator(listed(teacher, wanted), PER_PAGE).get_page(asked.get("page"))
    context = {
        "page": page,
        "wanted": wanted,
        "terms": terms,
        "term": term,
        "kinds": kinds,
        "levels": level_choices(),
        "states": Lesson.State.choices,
        "today": today(),
        "narrowed": any(
            asked.get(name) for name in ("q", "kind", "level", "state", "unit", "term")
        ),
    }
    return show(request, "lessons/lessons.html", context)
