"""What was read in the school, and who has not yet what plans ask for: to remind, in no order."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanxiu.books.models import ReadingRecord
from yanxiu.books.permissions import may_list_record
from yanxiu.books.queries.quotas import (
    asked_on,
    asks_for_books,
    told_without_number,
    with_books,
    with_done_of,
)
from yanxiu.books.queries.shelves import most_read
from yanxiu.books.views.reader import (
    LONGEST_WORD,
    MOST_ROWS,
    PER_PAGE,
    lists_readers,
    own_school,
)
from yanxiu.documents.sheets import SheetColumn, SheetContent
from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.models import Teacher
from yanxiu.people.models.teacher import today
from yanxiu.people.queries import first_units
from yanxiu.planning.quota_spans import school_year_of
from yanxiu.terms.queries import term_on, terms_of
from yanxiu.ui.downloads import workbook
from yanxiu.ui.pages import show
from yanxiu.ui.wording import day_text
from yanxiu.works.permissions import may_ask_works_of
from yanxiu.works.queries.mine import kinds_for
from yanxiu.works.queries.quotas import (
    Asked,
    have_and_lack,
    lacking,
    teachers_asked,
)


# ---- what was read ----
def _read(request: TeacherRequest) -> "QuerySet[ReadingRecord]":
    """Return what others have read to the end and told, narrowed as the form says."""
    if not lists_readers(request.teacher):
        raise Http404
    rows = ReadingRecord.objects.filter(dropped_at=None).exclude(teacher=request.teacher)
    rows = allowed(may_list_record, request.teacher, rows)
    if words := request.GET.get("q", "").strip()[:LONGEST_WORD]:
        pinyin = words.lower().replace(" ", "")
        rows = rows.filter(
            Q(book__title__icontains=words)
            | Q(teacher__name__icontains=words)
            | Q(teacher__pinyin__startswith=pinyin)
        )
    terms = terms_of(own_school(request))
    term = next((one for one in terms if str(one.uid) == request.GET.get("term")), None)
    if term:
        rows = rows.filter(finished_on__gte=term.starts_on, finished_on__lt=term.ends_on)
    return rows.select_related("book", "teacher").order_by("-finished_on", "-pk")


@login_required
@require_safe
def school(request: TeacherRequest) -> HttpResponse:
    """List what was read, and which books many have read."""
    rows, place = _read(request), own_school(request)
    year = school_year_of(today())
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "terms": terms_of(place),
        "most": most_read(place, year.start, year.end),
        "chosen": request.GET,
    }
    return show(request, "books/school.html", context)


@login_required
@require_safe
def school_sheet(request: TeacherRequest) -> HttpResponse:
    """Give the same list as a workbook."""
    rows = _read(request)[:MOST_ROWS]
    heads = ("读完", "教师", "书名", "作者", "类别", "读法", "读了哪些", "开始")
    kinds = {"读完": "day", "开始": "day"}
    content = SheetContent(
        name=_("读完的书"),
        title=_("读完的书"),
        columns=tuple(SheetColumn(head, kinds.get(head, "text")) for head in heads),  # type: ignore[arg-type]
        rows=tuple(
            (
                row.finished_on,
                row.teacher.name,
                row.book.title,
                row.book.author,
                str(row.book.get_kind_display()),
                str(row.get_mode_display()),
                row.pages,
                row.started_on,
            )
            for row in rows
        ),
    )
    return workbook(_("读完的书"), content)


# ---- who has none yet ----
def _coverage(request: TeacherRequest) -> dict[str, Any]:
    """Return whom this reader may ask by a quota, or for one book a term, and who has none yet."""
    if not lists_readers(request.teacher):
        raise Http404
    organisation, on = own_school(request), today()
    asked = asked_on(organisation, on)
    countable = [one for one in asked if not one.quota.is_open]
    wanted = request.GET.get("what", "")
    quota = next((one for one in countable if str(one.quota.uid) == wanted), None)
    if quota is None and wanted != "book":
        quota = next(iter(countable), None)
    term = term_on(organisation, on)
    span = quota.span if quota else term.span if term else school_year_of(on)
    people = allowed(may_ask_works_of, request.teacher, Teacher.objects.all())
    people = teachers_asked(people, organisation, quota.quota if quota else None, on)
    rows = _counted(people, quota, organisation) if quota else with_books(people, span)
    amount = max(1, quota.amount) if quota else 1
    return {
        "asked": countable,
        "without_number": told_without_number(asked),
        "quota": quota,
        "of_books": quota is None or asks_for_books(quota.quota),
        "what": str(quota.quota.uid) if quota else "book",
        "span": span,
        "amount": amount,
        "rows": lacking(rows, amount).order_by("pinyin", "pk"),
        "counted": have_and_lack(rows, amount),
    }


def _counted(people: "QuerySet[Teacher]", quota: Asked, organisation: Any) -> "QuerySet[Teacher]":
    kinds = () if asks_for_books(quota.quota) else kinds_for(organisation, today())
    return with_done_of(people, quota, kinds)


@login_required
@require_safe
def coverage(request: TeacherRequest) -> HttpResponse:
    """List those who have not yet read or written what plans ask for, by name."""
    found = _coverage(request)
    have, lack = found["counted"]
    paginator = Paginator(found["rows"], PER_PAGE)
    paginator.count = lack
    page = paginator.get_page(request.GET.get("page"))
    groups = first_units(list(page))
    people = [(one, groups.get(one.pk, "")) for one in page]
    context = {**found, "page": page, "people": people, "have": have, "lack": lack}
    return show(request, "books/coverage.html", context)


@login_required
@require_safe
def coverage_sheet(request: TeacherRequest) -> HttpResponse:
    """Give the same list as a workbook."""
    found = _coverage(request)
    people = list(found["rows"][:MOST_ROWS])
    groups, span = first_units(people), found["span"]
    what = found["quota"].name if found["quota"] else _("读书")
    columns = (SheetColumn(_("教师")), SheetColumn(_("教研组")), SheetColumn(_("已有"), "integer"))
    content = SheetContent(
        name=_("还没有"),
        title=_("%(what)s：还没有的") % {"what": what},
        notes=(f"{day_text(span.start, year=True)}至{day_text(span.last, year=True)}",),
        columns=columns,
        rows=tuple((one.name, groups.get(one.pk, ""), one.done) for one in people),
    )
    return workbook(_("%(what)s还没有的") % {"what": what}, content)
