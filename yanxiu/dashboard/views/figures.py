"""Figures: the list of all with their meaning, and each opened to its rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse

from yanxiu.dashboard.scopes import asked_by
from yanxiu.figures.table import Cell, all_figures
from yanxiu.kernel.sources import Source
from yanxiu.people.access import TeacherRequest
from yanxiu.places.table import Link, links
from yanxiu.ui.pages import show

PAGE = 50


@dataclass(frozen=True)
class ShownCell:
    """One cell with its heading and, where the reader may go there, its link."""

    heading: str
    text: str
    url: str


@login_required
def figures(request: TeacherRequest) -> HttpResponse:
    """Show every figure with its name, meaning and unit."""
    context = {"figures": sorted(all_figures().values(), key=lambda figure: figure.code)}
    return show(request, "dashboard/figures.html", context)


@login_required
def figure(request: TeacherRequest, code: str) -> HttpResponse:
    """Open one figure: the number, what it means, and the rows this reader may see."""
    found = all_figures().get(code)
    if found is None:
        raise Http404
    asked = asked_by(request.teacher, request.GET)
    if asked is None:
        return show(request, "dashboard/figure_without_term.html", {"figure": found})
    everything = found.rows(asked.scope)
    seen = everything.filter(found.seen_by(request.teacher))
    value, whole = found.reckon(seen), found.reckon(everything)
    paginator = Paginator(found.opened(seen), PAGE)
    page = paginator.get_page(request.GET.get("page"))
    rows = [list(found.cells(row)) for row in page]
    context = {
        "figure": found,
        "asked": asked,
        "value": value,
        "partial": value != whole,
        "page": page,
        "rows": _linked(found.columns, rows, request),
    }
    return show(request, "dashboard/figure.html", context)


def _linked(
    columns: Sequence[str], rows: list[list[Cell]], request: TeacherRequest
) -> list[list[ShownCell]]:
    """Give each cell its link; one statement per kind of source on the page."""
    sources = {Source(cell.kind, cell.uid) for row in rows for cell in row if cell.kind}
    found = links(sources, request.teacher)
    return [
        [
            ShownCell(heading, cell.text, _url(cell, found))
            for heading, cell in zip(columns, row, strict=True)
        ]
        for row in rows
    ]


def _url(cell: Cell, found: dict[Source, Link]) -> str:
    link = found.get(Source(cell.kind, cell.uid)) if cell.kind else None
    return link.url if link else ""
