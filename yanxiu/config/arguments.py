"""Command lines that speak Chinese; standard library alone, for `run.py` uses it too."""

import argparse
import re
from collections.abc import Sequence
from typing import Any, NoReturn

SENTENCES = (
    (r"the following arguments are required: (.+)", "缺少 {0}"),
    (r"unrecognized arguments: (.+)", "不认识 {0}"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", "{0} 不能是 {1}，可选：{2}"),
    (r"argument (.+?): invalid int value: (.+)", "{0} 应为整数，不能是 {1}"),
    (r"argument (.+?): expected (?:one|at least one) argument", "{0} 后面少了一个值"),
    (r"argument (.+?): not allowed with argument (.+)", "{0} 与 {1} 不能同时用"),
    (r"argument (.+?): (.+)", "{0} {1}"),
)


class ChineseFormatter(argparse.RawDescriptionHelpFormatter):
    """Lays help out as argparse does, under a Chinese heading."""

    def add_usage(
        self,
        usage: str | None,
        actions: Any,
        groups: Any,
        prefix: str | None = None,
    ) -> None:
        """Put the usage under its Chinese name."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser whose help and whose refusals are Chinese."""

    def __init__(self, **kwargs: Any) -> None:
        """Set the headings; everything else is as argparse has it."""
        kwargs.setdefault("formatter_class", ChineseFormatter)
        kwargs.setdefault("allow_abbrev", False)
        super().__init__(**kwargs, add_help=False)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Say in one line what is wrong with the command line, and end with 2."""
        self.exit(2, f"{in_chinese(message)}。用 {self.prog} --help 看用法。\n")


def in_chinese(message: str) -> str:
    """Return what argparse says, in Chinese where it is one of its usual sentences."""
    for pattern, sentence in SENTENCES:
        if found := re.fullmatch(pattern, message):
            return sentence.format(*found.groups())
    return f"命令行有误（{message}）"


def port(text: str) -> int:
    """Return `text` as a port.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    highest = 65535
    if not text.isdecimal() or not 0 < int(text) <= highest:
        message = f"端口应为 1 至 {highest} 的整数，现在是“{text}”"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def flags(options: argparse.Namespace, names: Sequence[str]) -> list[str]:
    """Return the options `names` that were given, as they were written, to hand them on."""
    written: list[str] = []
    for name in names:
        value = getattr(options, name)
        if value is None or value is False:
            continue
        written.append("--" + name.replace("_", "-"))
        if value is not True:
            written.append(str(value))
    return written
