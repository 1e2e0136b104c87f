"""Brings a backup back."""

import argparse
import os
from pathlib import Path

from yanxiu.config import backup, environment
from yanxiu.kernel.refusals import Refusal

HELP = "把备份恢复到一个新的数据文件夹（先核对每个文件）"
EXAMPLE = "yanxiu restore 备份/十一月.tar.gz --data data/restored"
DJANGO = False


class NowhereToRestore(Refusal):
    """The new folder was not named."""

    code = "nowhere-to-restore"

    def __init__(self) -> None:
        """Ask for it."""
        super().__init__("没有说明恢复到哪里，什么都没有做。请用 --data 指定一个新的空文件夹。")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take which backup."""
    parser.add_argument("archive", type=Path, metavar="压缩包", help="要恢复的备份")


def run(options: argparse.Namespace) -> int:
    """Restore and say what to do next."""
    if not options.data:
        raise NowhereToRestore
    data = Path(options.data).resolve()
    database = environment.database(os.environ.get("YANXIU_DATABASE", ""), data)
    manifest = backup.restore(options.archive, data, database)
    made_at = manifest["made_at"][:16].replace("T", " ")
    print(f"已恢复 {made_at} 的备份，共 {len(manifest['sha256'])} 个文件。")
    print(f"请先核对：yanxiu verify --data {data}")
    print(f"再打开：　yanxiu serve --data {data}")
    return 0
