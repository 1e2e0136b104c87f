"""From a proposal, as a person decided it, to a plan."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.amounts import amount
from yanxiu.people.models import Organisation, Post, Teacher, Unit
from yanxiu.people.models.teacher import today
from yanxiu.planning.actions.kept import (
    Kept,
    choice_of,
    clock_of,
    number_of,
    refuse_faults,
    times_of,
    timing_of,
)
from yanxiu.planning.actions.proposing import open_proposal
from yanxiu.planning.actions.versions import keep_version, log
from yanxiu.planning.models import (
    Finding,
    Goal,
    Plan,
    PlanEvent,
    PlanItem,
    PlanNote,
    Proposal,
    Quota,
    Rhythm,
    YearRow,
)
from yanxiu.planning.queries import period_of, span_of_period, standing_plan
from yanxiu.planning.refusals import PlanChangedElsewhere, TermMissing
from yanxiu.texts.keys import key

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
    rows = proposal.findings.exclude(decision=Finding.Decision.DROPPED).exclude(kind__in=GAPS)
    kept = [Kept(finding) for finding in rows]
    plan = Plan(
        organisation=proposal.organisation,
        unit=proposal.unit,
        term=term,
        proposal=proposal,
        title=proposal.title,
        superior=_superior(kept),
        **_period(proposal),
        **_credit_rules([each for each in kept if each.finding.kind == "credit"]),
        state=Plan.State.CONFIRMED,
        made_at=at,
        confirmed_at=at,
        confirmed_by_uid=by.uid,
        confirmed_by_name=by.name,
    )
    standing = standing_plan(plan)
    if standing:
        raise PlanChangedElsewhere(standing.title)
    refuse_faults(kept, term, plan.span)
    plan.save()
    _add_parts(plan, kept)
    keep_version(plan, "", by=by, at=at)
    log(plan, PlanEvent.Kind.CONFIRMED, by=by, at=at, version=plan.version)
    proposal.state = Proposal.State.CONFIRMED
    proposal.save(update_fields=["state"])
    trail.record(by, "planning.plan-confirmed", plan, at=at, detail={"values": len(kept)})
    return plan


def _period(proposal: Proposal) -> dict[str, Any]:
    """Return the period that the document names, where it is longer than a term."""
    period = period_of(proposal)
    if proposal.term is None or period == Plan.Period.TERM:
        return {}
    span = span_of_period(period, proposal.term)
    return {"period": period, "starts_on": span.start, "ends_on": span.end}


def _add_parts(plan: Plan, kept: list[Kept]) -> None:
    """Write each value as the part of the plan that its kind makes."""
    by_kind: dict[str, list[Kept]] = {}
    for each in kept:
        by_kind.setdefault(each.finding.kind, []).append(each)
    Goal.objects.bulk_create(_goals(plan, by_kind.pop("goal", [])))
    Quota.objects.bulk_create(_quotas(plan, by_kind.pop("quota", [])))
    Rhythm.objects.bulk_create(_rhythms(plan, by_kind.pop("slot", [])))
    PlanItem.objects.bulk_create(_items(plan, by_kind.pop("schedule", [])))
    YearRow.objects.bulk_create(_years(plan, by_kind.get("theme", [])))
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
                times_a_month=times_of(each),
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
    named = {_owner(each) for each in kept} - {""}
    owners = teachers_named(plan.organisation, named)
    items = []
    for each in kept:
        timing, owner = timing_of(each, plan.term, plan.span), _owner(each)
        items.append(
            PlanItem(
                plan=plan,
                text=str(each.get("name")).strip()[:200],
                month=timing.month,
                on=timing.on,
                last_on=timing.last_on,
                part=str((each.get("value") or {}).get("part") or "")[:10],
                owner=owners.get(owner),
                owner_name=owner[:60],
                **each.part,
            )
        )
    return items


def _owner(each: Kept) -> str:
    return str((each.get("value") or {}).get("owner") or "").strip()


def teachers_named(organisation: Organisation, names: set[str]) -> dict[str, Teacher]:
    """Return the teachers of `organisation` that `names` can only mean, by the name as written."""
    if not names:
        return {}
    posts = Post.objects.on(today()).filter(organisation=organisation)
    keys = {key(name): name for name in names}
    rows = Teacher.objects.filter(pk__in=posts.values("teacher"), is_active=True, name_key__in=keys)
    found: dict[str, list[Teacher]] = {}
    for row in rows:
        found.setdefault(keys[row.name_key], []).append(row)
    return {name: some[0] for name, some in found.items() if len(some) == 1}


def _years(plan: Plan, kept: list[Kept]) -> list[YearRow]:
    """Return the themes of the years; the last row of a year stands."""
    rows = []
    for place, each in enumerate(kept, 1):
        value = each.get("value") or {}
        number = int(value.get("year") or place)
        rows.append(
            YearRow(
                plan=plan,
                number=number,
                school_year=plan.term.school_year + number - 1,
                theme=(str(value.get("content") or "") or each.text)[:200],
                credits=_credits(value.get("credits")),
                **each.part,
            )
        )
    return rows


def _credits(value: object) -> Decimal | None:
    try:
        return amount(str(value)) if value is not None else None
    except ValueError:
        return None


CREDIT_RULES = {
    "总学分": "credits_total",
    "每年最低学分": "credits_least",
    "每学年最低学分": "credits_least",
    "每年最低学时": "hours_yearly",
    "每学年最低学时": "hours_yearly",
    "每年学时": "hours_yearly",
    "每学年学时": "hours_yearly",
}
"""Which column of a plan holds a rule about credits, by the name under which it is read."""


def _credit_rules(kept: list[Kept]) -> dict[str, Decimal]:
    """Return the rules about credits that a plan over several years is checked by."""
    found: dict[str, Decimal] = {}
    for each in kept:
        value, column = each.get("value"), CREDIT_RULES.get(str(each.get("name")))
        if isinstance(value, dict) and value.get("hours") and value.get("credits"):
            credit = _credits(value["credits"]) or Decimal(1)
            found["hours_per_credit"] = (Decimal(str(value["hours"])) / credit).quantize(
                Decimal("0.0001")
            )
        elif column and (read := _credits(value)) is not None:
            found[column] = read
    return found
