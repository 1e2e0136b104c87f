"""Serving the house with granian: how many workers, which address, what will not work."""

import hashlib
import os
import socket
from dataclasses import dataclass
from pathlib import Path

from yanxiu.kernel.refusals import Refusal

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 (recognised, never chosen by us)
WORKERS = 2
TARGET = "yanxiu.config.wsgi:application"


class DemoStaysHere(Refusal):
    """The demo school was to be shown to a whole network."""

    code = "demo-stays-here"

    def __init__(self, host: str) -> None:
        """Name the address."""
        super().__init__(
            f"演示学校的密码写在文件里，只在本机打开，没有在 {host} 上启动。"
            "若只是内网试看，请加 --allow-demo-on-network；正式使用请另用一个数据文件夹。"
        )


class HalfAPair(Refusal):
    """Only one of certificate and key was given."""

    code = "half-a-pair"

    def __init__(self) -> None:
        """Say what belongs together."""
        super().__init__(
            "证书和私钥要成对给出，只给了一个，没有启动。请同时写 --tls-cert 和 --tls-key。"
        )


class NoSuchFile(Refusal):
    """A file that was named is not there."""

    code = "no-such-file"

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(f"找不到文件 {path}，没有启动。请核对路径后重试。")


class PortTaken(Refusal):
    """Somebody else listens there."""

    code = "port-taken"

    def __init__(self, host: str, port: int) -> None:
        """Name the address."""
        super().__init__(
            f"{host} 的端口 {port} 已被别的程序占用，没有启动。请先关掉它，或用 --port 换一个端口。"
        )


@dataclass(frozen=True)
class Serving:
    """How the house is to be served."""

    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    tls_cert: Path | None = None
    tls_key: Path | None = None
    workers: int = WORKERS

    def check(self) -> None:
        """Refuse what cannot work before anything is started.

        Raises:
            HalfAPair: certificate without key or the other way round.
            NoSuchFile: one of them is not there.
            PortTaken: somebody else listens there.
        """
        if (self.tls_cert is None) != (self.tls_key is None):
            raise HalfAPair
        for path in (self.tls_cert, self.tls_key):
            if path is not None and not path.is_file():
                raise NoSuchFile(path)
        if not is_free(self.host, self.port):
            raise PortTaken(self.host, self.port)

    @property
    def url(self) -> str:
        """The address that people and their phones use."""
        if self.public_url:
            return self.public_url.rstrip("/")
        host = lan_address() if self.host in EVERYWHERE else self.host
        shown = f"[{host}]" if ":" in host else host
        return f"{'https' if self.tls_cert else 'http'}://{shown}:{self.port}"

    @property
    def warning(self) -> str:
        """One sentence on what will not work at this address; empty when all does."""
        if self.url.startswith("https://") or (self.host in LOOPBACK and not self.public_url):
            return ""
        return (
            "没有 HTTPS：手机浏览器不会开放扫码的摄像头，也不能把本站装到桌面或离线打开，"
            "签到请用手机自带的扫一扫或输入短码；填写和签到照常可用。"
        )


def is_free(host: str, port: int) -> bool:
    """Tell whether nobody listens at `host` and `port`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As granian does: an address that is only being given up counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def lan_address() -> str:
    """Return this machine's address in its network, or loopback if it has none.

    Nothing is sent: connecting a datagram socket only asks the routing table.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def set_environment(serving: Serving) -> None:
    """Tell the settings, which are read later and in every worker, how we serve.

    What the administrator has set in the environment is kept.
    """
    if serving.public_url or not os.environ.get("YANXIU_PUBLIC_URL"):
        os.environ["YANXIU_PUBLIC_URL"] = serving.url
    os.environ["YANXIU_HASHED_STATIC"] = "1"
    hosts = [*os.environ.get("YANXIU_HOSTS", "").split(","), serving.host, lan_address()]
    known = sorted({host for host in hosts if host and host not in EVERYWHERE})
    os.environ["YANXIU_HOSTS"] = ",".join(known)


def collect_static(root: Path) -> bool:
    """Collect the static files into `root` under hashed names if they changed; tell whether."""
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415 (needs settings)
    from django.core.management import call_command  # noqa: PLC0415

    sum_ = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            sum_.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}".encode())
    stamp = root.with_suffix(".stamp")
    if stamp.exists() and stamp.read_text(encoding="ascii") == sum_.hexdigest():
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(sum_.hexdigest(), encoding="ascii")
    return True


def serve(serving: Serving, *, threads: int, target: str = TARGET) -> None:
    """Serve until SIGINT or SIGTERM.

    Args:
        serving: where and with how many workers.
        threads: Python threads per worker: 1 on SQLite, where one writes at a time; 4 on
            PostgreSQL, where they wait for another process.
        target: the application.
    """
    from granian import Granian  # noqa: PLC0415 (slow to import)
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    Granian(
        target,
        address=serving.host,
        port=serving.port,
        interface=Interfaces.WSGI,
        workers=serving.workers,
        blocking_threads=threads,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        ssl_cert=serving.tls_cert,
        ssl_key=serving.tls_key,
    ).serve()
