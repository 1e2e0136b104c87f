"""Growth files: one's own, another's, and what leaves the house of them."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from yanxiu.figures.leaves import Leaf
from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.people.models import Organisation, Teacher
from yanxiu.places.table import Link, links
from yanxiu.portfolio import actions
from yanxiu.portfolio.documents import growth_file, handbook
from yanxiu.portfolio.documents.growth_file.archive import write_archive
from yanxiu.portfolio.documents.on_paper import sum_of
from yanxiu.portfolio.permissions import may_see_file
from yanxiu.portfolio.queries import files
from yanxiu.portfolio.queries.categories import Sections, sections_of
from yanxiu.portfolio.queries.periods import Period, chosen, periods, terms_at
from yanxiu.portfolio.views.overview import organisation_in_reach
from yanxiu.ui.downloads import download
from yanxiu.ui.pages import show

PAGE = 50
LOOKS_SHOWN = 10


@login_required
@require_safe
def own(request: TeacherRequest) -> HttpResponse:
    """Show the reader's own growth file, and first what is missing."""
    teacher = request.teacher
    context = _context(_Asked.of(request, teacher, teacher.organisation))
    context |= {"own": True, "first": "category" not in request.GET}
    if context["first"]:
        context["looks"] = files.looks_at(teacher)[:LOOKS_SHOWN]
    return show(request, "portfolio/file.html", context)


@login_required
@require_safe
def gaps(request: TeacherRequest) -> HttpResponse:
    """Show what the reader is asked to supply."""
    teacher = request.teacher
    asked = _Asked.of(request, teacher, teacher.organisation)
    found = files.lacking(asked.period.span, teacher, code=request.GET.get("kind", ""))
    context = {
        "choices": asked.choices,
        "period": asked.period,
        "lacking": found,
        "rows": gap_rows(found, teacher),
    }
    return show(request, "portfolio/gaps.html", context)


def gap_rows(found: files.Lacking, reader: Teacher) -> list[dict[str, Any]]:
    """Return the gaps with their links, as far as they open for `reader`."""
    opened = links({one.source for one in found.gaps if one.source}, reader)
    return [
        {"gap": one, "link": opened.get(one.source) if one.source else None} for one in found.gaps
    ]


@login_required
@require_safe
def of_teacher(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show another's growth file; the look is written down for that person to read."""
    reader = request.teacher
    if reader.uid == uid:
        return redirect("portfolio:file")
    found = get_allowed(may_see_file, reader, Teacher.objects.all(), uid)
    actions.view_file(found, by=reader, at=timezone.now())
    asked = _Asked.of(request, found, organisation_in_reach(found, reader))
    return show(request, "portfolio/file.html", _context(asked) | {"own": False})


@dataclass(frozen=True)
class _Asked:
    """Whose file, who reads it, for which days, and which of its categories."""

    request: TeacherRequest
    teacher: Teacher
    organisation: Organisation | None
    choices: list[Period]
    period: Period
    sections: Sections

    @classmethod
    def of(
        cls, request: TeacherRequest, teacher: Teacher, organisation: Organisation | None
    ) -> Self:
        day = day_of(timezone.now())
        choices = periods(terms_at(organisation, day), day)
        period = chosen(choices, request.GET.get("period", ""))
        return cls(request, teacher, organisation, choices, period, sections_of(organisation))


def _context(asked: _Asked) -> dict[str, Any]:
    reader, sections, span = asked.request.teacher, asked.sections, asked.period.span
    standing = files.standing_of(asked.teacher, sections, span, reader)
    filled = (one.section.code for one in standing.lines if one.count)
    code = asked.request.GET.get("category", "") or next(filled, "")
    kinds = standing.kinds.get(code, [])
    found = files.file_leaves([asked.teacher.pk], span, reader, kinds=kinds)
    leaves = [one for one in found.get(asked.teacher.pk, []) if sections.of(one) == code]
    page = Paginator(leaves[::-1], PAGE).get_page(asked.request.GET.get("page"))
    shown: list[Leaf] = list(page.object_list)
    return {
        "person": asked.teacher,
        "organisation": asked.organisation,
        "choices": asked.choices,
        "period": asked.period,
        "standing": standing,
        "missing": standing.missing if asked.period.code != "all" else [],
        "category": next((one for one in standing.lines if one.section.code == code), None),
        "page": page,
        "sum": sum_of(leaves),
        "shows": {
            name: any(getattr(one, name) not in {None, ""} for one in shown)
            for name in ("part", "minutes", "amount")
        },
        "rows": _rows(shown, links({one.source for one in shown if one.source}, reader)),
    }


def _rows(leaves: Sequence[Leaf], opened: Mapping[Source, Link]) -> list[dict[str, Any]]:
    papers = files.files_of(leaves)
    return [
        {
            "leaf": one,
            "facts": "；".join(f"{name}：{text}" for name, text in one.facts),
            "link": opened.get(one.source) if one.source else None,
            "papers": [row for source in one.files_of for row in papers.get(source, ())],
        }
        for one in leaves
    ]


# ---- what leaves the house ----
@login_required
@require_safe
def word(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the growth file as Word."""
    file, _teacher = _taken(request, uid, "个人成长档案（Word）")
    return download(growth_file.document(file), f"个人成长档案 {file.name}.docx")


@login_required
@require_safe
def print_out(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the growth file as PDF."""
    file, _teacher = _taken(request, uid, "个人成长档案（PDF）")
    return download(growth_file.pdf(file), f"个人成长档案 {file.name}.pdf")


@login_required
@require_safe
def archive(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the growth file as the archive that leaves with the teacher."""
    file, teacher = _taken(request, uid, "个人成长档案（压缩包）")
    buffer = io.BytesIO()
    write_archive(buffer, file, teacher_uid=str(teacher.uid))
    return download(buffer.getvalue(), f"个人成长档案 {file.name}.zip")


@login_required
@require_safe
def booklet(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the handbook of a term or a school year as Word."""
    teacher, organisation, period = _asked(request, uid)
    if organisation is None:
        return redirect("portfolio:file")
    actions.take_files([teacher], "研修手册", by=request.teacher, at=timezone.now())
    asked = handbook.Asked(
        organisation,
        period.span,
        period.name,
        sections_of(organisation),
        request.teacher,
        day_of(timezone.now()),
    )
    book = next(handbook.handbooks([teacher], asked))
    return download(handbook.document(book), f"研修手册 {book.name} {period.name}.docx")


def _asked(request: TeacherRequest, uid: UUID) -> tuple[Teacher, Organisation | None, Period]:
    reader, day = request.teacher, day_of(timezone.now())
    teacher = get_allowed(may_see_file, reader, Teacher.objects.all(), uid)
    organisation = (
        teacher.organisation if teacher.pk == reader.pk else organisation_in_reach(teacher, reader)
    )
    found = periods(terms_at(organisation, day), day)
    return teacher, organisation, chosen(found, request.GET.get("period", ""))


def _taken(request: TeacherRequest, uid: UUID, what: str) -> tuple[growth_file.GrowthFile, Teacher]:
    teacher, organisation, period = _asked(request, uid)
    day = day_of(timezone.now())
    actions.take_files([teacher], what, by=request.teacher, at=timezone.now())
    file = growth_file.file_of(
        teacher,
        span=period.span,
        period=period.name,
        sections=sections_of(organisation),
        terms=terms_at(organisation, day),
        reader=request.teacher,
        organisation=organisation.name if organisation else "",
        on=day,
    )
    return file, teacher
