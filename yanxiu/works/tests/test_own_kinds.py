"""A school adds kinds of work beside the shipped ones; no two that can be chosen have one name."""

import pytest

from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.people.models import Teacher
from yanxiu.works import actions
from yanxiu.works.models import WorkKind
from yanxiu.works.refusals import WorkKindTaken
from yanxiu.works.tests.conftest import kind


def test_a_kind_gets_a_code_that_no_other_has(cast: Cast, zhou: Teacher) -> None:
    WorkKind.objects.create(organisation=cast.school, code="own_2", name="从别处搬来的")

    found = actions.add_work_kind(
        cast.school, name="评课稿", like=kind("jotting"), by=zhou, at=NOON
    )

    assert found.code == "own_3"


def test_a_name_that_the_central_school_uses_is_taken(cast: Cast, zhou: Teacher) -> None:
    WorkKind.objects.create(organisation=cast.school.parent, code="own_1", name="评课稿")

    with pytest.raises(WorkKindTaken):
        actions.add_work_kind(cast.school, name="评课稿", like=kind("jotting"), by=zhou, at=NOON)


def test_a_retired_kind_does_not_come_back_beside_its_successor(cast: Cast, zhou: Teacher) -> None:
    old = actions.add_work_kind(
        cast.school, name="评课稿", like=kind("jotting"), by=zhou, at=MORNING
    )
    actions.retire_work_kind(old, on=MORNING.date(), by=zhou, at=MORNING)
    actions.add_work_kind(cast.school, name="评课稿", like=kind("paper"), by=zhou, at=NOON)

    with pytest.raises(WorkKindTaken):
        actions.retire_work_kind(old, on=None, by=zhou, at=NOON)
