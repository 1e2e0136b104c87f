"""Declaring: asked once, with what the place wants, put right by the person, taken back in time."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.attachments.models import Attachment
from yanxiu.cast import NOON, Cast
from yanxiu.kernel.refusals import BadInput
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.models import Entry, Record, SchemeAdoption
from yanxiu.people.access import NotAllowed
from yanxiu.people.models import Teacher
from yanxiu.recognition import actions
from yanxiu.recognition.forms import DeclareForm
from yanxiu.recognition.models import Declaration
from yanxiu.recognition.queries.offers import offer_of, offers
from yanxiu.recognition.refusals import (
    DeclaredBefore,
    DeclaredTooLate,
    NoSchemeThen,
    NotDeclarable,
    ProofWanted,
)
from yanxiu.recognition.tests.conftest import COURSE, PDF

pytestmark = pytest.mark.usefixtures("sun")


def declared(cast: Cast, by: Teacher, kind: str = "course", **facts: object) -> Declaration:
    return actions.declare(cast.school, kind, {**COURSE, **facts}, by=by, at=NOON)


def test_a_course_waits_for_the_school_with_what_was_claimed(cast: Cast, wang: Teacher) -> None:
    record = declared(cast, wang).record

    assert record is not None
    assert (record.stated, record.claimed, record.waiting_title) == (16, 16, "学校认定")
    assert (record.evidence, Entry.objects.count()) == (["reference"], 0)


def test_the_switches_of_the_scheme_are_kept(cast: Cast, wang: Teacher) -> None:
    with pytest.raises(NotDeclarable):
        declared(cast, wang, "research_activity")
    with pytest.raises(NoSchemeThen, match="2019-03-01学校还没有采用学时方案"):
        declared(cast, wang, happened_on=date(2019, 3, 1))
    with pytest.raises(BadInput, match="整数"):
        declared(cast, wang, "reading_notes", amount=Decimal("1.5"))
    with pytest.raises(ProofWanted, match="编号"):
        declared(cast, wang, reference=" ")
    with pytest.raises(ProofWanted, match="证明文件"):
        declared(cast, wang, "paper", amount=Decimal(1))
    with pytest.raises(DeclaredTooLate, match="2026-08-30"):
        declared(cast, wang, happened_on=date(2026, 6, 1))
    assert Record.objects.count() == 0

    note = declared(cast, wang, "reading_notes", amount=Decimal(1)).record

    assert note is not None
    assert note.state == "recognised"


def test_what_the_records_have_is_not_asked_again(cast: Cast, wang: Teacher, li: Teacher) -> None:
    declared(cast, wang)

    with pytest.raises(DeclaredBefore):
        declared(cast, wang, title="暑期 数学研修班")
    declared(cast, li)


def test_only_proof_goes_back_to_who_returned_it_but_a_new_fact_begins_anew(
    cast: Cast, wang: Teacher, zhou: Teacher, sun: Teacher
) -> None:
    made = declared(cast, wang)
    assert made.record is not None
    ledger.decide([made.record], by=zhou, at=NOON)
    made.refresh_from_db()
    actions.give_back([made.record], reason="请附证书", by=sun, at=NOON)
    same = {name: getattr(made, name) for name in COURSE}
    proof = actions.Proof("证书.pdf", PDF)

    made = actions.put_right(made, same, proof=proof, by=wang, at=NOON)
    assert made.record is not None
    made.record.refresh_from_db()
    assert made.record.waiting_by == "central_school"
    assert Attachment.objects.get().source_id == made.uid

    actions.give_back([made.record], reason="课时数与证书不符", by=sun, at=NOON)
    made = actions.put_right(made, {**same, "amount": Decimal(12)}, by=wang, at=NOON)
    assert made.record is not None
    assert (made.record.claimed, made.record.waiting_by) == (12, "school")
    assert Record.objects.filter(source_id=made.uid).count() == 2


def test_it_is_the_persons_own_and_can_be_taken_back_in_time(
    cast: Cast, wang: Teacher, li: Teacher
) -> None:
    made = declared(cast, wang)

    with pytest.raises(NotAllowed):
        actions.withdraw_declaration(made, by=li, at=NOON)
    actions.withdraw_declaration(made, by=wang, at=NOON + timedelta(hours=1))

    assert Record.objects.get().withdrawn_because == "本人撤回"
    declared(cast, wang)


def test_the_role_is_asked_where_it_changes_the_amount_and_the_file_is_the_evidence(
    cast: Cast, wang: Teacher, zhou: Teacher
) -> None:
    known = offers(cast.school, date(2026, 10, 15))
    project, course = (offer_of(known, kind) for kind in ("research_project", "course"))
    assert project
    assert course
    assert "role" not in DeclareForm(offer=course).fields
    shown = str(DeclareForm(offer=project)["role"])
    assert [word for word in ("主研", "参研", "作者") if word in shown] == ["主研", "参研"]

    facts = {**COURSE, "amount": Decimal(1), "role": "participant"}
    proof = actions.Proof("结题证书.pdf", PDF)
    made = actions.declare(cast.school, "research_project", facts, proof=proof, by=wang, at=NOON)
    assert made.record
    ledger.decide([made.record], by=zhou, at=NOON)

    assert Entry.objects.get(scheme="made-up-steps").amount == 3


def test_what_most_people_leave_empty_is_folded(
    cast: Cast, client: Client, sun: Teacher, wang: Teacher
) -> None:
    client.force_login(wang)

    page = client.get(f"{reverse('recognition:declare')}?kind=course").content.decode()

    before, _fold, folded = page.partition("<details")
    assert all(f'name="{name}"' in before for name in ("title", "amount", "reference", "proof"))
    assert all(f'name="{name}"' in folded for name in ("organiser", "organiser_level", "note"))


def test_what_was_done_before_a_scheme_was_given_up_can_still_be_declared(
    cast: Cast, client: Client, wang: Teacher
) -> None:
    SchemeAdoption.objects.update(ends_on=date(2026, 10, 14))
    client.force_login(wang)

    page = client.get(reverse("recognition:declare")).content.decode()

    assert "外出课程" in page
    record = declared(cast, wang).record
    assert record is not None
    with pytest.raises(NoSchemeThen):
        declared(cast, wang, happened_on=date(2026, 10, 14))
