"""Labels of entries: who may see one at all, what it is, whose, and of which month."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from yanxiu.people.models import Teacher
from yanxiu.people.models.organisation import lineage_of
from yanxiu.places import audience
from yanxiu.places.table import Place

_PLAIN = re.compile(r"[^a-z0-9]")
OPEN = "z"
"""On entries whose place says no audience: somebody from elsewhere may be let in too."""


def of_kind(kind: str) -> str:
    """Return the label of a kind."""
    return "k" + _PLAIN.sub("", kind)


def of_person(pk: int) -> str:
    """Return the label of whose it is."""
    return f"p{pk}"


def of_month(day: date) -> str:
    """Return the label of a month."""
    return f"m{day:%Y%m}"


def below(organisation: int) -> str:
    """Return the label of all that lies in an organisation or below it."""
    return f"o{organisation}"


def of_entry(place: Place, row: Any, path: str, person: int | None, day: date | None) -> list[str]:
    """Return the labels of one row; `path` is that of its organisation, "" without one."""
    found = [of_kind(place.kind)]
    if person:
        found += [of_person(person), audience.person(person)]
    if day:
        found.append(of_month(day))
    if place.audience is not None:
        return [*found, *place.audience(row)]
    lineage = lineage_of(path)
    if not lineage:
        return [*found, audience.everybody()]
    return [*found, OPEN, audience.workers(lineage[-1]), *map(below, lineage)]


def of_reader(teacher: Teacher) -> list[str]:
    """Return the labels of which one is on whatever lies near this teacher."""
    found = {audience.everybody(), audience.person(teacher.pk)}
    found.update(audience.unit(pk) for pk in teacher.units)
    for post in teacher.posts_today:
        lineage = post.organisation.lineage
        found.add(below(lineage[-1]))
        found.update(audience.workers(pk) for pk in lineage)
    for holding in teacher.holdings:
        here = lineage_of(holding.path)[-1]
        found.add(below(here))
        found.update(audience.holders(right, here) for right in holding.rights)
    return sorted(found)


def of_term(start: date, end: date) -> list[str]:
    """Return the labels of the months from `start` to before `end`, at most of four years."""
    months: list[str] = []
    year, month = start.year, start.month
    while date(year, month, 1) < end and len(months) < 48:  # noqa: PLR2004
        months.append(of_month(date(year, month, 1)))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004
    return months


def without_doubles(labels: Iterable[str]) -> list[str]:
    """Return labels, each once."""
    return list(dict.fromkeys(labels))
