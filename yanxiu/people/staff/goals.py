"""Goals on the structure of the staff, and how far they are reached."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from yanxiu.people.models import (
    TeacherSkill,
    Tier,
    WorkforceGoal,
    WorkforceSetting,
)
from yanxiu.people.staff.shape import EDUCATIONS, Member, Share, at_least
from yanxiu.people.staff.who import tiers_at_least

_NEWCOMER_YEARS = 3


@dataclass(frozen=True)
class GoalValue:
    """Where a goal stands today; `share` is None for what cannot be measured."""

    goal: WorkforceGoal
    share: Share | None
    missing: str = ""

    @property
    def is_reached(self) -> bool:
        """Whether the share is at the target or above."""
        target = self.goal.target_percent
        return bool(
            self.share
            and target is not None
            and self.share.whole
            and self.share.count * 100 >= target * self.share.whole
        )


def goal_values(
    goals: Sequence[WorkforceGoal],
    staff: Sequence[Member],
    setting: WorkforceSetting,
    day: date,
    known_tiers: Sequence[Tier] | None = None,
) -> list[GoalValue]:
    """Reckon where `goals` stand; few statements however many goals."""
    skills = {goal.skill_id for goal in goals if goal.skill_id}
    levels: dict[int, dict[int, int]] = {pk: {} for pk in skills if pk}
    if skills:
        for row in TeacherSkill.objects.filter(skill__in=skills):
            levels[row.skill_id][row.teacher_id] = row.checked or row.rated
    asked = {tier.pk: tier for goal in goals for tier in (goal.tier, goal.population_tier) if tier}
    if known_tiers is None:
        known_tiers = list(Tier.objects.all()) if asked else []
    tiers = {pk: frozenset(tiers_at_least(tier, known_tiers)) for pk, tier in asked.items()}
    ground = _Ground(setting, levels, tiers, day)
    return [_goal_value(goal, staff, ground) for goal in goals]


@dataclass(frozen=True)
class _Ground:
    """What all goals of a page are reckoned with."""

    setting: WorkforceSetting
    levels: Mapping[int, Mapping[int, int]]
    tiers: Mapping[int, frozenset[int]]
    day: date


def _goal_value(goal: WorkforceGoal, staff: Sequence[Member], ground: _Ground) -> GoalValue:
    levels, tiers = ground.levels, ground.tiers
    asked = [one for one in staff if _is_meant(one, goal, ground)]
    kind = WorkforceGoal.Indicator
    if goal.target_percent is None or goal.indicator == kind.NONE:
        return GoalValue(goal, None, _("没有指标或目标百分比，还不能衡量。"))
    if goal.indicator in {kind.SKILL, kind.SKILLED} and goal.skill_id:
        least = 3 if goal.indicator == kind.SKILLED else 2
        there = sum(levels[goal.skill_id].get(one.pk, 0) >= least for one in asked)
    elif goal.indicator == kind.TIER and goal.tier_id:
        there = sum(bool(one.tiers & tiers[goal.tier_id]) for one in asked)
    elif goal.indicator == kind.EDUCATION and goal.education in EDUCATIONS:
        there = sum(at_least(one.education, goal.education) for one in asked)
    else:
        return GoalValue(goal, None, _("指标没有写全，还不能衡量。"))
    return GoalValue(goal, Share(goal.text, there, len(asked)))


def _is_meant(one: Member, goal: WorkforceGoal, ground: _Ground) -> bool:
    kind, day = WorkforceGoal.Population, ground.day
    if goal.population == kind.YOUNG:
        return one.age is not None and one.age < ground.setting.young_below
    if goal.population == kind.NEWCOMERS:
        return one.began >= f"{day.year - _NEWCOMER_YEARS}{day.isoformat()[4:]}"
    if goal.population == kind.TIER:
        meant = goal.population_tier_id
        return bool(meant and one.tiers & ground.tiers[meant])
    if goal.population == kind.SUBJECT:
        return one.subject == goal.population_subject
    return True
