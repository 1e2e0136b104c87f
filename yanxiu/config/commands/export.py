"""Takes a school out, to live in another installation."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from yanxiu.kernel.refusals import Refusal

if TYPE_CHECKING:
    from yanxiu.people.models import Organisation

HELP = "把一所学校（连同下级）导出成搬家包，可读入另一个研修系统"
EXAMPLE = "yanxiu export 清河小学 清河小学.zip --data data/school"


class NoSuchOrganisation(Refusal):
    """Nothing, or more than one thing, is called so."""

    code = "no-such-organisation"

    def __init__(self, name: str, names: list[str]) -> None:
        """Say what there is."""
        there = "、".join(names) or "（还没有）"
        super().__init__(
            f"没有找到唯一的“{name}”，什么都没有做。本系统里有：{there}。请写全称，或写它的编号。"
        )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take which school, and where to."""
    parser.add_argument("organisation", metavar="学校", help="学校或上级组织的全称或编号")
    parser.add_argument("target", type=Path, metavar="搬家包", help="要写成的 .zip 文件")
    parser.add_argument(
        "--no-passwords",
        action="store_true",
        help="不带密码（已加密）；到了新系统要重新发登录码",
    )


def run(options: argparse.Namespace) -> int:
    """Write the archive and say what is in it."""
    from django.utils import timezone

    from yanxiu.config import moving

    school = find_organisation(options.organisation)
    departure = moving.leave(
        school, options.target, at=timezone.now(), passwords=not options.no_passwords
    )
    size = options.target.stat().st_size / 1024 / 1024
    print(f"已把“{school.name}”导出到 {options.target}（{size:.1f} MB）。")
    print(told(departure.counts))
    for label, count in departure.left_out.items():
        print(f"{label} 有{count}行指向本校以外的内容，没有带上。")
    if departure.missing_files:
        print(f"有{len(departure.missing_files)}个附件的文件不在数据文件夹里，没有带上。")
    print("里面有全校的姓名、手机号和研修记录，请只交给接收的管理员，读入后删去。")
    return 0


def find_organisation(word: str) -> "Organisation":
    """Return the organisation of that full name or uid.

    Raises:
        NoSuchOrganisation: there is none, or more than one.
    """
    from django.core.exceptions import ValidationError

    from yanxiu.people.models import Organisation

    found = list(Organisation.objects.filter(name=word)[:2])
    if not found:
        try:
            found = list(Organisation.objects.filter(uid=word))
        except ValidationError:
            found = []
    if len(found) != 1:
        raise NoSuchOrganisation(
            word, list(Organisation.objects.values_list("name", flat=True)[:20])
        )
    return found[0]


def told(counts: "dict[str, int]") -> str:
    """Return the counts that a person asks about, in words."""
    asked = {
        "people.Teacher": "位教师",
        "people.Unit": "个单位",
        "planning.Plan": "份计划",
        "activities.Session": "个场次",
        "ledger.Record": "条研修记录",
        "ledger.Entry": "笔入账",
        "attachments.Attachment": "个附件",
    }
    return "其中有" + "、".join(f"{counts.get(one, 0)}{word}" for one, word in asked.items()) + "。"
