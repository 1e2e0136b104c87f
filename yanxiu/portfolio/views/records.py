"""My records: the list, one record with the reasons of its hours, and the sheet."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanxiu.kernel.spans import day_of
from yanxiu.ledger.models import Record
from yanxiu.ledger.permissions import may_see_record
from yanxiu.people.access import TeacherRequest, get_allowed, holds_at
from yanxiu.people.models import Teacher
from yanxiu.portfolio import actions, queries
from yanxiu.portfolio.documents import record_sheet
from yanxiu.terms.models import Term
from yanxiu.terms.queries import terms_of
from yanxiu.ui.downloads import download
from yanxiu.ui.pages import show

PAGE = 50


def _terms(teacher: Teacher) -> list[Term]:
    today = day_of(timezone.now())
    organisation = teacher.organisation
    return (
        [term for term in terms_of(organisation) if term.starts_on <= today] if organisation else []
    )


def _asked_term(request: TeacherRequest, terms: list[Term]) -> Term | None:
    wanted = request.GET.get("term", "")
    return next((term for term in terms if str(term.uid) == wanted), None)


@login_required
@require_safe
def records(request: TeacherRequest) -> HttpResponse:
    """List the reader's own records."""
    teacher = request.teacher
    terms = _terms(teacher)
    term = _asked_term(request, terms)
    kind = request.GET.get("kind", "")[:40]
    rows = queries.own_records(teacher, span=term.span if term else None, kind=kind)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    found = queries.hours_of(teacher, teacher.organisation, day_of(timezone.now()))
    shown = list(page.object_list)
    context = {
        "page": page,
        "lines": queries.lines(shown, queries.counts_in(found.found)),
        "terms": terms,
        "term": term,
        "kinds": queries.kinds_of([*found.records, *shown]),
        "kind": kind,
    }
    return show(request, "portfolio/records.html", context)


@login_required
@require_safe
def record(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show one record and why it earns what it earns."""
    rows = Record.objects.select_related("teacher", "organisation", "post__role")
    found = get_allowed(may_see_record, request.teacher, rows, uid)
    actions.view_record(found, by=request.teacher, at=timezone.now())
    context = {
        "record": found,
        "is_own": found.teacher_id == request.teacher.pk,
        "corrects": holds_at(request.teacher, "recognise_hours", found.organisation),
        "told": queries.told(found, request.teacher, day_of(timezone.now())),
    }
    return show(request, "portfolio/record.html", context)


@login_required
@require_safe
def sheet(request: TeacherRequest) -> HttpResponse:
    """Give the reader's record sheet, of one term or of all time, as a workbook."""
    teacher = request.teacher
    term = _asked_term(request, _terms(teacher))
    found = record_sheet.sheet_of(
        teacher,
        organisation=teacher.organisation.name if teacher.organisation else "",
        span=term.span if term else None,
        period=str(term) if term else _("全部研修记录"),
        on=day_of(timezone.now()),
    )
    return download(record_sheet.workbook(found), f"个人研修记录表 {teacher.name}.xlsx")
