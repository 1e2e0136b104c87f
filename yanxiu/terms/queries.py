"""Asking the calendar."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from yanxiu.kernel.spans import Span
from yanxiu.people.models import Organisation
from yanxiu.terms.models import DayOff, Term


def above(organisation: Organisation) -> Q:
    """Return the condition that a row is of `organisation` or of one above it."""
    return Q(organisation__in=organisation.lineage)


def terms_of(organisation: Organisation) -> list[Term]:
    """Return the terms in force for `organisation`, newest first: its own or a superior's.

    Where it has a term of its own, a superior's term of the same half year is left out.
    """
    found: dict[tuple[int, int], Term] = {}
    rows = Term.objects.filter(above(organisation)).select_related("organisation")
    for term in sorted(rows, key=lambda row: len(row.organisation.path)):
        found[term.school_year, term.half] = term
    return sorted(found.values(), key=lambda term: term.starts_on, reverse=True)


def terms_below(organisation: Organisation) -> list[Term]:
    """Return the terms of the schools below `organisation`, newest first, one per half year.

    A central school that set up none of its own looks at its schools through theirs; where they
    begin on different days, the earliest one stands for all.
    """
    found: dict[tuple[int, int], Term] = {}
    rows = Term.objects.filter(organisation__path__startswith=organisation.path)
    for term in rows.order_by("starts_on"):
        found.setdefault((term.school_year, term.half), term)
    return sorted(found.values(), key=lambda term: term.starts_on, reverse=True)


def term_on(organisation: Organisation, day: date) -> Term | None:
    """Return the term that contains `day`, else the last one that began before it."""
    earlier = [term for term in terms_of(organisation) if term.starts_on <= day]
    return earlier[0] if earlier else None


def with_holidays(organisation: Organisation, day: date) -> tuple[date | None, date | None]:
    """Return the days (first included, last not) of the term of `day` with the holidays after it.

    None where no term is known before, or after: days before the first term stand by themselves.
    """
    starts = sorted(term.starts_on for term in terms_of(organisation))
    number = bisect_right(starts, day)
    before = starts[number - 1] if number else None
    return before, starts[number] if number < len(starts) else None


@dataclass(frozen=True)
class SchoolDays:
    """The days without school and the make-up days of one organisation."""

    off: frozenset[date]
    make_up: dict[date, int]

    def weekday(self, day: date) -> int | None:
        """Return the weekday (1 Monday … 7 Sunday) that is taught on `day`; None without school."""
        if day in self.make_up:
            return self.make_up[day]
        return None if day in self.off else day.isoweekday()


def school_days(organisation: Organisation) -> SchoolDays:
    """Return the exceptions of the calendar for `organisation`; one statement."""
    off: set[date] = set()
    make_up: dict[date, int] = {}
    for row in DayOff.objects.filter(above(organisation)):
        for day in Span(row.starts_on, row.ends_on).days():
            if row.kind == DayOff.Kind.OFF:
                off.add(day)
            else:
                make_up[day] = row.taught_as or day.isoweekday()
    return SchoolDays(frozenset(off), make_up)


def week_number(term: Term, day: date) -> int:
    """Return the number of the school week of `day`; the week of the first day is week 1."""
    monday = term.starts_on - timedelta(days=term.starts_on.weekday())
    return (day - monday).days // 7 + 1
