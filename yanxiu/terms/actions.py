"""Setting up terms and the exceptions of the calendar."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.spans import Span
from yanxiu.people.access import require_right
from yanxiu.people.models import Organisation, Teacher
from yanxiu.terms.holidays import Suggestion
from yanxiu.terms.models import DayOff, Term
from yanxiu.terms.refusals import TermExists

LONGEST = 250
LONGEST_OFF = 120
FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)


def _require_plausible(starts_on: date, ends_on: date) -> None:
    """Refuse days that nobody can mean, such as those of the year 1."""
    if starts_on < FIRST or ends_on > LAST:
        raise BadInput(_("日期应在2000年到2100年之间，没有保存。请核对年份是否打错。"))


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
    replacing: bool = True,
) -> Term:
    """Set the days `[starts_on, ends_on)` of a term, making it if it is new.

    Args:
        organisation: whose term it is, and of all below without one of their own.
        school_year: the year in which the school year begins.
        half: 1 or 2.
        starts_on: the first day.
        ends_on: the day after the last.
        by: who sets it.
        at: when.
        replacing: whether the days of a term that is there already may be changed.

    Raises:
        NotAllowed: `by` does not manage the terms of `organisation`.
        BadInput: it ends before it starts, is too long, or overlaps another term.
        TermExists: it is there with other days, and `replacing` is not said.
    """
    if by:
        require_right(by, "manage_terms", organisation)
    _require_plausible(starts_on, ends_on)
    if not 0 < (ends_on - starts_on).days <= LONGEST:
        raise BadInput(
            "学期的结束日期应晚于开学日期，且一个学期不超过250天，没有保存。请核对这两个日期。"
        )
    same = {"school_year": school_year, "half": half}
    terms = Term.objects.filter(organisation=organisation)
    there = terms.filter(**same).first()
    if there and not replacing and there.span != Span(starts_on, ends_on):
        raise TermExists(there, Span(starts_on, ends_on))
    clash = terms.exclude(**same).filter(starts_on__lt=ends_on, ends_on__gt=starts_on).first()
    if clash:
        raise BadInput(f"这些日期与“{clash}”重叠，没有保存。请先调整其中一个学期的日期。")
    term, _made = Term.objects.update_or_create(
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
        BadInput: the days end before they start, are too many, or are there already.
    """
    if by:
        require_right(by, "manage_terms", organisation)
    day_off = DayOff(organisation=organisation)
    _set_days(day_off, kind, name, Span(starts_on, max(starts_on, ends_on)), taught_as)
    trail.record(by, "terms.days-off-set", organisation, at=at, detail={"name": name})
    return day_off


@transaction.atomic
def change_day_off(
    day_off: DayOff,
    *,
    name: str,
    starts_on: date,
    ends_on: date,
    kind: str,
    taught_as: int | None,
    by: Teacher,
    at: datetime,
) -> DayOff:
    """Change days off or make-up days; sessions already planned stay.

    Raises:
        NotAllowed: `by` does not manage the terms of the organisation.
        BadInput: the days end before they start, are too many, or are there already.
    """
    require_right(by, "manage_terms", day_off.organisation)
    before = f"{day_off.name} {day_off.starts_on}—{day_off.span.last}"
    _set_days(day_off, kind, name, Span(starts_on, max(starts_on, ends_on)), taught_as)
    detail = {"before": before, "name": name}
    trail.record(by, "terms.days-off-changed", day_off.organisation, at=at, detail=detail)
    return day_off


def _set_days(day_off: DayOff, kind: str, name: str, span: Span, taught_as: int | None) -> None:
    """Give `day_off` its days and save it, if they make sense."""
    if span.start == span.end:
        raise BadInput(_("结束日期应晚于开始日期，没有保存。请核对这两个日期。"))
    _require_plausible(span.start, span.end)
    if (span.end - span.start).days > LONGEST_OFF:
        raise BadInput(_("一次放假不超过120天，没有保存。请核对这两个日期。"))
    same = DayOff.objects.filter(organisation=day_off.organisation, kind=kind)
    clash = (
        same.filter(starts_on__lt=span.end, ends_on__gt=span.start).exclude(pk=day_off.pk).first()
    )
    if clash:
        raise BadInput(
            _("其中有的日子已登记为“%(name)s”，没有保存。请直接修改原来的一条。")
            % {"name": clash.name}
        )
    day_off.kind, day_off.name = kind, name
    day_off.starts_on, day_off.ends_on = span.start, span.end
    day_off.taught_as = taught_as if kind == DayOff.Kind.MAKE_UP else None
    day_off.save()


@transaction.atomic
def accept_holidays(
    organisation: Organisation,
    accepted: Iterable[Suggestion],
    *,
    by: Teacher,
    at: datetime,
) -> list[DayOff]:
    """Add the suggestions that somebody accepted, all or none.

    Raises:
        NotAllowed: `by` does not manage the terms of `organisation`.
        BadInput: one of them is there already.
    """
    return [
        set_day_off(
            organisation,
            name=one.name,
            kind=one.kind,
            starts_on=one.span.start,
            ends_on=one.span.end,
            taught_as=one.taught_as,
            by=by,
            at=at,
        )
        for one in accepted
    ]


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
