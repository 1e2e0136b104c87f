"""电子邮件: through the mail server that the installation names, if it names one."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from yanxiu.notices.channels.deadline import Deadline
from yanxiu.notices.channels.letter import Letter, NotDelivered

SECONDS = 30.0
_REFUSED_FOR_GOOD = 550

_deadline: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


class _Watched(smtplib.SMTP):
    """Lets the deadline cut the conversation."""

    def _get_socket(self, host: str, port: int, timeout: float) -> Any:
        opened = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        if deadline := _deadline.get():
            deadline.watch(opened)
        return opened


class _WatchedSSL(smtplib.SMTP_SSL, _Watched):
    """The same from the first byte over TLS."""


class Backend(EmailBackend):
    """Django's own way to a mail server, within a deadline."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _WatchedSSL if self.use_ssl else _Watched


def is_there() -> bool:
    """Tell whether the installation names a mail server."""
    return bool(settings.EMAIL_HOST)


@contextmanager
def _within(seconds: float) -> Iterator[Deadline]:
    with Deadline(seconds) as deadline:
        token = _deadline.set(deadline)
        try:
            yield deadline
        finally:
            _deadline.reset(token)


def send(letter: Letter, address: str, *, seconds: float = SECONDS) -> None:
    """Send `letter` to `address`.

    Raises:
        NotDelivered: there is no mail server, or it did not take the message.
    """
    if not is_there():
        raise NotDelivered("本系统没有设发信的邮箱服务器，见 docs/settings.md。", for_good=True)
    text = "\n\n".join(part for part in (letter.text, letter.url) if part)
    message = EmailMessage(" ".join(letter.title.split()), text, to=[address])
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    with _within(seconds) as deadline:
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _said in error.recipients.values()]
            raise NotDelivered(
                "邮箱服务器不认这个收信地址。请本人在“通知方式”里核对邮箱。",
                for_good=all(code >= _REFUSED_FOR_GOOD for code in codes),
            ) from None
        except smtplib.SMTPAuthenticationError:
            raise NotDelivered("邮箱服务器不认发信的账号或密码。请管理员核对设置。") from None
        except (smtplib.SMTPException, OSError):
            if deadline.passed:
                raise NotDelivered(f"邮箱服务器在 {seconds:g} 秒内没有答完。") from None
            raise NotDelivered("邮箱服务器没有收下这封信，过一会儿再发。") from None
