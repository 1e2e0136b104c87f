"""A participant's note is private unless shared; where it is asked for, recognition waits."""

import pytest
from django.urls import reverse

from yanxiu.activities import actions
from yanxiu.activities.models import ParticipantNote, Session
from yanxiu.activities.refusals import NotThere
from yanxiu.cast import NOON, LogIn
from yanxiu.ledger import chain
from yanxiu.ledger.models import Entry, Record
from yanxiu.people.models import Teacher


@pytest.fixture
def asking(session: Session, li: Teacher, wang: Teacher) -> Session:
    """A session that counts only with a note; 王老师 and 李组长 were there."""
    session.activity.needs_note = True
    session.activity.save()
    actions.call_roll(session, {wang: "present"}, by=li, at=session.starts_at)
    return session


def test_without_a_note_there_is_no_record_yet(asking: Session, li: Teacher, wang: Teacher) -> None:
    actions.close_session(asking, by=li, at=NOON)

    assert not Record.objects.exists()
    assert asking.attendances.get(teacher=wang).state == "present"


def test_the_note_brings_the_record_once(asking: Session, li: Teacher, wang: Teacher) -> None:
    closed = actions.close_session(asking, by=li, at=NOON)

    for text in ("先画图", "先画图，再列式"):
        actions.save_note(closed, text=text, is_shared=False, by=wang, at=NOON)

    assert Entry.objects.get().teacher == wang
    assert ParticipantNote.objects.get().text == "先画图，再列式"
    assert chain.faults() == []


def test_a_note_before_closing_counts_at_closing(
    asking: Session, li: Teacher, wang: Teacher
) -> None:
    actions.save_note(asking, text="先画图", is_shared=False, by=wang, at=NOON)

    actions.close_session(asking, by=li, at=NOON)

    assert [record.teacher for record in Record.objects.all()] == [wang]


def test_the_condition_is_said(asking: Session, li: Teacher, wang: Teacher, log_in: LogIn) -> None:
    closed = actions.close_session(asking, by=li, at=NOON)

    text = log_in(wang).get(reverse("activities:session", args=[closed.uid])).content.decode()

    assert "要交心得才予认定" in text


def test_a_note_is_its_writers_own(
    asking: Session, li: Teacher, wang: Teacher, zhou: Teacher, log_in: LogIn
) -> None:
    address = reverse("activities:session", args=[asking.uid])
    actions.save_note(asking, text="讲得太快", is_shared=False, by=wang, at=NOON)

    assert all("讲得太快" not in log_in(one).get(address).content.decode() for one in (li, zhou))
    actions.save_note(asking, text="讲得太快", is_shared=True, by=wang, at=NOON)

    assert "讲得太快" in log_in(li).get(address).content.decode()


def test_whoever_was_not_there_has_nothing_to_note(
    asking: Session, zhao: Teacher, log_in: LogIn
) -> None:
    with pytest.raises(NotThere):
        actions.save_note(asking, text="听说不错", is_shared=False, by=zhao, at=NOON)
    assert log_in(zhao).get(reverse("activities:note", args=[asking.uid])).status_code == 404


def test_an_amendment_waits_for_the_note_too(asking: Session, li: Teacher, wang: Teacher) -> None:
    actions.call_roll(asking, {wang: "leave", li: "present"}, by=li, at=asking.starts_at)
    closed = actions.close_session(asking, by=li, at=NOON)

    actions.amend_attendance(closed, wang, state="present", reason="漏点", by=li, at=NOON)

    assert not Record.objects.filter(teacher=wang).exists()
