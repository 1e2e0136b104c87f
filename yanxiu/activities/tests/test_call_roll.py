"""The roll: all the rest at once, undone as a whole, and taken once from a device offline."""

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from yanxiu.activities import actions, codes
from yanxiu.activities.models import Attendance, RollBatch, Session
from yanxiu.activities.refusals import MarksElsewhere
from yanxiu.cast import LogIn
from yanxiu.kernel.spans import day_of, moment_at
from yanxiu.people.models import Teacher


def states() -> dict[str, str]:
    return dict(Attendance.objects.values_list("teacher__name", "state"))


def test_all_the_rest_are_present_and_marks_stay(
    open_session: Session, li: Teacher, wang: Teacher
) -> None:
    at = open_session.starts_at
    actions.call_roll(open_session, {wang: "leave"}, by=li, at=at)

    actions.mark_rest(open_session, by=li, at=at)

    assert states() == {"王老师": "leave", "李组长": "present"}


def test_undoing_brings_back_what_stood(open_session: Session, li: Teacher, wang: Teacher) -> None:
    at = open_session.starts_at
    code = codes.code_at(open_session, at)
    actions.sign_in(open_session.uid, wang, at=at, code=code, device="x")
    batch = actions.call_roll(open_session, {wang: "absent", li: "present"}, by=li, at=at)
    assert batch

    assert actions.undo_roll(batch, by=li, at=at) == 2
    assert actions.undo_roll(batch, by=li, at=at) == 0

    row = Attendance.objects.get()
    assert (row.teacher, row.state, row.method) == (wang, "present", "code")
    assert row.device


def test_what_changed_since_is_not_undone(
    open_session: Session, li: Teacher, wang: Teacher
) -> None:
    at = open_session.starts_at
    batch = actions.mark_rest(open_session, by=li, at=at)
    assert batch
    actions.call_roll(open_session, {wang: "late"}, by=li, at=at + timedelta(minutes=1))

    actions.undo_roll(batch, by=li, at=at + timedelta(minutes=2))

    assert states() == {"王老师": "late"}


def test_a_batch_sent_five_times_counts_once(
    open_session: Session, li: Teacher, wang: Teacher
) -> None:
    key, at = uuid4(), open_session.starts_at
    for _time in range(5):
        actions.call_roll(open_session, {wang: "present"}, by=li, at=at, key=key)
    actions.close_session(open_session, by=li, at=open_session.ends_at)

    again = actions.call_roll(open_session, {wang: "absent"}, by=li, at=at, key=key)

    assert again
    assert again.uid == key
    assert RollBatch.objects.filter(uid=key).count() == 1
    assert states()["王老师"] == "present"


def test_a_key_of_another_session_is_refused(
    open_session: Session, li: Teacher, wang: Teacher
) -> None:
    key, at = uuid4(), open_session.starts_at
    actions.call_roll(open_session, {wang: "present"}, by=li, at=at, key=key)
    other = actions.plan_session(
        open_session.organisation, title="另一场", kind=open_session.activity.kind, by=li, at=at,
        unit=open_session.unit, starts_at=at, ends_at=at + timedelta(hours=1),
    )  # fmt: skip

    with pytest.raises(MarksElsewhere):
        actions.call_roll(other, {wang: "present"}, by=li, at=at, key=key)


def test_an_older_tap_changes_nothing_whatever_the_order(
    open_session: Session, li: Teacher, wang: Teacher
) -> None:
    at = open_session.starts_at

    def tap(state: str, minutes: int) -> None:
        moment = {wang: at + timedelta(minutes=minutes)}
        later = at + timedelta(hours=1)
        actions.call_roll(
            open_session, {wang: state}, by=li, at=later, key=uuid4(), tapped_at=moment
        )

    tap("late", 12)
    tap("absent", 5)

    assert states() == {"王老师": "late"}


@pytest.mark.parametrize("days", [-1, 1])
def test_a_device_with_the_date_wrong_does_no_harm(
    open_session: Session, li: Teacher, wang: Teacher, days: int
) -> None:
    at: datetime = open_session.starts_at + timedelta(minutes=5)
    moment = {wang: at + timedelta(days=days)}

    actions.call_roll(open_session, {wang: "present"}, by=li, at=at, key=uuid4(), tapped_at=moment)

    row = Attendance.objects.get()
    assert open_session.starts_at - timedelta(hours=12) <= row.at <= at


def test_a_tap_counts_from_the_schools_own_morning(
    open_session: Session, li: Teacher, wang: Teacher
) -> None:
    day = day_of(open_session.starts_at)
    tapped = moment_at(day, time(7))
    assert tapped.date() < day

    actions.call_roll(
        open_session, {wang: "present"}, by=li, at=open_session.starts_at, tapped_at={wang: tapped}
    )

    assert Attendance.objects.get().at == tapped


def test_the_page_offers_the_rest_and_the_undoing(
    open_session: Session, li: Teacher, log_in: LogIn
) -> None:
    host, uid = log_in(li), open_session.uid

    done = host.post(reverse("activities:roll_rest", args=[uid]), headers={"hx-request": "true"})

    assert "撤销刚才的 2 人" in done.content.decode()
    batch = RollBatch.objects.get()
    host.post(reverse("activities:roll_undo", args=[uid, batch.uid]))
    assert states() == {}


def test_a_member_cannot_take_the_rest(open_session: Session, wang: Teacher, log_in: LogIn) -> None:
    address = reverse("activities:roll_rest", args=[open_session.uid])

    assert log_in(wang).post(address).status_code == 404
