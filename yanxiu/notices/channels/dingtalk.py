"""钉钉群机器人: plain text, the address signed with the secret and the time."""

import hmac
import time
from base64 import b64encode
from hashlib import sha256
from urllib.parse import quote_plus

from yanxiu.notices.channels import door
from yanxiu.notices.channels.letter import Letter, NotDelivered, code_in
from yanxiu.notices.keys import RobotKey

HOSTS = frozenset({"oapi.dingtalk.com"})
SIGNED = True
MOST = 18_000
_TOO_FAST = frozenset({130101, 410100})
_NOT_TAKEN = {
    310000: "钉钉的安全设置没有通过：请核对“加签”的密钥，以及这台机器的时钟。",
    300001: "钉钉说没有这个机器人，可能已从群里移除。请在群里重新添加，再更换地址。",
    400013: "这个钉钉群已经解散。请停用这个机器人。",
    400101: "钉钉说机器人的地址不对。请重新复制地址。",
}


def signature(secret: str, milliseconds: int) -> str:
    """Return the signature that 钉钉 expects for a moment, ready for an address."""
    text = f"{milliseconds}\n{secret}".encode()
    return quote_plus(b64encode(hmac.new(secret.encode(), text, sha256).digest()))


def signed(key: RobotKey, milliseconds: int) -> str:
    """Return the address signed for this moment; as it is where the robot has no secret."""
    if not key.secret:
        return key.url
    return f"{key.url}&timestamp={milliseconds}&sign={signature(key.secret, milliseconds)}"


def send(letter: Letter, key: RobotKey) -> None:
    """Say `letter` in the group.

    Raises:
        NotDelivered: the robot did not take it.
    """
    body = {"msgtype": "text", "text": {"content": letter.plain_within(MOST)}}
    answer = door.post_json(signed(key, time.time_ns() // 1_000_000), body)
    code = code_in(answer, "errcode")
    if code == 0:
        return
    if code in _TOO_FAST:
        raise NotDelivered("钉钉说发得太密（每分钟最多 20 条），过一会儿再发。")
    if code in _NOT_TAKEN:
        raise NotDelivered(_NOT_TAKEN[code], for_good=True)
    raise NotDelivered(f"钉钉没有接受（代码 {code}）。")
