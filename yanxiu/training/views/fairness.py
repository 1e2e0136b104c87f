"""Chances of outside training over the years: by name and by subject, in no order of merit."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanxiu.documents.sheets import SheetColumn, SheetContent
from yanxiu.people.access import TeacherRequest
from yanxiu.people.models.teacher import today
from yanxiu.training.queries.audiences import ALL, choices, people_of
from yanxiu.training.queries.fairness import by_level, by_subject, chances, school_year
from yanxiu.training.views.reader import Reader, reader_of
from yanxiu.ui.downloads import workbook
from yanxiu.ui.pages import show

PER_PAGE = 50
YEARS = 4


def _people(reader: Reader, audience: str) -> Any:
    rows = people_of(reader.organisation, audience, today())
    return rows if reader.among is None else rows.filter(pk__in=reader.among.values("pk"))


def _years() -> list[int]:
    this = school_year(today())
    return list(range(this - YEARS + 1, this + 1))


@login_required
@require_safe
def page(request: TeacherRequest) -> HttpResponse:
    """Show who went when; `none` keeps those who have had no chance yet."""
    reader, years = reader_of(request), _years()
    audience, only = request.GET.get("for", "")[:80] or ALL, request.GET.get("only", "")
    people = _people(reader, audience)
    rows = chances(people, years, today())
    shown = rows
    if only == "none":
        shown = [row for row in rows if not row.times]
    elif only == "owed":
        shown = [row for row in rows if row.owed]
    paged = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "years": [f"{year}—{year + 1}" for year in years],
        "page": paged,
        "rows": [(row, row.in_years(years)) for row in paged.object_list],
        "subjects": by_subject(rows, _("未填学科")),
        "levels": by_level(people, years, len(rows)),
        "only": only,
        "audience": audience,
        "audiences": choices(reader.organisation, today()),
        "none": sum(not row.times for row in rows),
        "everybody": len(rows),
        "query": request.GET.urlencode(),
    }
    return show(request, "training/fairness.html", context)


@login_required
@require_safe
def sheet(request: TeacherRequest) -> HttpResponse:
    """Give the chances as a workbook, by name and by subject."""
    reader, years = reader_of(request), _years()
    rows = chances(_people(reader, request.GET.get("for", "")[:80] or ALL), years, today())
    columns = [SheetColumn(f"{year}—{year + 1}", "integer") for year in years]
    title = _("外出培训机会")
    by_name = SheetContent(
        name=_("按教师"),
        title=title,
        columns=(
            SheetColumn(_("姓名")), SheetColumn(_("学科")), *columns,
            SheetColumn(_("最近一次")), SheetColumn(_("待交汇报"), "integer"),
        ),
        rows=[
            (row.teacher.name, "、".join(row.teacher.subjects), *row.in_years(years), row.last,
             row.owed)
            for row in rows
        ],
    )  # fmt: skip
    by_groups = SheetContent(
        name=_("按学科"),
        title=title,
        columns=(
            SheetColumn(_("学科")), SheetColumn(_("教师"), "integer"),
            SheetColumn(_("有过机会"), "integer"), SheetColumn(_("还没有"), "integer"),
            SheetColumn(_("人次"), "integer"),
        ),
        rows=[
            (one.name, one.people, one.had, one.none, one.times)
            for one in by_subject(rows, _("未填学科"))
        ],
    )  # fmt: skip
    return workbook(title, by_name, by_groups)
