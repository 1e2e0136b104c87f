"""各校统计: the figures of all schools below, as a page, a workbook and a Word file."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanxiu.figures.table import Figure
from yanxiu.kernel.spans import Span
from yanxiu.people.access import TeacherRequest
from yanxiu.people.models import Organisation, Teacher
from yanxiu.people.models.teacher import below, today
from yanxiu.reports.documents.county import (
    DEFAULT,
    MOST,
    CountyTable,
    fill,
    offered,
    to_word,
    to_workbook,
)
from yanxiu.terms.models import Term
from yanxiu.terms.queries import terms_below, terms_of
from yanxiu.ui.downloads import download
from yanxiu.ui.pages import show
from yanxiu.ui.wording import figure_text

RIGHT = "see_summaries"
PER_PAGE = 12
"""Every number is a link, so twenty schools of nine figures already weigh forty kilobytes."""


@dataclass(frozen=True)
class Asked:
    """What a reader asks: a superior, a span and figures, with what else could be asked."""

    organisation: Organisation
    organisations: list[Organisation]
    terms: list[Term]
    term: Term | None
    span: Span
    codes: list[str]
    problem: str

    @property
    def query(self) -> str:
        """The same question as a query string, for the files."""
        days = [("since", self.span.start.isoformat()), ("until", self.span.last.isoformat())]
        codes = [("figure", code) for code in self.codes]
        return urlencode([("organisation", str(self.organisation.uid)), *days, *codes])


def superiors(teacher: Teacher) -> list[Organisation]:
    """Return the bodies with schools below them of which `teacher` may see the summaries."""
    paths = teacher.reach_paths(RIGHT)
    if not paths:
        return []
    rows = Organisation.objects.filter(below(paths), children__isnull=False).distinct()
    return sorted(rows, key=lambda one: one.lineage)


def _asked(request: TeacherRequest) -> Asked:
    """Return what the address asks; what it does not say is the usual."""
    given, known = request.GET, superiors(request.teacher)
    if not known:
        raise Http404
    by_uid = {str(one.uid): one for one in known}
    organisation = by_uid.get(given.get("organisation", ""), known[0])
    terms = terms_of(organisation) or terms_below(organisation)
    term = {str(one.uid): one for one in terms}.get(given.get("term", ""))
    first, last = _day(given.get("since")), _day(given.get("until"))
    days = Span(first, last + timedelta(days=1)) if first and last and first <= last else None
    problem = ""
    # Whoever leaves the term as it was and changes the days means the days.
    if term is not None and (days is None or str(term.uid) != given.get("was")):
        span = term.span
    elif days is not None:
        span = days
        term = next((one for one in terms if one.span == days), None)
    else:
        if first or last:
            problem = _("起止日期没有写全，或结束早于开始，下面是本学期的数字。")
        begun = [one for one in terms if one.starts_on <= today()]
        term = next(iter(begun or reversed(terms)), None)
        span = term.span if term else Span(date(today().year, 1, 1), today() + timedelta(days=1))
    codes, more = _codes(given.getlist("figure"))
    if more:
        problem = _("一次最多看 %(most)s 个数据项，下面是前 %(most)s 个。") % {"most": MOST}
    return Asked(organisation, known, terms, term, span, codes, problem)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _codes(chosen: list[str]) -> tuple[list[str], bool]:
    known = [figure.code for figure in offered()]
    codes = [code for code in known if code in chosen]
    if not codes:
        codes = [code for code in DEFAULT if code in known]
    return codes[:MOST], len(codes) > MOST


@login_required
@require_safe
def county(request: TeacherRequest) -> HttpResponse:
    """Show the table; every number opens to its rows."""
    asked = _asked(request)
    table = fill(asked.organisation, asked.span, asked.codes)
    page = Paginator(table.rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "table": table,
        "page": page,
        "rows": [_shown(table, row.uid, row.values, row) for row in page],
        "totals": _shown(table, table.uid, table.totals, None)["cells"],
        "groups": _groups(asked.codes),
        "most": MOST,
    }
    return show(request, "reports/county.html", context)


def _shown(table: CountyTable, uid: str, values: Any, row: Any) -> dict[str, Any]:
    """Return one row with the address that opens each of its numbers."""
    days = {"since": table.span.start.isoformat(), "until": table.span.last.isoformat()}
    query = urlencode({"organisation": uid, **days})
    cells = [
        (column, figure_text(value), f"{reverse('dashboard:figure', args=[column.code])}?{query}")
        for column, value in zip(table.columns, values, strict=True)
    ]
    return {"row": row, "cells": cells}


def _groups(codes: list[str]) -> list[tuple[str, list[tuple[Figure, bool]]]]:
    """Return the figures to choose from by the app that tells them, with those chosen."""
    names = {
        "activities": _("活动"),
        "ledger": _("记录与学时"),
        "people": _("教师"),
        "planning": _("计划"),
        "training": _("培训"),
    }
    groups: dict[str, list[tuple[Figure, bool]]] = {}
    for figure in offered():
        app = figure.code.partition(".")[0]
        groups.setdefault(names.get(app, _("其他")), []).append((figure, figure.code in codes))
    return list(groups.items())


@login_required
@require_safe
def sheet(request: TeacherRequest) -> HttpResponse:
    """Send the table as a workbook."""
    asked = _asked(request)
    table = fill(asked.organisation, asked.span, asked.codes)
    return download(to_workbook(table), table.title.replace("\n", "") + ".xlsx")


@login_required
@require_safe
def word(request: TeacherRequest) -> HttpResponse:
    """Send the table as a Word file."""
    asked = _asked(request)
    table = fill(asked.organisation, asked.span, asked.codes)
    return download(to_word(table), table.title.replace("\n", "") + ".docx")
