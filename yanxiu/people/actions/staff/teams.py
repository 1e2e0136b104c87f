"""Mixed teams and programmes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import require
from yanxiu.people.models import (
    Organisation,
    Post,
    Programme,
    Teacher,
    Team,
    TeamMember,
    TierRequirement,
)
from yanxiu.people.permissions import may_shape_staff
from yanxiu.people.staff import Member


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
