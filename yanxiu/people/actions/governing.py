"""Duties and who answers for them; rules by which people belong to a unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.people.access import require_own_right, require_right
from yanxiu.people.actions.resolving import resolve
from yanxiu.people.actions.teachers import join_unit
from yanxiu.people.models import (
    Membership,
    MembershipRule,
    Organisation,
    Post,
    Responsibility,
    ResponsibilityHolder,
    Role,
    Teacher,
    Unit,
    UnitKind,
)


@dataclass(frozen=True)
class DutyFacts:
    """What a duty is, as a form asks for it."""

    name: str
    text: str = ""
    code: str = ""
    seat: str = ""
    function: str = ""
    places: int = 1
    order: int = 0
    retired: bool = False

    def values(self) -> dict[str, Any]:
        """Return the columns."""
        return {
            "name": self.name.strip(),
            "text": self.text.strip(),
            "code": self.code,
            "seat": self.seat,
            "function": self.function.strip(),
            "places": self.places,
            "order": self.order,
            "retired": self.retired,
        }


def _require_usable(
    organisation: Organisation, unit: Unit | None, values: dict[str, Any], own: int = 0
) -> None:
    if not values["name"]:
        raise BadInput("没有写职责名称，没有保存。请填写，如“组长”“教研负责人”。")
    if values["seat"] and unit is None:
        raise BadInput("学校本身没有组长、组员，没有保存。请选“单独指定的人”。")
    if values["code"] and unit:
        raise BadInput("第一责任人和教研负责人属于学校，不属于某个单位，没有保存。请在学校页添加。")
    others = Responsibility.objects.filter(
        organisation=organisation, code=values["code"], retired=False
    ).exclude(pk=own)
    if values["code"] and not values["retired"] and others.exists():
        raise BadInput(f"{organisation.name}已有这一项职责，没有保存。请直接确定由谁担任。")


@transaction.atomic
def add_responsibility(
    organisation: Organisation,
    facts: DutyFacts,
    *,
    by: Teacher | None,
    at: datetime,
    unit: Unit | None = None,
) -> Responsibility:
    """Write down a duty of an organisation, or of one of its units.

    Raises:
        NotAllowed: `by` does not manage the people of the organisation.
        BadInput: the duty cannot be as it is written.
    """
    if by:
        require_right(by, "manage_people", organisation)
    values = facts.values()
    _require_usable(organisation, unit, values)
    made = Responsibility.objects.create(organisation=organisation, unit=unit, **values)
    trail.record(by, "people.responsibility-added", made, at=at, detail={"name": made.name})
    return made


@transaction.atomic
def edit_responsibility(
    duty: Responsibility, facts: DutyFacts, *, by: Teacher, at: datetime
) -> Responsibility:
    """Change what a duty says.

    Raises:
        NotAllowed: `by` does not manage the people of the organisation.
        BadInput: the duty cannot be as it is written.
    """
    require_right(by, "manage_people", duty.organisation)
    values = facts.values()
    _require_usable(duty.organisation, duty.unit, values, own=duty.pk)
    for name, value in values.items():
        setattr(duty, name, value)
    duty.save()
    trail.record(by, "people.responsibility-edited", duty, at=at, detail=values)
    return duty


@transaction.atomic
def appoint(
    duty: Responsibility,
    teacher: Teacher,
    *,
    starts_on: date,
    by: Teacher | None,
    at: datetime,
    ends_on: date | None = None,
) -> None:
    """Name who answers for a duty, from a day on and, if given, until the day the term is over.

    A duty with a seat puts the person into the unit. A duty for one person passes over from
    whoever held it.

    Raises:
        NotAllowed: `by` does not manage the people of the organisation.
        BadInput: the days cannot be, nobody is wanted any more, or the person is from elsewhere.
    """
    if by:
        require_right(by, "manage_people", duty.organisation)
    if ends_on and ends_on <= starts_on:
        raise BadInput("任期的结束日期不晚于开始日期，没有保存。请核对日期。")
    _require_near(duty, teacher, starts_on)
    if duty.seat and duty.unit:
        join_unit(
            duty.unit, teacher, starts_on=starts_on, ends_on=ends_on, duty=duty.seat, by=by, at=at
        )
    else:
        _hand_over(duty, teacher, starts_on)
        ResponsibilityHolder.objects.create(
            responsibility=duty, teacher=teacher, starts_on=starts_on, ends_on=ends_on
        )
    detail = {"teacher": str(teacher.uid), "from": starts_on.isoformat()}
    trail.record(by, "people.appointed", duty, at=at, detail=detail)


def _require_near(duty: Responsibility, teacher: Teacher, day: date) -> None:
    """Make sure that the person works here, above, below, or is in the unit already."""
    here = Q(organisation__in=duty.organisation.lineage)
    here |= Q(organisation__path__startswith=duty.organisation.path)
    inside = Membership.objects.on(day).filter(unit=duty.unit_id, teacher=teacher)
    if not (Post.objects.on(day).filter(here, teacher=teacher).exists() or inside.exists()):
        raise BadInput(
            f"{teacher.name}那天在{duty.organisation.name}没有任职，没有保存。请先添加任职，或换一位。"
        )


def _hand_over(duty: Responsibility, teacher: Teacher, day: date) -> None:
    """End the terms that reach beyond `day`, where the duty is for one person."""
    after = duty.holders.filter(Q(ends_on=None) | Q(ends_on__gt=day))
    if duty.places != 1:
        after = after.filter(teacher=teacher)
    for holder in after:
        holder.ends_on = max(day, holder.starts_on)
        holder.save(update_fields=["ends_on"])
    held = duty.holders.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gt=day))
    if duty.places and held.count() >= duty.places:
        raise BadInput(
            f"“{duty.name}”应有{duty.places}人，已经满了，没有保存。请先结束一位的任期。"
        )


@transaction.atomic
def name_responsible(
    organisation: Organisation,
    code: str,
    teacher: Teacher,
    *,
    starts_on: date,
    by: Teacher | None,
    at: datetime,
    ends_on: date | None = None,
) -> Responsibility:
    """Name the first responsible person of a school, or who is in charge of its research.

    Raises:
        NotAllowed: `by` does not manage the people of the organisation.
        BadInput: the days cannot be, or the person is from elsewhere.
    """
    duty = organisation.responsibilities.filter(code=code, retired=False).first()
    if duty is None:
        name = str(Responsibility.Code(code).label)
        duty = add_responsibility(organisation, DutyFacts(name, code=code), by=by, at=at)
    appoint(duty, teacher, starts_on=starts_on, ends_on=ends_on, by=by, at=at)
    return duty


@transaction.atomic
def end_holding(
    holder: ResponsibilityHolder, *, on: date, by: Teacher, at: datetime
) -> ResponsibilityHolder:
    """End somebody's term; the duty shows as empty until another is named.

    Raises:
        NotAllowed: `by` does not manage the people of the organisation.
    """
    require_right(by, "manage_people", holder.responsibility.organisation)
    holder.ends_on = max(on, holder.starts_on)
    holder.save(update_fields=["ends_on"])
    detail = {"teacher": str(holder.teacher.uid), "on": on.isoformat()}
    trail.record(by, "people.appointment-ended", holder.responsibility, at=at, detail=detail)
    return holder


Rule = tuple[str, UnitKind | Role]
"""Who belongs: one of `MembershipRule.Who`, and of which kind of unit or in which role."""


@transaction.atomic
def set_rules(unit: Unit, rules: Iterable[Rule], *, by: Teacher, at: datetime) -> Unit:
    """Set by which rules people belong to `unit`; members entered by hand stay.

    Raises:
        NotAllowed: `by` does not manage the people of the organisation, or only for somebody
            else while the unit gives rights.
    """
    check = require_own_right if unit.kind.governs else require_right
    check(by, "manage_people", unit.organisation)
    wanted = {(who, thing.pk): thing for who, thing in rules}
    for rule in unit.rules.all():
        if wanted.pop((rule.who, rule.kind_id or rule.role_id or 0), None) is None:
            rule.delete()
    for (who, _pk), thing in wanted.items():
        of = {"role": thing} if isinstance(thing, Role) else {"kind": thing}
        MembershipRule.objects.create(unit=unit, who=who, **of)
    resolve(unit)
    detail = {"rules": [[rule.who, (rule.role or rule.kind).name] for rule in unit.rules.all()]}  # type: ignore[union-attr]
    trail.record(by, "people.membership-rules-set", unit, at=at, detail=detail)
    return unit
