"""Skill checks: what one thinks of oneself, and what was found."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from yanxiu.activities.models import Tag
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import NotAllowed, require, require_right
from yanxiu.people.models import Organisation, Teacher
from yanxiu.training.models import SkillCheck, SkillResult
from yanxiu.training.permissions import may_manage_skill_check
from yanxiu.training.queries.audiences import people_of

FEWEST_LEVELS = 2
Found = tuple[int | None, Decimal | None]
"""A level, and a score if the check gives one."""


@transaction.atomic
def start_skill_check(
    organisation: Organisation,
    *,
    name: str,
    audience: str,
    levels: Sequence[str],
    passing: int,
    held_on: date,
    tag: Tag | None = None,
    by: Teacher,
    at: datetime,
) -> SkillCheck:
    """Set up a check of a skill for `audience`, in the levels given from the lowest up.

    Raises:
        NotAllowed: `by` does not manage the sessions of `organisation`.
        BadInput: no name, fewer than two levels, or a passing level that is none of them.
    """
    require_right(by, "manage_sessions", organisation)
    words = [word.strip() for word in levels if word.strip()]
    if not name.strip() or len(words) < FEWEST_LEVELS or not 1 <= passing <= len(words):
        raise BadInput("请写测查什么、至少两个等级，并选其中一级起算掌握。没有保存。")
    check = SkillCheck.objects.create(
        organisation=organisation,
        name=name.strip(),
        audience=audience,
        levels=words,
        passing=passing,
        held_on=held_on,
        tag=tag,
        made_at=at,
        made_by_uid=by.uid,
    )
    trail.record(by, "training.skill-check-started", check, at=at, detail={"name": check.name})
    return check


@transaction.atomic
def rate_oneself(check: SkillCheck, level: int, *, by: Teacher, at: datetime) -> SkillResult:
    """Say where one stands oneself; only the person and the research office see it.

    Raises:
        NotAllowed: the check is not for this person.
        BadInput: there is no such level.
    """
    mine = people_of(check.organisation, check.audience, day_of(at)).filter(pk=by.pk)
    if not mine.exists():
        raise NotAllowed
    if not 1 <= level <= len(check.levels):
        raise BadInput("没有这个等级，没有保存。请在列出的等级里选一个。")
    result, _fresh = SkillResult.objects.update_or_create(
        check_of=check, teacher=by, defaults={"own_level": level},
        create_defaults={"own_level": level, "at": at, "by_name": by.name},
    )  # fmt: skip
    return result


@transaction.atomic
def enter_results(
    check: SkillCheck, found: Mapping[int, Found], *, by: Teacher, at: datetime
) -> int:
    """Enter what the check found, by the primary keys of teachers; return how many changed.

    Raises:
        NotAllowed: `by` does not manage the check.
        BadInput: a level that does not exist.
    """
    require(may_manage_skill_check, by, check)
    possible = {None, *range(1, len(check.levels) + 1)}
    if any(level not in possible for level, _score in found.values()):
        raise BadInput("有的等级不在列出的等级里，全部没有保存。请核对后再交。")
    standing = {row.teacher_id: row for row in check.results.filter(teacher__in=found)}
    fresh, changed = [], []
    for teacher, (level, score) in found.items():
        row = standing.get(teacher)
        if row is None:
            if level is not None or score is not None:
                fresh.append(SkillResult(check_of=check, teacher_id=teacher, level=level,
                                         score=score, at=at, by_name=by.name))  # fmt: skip
        elif (row.level, row.score) != (level, score):
            row.level, row.score, row.at, row.by_name = level, score, at, by.name
            changed.append(row)
    SkillResult.objects.bulk_create(fresh)
    SkillResult.objects.bulk_update(changed, ["level", "score", "at", "by_name"])
    count = len(fresh) + len(changed)
    if count:
        trail.record(by, "training.results-entered", check, at=at, detail={"count": count})
    return count
