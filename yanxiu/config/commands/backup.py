"""Backs the school up."""

import argparse
from datetime import datetime
from pathlib import Path

HELP = "备份数据库、文件和密钥到一个压缩包，备份时照常使用"
EXAMPLE = "yanxiu backup 备份/十一月.tar.gz --data data/school"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take where to."""
    parser.add_argument(
        "target", nargs="?", type=Path, metavar="压缩包",
        help="默认放在数据文件夹的 backups 里，以时间为名",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Write the backup and say where it is."""
    from django.conf import settings
    from django.utils import timezone

    from yanxiu.config import backup
    from yanxiu.config.commands.serve import keep_root_of_today

    at = timezone.localtime()
    target = options.target or settings.DATA / "backups" / name_at(at)
    database = settings.DATABASES["default"]
    # Before the database is copied, so that the copy never has fewer entries than its root.
    keep_root_of_today()
    made = backup.back_up(settings.DATA, database, target, at=at)
    print(f"已备份到 {made}（{made.stat().st_size / 1024 / 1024:.1f} MB）。")
    print("其中有全校数据和密钥，请存放在别人拿不到、且不在这台机器上的地方。")
    return 0


def name_at(at: datetime) -> str:
    """Return the file name of a backup made at that moment."""
    return f"yanxiu-{at:%Y%m%d-%H%M%S}.tar.gz"
