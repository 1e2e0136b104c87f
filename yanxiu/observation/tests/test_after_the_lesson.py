"""What follows a lesson: hints, conflicts, the small test, the account, the papers."""

from decimal import Decimal
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from docx import Document

from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.uids import new_uid
from yanxiu.ledger.models import Record
from yanxiu.lessons.models import Lesson
from yanxiu.observation import actions, refusals
from yanxiu.observation.actions import NewMark, NewRating, NewText, answering, keeping
from yanxiu.observation.documents import booklet, evaluation_form
from yanxiu.observation.models import MarkConflict, Observation
from yanxiu.observation.queries import reading
from yanxiu.observation.queries.settings import hints_for
from yanxiu.observation.rules.hints import hints
from yanxiu.observation.tests.conftest import AFTER, BEGINS
from yanxiu.observation.tests.test_wall import TERM
from yanxiu.people.access import NotAllowed
from yanxiu.people.models import Teacher

PHRASES = ("教学内容充实", "方法多样", "充分调动了学生的积极性", "教态自然")


@pytest.mark.parametrize(
    "text",
    ["教学内容充实、方法多样。", "教态自然，方法多样！", "本节课教学内容充实，方法多样，很好。"],
)
def test_words_that_fit_any_lesson_are_hinted_at(text: str) -> None:
    assert hints(text, PHRASES)


@pytest.mark.parametrize(
    "text",
    [
        "第12分钟，第三组用折纸说明二分之一，方法多样。",
        "有个学生说“我不同意”，教态自然地请他上来。",
        "方法多样，可是练习时六个人把没有平均分的也圈成了二分之一，讲评没有回到折纸。",
        "",
    ],
)
def test_words_about_a_moment_are_left_alone(text: str) -> None:
    assert hints(text, PHRASES) == []


def test_what_is_noted_for_oneself_is_never_looked_at(observation: Observation) -> None:
    assert hints_for(observation, {"own_lesson": "教学内容充实，方法多样。"}) == []


def test_both_of_two_writings_can_be_kept(observation: Observation, li: Teacher) -> None:
    actions.save_texts(observation, [NewText("overall", "手机上的")], by=li, at=AFTER)
    actions.save_texts(observation, [NewText("overall", "平板上的")], by=li, at=AFTER)

    actions.settle(MarkConflict.objects.get(), outcome="both", by=li, at=AFTER)

    assert observation.texts.get().text == "手机上的\n平板上的"
    assert not observation.conflicts.filter(settled_at=None).exists()


def test_a_late_mark_is_taken_in_after_taking_back(observation: Observation, li: Teacher) -> None:
    actions.save_texts(observation, [NewText("overall", "问到了点子上")], by=li, at=AFTER)
    actions.hand_in(observation, by=li, at=AFTER)
    late = NewMark(new_uid(), 600, "quote", "我有不同意见", order=1)
    actions.save_marks(observation, [late], device="phone", by=li, at=AFTER)
    conflict = MarkConflict.objects.get()
    with pytest.raises(refusals.ObservationClosed):
        actions.settle(conflict, outcome="came", by=li, at=AFTER)

    actions.take_back(observation, by=li, at=AFTER)
    actions.settle(conflict, outcome="came", by=li, at=AFTER)

    assert observation.marks.get().text == "我有不同意见"


def test_nothing_can_be_taken_back_once_the_presenter_has_answered(
    observation: Observation, li: Teacher, wang: Teacher
) -> None:
    actions.save_texts(observation, [NewText("overall", "问到了点子上")], by=li, at=AFTER)
    actions.hand_in(observation, by=li, at=AFTER)
    actions.reply(observation, text="谢谢，那一问是临时想到的", by=wang, at=AFTER)

    with pytest.raises(refusals.AlreadyActedUpon):
        actions.take_back(observation, by=li, at=AFTER)


def test_a_returned_record_counts_again_when_it_comes_again(
    observation: Observation, li: Teacher, zhou: Teacher
) -> None:
    actions.save_texts(observation, [NewText("overall", "问到了点子上")], by=li, at=AFTER)
    actions.hand_in(observation, by=li, at=AFTER)
    actions.send_back(observation, comment="请补课题", by=zhou, at=AFTER)
    standing = Record.objects.filter(source_id=observation.uid, withdrawn_at=None)
    assert not standing.exists()

    actions.hand_in(observation, by=li, at=AFTER)

    assert standing.count() == 1


def test_a_small_test_joins_the_score_where_the_school_says_so(
    lesson: Lesson, li: Teacher, zhou: Teacher
) -> None:
    content = {
        "dimensions": [
            {"name": "过程", "weight": 100, "items": [
                {"text": "学生自己想", "levels": [{"name": "好", "points": 4}]}]}],
        "test_weight": 20,
    }  # fmt: skip
    version = actions.make_rubric(
        lesson.organisation, name="带小测", content=content, by=zhou, at=AFTER
    )
    observation = actions.start(lesson, by=li, at=BEGINS, rubric=version)
    actions.save_ratings(observation, [NewRating("d1.1", 0)], by=li, at=AFTER)
    actions.hand_in(observation, by=li, at=AFTER)

    test = actions.enter_test(observation, pupils=40, mean=Decimal(80), passed=36, by=li, at=AFTER)

    observation.refresh_from_db()
    assert test.pass_rate == 90
    assert observation.score == Decimal("96.0")


