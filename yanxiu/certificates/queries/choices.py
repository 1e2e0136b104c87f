"""For which days and by which scheme a certificate can be asked for."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from yanxiu.kernel.spans import Span
from yanxiu.ledger.queries.schemes import Adoptions
from yanxiu.ledger.rules.calendars import Calendar
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.people.models import Organisation
from yanxiu.terms.models import Term
from yanxiu.ui.wording import days_text

MOST_TERMS = 6
OF_LATE = timedelta(days=2 * 366)

Choice = tuple[str, str, Span]
"""Code, name and days of a period; the code says the days."""


def schemes_at(organisation: Organisation, day: date) -> list[Scheme]:
    """Return the schemes by which `organisation` reckons, or reckoned of late; one statement."""
    return of_late(Adoptions.of(organisation), day)


def of_late(adoptions: Adoptions, day: date) -> list[Scheme]:
    """Return the schemes in force on `day` or in the two years before, of which papers are asked.

    What was recognised under a scheme that another follows can still be certified by it.
    """
    return adoptions.over(Span(day - OF_LATE, day + timedelta(days=1)))


def periods_at(
    terms: Sequence[Term],
    day: date,
    schemes: Sequence[Scheme],
    *,
    cycle_from: date | None = None,
) -> list[Choice]:
    """Return the periods that are offered, the one just running first.

    With `cycle_from` the running cycle is the teacher's own, where the scheme has such ones.
    """
    found: dict[Span, str] = {}
    for scheme in schemes:
        calendar = Calendar(scheme.cycle)
        year = calendar.span("year", day)
        found.setdefault(year, _("本学分年度（%(days)s）"))
        before = calendar.span("year", year.start.replace(year=year.start.year - 1))
        found.setdefault(before, _("上一学分年度（%(days)s）"))
    for term in terms[:MOST_TERMS]:
        if term.starts_on <= day:
            found.setdefault(term.span, f"{term}（%(days)s）")
    for scheme in schemes:
        cycle = Calendar(scheme.cycle, cycle_from=cycle_from).span("cycle", day)
        found.setdefault(cycle, _("本周期（%(days)s）"))
    return [
        (code_of(span), name % {"days": days_text(span.start, span.last)}, span)
        for span, name in found.items()
    ]


def code_of(span: Span) -> str:
    """Return the code of a period."""
    return f"{span.start}_{span.end}"
