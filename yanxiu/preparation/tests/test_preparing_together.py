"""From the lead preparer's draft to each teacher's own plan: who sees, says and changes what."""

import pytest

from yanxiu.activities import actions as activities
from yanxiu.activities.models import Attendance, Session
from yanxiu.cast import MORNING, NOON
from yanxiu.kernel.refusals import BadInput
from yanxiu.ledger.models import Record
from yanxiu.notices.models import Notice
from yanxiu.originality.models import Document
from yanxiu.people.access import NotAllowed, allowed
from yanxiu.people.models import Teacher
from yanxiu.preparation import actions, content
from yanxiu.preparation.models import LessonPlan, PlanVersion
from yanxiu.preparation.permissions import may_see_departure, may_see_plan
from yanxiu.preparation.refusals import (
    AlreadyOwn,
    NothingWritten,
    ParagraphGone,
    Settled,
    WrongState,
)
from yanxiu.preparation.tests.conftest import TEXTS, Started


def _seen(teacher: Teacher, plan: LessonPlan) -> bool:
    return allowed(may_see_plan, teacher, LessonPlan.objects.filter(pk=plan.pk)).exists()


def _paragraph(plan: LessonPlan, part: str) -> str:
    return next(one.id for one in content.paragraphs(plan.content) if part in one.text)


def _text(plan: LessonPlan, code: str) -> str:
    plan.refresh_from_db()
    return content.texts_of(plan.content)[code]


# ---- the draft ----
def test_a_draft_is_nobodys_but_its_authors(
    started: Started, wang: Teacher, li: Teacher, shen: Teacher, zhou: Teacher
) -> None:
    own = started(by=wang, kind="personal")

    assert _seen(wang, own)
    assert not any(_seen(one, own) for one in (li, shen, zhou))


def test_a_shared_draft_is_seen_by_the_group_once_it_is_offered(
    started: Started, li: Teacher, wang: Teacher, zhao: Teacher, qian: Teacher
) -> None:
    plan = started()
    before = _seen(wang, plan)

    actions.offer(plan, by=li, at=MORNING)

    assert (before, _seen(wang, plan)) == (False, True)
    assert not _seen(zhao, plan)
    assert not _seen(qian, plan)
    assert list(Notice.objects.values_list("teacher__name", flat=True)) == ["王老师"]


def test_an_empty_draft_is_not_offered(started: Started, li: Teacher) -> None:
    with pytest.raises(NothingWritten):
        actions.offer(started(texts={}), by=li, at=MORNING)


def test_nobody_drafts_for_a_group_of_others(started: Started, zhao: Teacher) -> None:
    with pytest.raises(NotAllowed):
        started(by=zhao)


def test_a_draft_others_have_seen_is_not_thrown_away(
    started: Started, discussed: LessonPlan, li: Teacher
) -> None:
    actions.discard(started(), by=li, at=NOON)

    with pytest.raises(WrongState):
        actions.discard(discussed, by=li, at=NOON)
    assert LessonPlan.objects.get() == discussed


# ---- what is said ----
def test_a_proposal_that_is_adopted_stands_in_the_plan_with_who_proposed_it(
    discussed: LessonPlan, wang: Teacher, li: Teacher
) -> None:
    where = _paragraph(discussed, "圆片")
    said = actions.comment(
        discussed,
        paragraph=where,
        proposal="探究新知：学生自己选一种图形来分。",
        by=wang,
        at=MORNING,
    )

    actions.settle(said, "adopted", by=li, at=NOON)

    assert "自己选一种图形" in _text(discussed, "process")
    assert _paragraph(discussed, "自己选一种图形") == where
    said.refresh_from_db()
    assert (said.state, said.quote) == ("adopted", "探究新知：把一张圆片平均分成四份。")
    assert Notice.objects.filter(teacher=wang, kind="decision").exists()


def test_a_paragraph_left_as_it_was_is_no_proposal(discussed: LessonPlan, wang: Teacher) -> None:
    where = _paragraph(discussed, "圆片")
    same = "探究新知：把一张圆片平均分成四份。"

    said = actions.comment(discussed, paragraph=where, text="好", proposal=same, by=wang, at=NOON)

    assert said.proposal == ""


