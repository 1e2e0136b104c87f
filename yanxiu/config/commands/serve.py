"""Opens the house."""

import argparse
import os
from pathlib import Path

from yanxiu.config import serving
from yanxiu.config.arguments import port
from yanxiu.config.beside import beside

HELP = "打开系统，供本机或校园网里的人使用"
EXAMPLE = "yanxiu serve --host 0.0.0.0 --public-url http://192.168.1.20:8000"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say where and how."""
    parser.add_argument("--host", default="127.0.0.1", help="监听的地址；0.0.0.0 为整个校园网")
    parser.add_argument("--port", type=port, default=8000, help="端口，默认 8000")
    parser.add_argument("--public-url", default="", metavar="地址", help="手机访问的地址")
    parser.add_argument("--tls-cert", type=Path, metavar="文件", help="HTTPS 证书")
    parser.add_argument("--tls-key", type=Path, metavar="文件", help="HTTPS 私钥（PKCS#8）")
    parser.add_argument("--workers", type=int, default=serving.WORKERS, help="工作进程数，默认 2")
    parser.add_argument(
        "--allow-demo-on-network", action="store_true", help="允许演示学校对内网打开"
    )
    parser.add_argument(
        "--without-notices",
        action="store_true",
        help="不在旁边发通知；已另开 yanxiu notices loop 时用",
    )
    parser.add_argument(
        "--without-jobs",
        action="store_true",
        help="不在旁边做后台任务；已另开 yanxiu jobs loop 时用",
    )


def arrangement(options: argparse.Namespace) -> serving.Serving:
    """Return how the options want the house to be served."""
    return serving.Serving(
        host=options.host,
        port=options.port,
        public_url=options.public_url,
        tls_cert=options.tls_cert,
        tls_key=options.tls_key,
        workers=options.workers,
    )


def configure(options: argparse.Namespace) -> None:
    """Check what can be checked without settings, and set the public address for them."""
    demo = os.environ.get("YANXIU_DEMO") == "1"
    if demo and options.host not in serving.LOOPBACK and not options.allow_demo_on_network:
        raise serving.DemoStaysHere(options.host)
    arranged = arrangement(options)
    arranged.check()
    serving.set_environment(arranged)


def run(options: argparse.Namespace) -> int:
    """Serve until somebody stops it."""
    from django.conf import settings
    from django.db import connection

    arranged = arrangement(options)
    serving.collect_static(Path(settings.STATIC_ROOT))
    print(f"研修已在 {settings.PUBLIC_URL} 打开，按 Ctrl-C 停止。", flush=True)
    if arranged.warning:
        print(arranged.warning, flush=True)
    keep_root_of_today()
    threads = 1 if connection.vendor == "sqlite" else 4
    # The workers open connections of their own.
    connection.close()
    helpers = [
        [name, "loop"]
        for name, left_out in (
            ("notices", options.without_notices),
            ("jobs", options.without_jobs),
        )
        if not left_out
    ]
    with beside(*helpers):
        serving.serve(arranged, threads=threads)
    return 0


def keep_root_of_today() -> None:
    """Keep the ledger's signed root of the day; an empty database has none yet."""
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    from yanxiu.ledger import chain
    from yanxiu.ledger.models import ChainHead

    if ChainHead._meta.db_table in connection.introspection.table_names():
        chain.keep_root(Path(settings.DATA) / "roots", timezone.now())
