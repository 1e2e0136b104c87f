"""A channel delivers or says plainly why not, within seconds, whatever the other side does."""

import socket
import time
from types import ModuleType

import pytest
from pytest_django import Settings

from yanxiu.notices.channels import dingtalk, door, feishu, mail, wecom
from yanxiu.notices.channels.letter import Letter, NotDelivered
from yanxiu.notices.keys import RobotKey
from yanxiu.notices.tests.fakes import fake, mail_server

LETTER = Letter(
    "10月15日（周四）数学教研组的安排", "今天\n· 10:00 分数的意义", "http://127.0.0.1/x"
)
ROBOTS = [wecom, dingtalk, feishu]
NAMES = ["wecom", "dingtalk", "feishu"]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait a second where the house waits ten, and never ask by way of a proxy."""
    given = door.post_json
    monkeypatch.setattr(door, "post_json", lambda url, body: given(url, body, seconds=1.0))
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.mark.parametrize("robot", ROBOTS, ids=NAMES)
def test_a_good_answer_is_a_delivery(robot: ModuleType) -> None:
    with fake() as there:
        robot.send(LETTER, RobotKey(there.url, "SEC-of-a-robot"))

    assert "分数的意义" in str(there.bodies)


FAILURES = {
    "hanging": "没有答完",
    "trickling": "没有答完",
    "endless": "看不懂",
    "cut": "中断|看不懂",
    "silent": "中断",
    "no_http": "中断",
    "leading_away": "转到别的地址",
}


@pytest.mark.parametrize("robot", ROBOTS, ids=NAMES)
@pytest.mark.parametrize(("way", "said"), FAILURES.items())
def test_a_failure_is_told_within_seconds_and_without_the_key(
    robot: ModuleType, way: str, said: str
) -> None:
    began = time.monotonic()
    with fake(way) as there, pytest.raises(NotDelivered, match=said) as told:
        robot.send(LETTER, RobotKey(there.url, "SEC-of-a-robot"))

    assert time.monotonic() - began < 3
    assert "secret" not in str(told.value)
    assert "SEC" not in repr(RobotKey(there.url, "SEC-of-a-robot"))


def test_a_redirect_is_not_followed() -> None:
    with fake("leading_away") as there, pytest.raises(NotDelivered):
        wecom.send(LETTER, RobotKey(there.url))

    assert len(there.heads) == 1


@pytest.mark.parametrize(
    ("status", "said", "for_good"),
    [
        ("500 Oops", "出错", False),
        ("503 Later", "出错", False),
        ("429 Too Many", "太密", False),
        ("404 Not Found", "不接受", True),
        ("403 Forbidden", "不接受", True),
    ],
)
def test_a_status_tells_whether_another_try_helps(
    status: str, said: str, *, for_good: bool
) -> None:
    with fake(status=status) as there, pytest.raises(NotDelivered, match=said) as told:
        wecom.send(LETTER, RobotKey(there.url))

    assert told.value.for_good is for_good


@pytest.mark.parametrize(
    ("robot", "answer", "said", "for_good"),
    [
        (wecom, b'{"errcode": 45009}', "太密", False),
        (wecom, b'{"errcode": 93000}', "没有这个机器人", True),
        (wecom, b'{"errcode": -1}', "代码 -1", False),
        (dingtalk, b'{"errcode": 130101}', "太密", False),
        (dingtalk, b'{"errcode": 310000}', "加签", True),
        (dingtalk, b'{"errcode": 7}', "代码 7", False),
        (feishu, b'{"code": 11232}', "太密", False),
        (feishu, b'{"code": 19021}', "签名", True),
        (feishu, b'{"StatusCode": 1}', "代码 1", False),
    ],
)
def test_a_code_behind_200_is_a_failure(
    robot: ModuleType, answer: bytes, said: str, *, for_good: bool
) -> None:
    with fake(answer=answer) as there, pytest.raises(NotDelivered, match=said) as told:
        robot.send(LETTER, RobotKey(there.url, "SEC"))

    assert told.value.for_good is for_good


@pytest.mark.parametrize("robot", ROBOTS, ids=NAMES)
@pytest.mark.parametrize(
    "garbage", [b"", b"<html>", b"[]", b"null", b'{"errcode": "0"}', b"\xff", b"[" * 60000, b"{}"]
)
def test_garbage_is_no_delivery(robot: ModuleType, garbage: bytes) -> None:
    with fake(answer=garbage) as there, pytest.raises(NotDelivered, match=r"看不懂|结果代码"):
        robot.send(LETTER, RobotKey(there.url, "SEC"))


def test_nobody_listening_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(NotDelivered, match="拒绝连接"):
        wecom.send(LETTER, RobotKey(f"http://127.0.0.1:{port}/"))


def test_dingtalk_signs_the_address() -> None:
    known = dingtalk.signed(RobotKey("https://d/x?access_token=t", "SECabc"), 1_700_000_000_000)

    assert known.startswith("https://d/x?access_token=t&timestamp=1700000000000&sign=")
    assert dingtalk.signature("SECabc", 1) != dingtalk.signature("SECabc", 2)


def test_feishu_signs_the_body_and_calls_on_nobody() -> None:
    letter = Letter('<at user_id="all">所有人</at>')

    body = feishu.body_of(letter, RobotKey("https://f", "SECabc"), 1_700_000_000)

    assert (body["timestamp"], len(body["sign"])) == ("1700000000", 44)
    assert "<at" not in str(body)


def test_a_long_message_keeps_its_address_within_the_limit() -> None:
    letter = Letter("题", "长" * 5000, "http://127.0.0.1/x")

    cut = letter.plain_within(wecom.MOST)

    assert len(cut.encode()) <= wecom.MOST
    assert cut.endswith("…\nhttp://127.0.0.1/x")


@pytest.fixture
def by_mail(settings: Settings) -> Settings:
    settings.EMAIL_BACKEND = "yanxiu.notices.channels.mail.Backend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 5
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    return settings


def test_a_letter_goes_out_by_mail(by_mail: Settings) -> None:
    with mail_server() as (by_mail.EMAIL_PORT, letters):
        mail.send(LETTER, "li@example.cn")

    assert "Auto-Submitted: auto-generated" in letters[0]


@pytest.mark.parametrize(
    ("way", "said"),
    [("hanging", "没有答完"), ("trickling", "没有答完"), ("refusing", "不认这个收信")],
)
def test_a_mail_server_that_fails_is_told_within_seconds(
    by_mail: Settings, way: str, said: str
) -> None:
    began = time.monotonic()
    with (
        mail_server(way) as (by_mail.EMAIL_PORT, _letters),
        pytest.raises(NotDelivered, match=said),
    ):
        mail.send(LETTER, "li@example.cn", seconds=1.0)

    assert time.monotonic() - began < 3


def test_without_a_mail_server_nothing_is_tried(settings: Settings) -> None:
    settings.EMAIL_HOST = ""

    with pytest.raises(NotDelivered, match="没有设发信") as told:
        mail.send(LETTER, "li@example.cn")

    assert told.value.for_good