def test_a_proposal_for_a_paragraph_changed_since_is_not_put_in(
    discussed: LessonPlan, wang: Teacher, li: Teacher
) -> None:
    where = _paragraph(discussed, "圆片")
    said = actions.comment(discussed, paragraph=where, proposal="改成正方形。", by=wang, at=MORNING)
    texts = {"process": TEXTS["process"].replace("圆片", "长方形纸片")}
    actions.save(discussed, texts=texts, edition=discussed.edition, by=li, at=MORNING)

    with pytest.raises(ParagraphGone):
        actions.settle(said, "adopted", by=li, at=NOON)
    assert "长方形纸片" in _text(discussed, "process")


def test_a_comment_stays_with_its_paragraph_when_others_come_and_go(
    discussed: LessonPlan, wang: Teacher, li: Teacher
) -> None:
    where = _paragraph(discussed, "圆片")
    said = actions.comment(discussed, paragraph=where, text="要不要换成折纸？", by=wang, at=MORNING)
    texts = {"process": "课前谈话。\n" + TEXTS["process"].replace("四份", "四等份")}

    actions.save(discussed, texts=texts, edition=discussed.edition, by=li, at=NOON)

    discussed.refresh_from_db()
    assert _paragraph(discussed, "四等份") == said.paragraph


def test_what_was_settled_is_not_settled_again(
    discussed: LessonPlan, wang: Teacher, li: Teacher
) -> None:
    said = actions.comment(discussed, text="时间够吗？", by=wang, at=MORNING)
    actions.settle(said, "kept", answer="试教时再看。", by=li, at=NOON)

    with pytest.raises(Settled):
        actions.settle(said, "adopted", by=li, at=NOON)


def test_a_member_does_not_decide_and_a_stranger_does_not_speak(
    discussed: LessonPlan, wang: Teacher, zhao: Teacher
) -> None:
    said = actions.comment(discussed, text="时间够吗？", by=wang, at=MORNING)

    with pytest.raises(NotAllowed):
        actions.settle(said, "adopted", by=wang, at=NOON)
    with pytest.raises(NotAllowed):
        actions.comment(discussed, text="路过。", by=zhao, at=NOON)


def test_a_difficulty_becomes_a_question_that_somebody_owns(
    discussed: LessonPlan, wang: Teacher, li: Teacher
) -> None:
    question = actions.ask_question(
        discussed, text="单位“1”要不要讲？", owner=wang, by=li, at=MORNING
    )
    owed = wang.tasks.get()

    actions.answer_question(question, answer="课标放在五年级。", by=wang, at=NOON)

    assert question.problem.unit == discussed.unit
    owed.refresh_from_db()
    assert (owed.title, owed.state) == ("弄清楚：单位“1”要不要讲？", "done")


# ---- agreed, and one's own ----
def test_what_is_agreed_is_a_version_that_others_make_their_own(
    agreed: LessonPlan, wang: Teacher, zhao: Teacher
) -> None:
    own = actions.make_own(agreed, by=wang, at=NOON)

    assert (own.kind, own.author, own.title) == ("personal", wang, agreed.title)
    assert own.base == agreed.versions.get(moment=PlanVersion.Moment.AGREED)
    assert own.content == agreed.content
    with pytest.raises(AlreadyOwn):
        actions.make_own(agreed, by=wang, at=NOON)
    with pytest.raises(NotAllowed):
        actions.make_own(agreed, by=zhao, at=NOON)


def test_what_is_taken_from_an_agreed_plan_is_a_common_source(agreed: LessonPlan) -> None:
    assert Document.objects.get(source_id=agreed.uid).sort == Document.Sort.COMMON


def test_how_far_the_own_plan_departs_is_for_its_author_and_once_handed_in_the_leader(
    agreed: LessonPlan, wang: Teacher, li: Teacher, shen: Teacher, zhou: Teacher
) -> None:
    own = actions.make_own(agreed, by=wang, at=MORNING)

    def told(teacher: Teacher) -> bool:
        return allowed(may_see_departure, teacher, LessonPlan.objects.filter(pk=own.pk)).exists()

    assert [told(one) for one in (wang, li)] == [True, False]
    actions.hand_in(own, by=wang, at=NOON)
    assert [told(one) for one in (wang, li, zhou, shen)] == [True, True, False, False]


def test_what_was_handed_in_can_be_taken_back_until_it_is_checked(
    started: Started, wang: Teacher, li: Teacher
) -> None:
    own = started(by=wang, kind="personal")
    actions.hand_in(own, by=wang, at=MORNING)
    actions.take_back(own, by=wang, at=MORNING)
    assert not _seen(li, own)

    actions.hand_in(own, by=wang, at=MORNING)
    own.refresh_from_db()
    actions.review(own, mark="good", criteria={"innovation": "good"}, by=li, at=NOON)
    with pytest.raises(WrongState):
        actions.take_back(own, by=wang, at=NOON)


