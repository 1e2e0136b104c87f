"""The teaching schedule of groups, and how much of it is prepared."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Unit
from yanxiu.preparation import actions
from yanxiu.preparation.forms import ScheduleForm
from yanxiu.preparation.models import LessonPlan, TeachingTopic
from yanxiu.preparation.permissions import may_schedule_unit, may_see_plan, may_see_topic
from yanxiu.preparation.queries import coverage as reckoned
from yanxiu.preparation.views.reader import own_school, term_among
from yanxiu.terms.models import Term
from yanxiu.terms.queries import terms_of
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 100


@login_required
@require_safe
def coverage(request: TeacherRequest) -> HttpResponse:
    """Show by group how many topics of the term are prepared together, alone, or not yet."""
    school, teacher = own_school(request), request.teacher
    terms = terms_of(school)
    term = term_among(request, terms)
    units = list(
        Unit.objects.filter(organisation=school, ends_on=None, kind__governs="").order_by(
            "kind__order", "id"
        )
    )
    found = reckoned.coverage(units, term) if term else []
    scheduled = {one.unit.pk for one in found}
    context = {
        "rows": found,
        "term": term,
        "terms": terms,
        "without": [
            unit
            for unit in units
            if unit.pk not in scheduled
            and (unit.pk in teacher.leads or teacher.holds("manage_lessons"))
        ],
    }
    return show(request, "preparation/coverage.html", context)


@login_required
@require_safe
def schedule(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show the schedule of one group, each topic with how it is prepared."""
    teacher = request.teacher
    unit = get_object_or_404(Unit.objects.select_related("organisation"), uid=uid)
    rows = allowed(may_see_topic, teacher, TeachingTopic.objects.filter(unit=unit))
    if not rows.exists():
        unit = get_allowed(
            may_schedule_unit, teacher, Unit.objects.select_related("organisation"), uid
        )
    terms = terms_of(unit.organisation)
    term = term_among(request, terms)
    page = Paginator(reckoned.with_preparation(rows.filter(term=term)), PER_PAGE).get_page(
        request.GET.get("page")
    )
    topics = list(page)
    context = {
        "unit": unit,
        "term": term,
        "terms": terms,
        "page": page,
        "topics": [
            (topic, reckoned.state_of(topic), plans)
            for topic, plans in _with_plans(topics, request)
        ],
        "sets": unit.pk in teacher.leads
        or any(
            unit.organisation.path.startswith(path)
            for path in teacher.reach_paths("manage_lessons")
        ),
        "belongs": unit.pk in teacher.units,
    }
    return show(request, "preparation/schedule.html", context)


def _with_plans(
    topics: list[TeachingTopic], request: TeacherRequest
) -> "Iterable[tuple[TeachingTopic, list[LessonPlan]]]":
    """Return each topic with its shared plans that the reader may see; one statement."""
    seen = allowed(may_see_plan, request.teacher, LessonPlan.objects.defer("content"))
    by_topic: dict[int, list[LessonPlan]] = {}
    for plan in seen.filter(topic__in=[one.pk for one in topics], kind=LessonPlan.Kind.SHARED):
        if plan.topic_id:
            by_topic.setdefault(plan.topic_id, []).append(plan)
    return [(topic, by_topic.get(topic.pk, [])) for topic in topics]


@login_required
@read_or_post
def edit(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Set the schedule of one grade of a group, pasted or typed a line a topic."""
    unit = get_allowed(
        may_schedule_unit, request.teacher, Unit.objects.select_related("organisation"), uid
    )
    terms = terms_of(unit.organisation)
    term = term_among(request, terms)
    grade = request.GET.get("grade", "")[:20]
    form = ScheduleForm(
        request.POST or None,
        initial={
            "term": term.pk if term else None,
            "grade": grade,
            "text": _as_typed(unit, term, grade) if term else "",
        },
    )
    form.offer(Term.objects.filter(pk__in=[one.pk for one in terms]))

    def deed(data: Any) -> str:
        actions.set_topics(
            unit,
            data["term"],
            grade=data["grade"],
            topics=actions.read_topics(data["text"]),
            by=request.teacher,
            at=timezone.now(),
        )
        return f"{reverse('preparation:schedule', args=[unit.uid])}?term={data['term'].pk}"

    return ask(
        request, form, deed, done=_("教学进度已保存；备过的课还连着。"),
        page="preparation/schedule_edit.html", context={"unit": unit},
    )  # fmt: skip


def _as_typed(unit: Unit, term: Term, grade: str) -> str:
    """Write the standing schedule as a person would type it."""
    lines, above = [], ""
    for one in TeachingTopic.objects.filter(unit=unit, term=term, grade=grade):
        if one.textbook_unit != above and one.textbook_unit:
            lines.append(one.textbook_unit)
        above = one.textbook_unit
        week = f"第{one.week}周 " if one.week else ""
        lines.append(f"{week}{one.title} {one.periods}课时")
    return "\n".join(lines)
