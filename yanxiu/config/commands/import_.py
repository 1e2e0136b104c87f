"""Takes a school in that another installation let go."""

import argparse
from pathlib import Path

HELP = "读入一所学校的搬家包，放在一个上级组织之下"
EXAMPLE = "yanxiu import 清河小学.zip --into 清河中心校 --check --data data/county"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the archive, the superior, and whether it is only tried."""
    parser.add_argument("archive", type=Path, metavar="搬家包", help="yanxiu export 写成的文件")
    parser.add_argument("--into", metavar="上级", help="放在哪个组织之下（全称或编号）")
    parser.add_argument("--check", action="store_true", help="只试读，说明会怎样，不写入")


def run(options: argparse.Namespace) -> int:
    """Read the archive, wholly or not at all, and say what came."""
    from django.utils import timezone

    from yanxiu.config import moving
    from yanxiu.config.commands.export import find_organisation, told
    from yanxiu.config.ground import lay_ground

    into = find_organisation(options.into) if options.into else None
    lay_ground()
    arrival = moving.arrive(options.archive, into=into, at=timezone.now(), trial=options.check)
    name = arrival.name
    print(f"试读“{name}”没有问题，什么都没有写入。" if options.check else f"“{name}”已读入。")
    print(told(arrival.counts))
    if arrival.met:
        print(
            f"有{len(arrival.met)}位教师原来就在本系统里，沿用这里的资料，加上了那边的任职和记录。"
        )
    for question in arrival.questions:
        print(question)
    if not options.check:
        print("请运行 yanxiu verify 核对学时账，再请教师用原来的手机号和密码登录。")
    return 0
