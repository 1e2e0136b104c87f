"""An endpoint answers within seconds or it is said why not, whatever it does."""

import json
import socket
import time
import tracemalloc
from dataclasses import replace
from ipaddress import ip_address

import pytest

from yanxiu.kernel.refusals import BadInput
from yanxiu.notices.tests.fakes import fake
from yanxiu.reports.drafting import door
from yanxiu.reports.drafting.addresses import may_call, read_endpoint
from yanxiu.reports.drafting.answers import NotDrafted, words_of
from yanxiu.reports.drafting.door import Limits, Line

MESSAGES = [{"role": "user", "content": "润色这一段"}]
QUICK = Limits(connect=0.5, read=0.6, total=1.0)
KEY = "sk-very-secret"


def answer_of(text: object) -> bytes:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode()


def line_to(port: int) -> Line:
    endpoint = read_endpoint(f"http://127.0.0.1:{port}/v1", private=True)
    return Line(endpoint, "local", private=True, key=KEY, limits=QUICK)


def test_words_come_back_and_the_key_goes_along() -> None:
    with fake(answer=answer_of("已举行12场。")) as there:
        assert door.ask(line_to(there.port), MESSAGES) == "已举行12场。"

    assert there.bodies == [door.body_of(MESSAGES, "local")]
    assert there.heads[0].startswith("POST /v1/chat/completions ")
    assert f"Authorization: Bearer {KEY}" in there.heads[0]


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("hanging", "没有答完"),
        ("trickling", "没有答完"),
        ("endless", "太长|没有答完"),
        ("cut", "中断|看不懂"),
        ("silent", "中断"),
        ("no_http", "中断"),
        ("leading_away", "转到别的地址"),
    ],
)
def test_a_failure_is_told_within_seconds_and_without_the_key(way: str, said: str) -> None:
    began = time.monotonic()
    with fake(way) as there, pytest.raises(NotDrafted, match=said) as told:
        door.ask(line_to(there.port), MESSAGES)

    assert time.monotonic() - began < 3
    assert len(there.heads) == 1
    assert KEY not in str(told.value) + repr(line_to(there.port))


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("401 Unauthorized", "密钥"),
        ("403 Forbidden", "不许"),
        ("404 Not Found", "地址或模型"),
        ("429 Too Many", "太密"),
        ("500 Oops", "服务器出错"),
        ("503 Later", "服务器出错"),
        ("418 Teapot", "不接受"),
        ("308 Moved", "转到别的地址"),
        ("204 No Content", "不接受"),
    ],
)
def test_a_status_tells_whom_to_ask(status: str, said: str) -> None:
    with fake(status=status) as there, pytest.raises(NotDrafted, match=said):
        door.ask(line_to(there.port), MESSAGES)


STREAM = b'data: {"choices":[{"delta":{"content":"\xe5\xb7\xb2\n\ndata: [DONE]\n\n'


@pytest.mark.parametrize(
    "garbage",
    [
        b"", b"<html><body>502</body></html>", b"[]", b"null", b"{", b"\xff\xfe", b"[" * 100_000,
        b"{}", STREAM, b'{"choices": []}', b'{"choices": [{"message": null}]}', b'{"choices": 3}',
        answer_of(None), answer_of(["x"]), answer_of(3), answer_of("  \n"), b"1" * 6000,
        b"\x1f\x8b\x08", b'{"error": {"message": "overloaded"}}', b"NaN",
    ],
)  # fmt: skip
def test_garbage_gives_no_words(garbage: bytes) -> None:
    with pytest.raises(NotDrafted, match=r"看不懂|没有正文|空白"):
        words_of(garbage)


def test_a_stream_of_garbage_is_survived() -> None:
    with fake(answer=STREAM * 1000) as there, pytest.raises(NotDrafted, match="看不懂"):
        door.ask(line_to(there.port), MESSAGES)


def test_no_more_is_read_than_an_answer_needs() -> None:
    tracemalloc.start()
    with fake("endless") as there, pytest.raises(NotDrafted, match="太长"):
        door.ask(replace(line_to(there.port), limits=Limits(total=20)), MESSAGES)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 8 * door.MOST


def test_nobody_listening_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(NotDrafted, match="拒绝连接"):
        door.ask(line_to(port), MESSAGES)


def test_only_a_few_are_on_their_way_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door._places, "acquire", lambda **_named: False)
    with pytest.raises(NotDrafted, match="别人"):
        door.ask(line_to(9), MESSAGES)


# ---- where an endpoint may be ----
@pytest.mark.parametrize(
    "url",
    [
        "", "api.example.cn", "ftp://api.example.cn", "file:///etc/passwd", "https://[",
        "http://api.example.cn/v1", "https://user:pass@api.example.cn", "https://a b",
        "https://api.example.cn/v1?key=a", "https://api.example.cn:99999", "https://127.0.0.1/v1",
        "https://192.168.1.5/v1", "https://[::1]/v1", "https://169.254.169.254/",
        "https://0.0.0.0/", "https://模型.cn/v1", "https://a.cn/\r\nX: y",
    ],
)  # fmt: skip
def test_what_is_no_public_address_is_refused(url: str) -> None:
    with pytest.raises(BadInput):
        read_endpoint(url, private=False)


@pytest.mark.parametrize(
    ("number", "private"),
    [
        ("8.8.8.8", True), ("169.254.169.254", True), ("0.0.0.1", True), ("224.0.0.1", True),
        ("fe80::1", True), ("::", True), ("10.0.0.1", False), ("127.0.0.1", False), ("::1", False),
        ("::ffff:127.0.0.1", False), ("::ffff:169.254.169.254", True), ("100.64.0.1", False),
        ("2002:7f00:1::", False), ("fd00::1", False),
    ],
)  # fmt: skip
def test_a_number_that_does_not_fit_what_was_said_is_not_called(
    number: str, *, private: bool
) -> None:
    assert not may_call(ip_address(number), private=private)


@pytest.mark.parametrize(
    ("number", "private"),
    [("8.8.8.8", False), ("192.168.1.5", True), ("127.0.0.1", True), ("::1", True)],
)
def test_a_number_that_fits_is_called(number: str, *, private: bool) -> None:
    assert may_call(ip_address(number), private=private)


def test_a_public_name_that_leads_inside_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", ("8.8.8.8", 443)), (2, 1, 6, "", ("192.168.1.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_named: found)
    line = Line(read_endpoint("https://api.example.cn/v1", private=False), "m", limits=QUICK)

    with pytest.raises(NotDrafted, match="内网"):
        door.ask(line, MESSAGES)


def test_an_address_has_one_form() -> None:
    given = " https://API.example.cn:443/v1/chat/completions"

    assert read_endpoint(given, private=False).url == "https://api.example.cn/v1"
    assert read_endpoint("http://[::1]:11434/v1/", private=True).url == "http://[::1]:11434/v1"
