"""The robots' adapters by name, and which addresses a robot may have."""

from types import ModuleType
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from yanxiu.kernel.refusals import BadInput
from yanxiu.notices.channels import dingtalk, feishu, wecom
from yanxiu.notices.models import Robot

ADAPTERS: dict[str, ModuleType] = {
    Robot.Channel.WECOM: wecom,
    Robot.Channel.DINGTALK: dingtalk,
    Robot.Channel.FEISHU: feishu,
}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def check_address(channel: str, url: str, secret: str) -> None:
    """Refuse an address at which no robot of `channel` can be, so that nothing goes astray.

    Only the hosts of the three services are asked, and those that the installation names; plain
    HTTP only on this machine.

    Raises:
        BadInput: it is not such an address, or a secret is missing.
    """
    adapter = ADAPTERS[channel]
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise BadInput(_("这不是一个网址，没有保存。请从群机器人的设置里完整复制。")) from None
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)
    if not safe or parts.username or parts.password:
        raise BadInput(
            _("机器人的地址应以 https:// 开头，没有保存。请从群机器人的设置里完整复制。")
        )
    if host not in adapter.HOSTS and host not in settings.ROBOT_HOSTS:
        raise BadInput(
            _(
                "这个地址不属于所选的软件（应为 %(hosts)s），没有保存。"
                "请核对软件和地址；学校自建的服务请管理员写进设置 YANXIU_ROBOT_HOSTS。"
            )
            % {"hosts": "、".join(sorted(adapter.HOSTS))}
        )
    if adapter.SIGNED and not secret:
        raise BadInput(
            _(
                "请同时填写签名密钥，没有保存。在机器人的安全设置里选“加签”或“签名校验”，再复制密钥。"
            )
        )
