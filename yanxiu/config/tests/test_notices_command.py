"""`yanxiu notices send` composes, sends and tells; the loop ends with whoever started it."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import Settings

from yanxiu.cast import MORNING, Cast
from yanxiu.config import cli, environment
from yanxiu.config.commands import notices as command
from yanxiu.config.environment import WrongSetting
from yanxiu.notices.models import Message, NoticeWishes
from yanxiu.people.models import Teacher


@pytest.fixture
def waiting(cast: Cast, wang: Teacher, settings: Settings) -> Message:
    """A letter to 王老师 that is due in an hour."""
    settings.EMAIL_HOST = "mail.example.cn"
    NoticeWishes.objects.create(teacher=wang, email="w@example.cn", email_confirmed_at=MORNING)
    now = timezone.now()
    message: Message = Message.objects.create(
        key="x",
        purpose="change",
        organisation=cast.school,
        channel="email",
        teacher=wang,
        title="改期",
        made_at=now,
        due_at=now + timedelta(hours=1),
    )
    return message


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("words", "sent"), [(["send"], 0), (["send", "--now"], 1)])
def test_it_sends_what_is_due_or_everything(
    waiting: Message,
    mailoutbox: list[EmailMessage],
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    sent: int,
) -> None:
    options = cli.make_parser({"notices": command}).parse_args(["notices", *words])

    assert command.run(options) == 0

    assert f"已发出 {sent} 条" in capsys.readouterr().out
    assert len(mailoutbox) == sent


@pytest.mark.once
def test_the_loop_ends_when_its_stdin_closes(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "yanxiu", "notices", "loop", "--beside", "--data", str(tmp_path)],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "YANXIU_DATABASE": ""},
    ) as loop:
        assert loop.poll() is None
        assert loop.stdin
        loop.stdin.close()

        assert loop.wait(timeout=60) == 0


def test_a_mail_server_is_named_by_one_address() -> None:
    found = environment.mail("smtps://me%40x.cn:p%3Aw@smtp.x.cn:465", "研修 <me@x.cn>")

    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("me@x.cn", "p:w")
    assert (found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == (True, False)
    assert environment.mail("smtp://smtp.x.cn", "me@x.cn")["EMAIL_USE_TLS"] is True
    assert environment.mail("", "") == {"EMAIL_HOST": ""}


@pytest.mark.parametrize(
    ("url", "sender"), [("http://smtp.x.cn", "me@x.cn"), ("smtp://", "me@x.cn"), ("smtp://h", "")]
)
def test_a_wrong_mail_setting_is_named_without_its_password(url: str, sender: str) -> None:
    with pytest.raises(WrongSetting, match="YANXIU_MAIL"):
        environment.mail(url, sender)
