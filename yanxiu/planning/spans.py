"""The days of which a document speaks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from yanxiu.kernel.spans import Span
from yanxiu.terms.models import Term

FIRST_MONTH_OF_SCHOOL_YEAR = 8
EARLIEST, LATEST = 1950, 2100


@dataclass(frozen=True)
class SpanChoice:
    """Days that can be chosen, with their name."""

    code: str
    name: str
    span: Span
    term: Term | None = None


def year_span(year: int) -> Span:
    """Return the calendar year."""
    return Span(date(year, 1, 1), date(year + 1, 1, 1))


def school_year_span(year: int, terms: Iterable[Term] = ()) -> Span:
    """Return the school year that begins in `year`: its terms, else August to July."""
    own = [term for term in terms if term.school_year == year]
    first = min((term.starts_on for term in own), default=date(year, FIRST_MONTH_OF_SCHOOL_YEAR, 1))
    last = max(
        (term.ends_on for term in own), default=date(year + 1, FIRST_MONTH_OF_SCHOOL_YEAR, 1)
    )
    return Span(min(first, date(year, FIRST_MONTH_OF_SCHOOL_YEAR, 1)), max(
        last, date(year + 1, FIRST_MONTH_OF_SCHOOL_YEAR, 1)
    ))  # fmt: skip


def span_named(
    kind: str | None, year: int | None, school_year: int | None, terms: Iterable[Term]
) -> Span | None:
    """Return the days that a document names as a year or a school year, None for all else."""
    if kind == "year" and year and named(year):
        return year_span(year)
    if kind == "school_year" and school_year and named(school_year):
        return school_year_span(school_year, terms)
    return None


def named(year: int | None) -> set[int]:
    """Return the year as a set, empty where none is named or none can be meant."""
    return {year} if year and EARLIEST <= year <= LATEST else set()


def span_choices(
    terms: Iterable[Term], year: int | None = None, school_year: int | None = None
) -> list[SpanChoice]:
    """Return what a summary may be about: the terms, the school years and the years they touch.

    And the year and the school year that it names itself.
    """
    terms = list(terms)
    found = [SpanChoice(f"term-{term.pk}", str(term), term.span, term) for term in terms]
    for each in sorted({term.school_year for term in terms} | named(school_year), reverse=True):
        name = _("%(year)s—%(next)s学年") % {"year": each, "next": each + 1}
        found.append(SpanChoice(f"school-year-{each}", name, school_year_span(each, terms)))
    years = {day.year for term in terms for day in (term.starts_on, term.ends_on)}
    for each in sorted(years | named(year), reverse=True):
        name = _("%(year)s年度") % {"year": each}
        found.append(SpanChoice(f"year-{each}", name, year_span(each)))
    return found
