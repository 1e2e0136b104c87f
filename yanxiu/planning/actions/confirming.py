"""From a proposal, as a person decided it, to a plan."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.people.models import Teacher, Unit
from yanxiu.planning.actions.kept import (
    Kept,
    choice_of,
    clock_of,
    month_of,
    number_of,
    refuse_faults,
)
from yanxiu.planning.actions.proposing import open_proposal
from yanxiu.planning.models import (
    Finding,
    Goal,
    Plan,
    PlanItem,
    PlanNote,
    Proposal,
    Quota,
    Rhythm,
)
from yanxiu.planning.refusals import PlanChangedElsewhere, TermMissing

GAPS = {"placeholder"}
"""Kinds of finding that never become part of a plan: they say where something is missing."""


@transaction.atomic
def confirm_proposal(proposal: Proposal, *, by: Teacher, at: datetime) -> Plan:
    """Make the plan of the values that were taken; what is still undecided counts as taken.

    Args:
        proposal: an open proposal whose term is chosen.
        by: the person who confirms it.
        at: when, aware.

    Raises:
        NotAllowed, ProposalEnded: as `open_proposal`.
        TermMissing: no term is chosen.
        PlanChangedElsewhere: the term has a confirmed plan of the same school or unit.
        MonthOutsideTerm: the schedule names months that the term does not have.
        ValueUnreadable: a changed value is no number.
    """
    proposal = open_proposal(proposal, by)
    term = proposal.term
    if term is None:
        raise TermMissing
    standing = Plan.objects.filter(
        organisation=proposal.organisation,
        unit=proposal.unit,
        term=term,
        state=Plan.State.CONFIRMED,
    ).first()
    if standing:
        raise PlanChangedElsewhere(standing.title)
    rows = proposal.findings.exclude(decision=Finding.Decision.DROPPED).exclude(kind__in=GAPS)
    kept = [Kept(finding) for finding in rows]
    refuse_faults(kept, term)
    plan = Plan.objects.create(
        organisation=proposal.organisation,
        unit=proposal.unit,
        term=term,
        proposal=proposal,
        title=proposal.title,
        superior=_superior(kept),
        state=Plan.State.CONFIRMED,
        made_at=at,
        confirmed_at=at,
        confirmed_by_uid=by.uid,
        confirmed_by_name=by.name,
    )
    _add_parts(plan, kept)
    proposal.state = Proposal.State.CONFIRMED
    proposal.save(update_fields=["state"])
    trail.record(by, "planning.plan-confirmed", plan, at=at, detail={"values": len(kept)})
    return plan


def _add_parts(plan: Plan, kept: list[Kept]) -> None:
    """Write each value as the part of the plan that its kind makes."""
    by_kind: dict[str, list[Kept]] = {}
    for each in kept:
        by_kind.setdefault(each.finding.kind, []).append(each)
    Goal.objects.bulk_create(_goals(plan, by_kind.pop("goal", [])))
    Quota.objects.bulk_create(_quotas(plan, by_kind.pop("quota", [])))
    Rhythm.objects.bulk_create(_rhythms(plan, by_kind.pop("slot", [])))
    PlanItem.objects.bulk_create(_items(plan, by_kind.pop("schedule", [])))
    PlanNote.objects.bulk_create(
        PlanNote(plan=plan, kind=kind, text=each.text, **each.part)
        for kind, notes in by_kind.items()
        for each in notes
        if not each.is_superior
    )


def _superior(kept: Iterable[Kept]) -> str:
    found = (each for each in kept if each.is_superior)
    first = next(found, None)
    return first.text[:80] if first else ""


def _goals(plan: Plan, kept: list[Kept]) -> list[Goal]:
    goals = []
    for each in kept:
        name = str(each.get("name"))
        text = each.text
        goals.append(
            Goal(plan=plan, name="" if name == text else name[:60], text=text, **each.part)
        )
    return goals


def _quotas(plan: Plan, kept: list[Kept]) -> list[Quota]:
    return [
        Quota(
            plan=plan,
            name=str(each.get("name"))[:60],
            amount=number_of(each),
            unit_of_measure=str(each.get("unit") or "")[:10],
            at_least=choice_of(each, "qualifier") == "at_least",
            per=choice_of(each, "per"),
            period=choice_of(each, "period"),
            **each.part,
        )
        for each in kept
    ]


def _rhythms(plan: Plan, kept: list[Kept]) -> list[Rhythm]:
    units = list(Unit.objects.filter(organisation=plan.organisation, ends_on=None))
    rhythms = []
    for each in kept:
        value = each.get("value") or {}
        name = str(each.get("name"))
        rhythms.append(
            Rhythm(
                plan=plan,
                unit=chosen_unit(each.finding.changed.get("unit_uid"), name, units) or plan.unit,
                name=name[:60],
                weekday=value.get("weekday"),
                half_day=value.get("half_day") or "",
                starts_at=clock_of(each),
                **each.part,
            )
        )
    return rhythms


def chosen_unit(uid: str | None, name: str, units: list[Unit]) -> Unit | None:
    """Return the unit a person chose ("" is none), else the one that `name` can only mean."""
    if uid is not None:
        return next((unit for unit in units if str(unit.uid) == uid), None)
    word = name.removesuffix("组").removesuffix("教研")
    exact = [unit for unit in units if unit.subject == word or unit.name == name]
    like = exact or [unit for unit in units if word and unit.name.startswith(word)]
    return like[0] if len(like) == 1 else None


def _items(plan: Plan, kept: list[Kept]) -> list[PlanItem]:
    return [
        PlanItem(
            plan=plan,
            text=str(each.get("name")).strip()[:200],
            month=month_of(each, plan.term),
            **each.part,
        )
        for each in kept
    ]
