"""Experts: a registry to choose from, visits counted, own trainers credited as main speakers."""

from datetime import date, time
from decimal import Decimal

import pytest

from yanxiu.activities import actions as activities
from yanxiu.activities.actions.experts import (
    add_expert,
    invite_expert,
    note_visit,
    uninvite_expert,
)
from yanxiu.activities.models import Attendance, Expert, ExpertKind, Part, Session
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.kernel.spans import moment_at
from yanxiu.ledger.models import Record
from yanxiu.people.models import Teacher


@pytest.fixture
def professor(cast: Cast, zhou: Teacher) -> Expert:
    return add_expert(
        cast.school,
        kind=ExpertKind.objects.get(code="professor"),
        name="乔教授",
        workplace="省师范大学",
        topics="作业设计",
        by=zhou,
        at=MORNING,
    )


def test_a_visit_says_role_topic_length_and_fee(
    session: Session, professor: Expert, zhou: Teacher
) -> None:
    visit = invite_expert(
        session, professor, topic="怎样布置少而精的作业", fee=Decimal(800), by=zhou, at=MORNING
    )

    assert (visit.role, visit.minutes, visit.fee) == ("lecture", 90, Decimal(800))
    with pytest.raises(BadInput):
        invite_expert(session, professor, by=zhou, at=MORNING)


def test_only_who_manages_the_session_invites(
    session: Session, professor: Expert, wang: Teacher
) -> None:
    with pytest.raises(NotAllowed):
        invite_expert(session, professor, by=wang, at=MORNING)


def test_an_own_trainer_becomes_main_speaker_and_is_recorded_as_one(
    cast: Cast, session: Session, zhou: Teacher, wang: Teacher
) -> None:
    trainer = add_expert(
        cast.school, kind=ExpertKind.objects.get(code="backbone"), teacher=wang, by=zhou, at=MORNING
    )
    invite_expert(session, trainer, by=zhou, at=MORNING)
    Attendance.objects.create(
        session=session, teacher=wang, state="present", method="roll_call", at=NOON
    )

    activities.close_session(session, by=zhou, at=moment_at(date(2026, 10, 15), time(12)))

    assert Record.objects.get(teacher=wang).role == Part.Role.MAIN_SPEAKER


def test_an_invitation_is_taken_back_with_its_part(
    cast: Cast, session: Session, zhou: Teacher, wang: Teacher
) -> None:
    trainer = add_expert(
        cast.school, kind=ExpertKind.objects.get(code="backbone"), teacher=wang, by=zhou, at=MORNING
    )
    visit = invite_expert(session, trainer, by=zhou, at=MORNING)

    uninvite_expert(visit, by=zhou, at=MORNING)

    assert not session.parts.filter(teacher=wang).exists()


def test_who_did_not_come_is_noted(session: Session, professor: Expert, zhou: Teacher) -> None:
    visit = invite_expert(session, professor, by=zhou, at=MORNING)

    assert note_visit(visit, came=False, by=zhou, at=NOON).came is False


def test_nobody_is_registered_twice_nor_under_a_kind_that_does_not_fit(
    cast: Cast, professor: Expert, zhou: Teacher, wang: Teacher
) -> None:
    with pytest.raises(BadInput):
        add_expert(
            cast.school, kind=professor.kind, name="乔教授", workplace="省师范大学", by=zhou,
            at=MORNING,
        )  # fmt: skip
    with pytest.raises(BadInput):
        add_expert(cast.school, kind=professor.kind, teacher=wang, by=zhou, at=MORNING)
