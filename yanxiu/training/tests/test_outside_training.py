"""Outside training goes from the application to the record, and never counts twice."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.activities.models import Session
from yanxiu.agenda.models import Task
from yanxiu.attachments.models import Attachment
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.models import Entry, RecognitionStep, Record
from yanxiu.ledger.refusals import OwnRecord
from yanxiu.ledger.tests.chained import adopt_steps, researcher
from yanxiu.notices.models import Notice
from yanxiu.people import actions as people
from yanxiu.people.models import Teacher
from yanxiu.training import actions
from yanxiu.training.actions.applying import RECOGNISE
from yanxiu.training.actions.courses import keep_demanding
from yanxiu.training.models import OutsideCourse, OutsideTraining
from yanxiu.training.queries.settings import setting_of
from yanxiu.training.refusals import CourseTaken, NoSelfReport, ProofMissing, WrongState
from yanxiu.training.tests.conftest import FACTS

State = OutsideTraining.State


def switches(cast: Cast, zhou: Teacher, **changed: object) -> None:
    values: dict[str, Any] = {
        "self_report": True,
        "reference_required": False,
        "proof_required": False,
        "automatic": False,
        "report_days": 14,
        "self_study_hours": Decimal(10),
    }
    actions.save_setting(cast.school, {**values, **changed}, by=zhou, at=MORNING)


def test_the_office_is_asked_and_the_teacher_told(
    applied: OutsideTraining, zhou: Teacher, wang: Teacher
) -> None:
    assert Notice.objects.get(teacher=zhou).kind == "request"

    actions.approve(applied, budget_line="公用经费·培训费", by=zhou, at=MORNING)

    applied.refresh_from_db()
    assert (applied.state, applied.budget_line) == (State.APPROVED, "公用经费·培训费")
    assert Notice.objects.get(teacher=wang).kind == "decision"


def test_agreeing_gives_the_task_to_report_back(approved: OutsideTraining, wang: Teacher) -> None:
    task = Task.objects.get(teacher=wang, source_id=approved.uid)

    assert task.due_on == date(2026, 10, 29)
    assert task.title == "交培训汇报：小学数学新课标研修班"


def test_an_application_comes_back_with_a_reason_and_can_be_handed_in_again(
    applied: OutsideTraining, zhou: Teacher, wang: Teacher
) -> None:
    with pytest.raises(BadInput):
        actions.return_training(applied, because=" ", by=zhou, at=MORNING)
    back = actions.return_training(applied, because="与县里的课程重复", by=zhou, at=MORNING)
    assert (back.state, back.returned_because) == (State.RETURNED, "与县里的课程重复")

    again = actions.apply_again(
        back, purpose="换成网上那一期", cost=None, budget_line="", by=wang, at=NOON
    )

    assert (again.state, again.returned_because) == (State.APPLIED, "")


def test_only_the_office_decides_and_only_who_went_reports(
    applied: OutsideTraining, li: Teacher, wang: Teacher, zhou: Teacher
) -> None:
    with pytest.raises(NotAllowed):
        actions.approve(applied, by=li, at=MORNING)
    with pytest.raises(NotAllowed):
        actions.approve(applied, by=wang, at=MORNING)
    approved = actions.approve(applied, by=zhou, at=MORNING)
    with pytest.raises(NotAllowed):
        actions.hand_in(approved, hours=Decimal(1), report="好", by=zhou, at=NOON)


def test_recognition_writes_one_record_with_the_hours_found_right(
    reported: OutsideTraining, zhou: Teacher, wang: Teacher
) -> None:
    done = actions.recognise(reported, hours=Decimal(10), because="少一个半天", by=zhou, at=NOON)

    record = Record.objects.get(teacher=wang)
    assert (record.kind, record.organiser_level) == ("outside_training", "county")
    assert (record.minutes, record.happened_on) == (450, date(2026, 10, 14))
    # A scheme that pays what the certificate states (per: stated) reads this.
    assert record.stated == Decimal(10)
    steps = RecognitionStep.objects.filter(record=record).values_list("step", "amount", "reason")
    assert list(steps) == [("self", Decimal(12), ""), ("school", Decimal(10), "少一个半天")]
    assert (done.state, done.hours_recognised) == (State.RECOGNISED, Decimal(10))


def test_it_is_never_recognised_twice_nor_above_the_claim(
    reported: OutsideTraining, zhou: Teacher, wang: Teacher
) -> None:
    with pytest.raises(BadInput):
        actions.recognise(reported, hours=Decimal(13), by=zhou, at=NOON)
    done = actions.recognise(reported, hours=Decimal(12), by=zhou, at=NOON)

    with pytest.raises(WrongState):
        actions.recognise(done, hours=Decimal(12), by=zhou, at=NOON)
    with pytest.raises(WrongState):
        actions.hand_in(done, hours=Decimal(12), report="再交", by=wang, at=NOON)
    assert Record.objects.count() == 1


def test_a_recognition_by_mistake_is_taken_back_and_can_be_given_anew(
    reported: OutsideTraining, zhou: Teacher
) -> None:
    done = actions.recognise(reported, hours=Decimal(12), by=zhou, at=NOON)

    back = actions.take_recognition_back(done, because="证书是六课时", by=zhou, at=NOON)
    actions.recognise(back, hours=Decimal(6), because="只到一半", by=zhou, at=NOON)

    living = Record.objects.get(withdrawn_at=None)
    assert (living.minutes, Record.objects.count()) == (270, 2)


def test_a_report_is_a_text_or_a_session_where_it_was_passed_on(
    approved: OutsideTraining, session: Session, wang: Teacher
) -> None:
    with pytest.raises(BadInput):
        actions.hand_in(approved, hours=Decimal(12), report=" ", by=wang, at=NOON)

    done = actions.hand_in(
        approved, hours=Decimal(12), report="", shared_in=session, by=wang, at=NOON
    )

    assert (done.state, done.shared_in) == (State.REPORTED, session)
    assert not Task.objects.filter(teacher=wang, state=Task.State.OPEN).exists()


def test_a_report_comes_back_and_is_owed_again(
    reported: OutsideTraining, zhou: Teacher, wang: Teacher
) -> None:
    back = actions.return_report(reported, because="请写怎样用", by=zhou, at=NOON)

    assert back.state == State.APPROVED
    assert Task.objects.filter(teacher=wang, state=Task.State.OPEN).count() == 1


def test_without_an_application_it_can_be_told_afterwards_if_the_school_lets(
    cast: Cast, course: OutsideCourse, li: Teacher, zhou: Teacher
) -> None:
    told = actions.declare(cast.school, course=course, by=li, at=MORNING)
    assert told.state == State.APPROVED

    switches(cast, zhou, self_report=False)
    with pytest.raises(NoSelfReport):
        actions.declare(cast.school, course=course, by=zhou, at=MORNING)


def test_a_reference_and_a_file_are_asked_for_only_where_the_school_says_so(
    cast: Cast, approved: OutsideTraining, zhou: Teacher, wang: Teacher
) -> None:
    switches(cast, zhou, reference_required=True, proof_required=True)
    report: dict[str, Any] = {"hours": Decimal(12), "report": "有收获", "by": wang, "at": NOON}
    with pytest.raises(ProofMissing):
        actions.hand_in(approved, **report)
    with pytest.raises(ProofMissing):
        actions.hand_in(approved, reference="县训2026-018", **report)

    actions.hand_in(
        approved, reference="县训2026-018", proof=("结业证.pdf", b"%PDF-1.4 x"), **report
    )

    assert Attachment.objects.get(source_id=approved.uid).name == "结业证.pdf"


def test_where_it_is_automatic_the_report_is_recognised_at_once(
    cast: Cast, approved: OutsideTraining, zhou: Teacher, wang: Teacher
) -> None:
    switches(cast, zhou, automatic=True)

    done = actions.hand_in(approved, hours=Decimal(12), report="有收获", by=wang, at=NOON)

    assert (done.state, done.recognised_by_name) == (State.RECOGNISED, "自动认定")
    assert Record.objects.get(teacher=wang).minutes == 540


def test_a_course_is_entered_once_for_all_who_go(
    cast: Cast, course: OutsideCourse, applied: OutsideTraining, li: Teacher, wang: Teacher
) -> None:
    other = actions.apply(cast.school, facts=FACTS, purpose="一起去学", by=li, at=MORNING)

    assert other.course == course
    assert OutsideCourse.objects.count() == 1
    with pytest.raises(CourseTaken):
        actions.apply(cast.school, course=course, purpose="再报一次", by=wang, at=MORNING)


def test_the_office_sends_several_at_once_and_they_need_not_apply(
    cast: Cast, course: OutsideCourse, zhou: Teacher, li: Teacher, wang: Teacher
) -> None:
    actions.send(course, [li, wang], by=zhou, at=MORNING)

    assert set(course.trainings.values_list("state", flat=True)) == {State.APPROVED}
    assert Task.objects.filter(kind="report_back").count() == 2
    with pytest.raises(BadInput):
        actions.send(course, [li], by=zhou, at=MORNING)


def test_a_compulsory_course_is_owed_by_each_of_its_people_until_reported(
    cast: Cast, zhou: Teacher, wang: Teacher
) -> None:
    course = actions.enter_course(
        cast.school, FACTS, audience=f"unit:{cast.maths.uid}", demand="县训字〔2026〕3号",
        due_on=date(2026, 12, 31), by=zhou, at=MORNING,
    )  # fmt: skip
    assert Task.objects.filter(kind="join_course", state="open").count() == 2

    (went,) = actions.send(course, [wang], by=zhou, at=MORNING)
    actions.hand_in(went, hours=Decimal(12), report="有收获", by=wang, at=NOON)

    assert Task.objects.get(kind="join_course", state="open").teacher.name == "李组长"


def test_one_can_take_it_back_and_nobody_is_asked_about_it_any_more(
    applied: OutsideTraining, wang: Teacher, zhou: Teacher
) -> None:
    assert Task.objects.filter(teacher=zhou, state=Task.State.OPEN).exists()

    actions.withdraw_training(applied, by=wang, at=NOON)

    assert not Task.objects.filter(source_id=applied.uid, state=Task.State.OPEN).exists()


def test_a_report_can_be_taken_back_until_its_hours_are_recognised(
    reported: OutsideTraining, wang: Teacher, zhou: Teacher
) -> None:
    asked = Task.objects.filter(teacher=zhou, source_id=reported.uid, state=Task.State.OPEN)
    assert asked.exists()

    actions.withdraw_training(reported, by=wang, at=NOON)

    assert not asked.exists()
    with pytest.raises(WrongState):
        actions.recognise(reported, hours=Decimal(1), because="少", by=zhou, at=NOON)


def test_recognised_hours_are_not_taken_back_by_the_person(
    reported: OutsideTraining, wang: Teacher, zhou: Teacher
) -> None:
    actions.recognise(reported, hours=Decimal(12), by=zhou, at=NOON)

    with pytest.raises(WrongState):
        actions.withdraw_training(reported, by=wang, at=NOON)
    assert setting_of(reported.organisation).report_days == 14


def test_nobody_recognises_the_own_training(applied: OutsideTraining, zhou: Teacher) -> None:
    OutsideTraining.objects.update(teacher=zhou, state=State.REPORTED, hours_claimed=Decimal(4))

    with pytest.raises(OwnRecord):
        actions.recognise(applied, hours=Decimal(4), by=zhou, at=NOON)


def test_where_the_chain_goes_on_it_waits_above_and_the_school_cannot_undo_it_later(
    reported: OutsideTraining, cast: Cast, zhou: Teacher
) -> None:
    adopt_steps(cast)
    sun = researcher(cast)
    done = actions.recognise(reported, hours=Decimal(10), because="少一个半天", by=zhou, at=NOON)
    record = Record.objects.get(source_id=reported.uid)
    assert (record.waiting_by, record.claimed, record.recognised) == ("central_school", 12, 10)

    ledger.decide([record], by=sun, at=NOON)

    assert Entry.objects.get(scheme="made-up-steps").amount == 10
    with pytest.raises(WrongState):
        actions.take_recognition_back(done, because="改", by=zhou, at=NOON)


def test_fewer_hours_want_a_reason_and_the_person_reads_both_numbers(
    reported: OutsideTraining, zhou: Teacher, wang: Teacher
) -> None:
    with pytest.raises(BadInput):
        actions.recognise(reported, hours=Decimal(8), by=zhou, at=NOON)

    actions.recognise(reported, hours=Decimal(8), because="证书上是 8 课时", by=zhou, at=NOON)

    told = Notice.objects.filter(teacher=wang).latest("pk").text
    assert told == "申报 12 课时，认定 8 课时。原因：证书上是 8 课时"


def test_a_report_stands_on_the_list_of_those_who_recognise_until_one_of_them_did(
    reported: OutsideTraining, zhou: Teacher
) -> None:
    owed = Task.objects.filter(kind="recognise_training", source_id=reported.uid)
    assert set(owed.filter(state=Task.State.OPEN).values_list("teacher__name", flat=True)) == {
        "沈校长", "周主任",
    }  # fmt: skip

    actions.recognise(reported, hours=Decimal(12), by=zhou, at=NOON)

    assert not owed.filter(state=Task.State.OPEN).exists()


def test_the_office_is_asked_until_the_day_that_the_scheme_sets(
    cast: Cast, approved: OutsideTraining, wang: Teacher
) -> None:
    adopt_steps(cast)
    actions.hand_in(approved, hours=Decimal(12), report="有收获", by=wang, at=NOON)

    tasks = Task.objects.filter(kind=RECOGNISE, source_id=approved.uid)
    assert {task.due_on for task in tasks} == {date(2026, 10, 25)}


def test_what_a_report_lacks_is_said_at_its_field(
    approved: OutsideTraining, wang: Teacher, client: Client
) -> None:
    client.force_login(wang)

    answer = client.post(reverse("training:report", args=[approved.uid]), {"hours": "12"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_report"' in page
    assert "打算怎样用 <span" not in page


def _change(course: OutsideCourse, audience: str, by: Teacher, due_on: date | None = None) -> None:
    actions.change_course(
        course, hours=Decimal(12), tags=[], audience=audience, demand="县通知", due_on=due_on,
        by=by, at=NOON,
    )  # fmt: skip


def test_who_need_not_go_any_more_owes_nothing_and_who_must_again_owes_it_anew(
    cast: Cast, course: OutsideCourse, zhou: Teacher
) -> None:
    owed = Task.objects.filter(kind="join_course", state="open")
    maths = f"unit:{cast.maths.uid}"
    _change(course, "all", zhou)
    assert owed.count() > 2

    _change(course, maths, zhou)
    assert sorted(owed.values_list("teacher__name", flat=True)) == ["李组长", "王老师"]
    _change(course, "", zhou)
    assert not owed.exists()
    _change(course, maths, zhou, due_on=date(2026, 11, 30))
    assert list(owed.values_list("due_on", flat=True)) == [date(2026, 11, 30)] * 2


def test_who_belongs_to_its_people_later_owes_it_too_until_it_is_over(
    cast: Cast, course: OutsideCourse, zhou: Teacher, zhao: Teacher
) -> None:
    _change(course, f"unit:{cast.maths.uid}", zhou)
    owed = Task.objects.filter(kind="join_course", state="open", teacher=zhao)
    people.join_unit(cast.maths, zhao, starts_on=course.starts_on, by=None, at=NOON)
    # The course ends the day before.
    keep_demanding(NOON)
    assert not owed.exists()
    keep_demanding(NOON - timedelta(days=1))

    assert owed.get().due_on == course.last_on
