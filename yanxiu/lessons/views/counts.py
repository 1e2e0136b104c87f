"""Counts of lessons, and how far a school is with what its plans ask for."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanxiu.documents.sheets import SheetColumn, SheetContent
from yanxiu.lessons.queries.counts import Counts, Line, by_term, counts
from yanxiu.lessons.queries.levels import level_choices
from yanxiu.lessons.queries.quotas import progress, schools_progress
from yanxiu.lessons.views.reader import school_of, term_wanted, terms_for
from yanxiu.people.access import TeacherRequest, holds_at
from yanxiu.people.models import Membership, Organisation
from yanxiu.people.models.teacher import today
from yanxiu.terms.models import Term
from yanxiu.ui.downloads import workbook
from yanxiu.ui.pages import show

TERMS_SHOWN = 4


class _Wanted:
    """What a table of counts is about, by the address."""

    def __init__(self, request: TeacherRequest) -> None:
        """Read school, term, subject and level."""
        self.school: Organisation = school_of(request, "see_lessons")
        self.terms: list[Term] = terms_for(self.school)
        self.term = term_wanted(request, self.terms)
        self.subject = request.GET.get("subject", "").strip()[:40]
        level = request.GET.get("level", "")
        self.level = level if level in dict(level_choices()) else ""
        self.reader = request.teacher

    def counts(self) -> Counts:
        """Return the counts; empty without a term."""
        if self.term is None:
            return Counts()
        return counts(
            self.reader, self.school, self.term.span, subject=self.subject, level=self.level
        )

    @property
    def narrowed(self) -> list[str]:
        """What the counts leave out because of the address or the reader, in words."""
        found = []
        if self.level:
            found.append(_("只计%(level)s。") % {"level": dict(level_choices())[self.level]})
        if self.subject:
            found.append(_("只计学科“%(subject)s”。") % {"subject": self.subject})
        if not holds_at(self.reader, "see_lessons", self.school):
            found.append(_("只计导出的人能看到的课。"))
        return found

    def address(self, **more: Any) -> str:
        """Return the query by which the list shows what a number counts."""
        given = {
            "school": self.school.uid,
            "term": self.term.uid if self.term else "all",
            "state": "given",
            "subject": self.subject,
            "level": self.level,
            **more,
        }
        return urlencode({name: value for name, value in given.items() if value})


def _cells(wanted: _Wanted, line: Line, levels: list[tuple[str, str]], name: str) -> list[Any]:
    """Return the numbers of a line, each with the query that opens it."""
    here = {name: line.code}
    cells = [
        (word, number, wanted.address(**here, level=code))
        for (code, word), number in zip(levels, line.numbers, strict=True)
    ]
    return [*cells, (_("合计"), line.total, wanted.address(**here))]


@login_required
@require_safe
def page(request: TeacherRequest) -> HttpResponse:
    """Show how many lessons were given, by kind, level, subject, group, school and term."""
    wanted = _Wanted(request)
    found = wanted.counts()
    tables = [
        (_("按类别"), _("类别"), "kind", found.by_kind),
        (_("按学科"), _("学科"), "subject", found.by_subject),
        (_("按教研组"), _("教研组"), "unit", found.by_unit),
        (_("按学校"), _("学校"), "school", found.by_school if len(found.by_school) > 1 else []),
    ]
    terms = [*reversed(wanted.terms[:TERMS_SHOWN])]
    context = {
        "wanted": wanted,
        "found": found,
        "tables": [
            (title, column, [(line, _cells(wanted, line, found.levels, name)) for line in lines])
            for title, column, name, lines in tables
            if lines
        ],
        "levels": level_choices(),
        "over_terms": [
            {"name": line.name, "cells": list(zip(terms, line.numbers, strict=True))}
            for line in by_term(request.teacher, wanted.school, terms, subject=wanted.subject)
        ]
        if len(terms) > 1
        else [],
        "sees_all": holds_at(request.teacher, "see_lessons", wanted.school),
        "shown_terms": terms,
        "sheet": urlencode(request.GET),
        "all_of": wanted.address(),
    }
    return show(request, "lessons/counts.html", context)


@login_required
@require_safe
def sheet(request: TeacherRequest) -> HttpResponse:
    """Give the counts as a workbook, one sheet for each way of counting."""
    wanted = _Wanted(request)
    found = wanted.counts()
    heads = [name for _code, name in found.levels]
    title = _("%(school)s已上的课（%(term)s）") % {
        "school": wanted.school.name, "term": wanted.term or _("全部学期"),
    }  # fmt: skip
    notes = [_("单位：节。只计已经确认上过的课；不排名次。"), *wanted.narrowed]
    sheets = [
        SheetContent(
            by,
            f"{title} · {by}",
            [
                SheetColumn(name),
                *(SheetColumn(_("%(level)s（节）") % {"level": head}, "integer") for head in heads),
                SheetColumn(_("合计（节）"), "integer"),
            ],
            [(line.name, *line.numbers, line.total) for line in lines],
            notes=tuple(notes),
        )
        for by, name, lines in (
            (_("按类别"), _("类别"), found.by_kind),
            (_("按学科"), _("学科"), found.by_subject),
            (_("按教研组"), _("教研组"), found.by_unit),
            (_("按学校"), _("学校"), found.by_school),
        )
    ]
    return workbook(title, *sheets)


def _among(request: TeacherRequest, school: Organisation) -> set[int] | None:
    """Return whose names the reader may see: all, the members of led groups, or nobody."""
    teacher = request.teacher
    if holds_at(teacher, "see_lessons", school):
        return None
    if not teacher.leads:
        return set()
    members = Membership.objects.on(today()).filter(unit__in=teacher.leads)
    return set(members.values_list("teacher_id", flat=True))


@login_required
@require_safe
def quotas(request: TeacherRequest) -> HttpResponse:
    """Show what plans ask for in lessons: one's own, and the whole for those who see lessons."""
    school = school_of(request, "see_lessons")
    among = _among(request, school)
    on = today()
    if not school.is_school and among is not None:
        raise Http404
    context = {
        "school": school,
        "lines": progress(school, on, reader=request.teacher, among=among)
        if school.is_school
        else [],
        "schools": schools_progress(school, on, request.teacher),
        "wide": among is None or bool(among),
        "all": among is None,
        "today": on,
    }
    return show(request, "lessons/quotas.html", context)
