"""The outbox: tried a bounded number of times, by one at a time, and none stops another."""

import logging
from datetime import timedelta
from functools import partial

import pytest
from django.core.mail import EmailMessage
from pytest_django import DjangoAssertNumQueries, Settings

from yanxiu.cast import MORNING, Cast
from yanxiu.notices import actions, keys, queries, sending
from yanxiu.notices.channels import mail, wecom
from yanxiu.notices.channels.letter import Letter, NotDelivered
from yanxiu.notices.models import Message, Notice, Robot
from yanxiu.notices.tests.conftest import Put
from yanxiu.people.models import Teacher

LATER = MORNING + timedelta(hours=6)


def state(message: Message) -> tuple[str, int]:
    message.refresh_from_db()
    return message.state, message.attempts


def test_a_letter_goes_to_the_confirmed_address(
    put: Put, reader: Teacher, mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    message = put(channel="email", teacher=reader, text="· 10:00 研讨", path="/")

    assert sending.send_by("email", clock=lambda: MORNING) == {"sent": 1}

    assert mailoutbox[0].to == ["wang@example.cn"]
    assert f"{settings.PUBLIC_URL}/" in str(mailoutbox[0].body)
    message.refresh_from_db()
    assert message.text == ""


def test_an_address_that_is_not_confirmed_gets_nothing(
    put: Put, reader: Teacher, mailoutbox: list[EmailMessage]
) -> None:
    reader.notice_wishes.__class__.objects.update(email_confirmed_at=None)
    message = put(channel="email", teacher=reader)

    sending.send_by("email", clock=lambda: MORNING)

    assert state(message) == ("failed", 1)
    assert mailoutbox == []


def test_what_fails_is_tried_five_times_further_and_further_apart(put: Put, robot: Robot) -> None:
    message, now, waits = put(channel="wecom", robot=robot), MORNING, []
    for _number in range(7):
        sending.send_by("wecom", clock=partial(max, now, now))
        message.refresh_from_db()
        waits.append((message.due_at - now).total_seconds() // 60)
        now = max(message.due_at, now) + timedelta(seconds=1)

    assert waits[:4] == [1, 5, 20, 60]
    assert state(message) == ("failed", 5)
    assert "拒绝连接" in message.problem


def test_what_can_never_work_is_not_tried_again(
    put: Put, robot: Robot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no(*_given: object) -> None:
        raise NotDelivered("没有这个机器人", for_good=True)

    monkeypatch.setattr(wecom, "send", no)
    message = put(channel="wecom", robot=robot)

    sending.send_by("wecom", clock=lambda: MORNING)

    assert state(message) == ("failed", 1)


def test_a_stuck_message_does_not_stop_the_others(
    put: Put, reader: Teacher, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def deliver(letter: Letter, _address: str) -> None:
        if letter.title == "坏":
            raise ZeroDivisionError("wang@example.cn")

    monkeypatch.setattr(mail, "send", deliver)
    bad = put(channel="email", teacher=reader, title="坏")
    good = [put(channel="email", teacher=reader) for _number in range(3)]

    sending.send_by("email", clock=lambda: MORNING)

    assert [state(one)[0] for one in good] == ["sent"] * 3
    assert state(bad) == ("waiting", 1)
    assert "wang@example.cn" not in caplog.text


def test_what_was_never_tried_goes_first(
    put: Put, reader: Teacher, mailoutbox: list[EmailMessage]
) -> None:
    put(channel="email", teacher=reader, title="第三次", attempts=2)
    put(channel="email", teacher=reader, title="第一次", due_at=MORNING)

    sending.send_by("email", clock=lambda: MORNING, most=1)

    assert [letter.subject for letter in mailoutbox] == ["第一次"]


def test_a_message_is_claimed_once_until_the_lease_runs_out(put: Put, reader: Teacher) -> None:
    put(channel="email", teacher=reader)

    assert sending.claim("email", now=MORNING) is not None
    assert sending.claim("email", now=MORNING + timedelta(minutes=1)) is None
    assert sending.claim("email", now=MORNING + timedelta(minutes=4)) is not None


def test_a_sender_that_was_too_slow_does_not_overwrite_the_next(put: Put, reader: Teacher) -> None:
    message = put(channel="email", teacher=reader)
    slow = sending.claim("email", now=MORNING)
    quick = sending.claim("email", now=MORNING + timedelta(minutes=4))
    assert slow
    assert quick
    sending.send_one(quick, clock=lambda: MORNING + timedelta(minutes=4))

    sending._not_sent(slow, "太慢", for_good=True, at=LATER)

    assert state(message)[0] == "sent"


def test_a_message_on_which_the_program_dies_again_and_again_is_given_up(
    put: Put, reader: Teacher
) -> None:
    message = put(channel="email", teacher=reader)
    for number in range(5):
        sending.claim("email", now=MORNING + number * timedelta(minutes=4))

    sending.send_by("email", clock=lambda: LATER)

    assert state(message)[0] == "failed"


def test_what_is_too_late_is_dropped_and_not_sent(
    put: Put, reader: Teacher, mailoutbox: list[EmailMessage]
) -> None:
    message = put(channel="email", teacher=reader, useless_from=LATER)

    sending.send_by("email", clock=lambda: LATER)

    assert (state(message)[0], mailoutbox) == ("dropped", [])


def test_what_is_not_yet_due_waits(put: Put, reader: Teacher) -> None:
    put(channel="email", teacher=reader, due_at=LATER)

    assert sending.send_by("email", clock=lambda: MORNING) == {}


def test_in_the_house_a_message_is_a_reminder(put: Put, wang: Teacher) -> None:
    put(channel="in_app", teacher=wang, title="10:00 研讨")

    sending.send_by("in_app", clock=lambda: MORNING)

    notice = Notice.objects.get()
    assert (notice.teacher, notice.kind, notice.title) == (wang, "reminder", "10:00 研讨")


def test_a_robot_without_its_key_says_what_to_do(put: Put, robot: Robot) -> None:
    keys.forget(robot.uid)
    message = put(channel="wecom", robot=robot)

    sending.send_by("wecom", clock=lambda: MORNING)

    assert state(message) == ("failed", 1)
    assert "重新填写" in message.problem


def test_a_robot_that_is_off_is_not_asked(put: Put, robot: Robot) -> None:
    Robot.objects.update(is_active=False)
    message = put(channel="wecom", robot=robot)

    sending.send_by("wecom", clock=lambda: MORNING)

    assert (state(message)[0], message.problem) == ("failed", "这个机器人已经停用。")


def test_an_empty_outbox_costs_one_statement(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        sending.send_by("email", clock=lambda: MORNING)


def test_the_administrator_sends_again_what_failed(put: Put, robot: Robot, guan: Teacher) -> None:
    message = put(channel="wecom", robot=robot, state="failed", attempts=5, ended_at=MORNING)

    actions.send_again(message, by=guan, at=LATER)

    assert state(message) == ("waiting", 0)


def test_old_notices_and_messages_are_forgotten(put: Put, cast: Cast, wang: Teacher) -> None:
    put(channel="email", teacher=wang, state="sent", ended_at=MORNING)
    put(channel="email", teacher=wang)

    actions.forget_old(at=MORNING + timedelta(days=31))

    assert Message.objects.count() == 1


def test_queues_are_counted_by_channel(put: Put, wang: Teacher) -> None:
    put(channel="email", teacher=wang)
    put(channel="email", teacher=wang, state="failed")

    (queue,) = queries.queues(Message.objects.all())

    assert (queue.channel, queue.waiting, queue.failed) == ("email", 1, 1)


def test_a_key_never_reaches_the_log(
    put: Put, robot: Robot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    put(channel="wecom", robot=robot)

    sending.send_by("wecom", clock=lambda: MORNING)

    assert "very-secret-key" not in caplog.text
    assert not any("very-secret-key" in str(row) for row in Message.objects.values())
