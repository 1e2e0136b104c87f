"""What changes for a person or the staff: leave, moving, skills, requirements, goals, teams."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import NotAllowed, require, require_right
from yanxiu.people.actions.teachers import give_post, hold_tier
from yanxiu.people.models import (
    Departure,
    Leave,
    Membership,
    Organisation,
    Post,
    Programme,
    RequirementState,
    Role,
    Skill,
    Teacher,
    TeacherSkill,
    Team,
    TeamMember,
    Tier,
    TierHolding,
    TierRequirement,
    TierReview,
    WorkforceGoal,
    WorkforceNote,
    WorkforceSetting,
)
from yanxiu.people.permissions import may_guide_teacher, may_manage_teacher, may_shape_staff
from yanxiu.people.staff import Member


@transaction.atomic
def add_leave(
    teacher: Teacher,
    *,
    kind: str,
    starts_on: date,
    ends_on: date | None,
    by: Teacher,
    at: datetime,
) -> Leave:
    """Note that `teacher` is away from `starts_on` until before `ends_on` (open if None).

    Raises:
        NotAllowed: `by` does not manage the teacher.
        BadInput: it ends before it starts, or lies in another leave.
    """
    require(may_manage_teacher, by, teacher)
    if ends_on and ends_on <= starts_on:
        raise BadInput("结束的日子不在开始之后，没有保存。请核对日期。")
    overlapping = Leave.objects.filter(teacher=teacher).filter(
        Q(ends_on=None) | Q(ends_on__gt=starts_on)
    )
    if ends_on:
        overlapping = overlapping.filter(starts_on__lt=ends_on)
    if standing := overlapping.first():
        raise BadInput(
            f"{teacher.name}已有一段{standing.get_kind_display()}与这段时间重叠，没有重复登记。"
            "请先结束那一段，或改日期。"
        )
    leave = Leave.objects.create(
        teacher=teacher, kind=kind, starts_on=starts_on, ends_on=ends_on, noted_by_name=by.name
    )
    trail.record(by, "people.leave-noted", teacher, at=at, detail={"on": starts_on.isoformat()})
    return leave


@transaction.atomic
def end_leave(leave: Leave, *, on: date, by: Teacher, at: datetime) -> Leave | None:
    """Let a leave end before `on`; one that would never have begun is taken away.

    Raises:
        NotAllowed: `by` does not manage the teacher.
        BadInput: it ended before.
    """
    require(may_manage_teacher, by, leave.teacher)
    if leave.ends_on and leave.ends_on <= on:
        raise BadInput("这段离岗已经结束，没有改动。")
    trail.record(by, "people.leave-ended", leave.teacher, at=at, detail={"on": on.isoformat()})
    if on <= leave.starts_on:
        leave.delete()
        return None
    leave.ends_on = on
    leave.save(update_fields=["ends_on"])
    return leave


@transaction.atomic
def move_teacher(
    teacher: Teacher,
    organisation: Organisation,
    *,
    kind: str,
    on: date,
    by: Teacher,
    at: datetime,
    to: Organisation | None = None,
    to_text: str = "",
    job_number: str = "",
) -> Departure:
    """Let `teacher` leave `organisation` on a day: to another school, into retirement, away.

    Posts and memberships there end that day; everything before it stays as it was. With `to` the
    person begins there as a teacher the same day; who has no post left is taken off the roster.

    Raises:
        NotAllowed: `by` does not manage the people of both.
        BadInput: it is the own person, there is no post to leave, or it is the same school.
    """
    require_right(by, "manage_people", organisation)
    if teacher.pk == by.pk:
        raise BadInput("不能自己办理自己的去向，没有改动。请由另一位管理员来办。")
    if to and to.pk == organisation.pk:
        raise BadInput("调入和调出是同一所学校，没有改动。请核对去往哪里。")
    posts = Post.objects.filter(teacher=teacher, organisation=organisation, ends_on=None)
    if not posts.exists():
        raise BadInput(f"{teacher.name}在{organisation.name}没有在任的岗位，没有改动。")
    for post in posts:
        post.ends_on = max(on, post.starts_on)
        post.save(update_fields=["ends_on"])
    for seat in Membership.objects.filter(
        teacher=teacher, unit__organisation=organisation, ends_on=None
    ):
        seat.ends_on = max(on, seat.starts_on)
        seat.save(update_fields=["ends_on"])
    if to:
        give_post(
            teacher, to, Role.objects.get(code="teacher"), starts_on=on, job_number=job_number,
            by=by, at=at,
        )  # fmt: skip
        teacher.entered = on.isoformat()[:7]
    elif not Post.objects.filter(teacher=teacher, ends_on=None).exists():
        teacher.is_active = False
    teacher.save(update_fields=["entered", "is_active"])
    departure = Departure.objects.create(
        teacher=teacher, organisation=organisation, kind=kind, to=to, to_text=to_text, on=on,
        noted_by_name=by.name,
    )  # fmt: skip
    trail.record(by, "people.teacher-moved", teacher, at=at, detail={"kind": kind})
    return departure


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
def keep_setting(
    organisation: Organisation, facts: Mapping[str, int], *, by: Teacher, at: datetime
) -> WorkforceSetting:
    """Say who counts as young and senior and which share is low.

    Raises:
        NotAllowed: `by` does not shape the staff of `organisation`.
        BadInput: the ages contradict each other.
    """
    require(may_shape_staff, by, organisation)
    if facts["senior_from"] < facts["young_below"]:
        raise BadInput("老教师的年龄比青年教师的上限还低，没有保存。请核对两个年龄。")
    row, _fresh = WorkforceSetting.objects.update_or_create(
        organisation=organisation, defaults=dict(facts)
    )
    trail.record(by, "people.staff-setting-kept", organisation, at=at, detail=dict(facts))
    return row


@transaction.atomic
def write_note(
    organisation: Organisation, text: str, figures: Mapping[str, Any], *, by: Teacher, at: datetime
) -> WorkforceNote:
    """Keep what people make of the structure, beside the numbers of the day.

    Raises:
        NotAllowed: `by` does not shape the staff of `organisation`.
    """
    require(may_shape_staff, by, organisation)
    note = WorkforceNote.objects.create(
        organisation=organisation, text=text, figures=dict(figures), written_on=day_of(at),
        written_by_name=by.name,
    )  # fmt: skip
    trail.record(by, "people.staff-note-written", organisation, at=at)
    return note


@transaction.atomic
def keep_goal(
    organisation: Organisation,
    facts: Mapping[str, Any],
    *,
    by: Teacher,
    at: datetime,
    goal: WorkforceGoal | None = None,
) -> WorkforceGoal:
    """Set a goal for the staff, or change one.

    Raises:
        NotAllowed: `by` does not shape the staff of `organisation`.
    """
    require(may_shape_staff, by, organisation)
    goal = goal or WorkforceGoal(organisation=organisation)
    for name, value in facts.items():
        setattr(goal, name, value)
    goal.save()
    trail.record(by, "people.staff-goal-kept", organisation, at=at, detail={"goal": goal.text})
    return goal


@transaction.atomic
def drop_goal(goal: WorkforceGoal, *, by: Teacher, at: datetime) -> None:
    """Take a goal away.

    Raises:
        NotAllowed: `by` does not shape the staff of its organisation.
    """
    require(may_shape_staff, by, goal.organisation)
    detail = {"goal": goal.text}
    trail.record(by, "people.staff-goal-dropped", goal.organisation, at=at, detail=detail)
    goal.delete()


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


def propose_team(
    staff: Sequence[Member], young_below: int, senior_from: int, honours: frozenset[int], size: int
) -> list[tuple[int, str]]:
    """Return a mixed team: experienced, young and backbone teachers in turn, subjects spread.

    A proposal for people to change; it judges nobody, and the same staff gives the same team.
    """
    force = TeamMember.Force
    pools: dict[str, list[Member]] = {force.SENIOR: [], force.YOUNG: [], force.BACKBONE: []}
    for one in staff:
        if one.tiers & honours:
            pools[force.BACKBONE].append(one)
        elif one.age is not None and one.age >= senior_from:
            pools[force.SENIOR].append(one)
        elif one.age is not None and one.age < young_below:
            pools[force.YOUNG].append(one)
    team: list[tuple[int, str]] = []
    subjects: dict[str, int] = {}
    while len(team) < size and any(pools.values()):
        for name, pool in pools.items():
            if pool and len(team) < size:
                one = min(pool, key=lambda each: subjects.get(each.subject, 0))
                pool.remove(one)
                subjects[one.subject] = subjects.get(one.subject, 0) + 1
                team.append((one.pk, name))
    return team


@transaction.atomic
def keep_team(
    organisation: Organisation,
    *,
    name: str,
    task: str,
    members: Sequence[tuple[int, str]],
    by: Teacher,
    at: datetime,
    team: Team | None = None,
) -> Team:
    """Keep a mixed team with its members, or change one.

    Raises:
        NotAllowed: `by` does not shape the staff of `organisation`.
    """
    require(may_shape_staff, by, organisation)
    team = team or Team(organisation=organisation, made_on=day_of(at))
    team.name, team.task = name, task
    team.save()
    team.members.all().delete()
    working = Post.objects.on(day_of(at)).filter(
        organisation__path__startswith=organisation.path, teacher__in=[pk for pk, _ in members]
    )
    known = set(working.values_list("teacher_id", flat=True))
    TeamMember.objects.bulk_create(
        TeamMember(team=team, teacher_id=pk, force=force)
        for pk, force in dict(members).items()
        if pk in known
    )
    trail.record(by, "people.team-kept", organisation, at=at, detail={"team": name})
    return team


@transaction.atomic
def open_programme(
    organisation: Organisation, facts: Mapping[str, Any], *, by: Teacher, at: datetime
) -> Programme:
    """Offer those of one tier a programme with its requirements; who holds the tier takes part.

    Raises:
        NotAllowed: `by` does not shape the staff of `organisation`.
    """
    require(may_shape_staff, by, organisation)
    names = ("name", "tier", "aim", "starts_on", "ends_on")
    programme = Programme.objects.create(
        organisation=organisation, **{name: facts[name] for name in names}
    )
    lines = [line.strip() for line in facts["requirements"].splitlines() if line.strip()]
    TierRequirement.objects.bulk_create(
        TierRequirement(tier=programme.tier, programme=programme, text=line[:200], order=order)
        for order, line in enumerate(lines)
    )
    detail = {"programme": programme.name}
    trail.record(by, "people.programme-opened", organisation, at=at, detail=detail)
    return programme
