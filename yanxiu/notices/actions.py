"""Telling people, how they want to be told, and the robots of groups."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from yanxiu.audit import trail
from yanxiu.kernel.sources import Source
from yanxiu.kernel.uids import new_uid
from yanxiu.notices import keys
from yanxiu.notices.channels import mail
from yanxiu.notices.models import Message, Notice, NoticeWishes, Robot
from yanxiu.notices.permissions import may_manage_robot, may_see_message, may_see_notice
from yanxiu.notices.refusals import (
    NoMailServer,
    NoSchool,
    NotFailed,
    TooManyConfirmations,
    WrongConfirmation,
)
from yanxiu.notices.robots import check_address
from yanxiu.people.access import NotAllowed, allowed, require
from yanxiu.people.models import Organisation, Teacher, Unit

BATCH = 500
TITLE = 120
CONFIRM_WITHIN = timedelta(days=3)
CONFIRMATIONS_A_DAY = 3
_SALT = "notices.email"


def notify(
    teachers: Iterable[Teacher],
    *,
    kind: str,
    title: str,
    source: Source,
    organisation: Organisation,
    at: datetime,
    text: str = "",
) -> None:
    """Tell each of `teachers` once; channels carry it later, so a transaction may wrap this.

    Whoever does the deed is left out by the caller: nobody is told what he has just done.

    Args:
        teachers: who is told; somebody named twice is told once.
        kind: one of `Notice.Kind`.
        title: one line, cut at 120 characters.
        source: what it is about; the notice links there.
        organisation: the school it concerns.
        at: when, aware.
        text: what else there is to say, for the person's eyes alone.
    """
    kind = Notice.Kind(kind)
    told = {teacher.pk: teacher for teacher in teachers}
    Notice.objects.bulk_create(
        [
            Notice(
                teacher=teacher,
                organisation=organisation,
                kind=kind,
                title=title[:TITLE],
                text=text,
                source_kind=source.kind,
                source_id=source.uid,
                at=at,
            )
            for teacher in told.values()
        ],
        batch_size=BATCH,
    )


def gather(
    teacher: Teacher,
    *,
    kind: str,
    title: str,
    source: Source,
    organisation: Organisation,
    at: datetime,
    text: str = "",
    is_news: bool = True,
) -> None:
    """Tell `teacher` of many like things in one notice: what is not read yet is said anew.

    The arguments are those of `notify`; with an empty title there is nothing left to say, and the
    unread notice goes. What is no news (there is less to say now) only corrects an unread notice.
    The caller holds the row of the source locked, or two at once would make two notices.
    """
    unread = Notice.objects.filter(
        teacher=teacher.pk, read_at=None, kind=Notice.Kind(kind),
        source_kind=source.kind, source_id=source.uid,
    )  # fmt: skip
    if not title:
        unread.delete()
    elif not is_news:
        unread.update(title=title[:TITLE], text=text)
    elif not unread.update(title=title[:TITLE], text=text, at=at):
        notify(
            [teacher], kind=kind, title=title, text=text, source=source,
            organisation=organisation, at=at,
        )  # fmt: skip


def mark_read(notices: "QuerySet[Notice]", *, by: Teacher, at: datetime) -> int:
    """Mark those of `notices` that are for `by` as read; return how many were unread."""
    return allowed(may_see_notice, by, notices).filter(read_at=None).update(read_at=at)


@transaction.atomic
def choose_channels(
    teacher: Teacher,
    *,
    email: str,
    by_email: Iterable[str],
    in_app: Iterable[str],
    quiet_from: time,
    quiet_until: time,
    digest_hour: int,
    at: datetime,
) -> NoticeWishes:
    """Keep how `teacher` wants to be told; a new address is asked to confirm before it is used.

    Raises:
        NoMailServer: an address is given, and the installation cannot send mail.
        NoSchool: an address is given by somebody without a post.
        TooManyConfirmations: the address was changed too often today.
    """
    wishes, _fresh = NoticeWishes.objects.select_for_update().get_or_create(teacher=teacher)
    email = email.strip()
    if email != wishes.email:
        wishes.email, wishes.email_confirmed_at = email, None
        if email:
            _ask_to_confirm(wishes, at)
    wishes.channels = {"email": sorted(set(by_email)), "in_app": sorted(set(in_app))}
    wishes.quiet_from, wishes.quiet_until = quiet_from, quiet_until
    wishes.digest_hour = digest_hour
    wishes.save()
    return wishes


def _ask_to_confirm(wishes: NoticeWishes, at: datetime) -> None:
    """Put a letter on its way to which only the owner of the new address can answer."""
    teacher = wishes.teacher
    if not mail.is_there():
        raise NoMailServer
    if teacher.organisation is None:
        raise NoSchool
    since = at - timedelta(days=1)
    asked = Message.objects.filter(
        teacher=teacher, purpose=Message.Purpose.CONFIRM, made_at__gt=since
    )
    if asked.count() >= CONFIRMATIONS_A_DAY:
        # Nobody fills another's mailbox by way of this house.
        raise TooManyConfirmations
    Message.objects.create(
        key=f"confirm:{new_uid()}",
        purpose=Message.Purpose.CONFIRM,
        organisation=teacher.organisation,
        channel="email",
        teacher=teacher,
        title=_("请确认收通知的邮箱"),
        text=_("请在三天内打开下面的地址，登录后确认。如果不是您本人填写的，不必理会。"),
        path=reverse("notices:confirm", args=[confirmation(wishes)]),
        made_at=at,
        due_at=at,
        useless_from=at + CONFIRM_WITHIN,
    )


def confirmation(wishes: NoticeWishes) -> str:
    """Return the word that proves that somebody reads the mail of the address in `wishes`."""
    return signing.dumps([str(wishes.teacher.uid), wishes.email], salt=_SALT)


@transaction.atomic
def confirm_email(word: str, *, by: Teacher, at: datetime) -> NoticeWishes:
    """Use the address that `word` proves from now on.

    Raises:
        WrongConfirmation: `word` is old, somebody else's, or of another address.
    """
    try:
        uid, email = signing.loads(word, salt=_SALT, max_age=CONFIRM_WITHIN)
    except (signing.BadSignature, ValueError, TypeError):
        raise WrongConfirmation from None
    wishes = NoticeWishes.objects.select_for_update().filter(teacher=by.pk).first()
    if wishes is None or uid != str(by.uid) or email != wishes.email:
        raise WrongConfirmation
    wishes.email_confirmed_at = at
    wishes.save(update_fields=["email_confirmed_at"])
    return wishes


@transaction.atomic
def add_robot(
    organisation: Organisation,
    unit: Unit | None,
    *,
    channel: str,
    name: str,
    url: str,
    secret: str,
    digest_hour: int,
    by: Teacher,
    at: datetime,
) -> Robot:
    """Let the robot of a chat group say what is on for `unit`, or for the whole organisation.

    Raises:
        NotAllowed: `by` may not speak in the name of the unit or organisation.
        BadInput: no robot of `channel` can be at this address.
    """
    check_address(channel, url, secret)
    if unit and unit.organisation_id != organisation.pk:
        raise NotAllowed
    robot = Robot.objects.create(
        organisation=organisation, unit=unit, channel=channel, name=name, digest_hour=digest_hour,
        made_at=at, made_by_uid=by.uid,
    )  # fmt: skip
    require(may_manage_robot, by, robot)
    trail.record(by, "notices.robot-added", robot, at=at, detail={"name": name})
    _keep_after(robot.uid, keys.RobotKey(url, secret))
    return robot


@transaction.atomic
def change_robot(
    robot: Robot,
    *,
    name: str,
    digest_hour: int,
    is_active: bool,
    url: str,
    secret: str,
    by: Teacher,
    at: datetime,
) -> Robot:
    """Change a robot; its address stays as it is unless `url` is given.

    Raises:
        NotAllowed: `by` does not manage the robot.
        BadInput: no robot of this channel can be at this address.
    """
    require(may_manage_robot, by, robot)
    if url:
        check_address(robot.channel, url, secret)
        _keep_after(robot.uid, keys.RobotKey(url, secret))
    robot.name, robot.digest_hour, robot.is_active = name, digest_hour, is_active
    robot.save(update_fields=["name", "digest_hour", "is_active"])
    trail.record(by, "notices.robot-changed", robot, at=at, detail={"new_address": bool(url)})
    return robot


def _keep_after(robot: UUID, key: keys.RobotKey) -> None:
    """Write the key once the row is there for good."""
    transaction.on_commit(lambda: keys.keep(robot, key))


@transaction.atomic
def remove_robot(robot: Robot, *, by: Teacher, at: datetime) -> None:
    """Take a robot and its key away; what waits for it is not sent.

    Raises:
        NotAllowed: `by` does not manage the robot.
    """
    require(may_manage_robot, by, robot)
    trail.record(by, "notices.robot-removed", robot, at=at, detail={"name": robot.name})
    uid = robot.uid
    robot.delete()
    transaction.on_commit(lambda: keys.forget(uid))


@transaction.atomic
def try_robot(robot: Robot, *, by: Teacher, at: datetime) -> Message:
    """Put a harmless sentence for the group on its way, so that one sees whether it arrives.

    Raises:
        NotAllowed: `by` does not manage the robot.
    """
    require(may_manage_robot, by, robot)
    return Message.objects.create(
        key=f"test:{new_uid()}",
        purpose=Message.Purpose.TEST,
        organisation=robot.organisation,
        channel=robot.channel,
        robot=robot,
        title=_("研修系统试发：看到这句话，说明这个群已经接通。"),
        made_at=at,
        due_at=at,
        useless_from=at + timedelta(hours=1),
    )


@transaction.atomic
def send_again(message: Message, *, by: Teacher, at: datetime) -> Message:
    """Try a message that failed once more, from the beginning.

    Raises:
        NotAllowed: `by` does not look after the outbox of its school.
        NotFailed: it did not fail.
    """
    require(may_see_message, by, message)
    again = Message.objects.filter(pk=message.pk, state=Message.State.FAILED).update(
        state=Message.State.WAITING, attempts=0, due_at=at, ended_at=None, problem=""
    )
    if not again:
        raise NotFailed
    trail.record(by, "notices.message-sent-again", message, at=at)
    message.refresh_from_db()
    return message


def forget_old(*, at: datetime) -> None:
    """Delete notices a year after, and messages a month after they ended."""
    Notice.objects.filter(at__lt=at - timedelta(days=365)).delete()
    Message.objects.filter(ended_at__lt=at - timedelta(days=30)).delete()
