"""From a proposal, as a person decided it, to a plan."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q

from yanxiu.audit import trail
from yanxiu.kernel.amounts import amount
from yanxiu.people.models import Organisation, Post, Teacher, Tier, Unit
from yanxiu.people.models.teacher import today
from yanxiu.places.writing import tell_written
from yanxiu.planning.actions.kept import (
    Kept,
    choice_of,
    clock_of,
    first_week_of,
    number_of,
    number_read,
    refuse_faults,
    times_of,
    timing_of,
    weeks_of,
)
from yanxiu.planning.actions.reviewing import GAPS, open_proposal, undecided
from yanxiu.planning.actions.versions import keep_version, log
from yanxiu.planning.models import (
    Finding,
    Goal,
    Plan,
    PlanEvent,
    PlanItem,
    PlanNote,
    PlanPart,
    Proposal,
    Quota,
    Rhythm,
    YearRow,
)
from yanxiu.planning.queries import period_of, span_of_period, standing_plan
from yanxiu.planning.refusals import PlanChangedElsewhere, TermMissing, ValuesUndecided
from yanxiu.texts.keys import key

NUMBERED = {"target", "rhythm", "quantity"}
"""Kinds of value with a number in a field of its own, whose text is put together of its fields."""


@transaction.atomic
def confirm_proposal(proposal: Proposal, *, by: Teacher, at: datetime) -> Plan:
    """Make the plan of the values that were taken, after somebody decided about each.

    Args:
        proposal: an open proposal whose term is chosen.
        by: the person who confirms it.
        at: when, aware.

    Raises:
        NotAllowed, ProposalEnded: as `open_proposal`.
        ValuesUndecided: there are values about which nobody decided (`accept_rest`).
        TermMissing: no term is chosen.
        PlanChangedElsewhere: the term has a confirmed plan of the same school or unit.
        MonthOutsideTerm: the schedule names months that the term does not have.
        ValueUnreadable: a changed value is no number.
    """
    proposal = open_proposal(proposal, by)
    term = proposal.term
    if term is None:
        raise TermMissing
    if count := undecided(proposal).count():
        raise ValuesUndecided(count)
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
        **credit_rules([each for each in kept if each.finding.kind == "credit"]),
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


def parts_read(plan: Plan, kept: Iterable[Kept]) -> list[tuple[Kept, PlanPart]]:
    """Return each value with the part of `plan` that its kind makes; nothing is saved.

    The superior makes none, for it stands at the head; the theme of a year makes two.
    """
    by_kind: dict[str, list[Kept]] = {}
    for each in kept:
        by_kind.setdefault(each.finding.kind, []).append(each)
    targets, others = _parted(by_kind.pop("target", []), number_read)
    counted, told = _parted(by_kind.pop("rhythm", []), is_quota)
    by_kind |= {kind: rows for kind, rows in (("target", others), ("rhythm", told)) if rows}
    quotas = by_kind.pop("quota", []) + counted
    made: list[tuple[Kept, PlanPart]] = []
    made += _paired(_goals, plan, by_kind.pop("goal", []))
    made += _paired(_targets, plan, targets)
    made += _paired(_quotas, plan, quotas)
    made += _paired(_rhythms, plan, by_kind.pop("slot", []))
    made += _paired(_items, plan, by_kind.pop("schedule", []))
    made += _paired(_years, plan, by_kind.get("theme", []))
    for kind, notes in by_kind.items():
        made += [(each, _note(plan, kind, each)) for each in notes if not each.is_superior]
    return made


def _paired(
    make: Callable[[Plan, list[Kept]], Sequence[PlanPart]], plan: Plan, kept: list[Kept]
) -> list[tuple[Kept, PlanPart]]:
    """Return `kept` with what `make` makes of them, one by one."""
    return list(zip(kept, make(plan, kept), strict=True)) if kept else []


def _note(plan: Plan, kind: str, each: Kept) -> PlanNote:
    text = each.words if kind in NUMBERED else each.text
    return PlanNote(plan=plan, kind=kind, text=text, **each.part)


def _add_parts(plan: Plan, kept: list[Kept]) -> None:
    """Write each value as the part of the plan that its kind makes."""
    by_model: dict[type[PlanPart], list[PlanPart]] = {}
    for _each, part in parts_read(plan, kept):
        by_model.setdefault(type(part), []).append(part)
    for model, parts in by_model.items():
        made = model._default_manager.bulk_create(parts)
        if model is PlanItem:
            tell_written(made)


def _parted(kept: Iterable[Kept], fits: Callable[[Kept], object]) -> tuple[list[Kept], list[Kept]]:
    """Return those that fit, and the others, which are kept as text."""
    rows = list(kept)
    return [each for each in rows if fits(each)], [each for each in rows if not fits(each)]


def is_quota(each: Kept) -> bool:
    """Tell whether how often something is done says enough to be counted as a quota."""
    return bool(
        choice_of(each, "per") and choice_of(each, "period") and number_read(each) is not None
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


def _targets(plan: Plan, kept: list[Kept]) -> list[Goal]:
    """Return what shall be reached by a number, of a tier where the school has one so named."""
    tiers = tiers_of(plan.organisation) if kept else []
    return [
        Goal(
            plan=plan,
            name=str(each.get("name"))[:60],
            text=each.words,
            indicator=str(each.get("name"))[:60],
            target=number_read(each),
            level=Goal.Level.TIER if (tier := chosen_tier(each, tiers)) else Goal.Level.SPECIFIC,
            tier=tier,
            **each.part,
        )
        for each in kept
    ]


def tiers_of(organisation: Organisation) -> list[Tier]:
    """Return the tiers that the organisation and those above it use."""
    own = Q(organisation=None) | Q(organisation__in=organisation.lineage)
    return list(Tier.objects.filter(own))


def chosen_tier(each: Kept, tiers: list[Tier]) -> Tier | None:
    """Return the tier a person chose ("" is none), else the only one that the name names."""
    chosen = each.finding.changed.get("tier")
    if chosen is not None:
        return next((tier for tier in tiers if tier.name == chosen), None)
    name = key(str(each.get("name")))
    like = [tier for tier in tiers if key(tier.name) in name]
    longest = max((len(tier.name) for tier in like), default=0)
    best = [tier for tier in like if len(tier.name) == longest]
    return best[0] if len(best) == 1 else None


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
                every_weeks=weeks_of(each),
                from_week=first_week_of(each),
                times_a_month=times_of(each),
                place=str(value.get("place") or "")[:60],
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


def credit_rules(kept: list[Kept]) -> dict[str, Decimal]:
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
