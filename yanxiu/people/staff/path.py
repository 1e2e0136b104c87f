"""The way of one person through the house: posts, units, honours, leave."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yanxiu.people.models import (
    Departure,
    Leave,
    Teacher,
)


@dataclass(frozen=True, order=True)
class Moment:
    """One thing in the path of a teacher, from a day and perhaps until one."""

    on: date
    text: str = field(compare=False)
    kind: str = field(compare=False)
    until: date | None = field(compare=False, default=None)


def path_of(teacher: Teacher, *, with_leave: bool) -> list[Moment]:
    """Return who this teacher was when and where, latest first; five statements.

    Args:
        teacher: whose path.
        with_leave: whether the reader may know of leave.
    """
    found = [
        Moment(
            row.starts_on,
            _("%(school)s · %(post)s") % {
                "school": row.organisation.name, "post": row.title or row.role.name
            },
            _("任职"),
            row.ends_on,
        )
        for row in teacher.posts.select_related("organisation", "role")
    ]  # fmt: skip
    found += [
        Moment(
            row.starts_on,
            _("%(unit)s · %(duty)s") % {"unit": row.unit.name, "duty": row.get_duty_display()},
            _("单位"),
            row.ends_on,
        )
        for row in teacher.memberships.select_related("unit")
    ]
    found += [
        Moment(row.starts_on, row.tier.name, _("称号"), row.ends_on)
        for row in teacher.tiers.select_related("tier")
    ]
    if with_leave:
        found += [
            Moment(row.starts_on, row.get_kind_display(), _("离岗"), row.ends_on)
            for row in Leave.objects.filter(teacher=teacher)
        ]
    found += [_departure(row) for row in _departures(teacher)]
    # One post as principal and one as teacher, both called 副校长, are one thing to a reader.
    return sorted({(one.on, one.text): one for one in found}.values(), reverse=True)


def _departures(teacher: Teacher) -> "QuerySet[Departure]":
    return Departure.objects.filter(teacher=teacher).select_related("organisation", "to")


def _departure(row: Departure) -> Moment:
    where = row.to.name if row.to else row.to_text
    said = _("离开%(school)s，%(kind)s") % {
        "school": row.organisation.name,
        "kind": row.get_kind_display(),
    }
    return Moment(row.on, _("%(said)s：%(where)s") % {"said": said, "where": where} if where
                  else said, _("去向"))  # fmt: skip
