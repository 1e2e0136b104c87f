"""A rubric is typed as an outline, adds up to a hundred, and old records keep their version."""

from decimal import Decimal
from typing import Any

import pytest

from yanxiu.cast import Cast
from yanxiu.lessons.models import Lesson
from yanxiu.observation import actions, refusals
from yanxiu.observation.actions import NewRating
from yanxiu.observation.models import Observation, Rubric
from yanxiu.observation.queries.rubrics import proposed
from yanxiu.observation.rules.outline import content_from, text_of
from yanxiu.observation.rules.rubrics import score, sheet_from
from yanxiu.observation.tests.conftest import AFTER, BEGINS
from yanxiu.people.access import NotAllowed
from yanxiu.people.models import Teacher

OUTLINE = """【目标】40
目标具体
达到了目标（写依据）
【过程】60 重点
学生自己想
扣分：一直在讲（没有0 明显6）
加分：有新意（没有0 有2）"""
LEVELS, BANDS = "好4 中2", "优85 合格60 待改进0"


def test_an_outline_reads_back_as_it_was_typed() -> None:
    content = content_from(OUTLINE, LEVELS, BANDS)

    assert text_of(sheet_from(content)) == OUTLINE


def test_an_item_that_reads_as_before_keeps_its_code() -> None:
    before = sheet_from(content_from(OUTLINE, LEVELS, BANDS))
    after = sheet_from(
        content_from(OUTLINE.replace("目标具体\n", "目标清楚\n"), LEVELS, BANDS, before=before)
    )

    old = {item.text: item.code for item in before.items.values()}
    new = {item.text: item.code for item in after.items.values()}
    assert new["学生自己想"] == old["学生自己想"]
    assert new["目标清楚"] not in old.values()


def test_weights_that_do_not_come_to_a_hundred_are_told() -> None:
    with pytest.raises(ValueError, match="加起来是90"):
        sheet_from(content_from(OUTLINE.replace("60", "50"), LEVELS, BANDS))


def test_a_score_weighs_dimensions_and_takes_off_what_is_negative() -> None:
    sheet = sheet_from(content_from(OUTLINE, LEVELS, BANDS))
    by_text = {item.text: item.code for item in sheet.items.values()}
    given = {
        by_text["目标具体"]: Decimal(4),
        by_text["达到了目标"]: Decimal(2),
        by_text["学生自己想"]: Decimal(4),
        by_text["一直在讲"]: Decimal(6),
        by_text["有新意"]: Decimal(2),
    }

    found = score(sheet, given)

    assert found is not None
    assert (found.total, found.grade) == (Decimal("86.0"), "优")


def test_a_dimension_that_could_not_be_seen_costs_nothing() -> None:
    sheet = sheet_from(content_from(OUTLINE, LEVELS, BANDS))
    code = next(item.code for item in sheet.items.values() if item.text == "目标具体")

    found = score(sheet, {code: Decimal(4)})

    assert found is not None
    assert found.total == Decimal(100)


def test_an_old_record_keeps_the_version_it_was_filled_with(
    cast: Cast, lesson: Lesson, li: Teacher, zhou: Teacher
) -> None:
    content = content_from(OUTLINE, LEVELS, BANDS)
    version = actions.make_rubric(cast.school, name="本校量表", content=content, by=zhou, at=AFTER)
    observation = actions.start(lesson, by=li, at=BEGINS)
    item = next(iter(version.sheet.items))
    actions.save_ratings(observation, [NewRating(item, 0)], by=li, at=AFTER)
    actions.hand_in(observation, by=li, at=AFTER)

    newer = content_from(OUTLINE.replace("好4", "好5"), "好5 中2", BANDS, before=version.sheet)
    actions.change_rubric(version.rubric, content=newer, by=zhou, at=AFTER)

    observation = Observation.objects.get(pk=observation.pk)
    assert observation.rubric == version
    assert proposed(lesson) != version


def test_a_school_cannot_change_what_is_shipped(lesson: Lesson, zhou: Teacher) -> None:
    actions.lay_ground()
    shipped = Rubric.objects.filter(organisation=None).first()
    assert shipped is not None
    with pytest.raises(NotAllowed):
        actions.change_rubric(
            shipped, content=content_from(OUTLINE, LEVELS, BANDS), by=zhou, at=AFTER
        )


def test_an_unsound_rubric_is_not_kept(cast: Cast, zhou: Teacher) -> None:
    content = content_from("【目标】90\n目标具体", LEVELS, BANDS)
    with pytest.raises(refusals.RubricUnsound):
        actions.make_rubric(cast.school, name="不全", content=content, by=zhou, at=AFTER)


def test_the_form_made_for_the_kind_of_lesson_is_proposed(
    cast: Cast, lesson: Lesson, zhou: Teacher
) -> None:
    content = content_from(OUTLINE, LEVELS, BANDS)
    more: dict[str, Any] = {"content": content, "by": zhou, "at": AFTER}
    actions.make_rubric(cast.school, name="一般", **more)
    wanted = actions.make_rubric(cast.school, name="公开课", lesson_kinds=["open_lesson"], **more)
    actions.make_rubric(cast.school, name="语文", subjects=["语文"], **more)

    assert proposed(lesson) == wanted
