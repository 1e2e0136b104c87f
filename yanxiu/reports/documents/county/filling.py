"""Filling the table of all schools: one statement for the schools, and one a figure."""

from collections.abc import Sequence

from yanxiu.figures.table import Figure, Scope, all_figures
from yanxiu.kernel.spans import Span
from yanxiu.people.models import Organisation
from yanxiu.reports.documents.county.data import Column, CountyTable, SchoolRow

MOST = 9
"""So many figures fit on one page; each costs one statement, and the page has fifteen."""
DEFAULT = (
    "people.teachers",
    "activities.sessions_held",
    "activities.attendances",
    "ledger.teachers_with_records",
    "ledger.hours_posted",
    "planning.items",
    "planning.items_done",
    "training.outside_trainings",
)
NOT_TOLD = {"people.never_logged_in"}
"""Figures that help to run the house and say nothing about a school."""


def offered() -> list[Figure]:
    """Return the figures that can stand in the table, by name of the app and then by code."""
    known = all_figures()
    return [known[code] for code in sorted(known) if code not in NOT_TOLD]


def fill(organisation: Organisation, span: Span, codes: Sequence[str]) -> CountyTable:
    """Return the table of the schools below `organisation`.

    Args:
        organisation: the superior.
        span: the days.
        codes: the figures, at most MOST; an unknown one is a bug.
    """
    known = all_figures()
    figures = [known[code] for code in codes[:MOST]]
    schools, names = _schools(organisation)
    scope = Scope(organisation.pk, organisation.path, span)
    paths = [organisation.path, *(school.path for school in schools)]
    numbers = [figure.values(scope, paths) for figure in figures]
    return CountyTable(
        organisation=organisation.name,
        uid=str(organisation.uid),
        span=span,
        columns=tuple(Column(one.code, one.name, one.unit, one.meaning) for one in figures),
        rows=tuple(
            SchoolRow(
                str(school.uid),
                school.name,
                names.get(school.parent_id or 0, ""),
                tuple(found[school.path] for found in numbers),
            )
            for school in schools
        ),
        totals=tuple(found[organisation.path] for found in numbers),
    )


def _schools(organisation: Organisation) -> tuple[list[Organisation], dict[int, str]]:
    """Return the schools below in the order of the tree, and what all bodies are called.

    A department inside a school is part of its school's row. No number ever orders them.
    """
    rows = Organisation.objects.filter(path__startswith=organisation.path)
    every = sorted(rows, key=lambda one: one.lineage)
    schools: list[Organisation] = []
    for one in every:
        inside = any(one.path.startswith(school.path) for school in schools[-1:])
        if one.is_school and one.pk != organisation.pk and not inside:
            schools.append(one)
    return schools, {one.pk: one.name for one in every}
