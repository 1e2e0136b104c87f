"""Which school, term and unit a reader asks a figure about."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict

from yanxiu.figures.table import Scope
from yanxiu.kernel.spans import Span
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.people.models.teacher import below, today
from yanxiu.people.permissions import may_see_organisation, may_see_teacher
from yanxiu.terms.models import Term
from yanxiu.terms.queries import terms_below, terms_of


@dataclass(frozen=True)
class Asked:
    """A scope in words, with what else could be asked."""

    scope: Scope
    organisation: Organisation
    term: Term
    unit: Unit | None
    terms: list[Term]
    units: list[Unit]
    days: Span | None = None
    teacher: Teacher | None = None

    @property
    def query(self) -> str:
        """The same question as a query string."""
        asked = {"organisation": str(self.organisation.uid), "term": str(self.term.uid)}
        if self.unit:
            asked["unit"] = str(self.unit.uid)
        if self.days:
            asked |= {"since": f"{self.days.start}", "until": f"{self.days.last}"}
        if self.teacher:
            asked["teacher"] = str(self.teacher.uid)
        return urlencode(asked)


def asked_by(teacher: Teacher, query: QueryDict) -> Asked | None:
    """Return what `query` asks, the reader's own school and present term where it is silent.

    `since` and `until` name the first and the last day, where no term is meant. None if the reader
    has no school or no term is set up; what the reader may not see, or what does not exist, counts
    as not asked.
    """
    organisation = teacher.organisation
    if wanted := query.get("organisation"):
        seen = Organisation.objects.filter(may_see_organisation(teacher))
        found = {str(row.uid): row for row in seen}
        organisation = found.get(wanted, organisation)
    if organisation is None:
        return None
    terms = terms_of(organisation) or terms_below(organisation)
    chosen = {str(term.uid): term for term in terms}.get(query.get("term", ""))
    begun = [each for each in terms if each.starts_on <= today()]
    term = chosen or next(iter(begun or reversed(terms)), None)
    if term is None:
        return None
    units = list(
        Unit.objects.filter(below([organisation.path], "organisation__"), ends_on=None)
        .select_related("kind")
        .order_by("organisation__path", "kind__order", "id")
    )
    unit = {str(row.uid): row for row in units}.get(query.get("unit", ""))
    days = None if chosen else days_in(query)
    span = days or term.span
    of = _teacher(teacher, query.get("teacher", ""))
    scope = Scope(
        organisation.pk,
        organisation.path,
        span,
        unit.pk if unit else None,
        of.pk if of else None,
    )
    return Asked(scope, organisation, term, unit, terms, units, days, of)


def _teacher(reader: Teacher, wanted: str) -> Teacher | None:
    """Return the one person who is asked about: the reader, or somebody the reader may see."""
    if not wanted:
        return None
    if wanted == str(reader.uid):
        return reader
    try:
        uid = UUID(wanted)
    except ValueError:
        return None
    return Teacher.objects.filter(may_see_teacher(reader), uid=uid).first()


def days_in(query: QueryDict) -> Span | None:
    """Return the days that `query` names by `since` and `until`; None where it does not."""
    try:
        first, last = (date.fromisoformat(query.get(name, "")) for name in ("since", "until"))
        return Span(first, last + timedelta(days=1))
    except (ValueError, OverflowError):
        return None
