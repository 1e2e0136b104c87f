"""企业微信群机器人: plain text of at most 2,048 octets."""

from yanxiu.notices.channels import door
from yanxiu.notices.channels.letter import Letter, NotDelivered, code_in
from yanxiu.notices.keys import RobotKey

HOSTS = frozenset({"qyapi.weixin.qq.com"})
SIGNED = False
MOST = 2048
_TOO_FAST = 45009
_NO_SUCH_ROBOT = 93000


def send(letter: Letter, key: RobotKey) -> None:
    """Say `letter` in the group.

    Raises:
        NotDelivered: the robot did not take it.
    """
    body = {"msgtype": "text", "text": {"content": letter.plain_within(MOST)}}
    code = code_in(door.post_json(key.url, body), "errcode")
    if code == 0:
        return
    if code == _TOO_FAST:
        raise NotDelivered("企业微信说发得太密（每分钟最多 20 条），过一会儿再发。")
    if code == _NO_SUCH_ROBOT:
        raise NotDelivered(
            "企业微信说没有这个机器人，可能已从群里移除。请在群里重新添加，再更换地址。",
            for_good=True,
        )
    raise NotDelivered(f"企业微信没有接受（代码 {code}）。")
