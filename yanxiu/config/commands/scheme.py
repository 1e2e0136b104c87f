"""Checks, tries out, explains and compares schemes of hours and credits.

`check`, `test` and `compare --cases` (`scheme_files.py`) need only files; `explain` and `compare`
(`scheme_rows.py`) read the school's database, so it is opened for these alone.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final

from yanxiu.config.commands import scheme_files, scheme_rows
from yanxiu.kernel.refusals import Refusal

HELP = "检查、试算、解释和比较学时学分方案"
EXAMPLE = "yanxiu scheme check 清河县学时方案.yaml"
DJANGO = False

Part = tuple[str, Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace], int]]
"""One line of help, what takes the arguments, and what runs."""

FILES: Final[dict[str, Part]] = {
    "check": (
        "检查一个方案文件：写错在第几行，有没有自相矛盾",
        scheme_files.add_check_arguments,
        scheme_files.check,
    ),
    "test": (
        "运行方案旁边的算例，逐步列出怎样算成",
        scheme_files.add_test_arguments,
        scheme_files.test,
    ),
}
ROWS: Final[dict[str, Part]] = {
    "explain": (
        "说明一条记录为什么得这么多，或一位教师现在的达标情况",
        scheme_rows.add_explain_arguments,
        scheme_rows.explain,
    ),
    "compare": (
        "比较两个方案：发布以前先看谁会多、谁会少",
        scheme_rows.add_compare_arguments,
        scheme_rows.compare,
    ),
}


class NoSchoolThere(Refusal):
    """Two schemes are to be compared on a school, and there is none."""

    code = "no-school-there"

    def __init__(self, why: str) -> None:
        """Say what needs no school."""
        super().__init__(
            f"比较要用一所学校的记录：{why}手里只有两个方案文件的，加写 --cases，"
            "比较旁边的算例在两份方案下各算得多少，不用数据库。"
        )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take which of the four, and what it needs; `--data` may stand behind it too."""
    choices = parser.add_subparsers(title="做什么", dest="part", metavar="做什么", required=True)
    for name, (line, take, _) in {**FILES, **ROWS}.items():
        one = choices.add_parser(name, help=line, description=line)
        take(one)
        if name in ROWS:
            one.add_argument(
                "--data", metavar="文件夹", default=argparse.SUPPRESS, help="数据文件夹"
            )


def run(options: argparse.Namespace) -> int:
    """Do it; exit code 0 if all is well, 1 if something is to be looked at."""
    if getattr(options, "cases", False):
        return scheme_files.compare_cases(options)
    if options.part in FILES:
        return FILES[options.part][2](options)
    try:
        _open_rows()
    except Refusal as refusal:
        if options.part == "compare" and refusal.code == "no-tables":
            raise NoSchoolThere(str(refusal)) from None
        raise
    return ROWS[options.part][2](options)


def _open_rows() -> None:
    """Read the settings and see that there are tables, as the other commands do."""
    import django

    django.setup()
    from django.conf import settings

    from yanxiu.config.cli import require_tables

    require_tables(Path(settings.DATA))
