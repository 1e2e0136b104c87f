"""Setting up terms and the exceptions of the calendar."""

from datetime import date, datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.people.access import require_right
from yanxiu.people.models import Organisation, Teacher
from yanxiu.terms.models import DayOff, Term

LONGEST = 250


@transaction.atomic
def set_term(
    organisation: Organisation,
    *,
    school_year: int,
    half: int,
    starts_on: date,
    ends_on: date,
    by: Teacher | None,
    at: datetime,
) -> Term:
    """Set the days `[starts_on, ends_on)` of a term, making it if it is new.

    Raises:
        NotAllowed: `by` does not manage the terms of `organisation`.
        BadInput: it ends before it starts, is too long, or overlaps another term.
    """
    if by:
        require_right(by, "manage_terms", organisation)
    if not 0 < (ends_on - starts_on).days <= LONGEST:
        raise BadInput(
            "学期的结束日期应晚于开学日期，且一个学期不超过250天，没有保存。请核对这两个日期。"
        )
    others = Term.objects.filter(organisation=organisation).exclude(
        school_year=school_year, half=half
    )
    clash = others.filter(starts_on__lt=ends_on, ends_on__gt=starts_on).first()
    if clash:
        raise BadInput(f"这些日期与“{clash}”重叠，没有保存。请先调整其中一个学期的日期。")
    term, _fresh = Term.objects.update_or_create(
        organisation=organisation,
        school_year=school_year,
        half=half,
        defaults={"starts_on": starts_on, "ends_on": ends_on},
    )
    trail.record(by, "terms.term-set", term, at=at, detail={"term": str(term)})
    return term


@transaction.atomic
def set_day_off(
    organisation: Organisation,
    *,
    name: str,
    starts_on: date,
    ends_on: date,
    by: Teacher | None,
    at: datetime,
    kind: str = DayOff.Kind.OFF,
    taught_as: int | None = None,
) -> DayOff:
    """Add days `[starts_on, ends_on)` without school, or make-up days.

    Raises:
        NotAllowed: `by` does not manage the terms of `organisation`.
        BadInput: the days end before they start.
    """
    if by:
        require_right(by, "manage_terms", organisation)
    if ends_on <= starts_on:
        raise BadInput("结束日期应晚于开始日期，没有保存。请核对这两个日期。")
    day_off = DayOff.objects.create(
        organisation=organisation,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        kind=kind,
        taught_as=taught_as,
    )
    trail.record(by, "terms.days-off-set", organisation, at=at, detail={"name": name})
    return day_off


@transaction.atomic
def remove_day_off(day_off: DayOff, *, by: Teacher, at: datetime) -> None:
    """Take days without school out of the calendar; sessions already planned stay.

    Raises:
        NotAllowed: `by` does not manage the terms of the organisation.
    """
    require_right(by, "manage_terms", day_off.organisation)
    trail.record(
        by, "terms.days-off-removed", day_off.organisation, at=at, detail={"name": day_off.name}
    )
    day_off.delete()
