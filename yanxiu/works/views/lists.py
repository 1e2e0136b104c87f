"""Works of others: what was handed in, what colleagues share, and who has none yet."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

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
from yanxiu.works.models import Work, WorkKind, WorkSection, WorkText
from yanxiu.works.permissions import may_ask_works_of, may_list_work, may_see_work
from yanxiu.works.queries.mine import kinds_for
from yanxiu.works.queries.quotas import (
    have_and_lack,
    is_meant,
    lacking,
    quotas_on,
    teachers_asked,
    with_done,
)
from yanxiu.works.views.reader import PER_PAGE, chosen, lists_works, own_school

MOST_ROWS = 20_000
LONGEST_WORD = 40


def _kinds(request: TeacherRequest) -> list[WorkKind]:
    return list(kinds_for(own_school(request), today()))


def _of_kind(
    rows: "QuerySet[Work]", request: TeacherRequest, kinds: list[WorkKind]
) -> "QuerySet[Work]":
    uid = request.GET.get("kind", "")
    kind = next((one for one in kinds if str(one.uid) == uid), None)
    return rows.filter(kind=kind) if kind else rows


# ---- handed in ----
def _handed(request: TeacherRequest, kinds: list[WorkKind]) -> "QuerySet[Work]":
    """Return the works that this reader reads, narrowed as the form says."""
    if not lists_works(request.teacher):
        raise Http404
    rows = allowed(may_list_work, request.teacher, Work.objects.all())
    rows = _of_kind(rows, request, kinds)
    if state := chosen(request.GET.get("state", ""), Work.State.values):
        rows = rows.filter(state=state)
    if words := request.GET.get("q", "").strip()[:LONGEST_WORD]:
        pinyin = words.lower().replace(" ", "")
        rows = rows.filter(
            Q(title__icontains=words)
            | Q(teacher__name__icontains=words)
            | Q(teacher__pinyin__startswith=pinyin)
        )
    terms = terms_of(own_school(request))
    term = next((one for one in terms if str(one.uid) == request.GET.get("term")), None)
    if term:
        rows = rows.filter(happened_on__gte=term.starts_on, happened_on__lt=term.ends_on)
    return rows.select_related("kind", "teacher")


@login_required
@require_safe
def school(request: TeacherRequest) -> HttpResponse:
    """List what was handed in to this reader."""
    kinds = _kinds(request)
    rows = _handed(request, kinds)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "kinds": kinds,
        "states": [pair for pair in Work.State.choices if pair[0] != Work.State.DRAFT],
        "terms": terms_of(own_school(request)),
        "chosen": request.GET,
    }
    return show(request, "works/school.html", context)


@login_required
@require_safe
def school_sheet(request: TeacherRequest) -> HttpResponse:
    """Give the same list as a workbook."""
    rows = _handed(request, _kinds(request))[:MOST_ROWS]
    columns = ("日期", "作者", "类别", "题目", "字数", "状态", "等次")
    kinds = {"字数": "integer", "日期": "day"}
    content = SheetContent(
        name=_("交来的作品"),
        title=_("交来的作品"),
        columns=tuple(SheetColumn(head, kinds.get(head, "text")) for head in columns),  # type: ignore[arg-type]
        rows=tuple(
            (
                row.happened_on,
                row.teacher.name,
                row.kind.name,
                row.title,
                row.characters,
                str(row.get_state_display()),
                str(row.get_grade_display()),
            )
            for row in rows
        ),
    )
    return workbook(_("交来的作品"), content)


# ---- shared ----
@login_required
@require_safe
def shared(request: TeacherRequest) -> HttpResponse:
    """List what colleagues share, to be found by kind, heading and words."""
    teacher, kinds = request.teacher, _kinds(request)
    rows = allowed(may_see_work, teacher, Work.objects.exclude(teacher=teacher))
    rows = _of_kind(rows.exclude(shared_with=Work.Shared.NOBODY), request, kinds)
    section = request.GET.get("section", "")[:40]
    words = request.GET.get("q", "").strip()[:LONGEST_WORD]
    texts = WorkText.objects.filter(is_private=False).exclude(text="")
    if section:
        texts = texts.filter(code=section)
    if words:
        texts = texts.filter(text__icontains=words)
    if section or words:
        found = Q(Exists(texts.filter(work=OuterRef("pk"))))
        rows = rows.filter(found | Q(title__icontains=words) if words and not section else found)
    page = Paginator(rows.select_related("kind", "teacher"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    excerpts: dict[int, list[WorkText]] = {}
    for text in texts.filter(work__in=[row.pk for row in page]):
        excerpts.setdefault(text.work_id, []).append(text)
    sections = dict(WorkSection.objects.filter(kind__in=kinds).values_list("code", "name"))
    context = {
        "page": page,
        "rows": [(row, excerpts.get(row.pk, [])[:2]) for row in page],
        "kinds": kinds,
        "sections": sections,
        "chosen": request.GET,
    }
    return show(request, "works/shared.html", context)


# ---- who has none yet ----
def _coverage(request: TeacherRequest) -> dict[str, Any]:
    """Return whom this reader may ask, by a quota or by a kind, and who has none yet."""
    if not lists_works(request.teacher):
        raise Http404
    organisation, on = own_school(request), today()
    term = term_on(organisation, on)
    kinds = _kinds(request)
    asked = quotas_on(organisation, on)
    wanted = request.GET.get("what", "")
    quota = next((one for one in asked if str(one.quota.uid) == wanted), None)
    kind = next((one for one in kinds if str(one.uid) == wanted), None)
    if quota is None and kind is None:
        quota = next((one for one in asked if not one.quota.is_open), None)
        kind = None if quota else next(iter(kinds), None)
    span = term.span if term else school_year_of(on)
    people = allowed(may_ask_works_of, request.teacher, Teacher.objects.all())
    people = teachers_asked(people, organisation, quota.quota if quota else None, on)
    meant = [kind.pk] if kind else []
    if quota:
        own = [one.name for one in kinds if one.organisation_id]
        meant = [one.pk for one in kinds if is_meant(quota.quota, one, own)]
    amount = max(1, quota.amount) if quota else 1
    rows = with_done(people, meant, quota.span if quota else span)
    return {
        "asked": asked,
        "kinds": kinds,
        "what": str(quota.quota.uid if quota else kind.uid if kind else ""),
        "quota": quota,
        "kind": kind,
        "amount": amount,
        "span": quota.span if quota else span,
        "rows": lacking(rows, amount).order_by("pinyin", "pk"),
        "counted": have_and_lack(rows, amount),
    }


@login_required
@require_safe
def coverage(request: TeacherRequest) -> HttpResponse:
    """List those who have not yet handed in what is asked for: to remind, in no order of merit."""
    found = _coverage(request)
    have, lack = found["counted"]
    paginator = Paginator(found["rows"], PER_PAGE)
    paginator.count = lack
    page = paginator.get_page(request.GET.get("page"))
    groups = first_units(list(page))
    context = {
        **found,
        "page": page,
        "people": [(one, groups.get(one.pk, "")) for one in page],
        "have": have,
        "lack": lack,
    }
    return show(request, "works/coverage.html", context)


@login_required
@require_safe
def coverage_sheet(request: TeacherRequest) -> HttpResponse:
    """Give the same list as a workbook."""
    found = _coverage(request)
    people = list(found["rows"][:MOST_ROWS])
    groups = first_units(people)
    quota, kind = found["quota"], found["kind"]
    what = quota.name if quota else kind.name if kind else ""
    span = found["span"]
    content = SheetContent(
        name=_("还没有"),
        title=_("%(what)s：还没有的") % {"what": what},
        notes=(f"{day_text(span.start, year=True)}至{day_text(span.last, year=True)}",),
        columns=(
            SheetColumn(_("教师")),
            SheetColumn(_("教研组")),
            SheetColumn(_("已交"), "integer"),
        ),
        rows=tuple((one.name, groups.get(one.pk, ""), one.done) for one in people),
    )
    return workbook(_("%(what)s还没有的") % {"what": what}, content)
