"""Finding summaries for a reader, and what they share on their pages."""

from typing import Any
from uuid import UUID

from yanxiu.people.access import Permission, TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation, Teacher
from yanxiu.reports.actions.locking import JOINED
from yanxiu.reports.models import Summary
from yanxiu.reports.permissions import may_approve_summary, may_manage_summary
from yanxiu.terms.models import Term
from yanxiu.terms.queries import terms_below, terms_of


def rows() -> Any:
    """Return all summaries with what their pages name."""
    return Summary.objects.select_related(*JOINED, "term__organisation")


def found(request: TeacherRequest, uid: UUID, permission: Permission) -> Summary:
    """Return one summary; missing and forbidden are both 404."""
    one: Summary = get_allowed(permission, request.teacher, rows(), uid)
    return one


def rights(summary: Summary, teacher: Teacher) -> dict[str, bool]:
    """Return what the reader may do with a summary, for the template."""
    one = Summary.objects.filter(pk=summary.pk)
    return {
        "may_manage": allowed(may_manage_summary, teacher, one).exists(),
        "may_approve": allowed(may_approve_summary, teacher, one).exists(),
    }


def held_at(teacher: Teacher, *rights: str) -> list[Organisation]:
    """Return the organisations in which a post or seat of today, own or lent, carries a right."""
    paths = [path for right in rights for path in teacher.reach_paths(right)]
    return list(Organisation.objects.filter(path__in=paths).order_by("path")) if paths else []


def terms_for(organisation: Organisation | None) -> list[Term]:
    """Return the terms an organisation reckons with, newest first."""
    if organisation is None:
        return []
    return terms_of(organisation) or terms_below(organisation)


def fitting(organisation: Organisation, chosen: Term | None) -> Term | None:
    """Return the term of the same half year that is in force for `organisation`."""
    if chosen is None:
        return None
    half = (chosen.school_year, chosen.half)
    known = terms_for(organisation)
    return next((term for term in known if (term.school_year, term.half) == half), chosen)
