"""Only who manages the people of a teacher's school puts the teacher into a tier."""

from datetime import date

import pytest

from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.people import actions
from yanxiu.people.models import Teacher, Tier, TierHolding

SINCE = date(2026, 9, 1)


@pytest.fixture
def tier(cast: Cast) -> Tier:
    return Tier.objects.create(name="校级骨干教师", organisation=cast.school)


def test_the_administrator_of_the_school_does(tier: Tier, guan: Teacher, wang: Teacher) -> None:
    made = actions.hold_tier(wang, tier, starts_on=SINCE, by=guan, at=MORNING)

    assert (made.teacher, made.tier, made.starts_on) == (wang, tier, SINCE)


def test_nobody_else_does(tier: Tier, cast: Cast, wang: Teacher) -> None:
    for name in set(cast.people) - {"guan"}:
        with pytest.raises(NotAllowed):
            actions.hold_tier(wang, tier, starts_on=SINCE, by=cast.people[name], at=MORNING)

    assert not TierHolding.objects.exists()


def test_not_even_the_administrator_for_another_school(
    tier: Tier, guan: Teacher, qian: Teacher
) -> None:
    with pytest.raises(NotAllowed):
        actions.hold_tier(qian, tier, starts_on=SINCE, by=guan, at=MORNING)
