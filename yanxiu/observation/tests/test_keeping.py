"""What an observer notes on one device or several is never lost and counts once."""

from datetime import timedelta

import pytest

from yanxiu.kernel.uids import new_uid
from yanxiu.observation import actions
from yanxiu.observation.actions import NewMark, NewText
from yanxiu.observation.models import Mark, MarkConflict, Observation
from yanxiu.observation.tests.conftest import AFTER, BEGINS
from yanxiu.people.access import NotAllowed
from yanxiu.people.models import Teacher

MINUTE = timedelta(minutes=1)


def test_a_mark_counts_once_however_often_it_is_sent(observation: Observation, li: Teacher) -> None:
    mark = NewMark(new_uid(), 75, "pupil", "第三组用折纸说明二分之一", order=1)

    for _again in range(2):
        actions.save_marks(observation, [mark], device="phone", by=li, at=AFTER)

    assert [row.text for row in observation.marks.all()] == ["第三组用折纸说明二分之一"]
    assert not observation.conflicts.exists()


def test_a_device_goes_on_from_what_it_wrote_itself(observation: Observation, li: Teacher) -> None:
    uid = new_uid()
    for order, text in ((1, "导入"), (2, "导入：分月饼"), (1, "导入")):
        mark = NewMark(uid, 0, "stage", text, order=order)
        actions.save_marks(observation, [mark], device="phone", by=li, at=AFTER)

    assert Mark.objects.get(uid=uid).text == "导入：分月饼"


def test_of_two_devices_the_later_change_stands_and_the_other_is_kept(
    observation: Observation, li: Teacher
) -> None:
    uid = new_uid()
    early = NewMark(uid, 60, "teacher", "追问为什么", order=1, changed_at=BEGINS + MINUTE)
    late = NewMark(uid, 60, "teacher", "追问“为什么”", order=1, changed_at=BEGINS + 2 * MINUTE)

    actions.save_marks(observation, [late], device="tablet", by=li, at=AFTER)
    saved = actions.save_marks(observation, [early], device="phone", by=li, at=AFTER)

    assert Mark.objects.get(uid=uid).text == "追问“为什么”"
    assert [row.came["text"] for row in saved.conflicts] == ["追问为什么"]


def test_an_older_text_never_overwrites_a_newer_one(observation: Observation, li: Teacher) -> None:
    first = actions.save_texts(observation, [NewText("overall", "一稿")], by=li, at=AFTER)
    actions.save_texts(observation, [NewText("overall", "二稿", edition=1)], by=li, at=AFTER)
    saved = actions.save_texts(
        observation, [NewText("overall", "手机上的另一稿", edition=1)], by=li, at=AFTER
    )

    assert first.editions == {"overall": 1}
    assert saved.editions == {"overall": 2}
    assert observation.texts.get(name="overall").text == "二稿"
    assert MarkConflict.objects.get().came == {"text": "手机上的另一稿"}


def test_what_arrives_after_handing_in_waits_for_the_person(
    observation: Observation, li: Teacher
) -> None:
    actions.save_texts(observation, [NewText("overall", "问题问到了点子上")], by=li, at=AFTER)
    actions.hand_in(observation, by=li, at=AFTER)
    mark = NewMark(new_uid(), 600, "quote", "老师，我有不同意见", order=1)

    saved = actions.save_marks(observation, [mark], device="phone", by=li, at=AFTER)

    assert saved.conflicts[0].reason == MarkConflict.Reason.LATE
    assert not observation.marks.exists()


def test_nobody_writes_on_the_observation_of_another(
    observation: Observation, wang: Teacher
) -> None:
    with pytest.raises(NotAllowed):
        actions.save_texts(observation, [NewText("overall", "很好")], by=wang, at=AFTER)
