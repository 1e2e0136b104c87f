"""The one way to an endpoint: to a checked address, within seconds, and never led elsewhere."""

import http.client
import json
import socket
import ssl
import threading
from dataclasses import dataclass, field
from typing import Any

from yanxiu.notices.channels.deadline import Deadline
from yanxiu.reports.drafting.addresses import Endpoint, Unreachable, resolve
from yanxiu.reports.drafting.answers import NotDrafted, words_of

MOST = 256 * 1024
"""How much of an answer is read."""
AT_ONCE = 2
"""How many requests one process has on their way; a page waits for each of them."""
TOO_MANY, SERVER, GOOD = 429, 500, 200
_SAID = {
    401: "对方不认密钥（401）。请管理员在“起草助手”里重新填写密钥。",
    403: "对方不许使用（403）。请管理员核对密钥和模型名。",
    402: "对方说余额不足（402）。请管理员到服务商处查看。",
    404: "对方没有这个地址或模型（404）。请管理员核对接口地址和模型名。",
    413: "对方说内容太长（413）。请分成几段再试。",
    TOO_MANY: "对方说问得太密，或额度用完了（429）。请过一会儿再试。",
}
_places = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Limits:
    """How long a conversation may take: until it is connected, between two pieces, and in all."""

    connect: float = 5.0
    read: float = 30.0
    total: float = 45.0


@dataclass(frozen=True)
class Line:
    """Whom to ask, as the school set it; the key is never printed."""

    endpoint: Endpoint
    model: str
    private: bool = False
    key: str = field(default="", repr=False)
    limits: Limits = Limits()


def body_of(messages: list[dict[str, str]], model: str) -> dict[str, Any]:
    """Return the JSON object that is sent, and nothing else is."""
    return {"model": model, "messages": messages, "temperature": 0.3, "stream": False}


def ask(line: Line, messages: list[dict[str, str]]) -> str:
    """Send `messages` and return the words that come back.

    Raises:
        NotDrafted: in whatever way it went wrong, in plain words without address and key.
    """
    if not _places.acquire(blocking=False):
        raise NotDrafted("正有别人在用起草助手，没有送出。请过半分钟再试。")
    try:
        return words_of(_exchange(line, json.dumps(body_of(messages, line.model)).encode()))
    finally:
        _places.release()


def _exchange(line: Line, data: bytes) -> bytes:
    limits, host = line.limits, line.endpoint.host
    with Deadline(limits.total) as deadline:
        try:
            number = resolve(line.endpoint, private=line.private, seconds=limits.connect)
            received = _speak(line, number, data, deadline)
        except Unreachable as problem:
            raise NotDrafted(str(problem)) from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NotDrafted(_said(error, host, limits, deadline)) from None
    if deadline.passed:
        raise NotDrafted(_too_slow(limits))
    if len(received) > MOST:
        raise NotDrafted("对方的回答太长，没有采用。")
    return received


def _speak(line: Line, number: str, data: bytes, deadline: Deadline) -> bytes:
    endpoint = line.endpoint
    opened = deadline.connect((number, endpoint.port), timeout=line.limits.connect)
    opened.settimeout(line.limits.read)
    if endpoint.scheme == "https":
        context = ssl.create_default_context()
        opened = context.wrap_socket(opened, server_hostname=endpoint.host)
        made: http.client.HTTPConnection = http.client.HTTPSConnection(endpoint.host, endpoint.port)
    else:
        made = http.client.HTTPConnection(endpoint.host, endpoint.port)
    with opened:
        # Connected already, to the address that was checked.
        made.sock = opened
        made.request("POST", endpoint.target, data, _headers(line))
        answer = made.getresponse()
        if answer.status != GOOD:
            raise NotDrafted(_status_said(answer.status))
        return answer.read(MOST + 1)


def _headers(line: Line) -> dict[str, str]:
    given = {
        "Content-Type": "application/json; charset=utf-8",
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        "Connection": "close",
        "User-Agent": "Yanxiu",
    }
    return {**given, "Authorization": f"Bearer {line.key}"} if line.key else given


def _status_said(status: int) -> str:
    if status in _SAID:
        return _SAID[status]
    if status >= SERVER:
        return f"对方的服务器出错（{status}）。请过一会儿再试。"
    if status in {301, 302, 303, 307, 308}:
        return f"对方要转到别的地址（{status}），为保护内容和密钥没有跟去。请管理员核对接口地址。"
    return f"对方不接受（{status}）。请管理员核对接口地址和模型名。"


def _too_slow(limits: Limits) -> str:
    return f"对方在 {limits.total:g} 秒内没有答完，已经停止等待。请过一会儿再试。"


def _said(error: Exception, host: str, limits: Limits, deadline: Deadline) -> str:
    """Return what went wrong on the way, in words for whoever asked."""
    if deadline.passed or isinstance(error, TimeoutError):
        return _too_slow(limits)
    if isinstance(error, ConnectionRefusedError):
        return f"{host} 拒绝连接。请管理员检查接口地址，以及那台机器是否开着。"
    if isinstance(error, socket.gaierror):
        return f"找不到 {host}。请管理员检查接口地址。"
    if isinstance(error, ssl.SSLError):
        return f"{host} 的证书或加密有问题，没有送出。"
    return f"与 {host} 的连接中断，没有收到完整的回答。"
