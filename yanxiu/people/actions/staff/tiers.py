"""Tiers with what they ask for, and skills."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.spans import day_of
from yanxiu.people import hearing
from yanxiu.people.access import NotAllowed, require
from yanxiu.people.actions.teachers import hold_tier
from yanxiu.people.models import (
    Organisation,
    RequirementState,
    Skill,
    Teacher,
    TeacherSkill,
    Tier,
    TierHolding,
    TierRequirement,
    TierReview,
)
from yanxiu.people.permissions import may_guide_teacher, may_shape_staff


@transaction.atomic
def rate_skills(teacher: Teacher, levels: Mapping[int, int], *, by: Teacher, at: datetime) -> None:
    """Note how far `teacher` is with skills: in the own eyes, or checked by who guides.

    Raises:
        NotAllowed: `by` is neither the teacher nor guides the teacher.
    """
    own = by.pk == teacher.pk
    if not own:
        require(may_guide_teacher, by, teacher)
    for skill in Skill.objects.filter(pk__in=levels):
        level = min(max(levels[skill.pk], 0), 3)
        said = (
            {"rated": level, "rated_at": at}
            if own
            else {"checked": level, "checked_at": at, "checked_by_name": by.name}
        )
        TeacherSkill.objects.update_or_create(skill=skill, teacher=teacher, defaults=said)
    verb = "people.skills-rated" if own else "people.skills-checked"
    trail.record(by, verb, teacher, at=at, detail={"skills": len(levels)})


@transaction.atomic
def note_requirement(
    requirement: TierRequirement,
    teacher: Teacher,
    *,
    state: str,
    evidence: str,
    count: int,
    by: Teacher,
    at: datetime,
) -> RequirementState:
    """Note where `teacher` stands with a requirement; the teacher may say what shows it.

    Only who guides the teacher says that it is met.

    Raises:
        NotAllowed: `by` is neither the teacher nor guides the teacher.
    """
    guides = Teacher.objects.filter(may_guide_teacher(by), pk=teacher.pk).exists()
    if not (guides or by.pk == teacher.pk):
        raise NotAllowed
    said: dict[str, Any] = {"evidence": evidence[:300], "noted_by_name": by.name, "noted_at": at}
    said["count"] = min(max(count, 0), 9999)
    if guides:
        said["state"] = state
    row, _fresh = RequirementState.objects.update_or_create(
        requirement=requirement, teacher=teacher, defaults=said
    )
    trail.record(by, "people.requirement-noted", teacher, at=at, detail={"state": row.state})
    return row


@transaction.atomic
def review_tier(
    teacher: Teacher,
    tier: Tier,
    *,
    kind: str,
    round_name: str,
    statement: str,
    decision: str,
    reason: str,
    by: Teacher,
    at: datetime,
) -> TierReview:
    """Store a nomination or yearly review with its decision, and let the decision take effect.

    A granted nomination begins a term of office, a term that is ended ends today.

    Raises:
        NotAllowed: `by` does not guide the teacher.
        BadInput: the nomination is not agreed to and no reason is given.
    """
    require(may_guide_teacher, by, teacher)
    outcome = TierReview.Decision
    if decision in {outcome.REFUSED, outcome.ENDED} and not reason.strip():
        raise BadInput("没有写理由，没有保存。请写明理由，本人也能看到。")
    day = day_of(at)
    review = TierReview.objects.create(
        tier=tier, teacher=teacher, kind=kind, round=round_name, criteria=tier.criteria,
        statement=statement, decision=decision, reason=reason.strip(),
        decided_on=None if decision == outcome.OPEN else day,
        decided_by_name="" if decision == outcome.OPEN else by.name,
    )  # fmt: skip
    if decision == outcome.GRANTED and kind == TierReview.Kind.NOMINATION:
        holding = hold_tier(teacher, tier, starts_on=day, by=None, at=at)
        holding.round, holding.grounds = round_name, statement[:200]
        holding.save(update_fields=["round", "grounds"])
    if decision == outcome.ENDED:
        TierHolding.objects.filter(tier=tier, teacher=teacher, ends_on=None).update(ends_on=day)
        hearing.tell([teacher.pk], at)
    trail.record(
        by, "people.tier-reviewed", teacher, at=at, detail={"tier": tier.name, "to": decision}
    )
    return review


@transaction.atomic
def shape_tier(
    organisation: Organisation,
    facts: Mapping[str, Any],
    *,
    by: Teacher,
    at: datetime,
    tier: Tier | None = None,
) -> Tier:
    """Add a tier or honour to `organisation`, or change one of its own.

    Raises:
        NotAllowed: `by` does not shape the staff of `organisation`.
        BadInput: it has one of that name, or the tier belongs to a superior.
    """
    require(may_shape_staff, by, organisation)
    if tier and tier.organisation_id != organisation.pk:
        raise BadInput("这个称号是上级设的，这里不能改。请上级来改，或另加一个本校的。")
    tier = tier or Tier(organisation=organisation)
    others = Tier.objects.filter(organisation=organisation, name=facts["name"])
    if others.exclude(pk=tier.pk).exists():
        raise BadInput(f"已经有“{facts['name']}”，没有重复添加。请直接修改那一个。")
    for name in ("name", "ladder", "level", "is_honour", "criteria", "duties", "term_years"):
        setattr(tier, name, facts[name])
    tier.save()
    _keep_requirements(tier, facts.get("requirements", ""), is_duty=False)
    _keep_requirements(tier, facts["duties"], is_duty=True)
    trail.record(by, "people.tier-shaped", organisation, at=at, detail={"tier": tier.name})
    return tier


def _keep_requirements(tier: Tier, text: str, *, is_duty: bool) -> None:
    """Keep one requirement per line; what teachers have reached on a line that stays, stays."""
    wanted = list(dict.fromkeys(line.strip()[:200] for line in text.splitlines() if line.strip()))
    standing = TierRequirement.objects.filter(tier=tier, programme=None, is_duty=is_duty)
    standing.exclude(text__in=wanted).filter(states=None).delete()
    for order, line in enumerate(wanted):
        TierRequirement.objects.update_or_create(
            tier=tier, programme=None, text=line, defaults={"order": order, "is_duty": is_duty}
        )


@transaction.atomic
def add_skill(
    organisation: Organisation, *, name: str, group: str, by: Teacher, at: datetime
) -> Skill:
    """Ask teachers about one more skill or competence.

    Raises:
        NotAllowed: `by` does not shape the staff of `organisation`.
        BadInput: it is asked about already.
    """
    require(may_shape_staff, by, organisation)
    if Skill.objects.filter(organisation=organisation, name=name).exists():
        raise BadInput(f"已经有“{name}”这一项，没有重复添加。")
    skill = Skill.objects.create(organisation=organisation, name=name, group=group)
    trail.record(by, "people.skill-added", organisation, at=at, detail={"name": name})
    return skill
