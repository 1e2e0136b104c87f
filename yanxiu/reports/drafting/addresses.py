"""Where an endpoint may be: a public host by HTTPS, or a machine of the school if that is said."""

import socket
import threading
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from yanxiu.kernel.refusals import BadInput

LONGEST = 300
DEFAULT = {"https": 443, "http": 80}
_PRIVATE = [
    ip_network(one)
    for one in (
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "::1/128",
        "fc00::/7",
    )
]  # fmt: skip


class Unreachable(Exception):
    """An address is not one that may be called; the message says why."""


@dataclass(frozen=True)
class Endpoint:
    """The base address of an endpoint, taken apart."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        """The base address in its one form."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == DEFAULT[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"

    @property
    def target(self) -> str:
        """The path that is asked."""
        return f"{self.path}/chat/completions"


def read_endpoint(url: str, *, private: bool) -> Endpoint:
    """Return the parts of the base address `url`.

    Args:
        url: such as https://api.example.cn/v1.
        private: whether it may be a machine of the school, also without HTTPS.

    Raises:
        BadInput: it is no such address.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise BadInput("这不是一个网址，没有保存。请照服务商的说明填写。") from None
    plain = url.isascii() and url.isprintable() and len(url) <= LONGEST and " " not in url
    if not host or not plain or parts.username or parts.password or parts.query or parts.fragment:
        raise BadInput(
            "接口地址只写协议、主机名和路径，不带账号、问号和空格，没有保存。密钥请填在下面一栏。"
        )
    if parts.scheme != "https" and not (private and parts.scheme == "http"):
        raise BadInput(
            "接口地址要以 https:// 开头，没有保存。"
            "本校自己的机器没有证书的，请同时勾选“这是本校内网的机器”。"
        )
    literal = _literal(host)
    if literal is not None and not may_call(literal, private=private):
        raise BadInput(
            "这是内网或特殊的地址，没有保存。确实是本校自己的机器时，请勾选“这是本校内网的机器”。"
        )
    path = parts.path.rstrip("/").removesuffix("/chat/completions")
    return Endpoint(parts.scheme, host, port or DEFAULT[parts.scheme], path)


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def may_call(address: IPv4Address | IPv6Address, *, private: bool) -> bool:
    """Tell whether `address` is public, or of the school where that is allowed."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return may_call(inner, private=private)
    if address.is_multicast:
        return False
    if address.is_global:
        # With HTTP allowed, nothing goes out unencrypted to the world.
        return not private
    return private and any(address in network for network in _PRIVATE)


def resolve(endpoint: Endpoint, *, private: bool, seconds: float) -> str:
    """Return the one number of the host that is then called, so that no later answer matters.

    Raises:
        Unreachable: nobody knows the host, or one of its numbers may not be called.
    """
    found: list[str] = []

    def ask() -> None:
        try:
            kind = socket.SOCK_STREAM
            all_of_them = socket.getaddrinfo(endpoint.host, endpoint.port, type=kind)
            found.extend(str(one[4][0]) for one in all_of_them)
        except OSError:
            return

    # The system's resolver has no time limit of ours; it may go on alone.
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    if not found:
        raise Unreachable(f"找不到 {endpoint.host}。请检查接口地址，以及服务器能不能上网。")
    for one in found:
        if not may_call(ip_address(one.partition("%")[0]), private=private):
            where = "公网" if private else "内网"
            raise Unreachable(f"{endpoint.host} 指向{where}的地址，与设置不符，没有送出。")
    return found[0]
