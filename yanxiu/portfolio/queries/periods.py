"""For which days a file or a handbook is asked: a term, a school year, or all time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from yanxiu.kernel.spans import Span
from yanxiu.people.models import Organisation
from yanxiu.portfolio.queries.files import whole_span
from yanxiu.terms.models import Term
from yanxiu.terms.queries import terms_below, terms_of


@dataclass(frozen=True)
class Period:
    """A choice of days; `code` is what stands in an address."""

    code: str
    name: str
    span: Span


def terms_at(organisation: Organisation | None, day: date) -> list[Term]:
    """Return the terms of a school (or of the schools below) that have begun, newest first."""
    if organisation is None:
        return []
    found = terms_of(organisation) or terms_below(organisation)
    return [term for term in found if term.starts_on <= day]


def periods(terms: Sequence[Term], day: date) -> list[Period]:
    """Return the choices: all time, each school year, each term."""
    years: dict[int, list[Term]] = {}
    for term in terms:
        years.setdefault(term.school_year, []).append(term)
    found = [Period(str(term.uid), str(term), term.span) for term in terms]
    for year, some in years.items():
        span = Span(min(one.starts_on for one in some), max(one.ends_on for one in some))
        found.append(Period(str(year), _("%(a)s—%(b)s学年") % {"a": year, "b": year + 1}, span))
    return [*found, Period("all", _("全部"), whole_span(day))]


def chosen(found: Sequence[Period], code: str, *, default: str = "") -> Period:
    """Return the period of `code`; an unknown code gives the default, else the first."""
    for wanted in (code, default):
        for one in found:
            if one.code == wanted:
                return one
    return found[0]


def uid_of(text: str | None) -> str:
    """Return `text` as a uid, or "" where it is none."""
    try:
        return str(UUID(text)) if text else ""
    except ValueError:
        return ""
