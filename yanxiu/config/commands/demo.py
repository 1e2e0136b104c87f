"""Loads the demo school."""

import argparse

from yanxiu.kernel.refusals import Refusal

HELP = "装入演示学校：虚构的教师和两个学期的研修"
EXAMPLE = "yanxiu demo --data data/demo"


class NotForADemo(Refusal):
    """The folder holds a real school."""

    code = "not-for-a-demo"

    def __init__(self, data: object) -> None:
        """Name the folder."""
        super().__init__(f"{data} 里已有学校的数据，没有装入演示。请用 --data 另选一个空文件夹。")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing but the folder."""
    del parser


def run(options: argparse.Namespace) -> int:
    """Load the demo once; a second call changes nothing."""
    from django.conf import settings

    from yanxiu.config import demo, demo_mark
    from yanxiu.people.models import Organisation

    del options
    if demo_mark.is_whole(settings.DATA):
        print("演示学校已在，没有改动。")
        return 0
    if Organisation.objects.exists():
        raise NotForADemo(settings.DATA)
    demo_mark.begin(settings.DATA)
    settings.DEMO = True
    demo.load(lambda sentence: print(f"演示学校：{sentence}", flush=True))
    demo_mark.finish(settings.DATA)
    print("演示学校：已全部装入。", flush=True)
    return 0
