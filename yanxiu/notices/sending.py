"""Sending what waits in the outbox.

Each channel is worked through by itself, so that one that hangs delays no other. Whoever sends a
message first takes it by a lease that runs out; several processes may send at the same time. No
transaction is open while a channel is asked. A message may arrive twice if the machine stops
between the channel's answer and our note of it; it is never lost silently.
"""

import logging
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone

from yanxiu.kernel.uids import new_uid
from yanxiu.notices import keys
from yanxiu.notices.channels import in_app, mail
from yanxiu.notices.channels.letter import Letter, NotDelivered
from yanxiu.notices.models import Message, NoticeWishes, Robot
from yanxiu.notices.queries import retried_from
from yanxiu.notices.robots import ADAPTERS

LIMIT = 5
"""How often a message is tried."""

LEASE = timedelta(minutes=3)
"""Longer than any channel may take for one message."""

CHANNELS = ("in_app", "email", *ADAPTERS)
A_PASS = 500

Clock = Callable[[], datetime]
log = logging.getLogger(__name__)


def send_waiting(*, clock: Clock = timezone.now, most: int = A_PASS) -> "Counter[str]":
    """Send what is due by all channels at the same time; return how many ended in which state."""
    told: Counter[str] = Counter()
    with ThreadPoolExecutor(len(CHANNELS)) as threads:
        for one in threads.map(lambda name: _in_a_thread(name, clock, most), CHANNELS):
            told.update(one)
    return told


def _in_a_thread(channel: str, clock: Clock, most: int) -> "Counter[str]":
    try:
        return send_by(channel, clock=clock, most=most)
    finally:
        connection.close()


def send_by(channel: str, *, clock: Clock = timezone.now, most: int = A_PASS) -> "Counter[str]":
    """Send what is due by one channel, what was never tried first; return the states."""
    told: Counter[str] = Counter()
    for _number in range(most):
        message = claim(channel, now=clock())
        if message is None:
            break
        told[send_one(message, clock=clock)] += 1
    return told


def claim(channel: str, *, now: datetime) -> Message | None:
    """Take one message that is due and free, or None; nobody else gets it for a while."""
    while True:
        free = Message.objects.free(now).filter(channel=channel).order_by("attempts", "due_at")
        found = free.values_list("pk", "attempts").first()
        if found is None:
            return None
        pk, attempts = found
        lease = new_uid()
        taken = (
            Message.objects.free(now)
            .filter(pk=pk, attempts=attempts)
            .update(lease=lease, leased_until=now + LEASE, attempts=attempts + 1)
        )
        if taken:
            rows = Message.objects.select_related("teacher__notice_wishes", "robot")
            return rows.get(pk=pk)  # type: ignore[no-any-return]


def send_one(message: Message, *, clock: Clock = timezone.now) -> str:
    """Send a message that was claimed; whatever happens, it ends in a state with its reason."""
    now = clock()
    if message.useless_from and message.useless_from <= now:
        return _end(message, Message.State.DROPPED, "到了该发的时候已经过时。", at=now)
    if message.attempts > LIMIT:
        return _end(message, Message.State.FAILED, "发送时程序几次中断。", at=now)
    try:
        _deliver(message, now)
    except NotDelivered as no:
        return _not_sent(message, str(no), for_good=no.for_good, at=clock())
    except Exception as bug:  # noqa: BLE001 (one message must not stop the others)
        # Neither the traceback nor the text of the error: they may hold an address or a name.
        log.error("message %s was not sent: %s", message.uid, type(bug).__name__)  # noqa: TRY400
        return _not_sent(message, "程序出错，已记入日志。", for_good=False, at=clock())
    return _end(message, Message.State.SENT, "", at=clock())


def _deliver(message: Message, now: datetime) -> None:
    url = f"{settings.PUBLIC_URL}{message.path}" if message.path else ""
    letter = Letter(message.title, message.text, url)
    if message.channel == "in_app":
        in_app.send(letter, message, at=now)
    elif message.channel == "email":
        mail.send(letter, _address(message))
    else:
        _to_robot(letter, message.robot)


def _address(message: Message) -> str:
    """Return the address the person confirmed (or is asked to), as it is now."""
    teacher = message.teacher
    wishes: NoticeWishes | None = getattr(teacher, "notice_wishes", None)
    asks = message.purpose == Message.Purpose.CONFIRM
    if (
        teacher is None
        or not teacher.is_active
        or wishes is None
        or not wishes.email
        or not (wishes.email_confirmed_at or asks)
    ):
        raise NotDelivered("这位教师现在没有已确认的邮箱。", for_good=True)
    return wishes.email


def _to_robot(letter: Letter, robot: Robot | None) -> None:
    if robot is None or not robot.is_active:
        raise NotDelivered("这个机器人已经停用。", for_good=True)
    key = keys.read(robot.uid)
    if key is None:
        raise NotDelivered("本机没有这个机器人的地址，请在“群机器人”里重新填写。", for_good=True)
    ADAPTERS[robot.channel].send(letter, key)


def _not_sent(message: Message, sentence: str, *, for_good: bool, at: datetime) -> str:
    if for_good or message.attempts >= LIMIT:
        return _end(message, Message.State.FAILED, sentence, at=at)
    _mine(message).update(
        lease=None,
        leased_until=None,
        due_at=retried_from(message.attempts, at),
        problem=sentence[:200],
    )
    return str(Message.State.WAITING)


def _end(message: Message, state: str, sentence: str, *, at: datetime) -> str:
    """Note how it ended; what was sent is forgotten, for it is on its reader's page anyway."""
    ended = {"state": state, "ended_at": at, "problem": sentence[:200]}
    if state in {Message.State.SENT, Message.State.DROPPED}:
        ended["text"] = ""
    _mine(message).update(**ended, lease=None, leased_until=None)
    return str(state)


def _mine(message: Message) -> Any:
    """Return the message if our lease on it still holds; a late answer overwrites nobody's note."""
    return Message.objects.filter(pk=message.pk, lease=message.lease)


def keep_sending(stop: threading.Event, *, seconds: float = 20.0) -> list[threading.Thread]:
    """Start one thread per channel that sends until `stop`; return them."""

    def work(channel: str) -> None:
        while not stop.is_set():
            try:
                close_old_connections()
                send_by(channel)
            except Exception as trouble:  # noqa: BLE001 (the database may be away for a moment)
                log.warning("channel %s rests: %s", channel, type(trouble).__name__)
                connection.close()
            stop.wait(seconds)
        connection.close()

    threads = [
        threading.Thread(target=work, args=[name], name=f"notices-{name}", daemon=True)
        for name in CHANNELS
    ]
    for thread in threads:
        thread.start()
    return threads
