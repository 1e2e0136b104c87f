"""The one way to a robot over HTTP: within seconds, to known hosts, and never led elsewhere."""

import http.client
import json
import socket
import ssl
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from yanxiu.notices.channels.deadline import Deadline
from yanxiu.notices.channels.letter import NotDelivered

SECONDS = 10.0
"""How long one message may take from first to last."""

MOST = 64 * 1024
"""How much of an answer is read."""

TOO_MANY = 429
SERVER = 500


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: a robot has one address, and the key must not go to another."""

    def redirect_request(self, *_args: Any, **_named: Any) -> None:
        return None


class _Http(urllib.request.HTTPHandler):
    def __init__(self, deadline: Deadline) -> None:
        super().__init__()
        self.deadline = deadline

    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_watched(http.client.HTTPConnection, self.deadline), request)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, deadline: Deadline) -> None:
        super().__init__(context=ssl.create_default_context())
        self.deadline = deadline

    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        made = _watched(http.client.HTTPSConnection, self.deadline)
        return self.do_open(made, request, context=self._context)  # type: ignore[attr-defined]


def _watched(kind: Any, deadline: Deadline) -> Any:
    """Return how to make a connection of `kind` whose socket ends at the deadline."""

    def make(*args: Any, **named: Any) -> Any:
        connection = kind(*args, **named)
        connection._create_connection = deadline.connect  # noqa: SLF001 (no public way in)
        return connection

    return make


def post_json(url: str, body: dict[str, Any], *, seconds: float = SECONDS) -> dict[str, Any]:
    """Send `body` to `url` and return the JSON object that is answered.

    Raises:
        NotDelivered: in whatever way it went wrong, in plain words without the address.
    """
    data = json.dumps(body, ensure_ascii=False).encode()
    request = urllib.request.Request(  # noqa: S310 (`robots.check_address` allows http(s) alone)
        url, data, {"Content-Type": "application/json; charset=utf-8", "Connection": "close"}
    )
    with Deadline(seconds) as deadline:
        opener = urllib.request.build_opener(_Stay, _Http(deadline), _Https(deadline))
        try:
            with opener.open(request, timeout=seconds) as answer:
                received = answer.read(MOST)
        except urllib.error.HTTPError as error:
            with error:
                raise NotDelivered(
                    _status_said(error.code), for_good=_is_final(error.code)
                ) from None
        except (OSError, http.client.HTTPException) as error:
            raise NotDelivered(_said(error, urlsplit(url).hostname or "", deadline)) from None
    if deadline.passed:
        raise NotDelivered(_too_slow(deadline))
    return _object(received)


def _is_final(status: int) -> bool:
    """Tell whether a status is about what we sent, so that sending it again changes nothing."""
    return status < SERVER and status not in {TOO_MANY, 408}


def _status_said(status: int) -> str:
    if status == TOO_MANY:
        return "对方说发得太密（429），过一会儿再发。"
    if status >= SERVER:
        return f"对方的服务器出错（{status}），过一会儿再发。"
    if status in {301, 302, 303, 307, 308}:
        return f"对方要转到别的地址（{status}），为保护密钥没有跟去。请核对机器人的地址。"
    return f"对方不接受（{status}）。请核对机器人的地址，必要时重新添加。"


def _too_slow(deadline: Deadline) -> str:
    return f"对方在 {deadline.seconds:g} 秒内没有答完。"


def _said(error: Exception, host: str, deadline: Deadline) -> str:
    """Return what went wrong on the way, in words for the administrator."""
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if deadline.passed or isinstance(cause, TimeoutError):
        return _too_slow(deadline)
    if isinstance(cause, ConnectionRefusedError):
        return f"{host} 拒绝连接。请检查本机能不能上网。"
    if isinstance(cause, socket.gaierror):
        return f"找不到 {host}。请检查本机能不能上网。"
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"{host} 的证书不可信，没有发送。"
    return f"与 {host} 的连接中断，没有收到完整的回答。"


def _object(received: bytes) -> dict[str, Any]:
    try:
        found = json.loads(received)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise NotDelivered("对方的回答看不懂，不能确定是否送达。")
    return found
