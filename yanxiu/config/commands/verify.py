"""Checks that no entry and no closed year was changed."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yanxiu.ledger.chain import Fault

HELP = "核对学时账：每位教师的入账和年度登记的快照有没有被改动、删去、插入或截短"
EXAMPLE = "yanxiu verify --keep-root --data data/school"
ROOTS = "roots"
"""The folder of kept roots, inside the data folder."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take whether today's root is kept."""
    parser.add_argument(
        "--keep-root",
        action="store_true",
        help="核对无误时把今天的链根存进数据文件夹的 roots，供以后比对；最好每天一次",
    )


def run(options: argparse.Namespace) -> int:
    """Walk every chain and every closed year, and print what does not hold; then the code is 1."""
    from django.conf import settings
    from django.utils import timezone

    from yanxiu.ledger import chain, sealing
    from yanxiu.ledger.models import ChainHead, Entry

    roots = settings.DATA / ROOTS
    found = [*said(chain.faults()), *chain.root_faults(roots), *sealing.faults()]
    for sentence in found:
        print(sentence)
    entries, teachers = Entry.objects.count(), ChainHead.objects.count()
    if frozen := sealing.count():
        print(f"{frozen} 份年度登记的快照也逐份核对了签名。")
    if found:
        print(f"共 {entries} 笔入账、{teachers} 位教师，发现 {len(found)} 处不符。")
        print("请不要再改动数据库，先留下一份备份，再与最近一次无误的备份比对。")
        return 1
    print(f"共 {entries} 笔入账、{teachers} 位教师，全部相符。")
    if options.keep_root:
        print(f"今天的链根已存到 {chain.keep_root(roots, timezone.now())}。")
    return 0


def said(faults: "list[Fault]") -> list[str]:
    """Return one line for each fault, with the teacher's name."""
    from yanxiu.people.models import Teacher

    asked = {fault.teacher for fault in faults}
    names = dict(Teacher.objects.filter(pk__in=asked).values_list("pk", "name"))
    return [
        f"{names.get(fault.teacher, '（查无此人）')}　第{fault.number}笔：{fault.sentence}"
        for fault in faults
    ]
