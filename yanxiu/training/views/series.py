"""Series of trainings: their parts, and how far everybody is."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.documents.sheets import SheetColumn, SheetContent
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Membership, Teacher, Unit
from yanxiu.people.models.teacher import today
from yanxiu.training import actions
from yanxiu.training.forms import PartForm, SeriesForm
from yanxiu.training.models import OutsideCourse, SeriesPart, SkillCheck, TrainingSeries
from yanxiu.training.permissions import may_manage_series, may_see_series
from yanxiu.training.queries.audiences import choices, label, labels
from yanxiu.training.queries.coverage import SeriesProgress, progress, units_of
from yanxiu.training.queries.topics import topic_of
from yanxiu.training.views.coverage import STATES, targets
from yanxiu.training.views.reader import Reader, manager_of, nonempty, period_of
from yanxiu.ui.asking import ask
from yanxiu.ui.downloads import workbook
from yanxiu.ui.pages import show

PER_PAGE = 50
read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def all_series(request: TeacherRequest) -> HttpResponse:
    """List the series of the school and of those above it."""
    rows = allowed(may_see_series, request.teacher, TrainingSeries.objects.all())
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    names = labels(row.audience for row in page.object_list)
    context = {
        "page": page,
        "rows": [(row, names[row.audience]) for row in page.object_list],
        "manages": request.teacher.holds("manage_sessions"),
        "today": today(),
    }
    return show(request, "training/all_series.html", context)


@login_required
@read_or_post
def new(request: TeacherRequest) -> HttpResponse:
    """Set up a series."""
    school = manager_of(request)
    span = period_of(school, "year", today())
    form = SeriesForm(
        request.POST or None,
        audiences=choices(school, today()),
        initial={"starts_on": span.start, "last_on": span.last},
    )

    def deed(data: Any) -> str:
        series = actions.start_series(school, by=request.teacher, at=timezone.now(), **data)
        return reverse("training:series", args=[series.uid])

    context = {"heading": _("建一个培训系列"), "back": reverse("training:all_series")}
    done = _("已建好，请加上它的各项内容。")
    return ask(request, form, deed, done=done, page="training/form.html", context=context)


def _found(request: TeacherRequest, uid: UUID) -> tuple[TrainingSeries, bool, Any]:
    """Return the series, whether the reader manages it, and whose progress is open to it."""
    teacher = request.teacher
    rows = TrainingSeries.objects.select_related("organisation")
    found = get_allowed(may_see_series, teacher, rows, uid)
    path = found.organisation.path
    manages = any(path.startswith(one) for one in teacher.reach_paths("manage_sessions"))
    if any(path.startswith(one) for one in teacher.reach_paths("see_hours")):
        return found, manages, None
    led = Membership.objects.on(today()).filter(unit__in=teacher.leads).values("teacher")
    among = Teacher.objects.filter(Q(pk__in=led) | Q(pk=teacher.pk))
    return found, manages, among


@login_required
@require_safe
def series(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show the parts and how far everybody, or whoever this reader may see, is."""
    found, manages, among = _found(request, uid)
    state = progress(found, today(), among)
    seen = _seen(request.teacher, state) if among is not None else "all"
    units = units_of([one.teacher.pk for one in state.people], today())
    page = Paginator(state.people, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "series": found,
        "manages": manages,
        "audience": label(found.audience),
        "state": state,
        "page": page,
        "rows": [
            (one, "、".join(units.get(one.teacher.pk, ())),
             [(word, STATES[word]) for word in one.states])
            for one in page.object_list
        ],
        "rates": _rates(state, units, _whole_groups(request.teacher, seen)),
        "seen": seen,
        "today": today(),
    }  # fmt: skip
    return show(request, "training/series.html", context)


def _seen(teacher: Teacher, state: SeriesProgress) -> str:
    """Tell whose progress a reader without the right to all of it sees: what is shown says so."""
    return "led" if any(one.teacher.pk != teacher.pk for one in state.people) else "own"


def _whole_groups(teacher: Teacher, seen: str) -> set[str] | None:
    """Return the groups of which the reader sees everybody; None if that is so of all."""
    if seen == "all":
        return None
    if seen == "own":
        return set()
    return set(Unit.objects.filter(pk__in=teacher.leads).values_list("name", flat=True))


def _rates(
    state: SeriesProgress, units: dict[int, list[str]], whole: set[str] | None
) -> list[tuple[str, int, int]]:
    """How many of each group have completed the series; of no group that is seen in part."""
    found: dict[str, list[bool]] = {}
    for one in state.people:
        for name in units.get(one.teacher.pk, ()):
            if whole is None or name in whole:
                found.setdefault(name, []).append(one.is_complete)
    return [(name, sum(done), len(done)) for name, done in sorted(found.items())]


@login_required
@require_safe
def sheet(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the progress as a workbook."""
    found, _manages, among = _found(request, uid)
    state = progress(found, today(), among)
    content = SheetContent(
        name=_("完成情况"),
        title=found.name,
        columns=(
            SheetColumn(_("姓名")),
            *(SheetColumn(part.title) for part in state.parts),
            SheetColumn(_("完成项数"), "integer"),
        ),
        rows=[
            (one.teacher.name, *(STATES[word] for word in one.states), one.done)
            for one in state.people
        ],
        landscape=True,
        freeze_columns=1,
    )
    return workbook(found.name, content)


@login_required
@read_or_post
def part(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Add a part."""
    rows = TrainingSeries.objects.select_related("organisation")
    found = get_allowed(may_manage_series, request.teacher, rows, uid)
    reader = Reader(request.teacher, found.organisation, None)
    path = found.organisation.path
    courses = OutsideCourse.objects.filter(organisation__path__startswith=path)[:40]
    checks = SkillCheck.objects.filter(organisation__path__startswith=path)[:40]
    offered = [
        *targets(reader),
        *nonempty(
            (_("外训课程"), [(f"course:{row.uid}", row.title) for row in courses]),
            (_("技能测查"), [(f"skill:{row.uid}", row.name) for row in checks]),
        ),
    ]
    form = PartForm(request.POST or None, targets=offered)

    def deed(data: Any) -> str:
        topic = topic_of(data["target"])
        actions.add_part(
            found,
            kind=topic.kind if topic else SeriesPart.Kind.SELF_STUDY,
            title=data["title"],
            target=topic.row if topic else None,
            due_on=data["due_on"],
            by=request.teacher,
            at=timezone.now(),
        )
        return reverse("training:series", args=[found.uid])

    context = {"heading": _("加一项内容"), "back": reverse("training:series", args=[found.uid])}
    return ask(request, form, deed, done=_("已加上。"), page="training/form.html", context=context)


@login_required
@require_POST
def remove(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take a part out of its series."""
    rows = TrainingSeries.objects.all()
    found = get_allowed(may_manage_series, request.teacher, rows, uid)
    try:
        wanted = UUID(request.POST.get("part", ""))
    except ValueError as nonsense:
        raise Http404 from nonsense
    gone = get_object_or_404(found.parts, uid=wanted)
    actions.remove_part(gone, by=request.teacher, at=timezone.now())
    messages.success(request, _("已去掉。"))
    return redirect("training:series", uid=found.uid)
