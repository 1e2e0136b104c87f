"""Who asks, for which school, and what forms about reading offer."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.views.decorators.http import require_http_methods

from yanxiu.people.access import TeacherRequest, holds_at
from yanxiu.people.models import Organisation, Teacher, Unit

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 50
MOST_ROWS = 20_000
LONGEST_WORD = 40
JOINED = ("book", "teacher", "organisation")


def own_school(request: TeacherRequest) -> Organisation:
    """Return the school of the reader's first post, or 404 without any."""
    organisation: Organisation | None = request.teacher.organisation
    if organisation is None:
        raise Http404
    return organisation


def lists_readers(teacher: Teacher) -> bool:
    """Tell whether what others have read is listed to this reader."""
    return bool(teacher.leads) or teacher.holds("see_works")


def in_charge(request: TeacherRequest) -> bool:
    """Tell whether this reader gives others something to read: a leader, or the office."""
    return bool(request.teacher.leads) or holds_at(
        request.teacher, "manage_works", own_school(request)
    )


Whom = tuple[Organisation, Unit | None]


def groups_offered(request: TeacherRequest, *, to_all: bool, led: bool) -> dict[str, Whom]:
    """Return for whom something may be: the own groups (only `led` ones), then everybody.

    Args:
        request: who asks.
        to_all: offer everybody even to those who do not manage the works.
        led: offer only groups that the reader leads.
    """
    teacher, school = request.teacher, own_school(request)
    manages = holds_at(teacher, "manage_works", school)
    wanted = Q(pk__in=teacher.leads if led else teacher.units)
    if manages and led:
        wanted |= Q(organisation=school)
    rows = Unit.objects.filter(wanted, ends_on=None).select_related("organisation")
    found: dict[str, Whom] = {}
    if to_all or manages:
        found[str(school.uid)] = (school, None)
    for unit in rows.order_by("organisation", "name"):
        found[str(unit.uid)] = (unit.organisation, unit)
    return found


def pairs(offered: dict[str, Whom]) -> list[tuple[str, str]]:
    """Return what is offered as a form shows it."""
    return [(uid, unit.name if unit else place.name) for uid, (place, unit) in offered.items()]


def chosen(value: str, among: Sequence[Any]) -> str:
    """Return `value` if it is one of `among`, else ""."""
    return value if value in among else ""
