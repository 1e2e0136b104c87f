"""Gives the first administrator a way in."""

import argparse

from yanxiu.kernel.refusals import Refusal

HELP = "给出一次性的建校链接，供第一位管理员建立学校"
EXAMPLE = "yanxiu set-up-link --data data/school"


class AlreadySetUp(Refusal):
    """There is an organisation, so its administrator lets people in."""

    code = "already-set-up"

    def __init__(self, name: str) -> None:
        """Name the school that is there."""
        super().__init__(
            f"这里已有“{name}”，不再给出建校链接。忘记密码的教师请找本校管理员打印登录条。"
        )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take a flag for the start of the house."""
    parser.add_argument("--if-empty", action="store_true", help="已有学校时不作声，正常结束")


def run(options: argparse.Namespace) -> int:
    """Print the link."""
    from django.utils import timezone

    from yanxiu.people.actions import set_up_link
    from yanxiu.people.models import Organisation

    there = Organisation.objects.order_by("pk").first()
    if there is not None:
        if options.if_empty:
            return 0
        raise AlreadySetUp(there.name)
    print(f"第一次使用，请打开这个一次性的链接建立学校：\n  {set_up_link.make(timezone.now())}")
    return 0
