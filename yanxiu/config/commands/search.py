"""Reads everything that can be found into the index anew."""

import argparse
import sys

HELP = "重建检索：升级、恢复备份或从别的系统导入以后做一次"
EXAMPLE = "yanxiu search rebuild"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do."""
    parser.add_argument(
        "what",
        choices=["rebuild"],
        metavar="rebuild",
        help="把所有文字重新读进检索，并重新标记原创核对的文本；做的时候照常能用",
    )


def run(_options: argparse.Namespace) -> int:
    """Read all, and say how much it was and what could not be read."""
    from yanxiu.originality import actions as originality
    from yanxiu.search.actions import rebuild

    def step(done: int, of: int, what: str) -> None:
        print(f"\r{done} / {of} {what}　　", end="", file=sys.stderr)

    count = rebuild(step)
    print(file=sys.stderr)
    print(f"检索里有 {count} 样东西。")
    marked, failed = originality.mark_all()
    print(f"参加原创核对的文本 {marked} 份。")
    for title, trouble in failed:
        print(f"  {title}：{trouble}")
    return 0