def test_an_account_over_a_newer_one_is_refused(lesson: Lesson, wang: Teacher, li: Teacher) -> None:
    observation = actions.start(lesson, by=li, at=BEGINS)
    actions.save_texts(observation, [NewText("overall", "问到了点子上")], by=li, at=AFTER)
    actions.hand_in(observation, by=li, at=AFTER)
    lesson.refresh_from_db()
    actions.save_account(lesson, texts={"goals": "会比大小"}, edition=0, by=wang, at=AFTER)

    with pytest.raises(refusals.OldEdition):
        actions.save_account(lesson, texts={"goals": "另一台"}, edition=0, by=wang, at=AFTER)


def test_a_photo_must_be_a_picture(observation: Observation, li: Teacher) -> None:
    with pytest.raises(BadInput):
        actions.add_photo(observation, b"%PDF-1.7", name="a.pdf", by=li, at=AFTER)

    actions.add_photo(observation, b"\xff\xd8\xff" + b"0" * 64, name="a.jpg", by=li, at=AFTER)
    assert observation.marks.get().side == "photo"


def test_the_course_of_a_lesson_is_told_by_stages(observation: Observation, li: Teacher) -> None:
    given = ((0, "stage", "导入"), (60, "teacher", "问"), (300, "stage", "练习"))
    marks = [
        NewMark(new_uid(), second, side, text, stage=text if side == "stage" else "")
        for second, side, text in given
    ]
    actions.save_marks(observation, marks, device="", by=li, at=AFTER)

    stages = reading.stages_of(observation.marks.all(), ended=2400)

    assert [(stage.name, stage.minutes) for stage in stages] == [("导入", 5), ("练习", 35)]
    assert stages[0].moments[0].clock == "1′00″"


def test_the_booklet_binds_what_was_handed_in(
    observation: Observation, li: Teacher, lesson: Lesson
) -> None:
    actions.save_texts(observation, [NewText("overall", "问到了点子上")], by=li, at=AFTER)
    assert booklet.booklet_of(li, TERM) == []
    actions.hand_in(observation, by=li, at=AFTER)

    rows = booklet.booklet_of(li, TERM)
    data = booklet.document(li, lesson.organisation.name, TERM, rows)

    text = "\n".join(one.text for one in Document(BytesIO(data)).paragraphs)
    assert "问到了点子上" in text
    form = evaluation_form.form_of(rows[0])
    assert ("授课教师", "王老师") in form.facts
    assert evaluation_form.document(form) == evaluation_form.document(form)


def signed_in(teacher: Teacher) -> Client:
    client = Client()
    client.force_login(teacher)
    return client


def test_a_reply_that_was_not_taken_is_seen_by_nobody_else(
    observation: Observation, li: Teacher, wang: Teacher
) -> None:
    actions.save_texts(observation, [NewText("overall", "问到了点子上")], by=li, at=AFTER)
    actions.hand_in(observation, by=li, at=AFTER)
    actions.reply(observation, text="谢谢", by=wang, at=AFTER)
    root = f"/observation/{observation.uid}/"

    with time_machine.travel(AFTER):
        refused = signed_in(wang).post(
            f"{root}reply/", {"text": "还没想好要不要说的", "edition": "0"}
        )

        assert refused.status_code == 422
        assert "还没想好要不要说的" in refused.content.decode()
        for end in ("", "offline/", "conflicts/"):
            shown = signed_in(li).get(root + end).content.decode()
            assert "还没想好要不要说的" not in shown
            assert "有 1 处" not in shown


def test_who_has_an_old_page_neither_replies_nor_decides_once_it_was_taken_back(
    observation: Observation, li: Teacher, wang: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.save_texts(observation, [NewText("suggestions", "再等一等")], by=li, at=AFTER)
    actions.hand_in(observation, by=li, at=AFTER)
    advice = observation.advice.get()
    locked = keeping.held

    def taken_back_first(row: Observation) -> Observation:
        """Another request has the lock first."""
        monkeypatch.setattr(answering, "held", locked)
        actions.take_back(row, by=li, at=AFTER)
        return locked(row)

    monkeypatch.setattr(answering, "held", taken_back_first)
    with pytest.raises(NotAllowed):
        actions.reply(observation, text="谢谢", by=wang, at=AFTER)
    actions.hand_in(observation, by=li, at=AFTER)
    monkeypatch.setattr(answering, "held", taken_back_first)
    with pytest.raises(NotAllowed):
        actions.take_advice(advice, by=wang, at=AFTER)

    assert observation.texts.count() == 1
    assert observation.advice.get().state == "offered"
