"""From the leading group that a plan names to the body, its duties and who holds them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.people.access import require, require_right
from yanxiu.people.actions import add_unit
from yanxiu.people.actions.governing import DutyFacts, add_responsibility, appoint, set_rules
from yanxiu.people.models import (
    Membership,
    MembershipRule,
    Organisation,
    Responsibility,
    Teacher,
    Unit,
    UnitKind,
)
from yanxiu.planning.models import Finding, Plan
from yanxiu.planning.permissions import may_see_plan
from yanxiu.planning.refusals import NoBodyInPlan

SEATS = {
    "组长": Responsibility.Seat.LEADER,
    "总负责人": Responsibility.Seat.LEADER,
    "副组长": Responsibility.Seat.DEPUTY,
    "常务副组长": Responsibility.Seat.DEPUTY,
    "组员": Responsibility.Seat.MEMBER,
    "成员": Responsibility.Seat.MEMBER,
}
GROUP_LEADERS = "教研组长"


@dataclass(frozen=True)
class NamedDuty:
    """A duty as the document names it: its holders by name, None for each that it leaves open."""

    finding: Finding
    post: str
    names: list[str | None]
    text: str

    @property
    def name(self) -> str:
        """What the duty is called."""
        return str(self.finding.changed.get("name", self.finding.name))[:40]

    @property
    def seat(self) -> str:
        """Where its holder sits in the body."""
        return SEATS.get(self.name, Responsibility.Seat.NONE)

    @property
    def by_rule(self) -> bool:
        """Whether all leaders of teaching research groups belong."""
        return self.seat == Responsibility.Seat.MEMBER and GROUP_LEADERS in self.text


@dataclass(frozen=True)
class Filled:
    """A duty, and who is to hold it; nobody is a gap that stays visible."""

    duty: NamedDuty
    holders: list[Teacher] = field(default_factory=list)


def duties_named(plan: Plan) -> list[NamedDuty]:
    """Return the duties of the leading group that the document of `plan` names, as decided."""
    if plan.proposal_id is None:
        return []
    rows = Finding.objects.filter(proposal=plan.proposal_id, kind="role")
    rows = rows.exclude(decision=Finding.Decision.DROPPED).exclude(name="superior")
    return [_duty(row) for row in rows if isinstance(row.value, Mapping)]


def _duty(finding: Finding) -> NamedDuty:
    value: Mapping[str, Any] = finding.value or {}
    names = value["names"] if "names" in value else [value.get("name")]
    # A text that a person changed says all that there is to say.
    text = str(finding.changed.get("value") or value.get("duty") or "")
    return NamedDuty(finding, str(value.get("post") or ""), list(names or [None]), text)


@transaction.atomic
def set_up_body(
    plan: Plan,
    body: Unit | str,
    filled: Iterable[Filled],
    *,
    starts_on: date,
    by: Teacher,
    at: datetime,
    by_rule: bool = False,
) -> Unit:
    """Write the leading group of a plan into the house: the body, its duties, their holders.

    A duty that the body has under its name is used again, so a second time creates nothing twice.

    Args:
        plan: whose document named the group.
        body: the body, or the name of a new one.
        filled: the duties with their holders; one without holders stays a visible gap.
        starts_on: the first day of the holders.
        by: an administrator.
        at: when, aware.
        by_rule: let all leaders of teaching research groups belong by rule.

    Raises:
        NotAllowed: `by` may not see the plan, or does not manage the people of the organisation.
        NoBodyInPlan: the plan names no leading group.
        BadInput: the name is missing or taken, or somebody does not work here.
    """
    require(may_see_plan, by, plan)
    require_right(by, "manage_people", plan.organisation)
    duties = list(filled)
    if not duties:
        raise NoBodyInPlan
    unit = body if isinstance(body, Unit) else _new_body(plan.organisation, body, by, at)
    for order, each in enumerate(duties):
        duty = _duty_of(unit, each, order, by=by, at=at)
        for holder in each.holders:
            if not _holds(duty, holder, starts_on):
                appoint(duty, holder, starts_on=starts_on, by=by, at=at)
    if by_rule:
        groups = UnitKind.objects.get(code="teaching_research_group")
        set_rules(unit, [(MembershipRule.Who.LEADERS, groups)], by=by, at=at)
    trail.record(by, "planning.body-set-up", plan, at=at, detail={"unit": unit.name})
    return unit


def _new_body(organisation: Organisation, name: str, by: Teacher, at: datetime) -> Unit:
    if not name.strip():
        raise BadInput("没有选领导机构，也没有写新机构的名称，没有保存。请选一个，或写一个名称。")
    return add_unit(organisation, name, UnitKind.objects.get(code="leading_group"), by=by, at=at)


def _duty_of(
    unit: Unit, filled: Filled, order: int, *, by: Teacher, at: datetime
) -> Responsibility:
    """Return the duty of the body, made where it has none such; of each seat it has one."""
    named = filled.duty
    standing = unit.responsibilities.filter(retired=False)
    same = standing.filter(seat=named.seat) if named.seat else standing.filter(name=named.name)
    duty = same.first()
    if duty is not None:
        return duty
    facts = DutyFacts(
        named.name,
        text=named.text,
        seat=named.seat,
        places=0 if named.by_rule else max(len(named.names), len(filled.holders)),
        order=order,
    )
    return add_responsibility(unit.organisation, facts, unit=unit, by=by, at=at)


def _holds(duty: Responsibility, teacher: Teacher, day: date) -> bool:
    if duty.seat and duty.unit:
        held = Membership.objects.on(day).filter(unit=duty.unit, teacher=teacher, duty=duty.seat)
        return held.exists()
    return any(each.teacher_id == teacher.pk for each in duty.holders.on(day))
