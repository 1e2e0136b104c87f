"""飞书群机器人: plain text, the body signed with the secret and the time."""

import hmac
import time
from base64 import b64encode
from hashlib import sha256
from typing import Any

from yanxiu.notices.channels import door
from yanxiu.notices.channels.letter import Letter, NotDelivered, code_in
from yanxiu.notices.keys import RobotKey

HOSTS = frozenset({"open.feishu.cn", "open.larksuite.com"})
SIGNED = True
MOST = 18_000
_TOO_FAST = frozenset({11232, 99991400})
_NOT_TAKEN = {
    19001: "飞书说机器人的地址不对，可能已从群里移除。请在群里重新添加，再更换地址。",
    19021: "飞书的签名校验没有通过：请核对密钥，以及这台机器的时钟。",
    19022: "飞书的 IP 白名单里没有这台机器。请在机器人的安全设置里去掉白名单或加上它。",
    19024: "飞书的关键词设置没有通过。请把机器人的安全设置改为“签名校验”。",
}


def signature(secret: str, seconds: int) -> str:
    """Return the signature that 飞书 expects: time and secret are the key, nothing is signed."""
    return b64encode(hmac.new(f"{seconds}\n{secret}".encode(), b"", sha256).digest()).decode()


def body_of(letter: Letter, key: RobotKey, seconds: int) -> dict[str, Any]:
    """Return the signed body; `<` is widened, or a title could call on everybody in the group."""
    text = letter.plain_within(MOST).replace("<", "＜")
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if key.secret:
        body |= {"timestamp": str(seconds), "sign": signature(key.secret, seconds)}
    return body


def send(letter: Letter, key: RobotKey) -> None:
    """Say `letter` in the group.

    Raises:
        NotDelivered: the robot did not take it.
    """
    answer = door.post_json(key.url, body_of(letter, key, int(time.time())))
    code = code_in(answer, "code", "StatusCode")
    if code == 0:
        return
    if code in _TOO_FAST:
        raise NotDelivered("飞书说发得太密，过一会儿再发。")
    if code in _NOT_TAKEN:
        raise NotDelivered(_NOT_TAKEN[code], for_good=True)
    raise NotDelivered(f"飞书没有接受（代码 {code}）。")
