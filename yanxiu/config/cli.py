"""The command `yanxiu`: the one door for administrators.

Each module in `commands/` is a command: `HELP` (one line), `EXAMPLE`, `add_arguments(parser)` and
`run(options)`, which returns the exit code; a name that is a word of Python ends in an underscore.
A module without `HELP` is a part of another command.
With `DJANGO = False` it runs without settings and database, with `TABLES = False` on a folder that
has no tables yet; with `configure(options)` it sets the environment before the settings are read.
The modules import what needs settings inside `run`, for only the options say where the data lie.
"""

import argparse
import os
import pkgutil
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

from yanxiu.config import commands
from yanxiu.config.arguments import Parser
from yanxiu.config.demo_mark import is_demo
from yanxiu.config.environment import WrongSetting
from yanxiu.kernel.refusals import Refusal

DEFAULT_DATA = "data/school"
REFUSED = 2


class NoTables(Refusal):
    """The folder has no tables yet, or they are those of something else."""

    code = "no-tables"

    def __init__(self, data: Path) -> None:
        """Name the folder."""
        super().__init__(
            f"{data} 里还没有建好数据表，没有执行。"
            f"请先运行 yanxiu migrate --data {data}；若写错了文件夹，请用 --data 另写。"
        )


def find_commands() -> dict[str, ModuleType]:
    """Return every command of the house by its name."""
    names = sorted(module.name for module in pkgutil.iter_modules(commands.__path__))
    modules = {name: import_module(f"{commands.__name__}.{name}") for name in names}
    return {
        name.rstrip("_").replace("_", "-"): module
        for name, module in modules.items()
        if hasattr(module, "HELP")
    }


def make_parser(found: dict[str, ModuleType]) -> argparse.ArgumentParser:
    """Return the command line with all its commands."""
    parser = Parser(prog="yanxiu", description="研修：管理员用的命令。")
    choices = parser.add_subparsers(title="命令", dest="command", metavar="命令", required=True)
    for name, module in found.items():
        one = choices.add_parser(
            name, help=module.HELP, description=module.HELP, epilog=f"例子：\n  {module.EXAMPLE}"
        )
        module.add_arguments(one)
        one.add_argument(
            "--data",
            metavar="文件夹",
            help=f"数据文件夹；默认取环境变量 YANXIU_DATA，否则为 {DEFAULT_DATA}",
        )
    return parser


def prepare(module: ModuleType, options: argparse.Namespace) -> None:
    """Settle where the data lie, and read the settings if the command needs them."""
    data = Path(options.data or os.environ.get("YANXIU_DATA") or DEFAULT_DATA).resolve()
    os.environ["YANXIU_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanxiu.config.settings")
    if is_demo(data):
        os.environ["YANXIU_DEMO"] = "1"
    configure: Callable[[argparse.Namespace], None] | None = getattr(module, "configure", None)
    if configure:
        configure(options)
    if getattr(module, "DJANGO", True):
        import django  # noqa: PLC0415 (the settings are read here, after the options)

        django.setup()
        if getattr(module, "TABLES", True):
            require_tables(data)


def require_tables(data: Path) -> None:
    """Refuse a folder in which nobody has made the tables yet.

    Raises:
        NoTables: there are none.
    """
    from django.db import connection  # noqa: PLC0415 (the settings are read by now)

    from yanxiu.people.models import Organisation  # noqa: PLC0415

    if Organisation._meta.db_table not in connection.introspection.table_names():
        raise NoTables(data)


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line says; a refusal is one line on stderr and exit code 2."""
    found = find_commands()
    words = sys.argv[1:] if argv is None else list(argv)
    if not words:
        make_parser(found).print_help()
        return REFUSED
    options = make_parser(found).parse_args(words)
    module = found[options.command]
    try:
        prepare(module, options)
        return int(module.run(options))
    except (Refusal, WrongSetting) as refusal:
        print(" ".join(str(refusal).split()), file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        # Whoever read our output has seen enough; nothing may be flushed at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("已中止。", file=sys.stderr)
        return 130
