"""The lead school runs a joint activity; each home school recognises, and sees, its own people."""

from datetime import date

import pytest
from django.urls import reverse

from yanxiu.activities import actions, codes
from yanxiu.activities.models import HomeRecognition, Part, Session
from yanxiu.activities.refusals import AlreadyRecognised, ReasonMissing
from yanxiu.agenda.models import Task
from yanxiu.agenda.queries import occasions_of
from yanxiu.cast import MORNING, NOON, Cast, LogIn
from yanxiu.documents.tables import read_tables
from yanxiu.figures.table import Scope, figure
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.models import Entry, Record
from yanxiu.people import actions as people
from yanxiu.people.models import Organisation, Role, Teacher


@pytest.fixture
def sun(cast: Cast) -> Teacher:
    """孙老师, a teacher of the other school without any right."""
    found = people.add_teacher(name="孙老师", by=None, at=MORNING)
    people.give_post(
        found, cast.other_school, Role.objects.get(code="teacher"), starts_on=date(2020, 9, 1),
        by=None, at=MORNING,
    )  # fmt: skip
    return found


@pytest.fixture
def joint(session: Session, cast: Cast, li: Teacher, sun: Teacher) -> Session:
    """The session of the maths group, to which the other school is invited."""
    ledger.adopt_scheme(
        cast.other_school, "cn-central-school-handbook", starts_on=date(2025, 9, 1), by=None,
        at=MORNING,
    )  # fmt: skip
    actions.add_partner(session.activity, cast.other_school, capacity="invited", by=li, at=MORNING)
    return session


@pytest.fixture
def closed(joint: Session, li: Teacher, wang: Teacher, sun: Teacher) -> Session:
    at = joint.starts_at
    opened = actions.open_sign_in(joint, by=li, at=at)
    for one in (wang, sun):
        actions.sign_in(joint.uid, one, at=at, code=codes.code_at(opened, at))
    return actions.close_session(joint, by=li, at=NOON)


def test_its_people_are_expected_and_see_it(
    joint: Session, cast: Cast, sun: Teacher, qian: Teacher, log_in: LogIn
) -> None:
    part = Part.objects.get(session=joint, teacher=sun)

    assert (part.role, part.home) == ("attendee", qian.organisation)
    assert log_in(sun).get(reverse("activities:session", args=[joint.uid])).status_code == 200
    assert [one.title for one in occasions_of(sun, cast.term.span)] == [joint.title]


def test_the_lead_closes_and_the_home_school_recognises(
    closed: Session, cast: Cast, sun: Teacher, wang: Teacher, qian: Teacher
) -> None:
    assert {record.teacher for record in Record.objects.all()} == {wang, cast.people["li"]}
    asked = HomeRecognition.objects.get(session=closed)
    assert Task.objects.get(teacher=qian).title.startswith("认定本校教师参加的联合活动")

    actions.recognise_home(asked, by=qian, at=NOON)

    record = Record.objects.get(teacher=sun)
    assert record.organisation == cast.other_school
    assert record.post is not None
    assert Entry.objects.get(teacher=sun).organisation == cast.other_school
    assert Task.objects.get(teacher=qian).state == Task.State.DONE


def test_it_is_decided_once_and_a_no_has_a_reason(closed: Session, qian: Teacher) -> None:
    asked = HomeRecognition.objects.get(session=closed)
    with pytest.raises(ReasonMissing):
        actions.recognise_home(asked, by=qian, at=NOON, decline_because=" ")

    actions.recognise_home(asked, by=qian, at=NOON, decline_because="当天本校另有安排")

    with pytest.raises(AlreadyRecognised, match="钱老师"):
        actions.recognise_home(asked, by=qian, at=NOON)
    assert not Record.objects.filter(organisation=qian.organisation).exists()


def test_the_lead_school_cannot_recognise_for_another(
    closed: Session, zhou: Teacher, log_in: LogIn
) -> None:
    asked = HomeRecognition.objects.get(session=closed)

    with pytest.raises(NotAllowed):
        actions.recognise_home(asked, by=zhou, at=NOON)
    assert log_in(zhou).get(reverse("activities:recognise", args=[asked.uid])).status_code == 404


def test_each_school_sees_its_own_people(
    closed: Session, shen: Teacher, qian: Teacher, li: Teacher, log_in: LogIn
) -> None:
    address = reverse("activities:session", args=[closed.uid])

    lead, home, host = (log_in(one).get(address).content.decode() for one in (shen, qian, li))

    assert "王老师" in lead
    assert "孙老师" not in lead
    assert "孙老师" in home
    assert "王老师" not in home
    assert "孙老师" in host
    assert "王老师" in host


def test_the_papers_keep_to_that_too(
    closed: Session, qian: Teacher, li: Teacher, log_in: LogIn
) -> None:
    address = reverse("activities:sheet", args=[closed.uid])
    cells = [
        str(read_tables(log_in(one).get(address).content, name="sheet.xlsx")[0].rows)
        for one in (qian, li)
    ]

    assert "孙老师" in cells[0]
    assert "王老师" not in cells[0]
    assert "孙老师" in cells[1]
    assert "王老师" in cells[1]


def test_the_figures_count_at_home(closed: Session, cast: Cast) -> None:
    def came(organisation: Organisation) -> int:
        scope = Scope(organisation.pk, organisation.path, cast.term.span)
        return int(figure("activities.attendances").value(scope))

    central = Organisation.objects.get(parent=None)
    assert (came(cast.school), came(cast.other_school), came(central)) == (2, 1, 3)


def test_an_amendment_of_a_guest_writes_at_home_after_recognition(
    closed: Session, cast: Cast, li: Teacher, qian: Teacher, sun: Teacher
) -> None:
    actions.amend_attendance(closed, sun, state="late", reason="晚到", by=li, at=NOON)
    assert not Record.objects.filter(teacher=sun).exists()
    actions.recognise_home(HomeRecognition.objects.get(), by=qian, at=NOON)

    actions.amend_attendance(closed, sun, state="present", reason="记错", by=li, at=NOON)

    assert Record.objects.get(teacher=sun, withdrawn_at=None).organisation == cast.other_school


def test_a_new_session_asks_the_partners_again(joint: Session, sun: Teacher, li: Teacher) -> None:
    more = actions.add_session(
        joint.activity, title="第二次", starts_at=NOON, ends_at=NOON.replace(hour=5), by=li,
        at=MORNING,
    )  # fmt: skip

    assert Part.objects.filter(session=more, teacher=sun).exclude(home=None).exists()
    assert more.number == 2


def test_an_invitation_is_taken_back_while_nobody_came(
    joint: Session, li: Teacher, sun: Teacher
) -> None:
    partner = joint.activity.partners.get()

    actions.remove_partner(partner, by=li, at=MORNING)

    assert not Part.objects.filter(session=joint, teacher=sun).exists()


def test_and_not_afterwards(closed: Session, li: Teacher) -> None:
    with pytest.raises(BadInput, match="已经有老师到场"):
        actions.remove_partner(closed.activity.partners.get(), by=li, at=MORNING)


def test_whoever_does_not_manage_it_invites_nobody(
    session: Session, cast: Cast, wang: Teacher
) -> None:
    with pytest.raises(NotAllowed):
        actions.add_partner(
            session.activity, cast.other_school, capacity="invited", by=wang, at=MORNING
        )
