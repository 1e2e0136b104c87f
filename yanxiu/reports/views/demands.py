"""The pages on which summaries are asked for and their standing is seen."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation, Teacher
from yanxiu.reports.actions import demanding
from yanxiu.reports.demands import Line, lines_of
from yanxiu.reports.forms import DemandForm
from yanxiu.reports.jobs import start_bundle
from yanxiu.reports.models import Summary, SummaryDemand
from yanxiu.reports.permissions import (
    may_manage_summary_demand,
    may_see_summary,
    may_see_summary_demand,
)
from yanxiu.reports.views.finding import fitting, held_at, terms_for
from yanxiu.ui.asking import kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

PER_PAGE = 50
WORDS = {
    "on_time": gettext_lazy("按时"),
    "late": gettext_lazy("晚交"),
    "missing": gettext_lazy("还没有交"),
    "waiting": gettext_lazy("未到期"),
}
TONES = {"on_time": "green", "late": "gold", "missing": "red", "waiting": "blue"}


def _asking(teacher: Teacher) -> dict[str, Organisation]:
    """Return for which organisations a teacher asks for summaries."""
    found = held_at(teacher, "manage_summaries", "approve_summaries")
    return {str(one.uid): one for one in found}


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: TeacherRequest) -> HttpResponse:
    """Ask for summaries by a day."""
    teacher = request.teacher
    organisations = _asking(teacher)
    if not organisations:
        raise Http404
    form = DemandForm(
        request.POST if request.method == "POST" else None,
        organisations=[(uid, one.name) for uid, one in organisations.items()],
        terms=terms_for(next(iter(organisations.values()))),
        initial={"period": Summary.Period.TERM, "whom": SummaryDemand.Whom.UNITS},
    )
    if request.method == "POST" and form.is_valid():
        with kept_in(form):
            demand = _ask(form.cleaned_data, organisations, teacher)
            messages.success(request, _("已布置，要写的人的待办里会出现这件事。"))
            return redirect("reports:demand", demand.uid)
    status = UNPROCESSABLE if form.errors else 200
    return show(request, "reports/ask.html", {"form": form}, status=status)


def _ask(
    given: dict[str, Any], organisations: dict[str, Organisation], teacher: Teacher
) -> SummaryDemand:
    organisation, term = organisations[given["organisation"]], None
    span = given["span"]
    if given["period"] == Summary.Period.TERM:
        term = fitting(organisation, given["term"])
        span = term.span if term is not None else span
    return demanding.ask_for_summaries(
        organisation,
        whom=given["whom"],
        period=given["period"],
        term=term,
        span=span,
        due_on=given["due_on"],
        note=given["note"],
        by=teacher,
        at=timezone.now(),
    )


@login_required
@require_http_methods(["GET", "POST"])
def demand(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show who has handed in, on time or late, and who has not; remind, close, or bundle."""
    rows = SummaryDemand.objects.select_related("organisation", "term")
    found = get_allowed(may_see_summary_demand, request.teacher, rows, uid)
    one = SummaryDemand.objects.filter(pk=found.pk)
    if not allowed(may_manage_summary_demand, request.teacher, one).exists():
        if request.method == "POST":
            raise Http404
        return show(request, "reports/asked.html", {"demand": found})
    if request.method == "POST":
        return _do(request, found)
    lines = lines_of(found, day_of(timezone.now()))
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    shown = Summary.objects.filter(pk__in=[one.summary.pk for one in page if one.summary])
    seen = set(allowed(may_see_summary, request.teacher, shown).values_list("pk", flat=True))
    counts = {key: sum(one.standing == key for one in lines) for key in WORDS}
    context = {
        "demand": found,
        "page": page,
        "lines": [
            (one, WORDS[one.standing], TONES[one.standing], _opens(one, seen)) for one in page
        ],
        "counts": [(WORDS[key], count) for key, count in counts.items() if count],
        "ready": sum(1 for one in lines if one.summary and not one.is_open),
    }
    return show(request, "reports/demand.html", context)


def _opens(line: Line, seen: set[int]) -> bool:
    return line.summary is not None and line.summary.pk in seen


def _do(request: TeacherRequest, found: SummaryDemand) -> HttpResponse:
    made: dict[str, Any] = {"by": request.teacher, "at": timezone.now()}
    do = request.POST.get("do")
    if do == "remind":
        count = demanding.remind(found, **made)
        messages.success(request, _("已提醒 %(count)s 位老师。") % {"count": count})
    elif do == "end":
        demanding.end_demand(found, **made)
        messages.success(request, _("已结束，没有交的不再催。"))
    elif do in {"zip", "bound"}:
        job = start_bundle(found, bound=do == "bound", **made)
        return redirect("jobs:job", job.uid)
    else:
        raise BadInput(_("没有说要办什么，没有改动。请回到名单再点一次。"))
    return redirect("reports:demand", found.uid)
