"""The chronicles of units: the list, and the Word file of one."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yanxiu.kernel.spans import day_of
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Unit
from yanxiu.people.permissions import may_see_unit
from yanxiu.portfolio.queries.periods import chosen, periods, terms_at
from yanxiu.reports.documents import chronicle
from yanxiu.ui.downloads import download
from yanxiu.ui.pages import show

PAGE = 50


@login_required
@require_safe
def chronicles(request: TeacherRequest) -> HttpResponse:
    """List the units whose chronicles the reader may have."""
    reader, day = request.teacher, day_of(timezone.now())
    rows = allowed(may_see_unit, reader, Unit.objects.filter(ends_on=None, kind__governs=""))
    found = rows.select_related("organisation", "kind").order_by("organisation__path", "id")
    choices = periods(terms_at(reader.organisation, day), day)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "choices": choices,
        "period": chosen(choices, request.GET.get("period", "")),
    }
    return show(request, "reports/chronicles.html", context)


@login_required
@require_safe
def word(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the chronicle of one unit as Word."""
    rows = Unit.objects.select_related("organisation")
    unit = get_allowed(may_see_unit, request.teacher, rows, uid)
    day = day_of(timezone.now())
    period = chosen(periods(terms_at(unit.organisation, day), day), request.GET.get("period", ""))
    made = chronicle.chronicle_of(
        unit, span=period.span, period=period.name, reader=request.teacher, on=day
    )
    return download(chronicle.document(made), f"{unit.name}活动纪实 {period.name}.docx")