# ---- the lead preparer's record ----
def test_the_lead_preparer_has_a_record_of_the_session_beside_that_of_being_there(
    started: Started, talk: Session, li: Teacher, wang: Teacher
) -> None:
    plan = actions.offer(started(facts={"session": talk}), by=li, at=MORNING)
    came = {li: Attendance.State.PRESENT, wang: Attendance.State.PRESENT}
    activities.call_roll(talk, came, by=li, at=talk.starts_at)
    activities.close_session(talk, by=li, at=talk.ends_at)

    actions.agree(plan, by=li, at=talk.ends_at)
    actions.reopen(plan, by=li, at=talk.ends_at)
    actions.agree(plan, by=li, at=talk.ends_at)

    record = Record.objects.get(role="lead_preparer")
    assert (record.teacher, record.kind, record.minutes) == (
        li, "collective_lesson_preparation", 90
    )  # fmt: skip
    assert (record.source_kind, record.source_id) == (talk.SOURCE_KIND, talk.uid)


def test_the_record_comes_with_the_first_own_plan_where_the_session_was_closed_later(
    started: Started, talk: Session, li: Teacher, wang: Teacher
) -> None:
    plan = actions.offer(started(facts={"session": talk}), by=li, at=MORNING)
    actions.agree(plan, by=li, at=MORNING)
    activities.call_roll(talk, {li: Attendance.State.PRESENT}, by=li, at=talk.starts_at)
    activities.close_session(talk, by=li, at=talk.ends_at)
    assert not Record.objects.filter(role="lead_preparer").exists()

    actions.make_own(plan, by=wang, at=talk.ends_at)

    assert Record.objects.filter(role="lead_preparer", teacher=li).count() == 1


# ---- the lead preparer is told ----
def _waiting_for(teacher: Teacher) -> list[tuple[str, str]]:
    rows = Notice.objects.filter(teacher=teacher, kind="reminder", read_at=None)
    return list(rows.values_list("title", "text"))


def test_the_lead_preparer_gets_one_notice_of_all_that_was_said(
    discussed: LessonPlan, li: Teacher, wang: Teacher, zhou: Teacher
) -> None:
    actions.comment(discussed, text="我自己再想想。", by=li, at=MORNING)
    assert _waiting_for(li) == []

    first = actions.comment(discussed, text="导入太长。", by=wang, at=MORNING)
    actions.comment(discussed, text="第二问可以删。", by=wang, at=NOON)
    assert _waiting_for(li) == [(f"《{discussed.title}》有 2 条意见待议", "王老师")]

    actions.settle(first, "adopted", by=li, at=NOON)
    assert _waiting_for(li) == [(f"《{discussed.title}》有 1 条意见待议", "王老师")]


def test_what_was_read_is_not_said_again_until_somebody_says_more(
    discussed: LessonPlan, li: Teacher, wang: Teacher
) -> None:
    said = [
        actions.comment(discussed, text=text, by=wang, at=MORNING) for text in ("太长。", "好。")
    ]
    Notice.objects.filter(teacher=li).update(read_at=MORNING)
    actions.settle(said[0], "adopted", by=li, at=NOON)
    assert _waiting_for(li) == []
    actions.withdraw_comment(said[1], by=wang, at=NOON)
    assert _waiting_for(li) == []

    other = actions.comment(discussed, text="第二问可以删。", by=wang, at=NOON)
    assert len(_waiting_for(li)) == 1
    actions.withdraw_comment(other, by=wang, at=NOON)
    assert _waiting_for(li) == []


def test_who_only_came_names_no_closed_session_to_be_its_lead_preparer(
    started: Started, talk: Session, li: Teacher, wang: Teacher
) -> None:
    came = {li: Attendance.State.PRESENT, wang: Attendance.State.PRESENT}
    activities.call_roll(talk, came, by=li, at=talk.starts_at)
    activities.close_session(talk, by=li, at=talk.ends_at)
    talk.refresh_from_db()

    with pytest.raises(BadInput, match="已经关闭"):
        started(wang, facts={"session": talk})
    plan = started(wang)
    with pytest.raises(BadInput, match="已经关闭"):
        actions.change_facts(plan, {"session": talk}, by=wang, at=talk.ends_at)
    late = actions.change_facts(started(li), {"session": talk}, by=li, at=talk.ends_at)

    assert late.session == talk
    assert not Record.objects.filter(role="lead_preparer", teacher=wang).exists()
