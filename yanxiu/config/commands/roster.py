"""Tries a roster, or imports it; the same door as the page."""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yanxiu.kernel.refusals import Refusal

if TYPE_CHECKING:
    from yanxiu.people.models import Organisation

HELP = "试读一份花名册，逐行说明会怎样；加 --apply 才写入"
EXAMPLE = "yanxiu roster 教师花名册.xlsx --organisation 清河小学 --apply"
TABLES = False
"""A roster is tried before there is a school; it is not written then."""
CHANGES = {"new": "新增", "same": "不变", "changed": "变更", "refused": "未导入"}
_ROW_KEYS = ("sheet", "row", "person", "change", "problems")


class NoSuchFile(Refusal):
    """The file is not there or may not be read."""

    code = "no-such-roster"

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(f"打不开文件 {path}，什么都没有读。请核对路径和读取权限后重试。")


class WhichOrganisation(Refusal):
    """It is not clear for whom the roster is."""

    code = "which-organisation"

    def __init__(self, sentence: str) -> None:
        """Say what is missing."""
        super().__init__(sentence)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the file, for whom it is, and whether to write."""
    parser.add_argument("file", type=Path, metavar="文件", help="xlsx、xls、csv 或 tsv")
    parser.add_argument(
        "--organisation",
        metavar="名称",
        help="给哪个学校（或中心校）导入；只有一个最上级组织时可不写",
    )
    parser.add_argument("--apply", action="store_true", help="写入数据库；不加只是试读")
    parser.add_argument("--json", action="store_true", help="输出 JSON，供程序使用")


def run(options: argparse.Namespace) -> int:
    """Read the file, compare it, and with `--apply` write it."""
    from django.conf import settings
    from django.utils import timezone

    from yanxiu.config.cli import require_tables
    from yanxiu.people.actions import roster_import

    try:
        data = options.file.read_bytes()
    except OSError as error:
        raise NoSuchFile(options.file) from error
    name = options.file.name
    if options.apply:
        require_tables(Path(settings.DATA))
        at = timezone.now()
        organisation = find_organisation(options.organisation) or found(options, data)
        read = roster_import.read_file(organisation, data, name, by=None, at=at)
        totals = read.report["totals"]
        shown = shown_of(roster_import.rows_of(read), as_json=options.json)
        if totals["new"] or totals["changed"]:
            roster_import.apply(read, by=None, at=at)
        else:
            roster_import.drop(read, by=None, at=at)
    else:
        there = find_organisation(options.organisation) if database_stands() else None
        rows = roster_import.dry_run(there, data, name)
        totals = roster_import.totals_of(rows)
        shown = shown_of(rows, as_json=options.json)
    if options.json:
        told = ",\n".join(shown)
        print(f'{{"rows": [\n{told}\n], "totals": {json.dumps(totals)}}}')
    else:
        print("\n".join([*shown, *sums_of(totals, applied=options.apply)]))
    return 0


def shown_of(rows: Iterable[Mapping[str, Any]], *, as_json: bool) -> list[str]:
    """Return what is printed of the rows; text takes a tenth of the room that the rows take."""
    if not as_json:
        return [line for row in rows for line in lines_of(row)]
    return [json.dumps({key: row[key] for key in _ROW_KEYS}, ensure_ascii=False) for row in rows]


def database_stands() -> bool:
    """Tell whether there is a database with our tables; a dry run must not make one."""
    from django.conf import settings
    from django.db import DatabaseError, connection

    database = settings.DATABASES["default"]
    file = str(database["NAME"])
    in_file = "sqlite" in str(database["ENGINE"]) and "memory" not in file
    if in_file and not Path(file).is_file():
        return False
    try:
        return "people_organisation" in connection.introspection.table_names()
    except DatabaseError:
        return False


def find_organisation(name: str | None) -> "Organisation | None":
    """Return the organisation called `name`, or the only root; None in an empty house.

    Raises:
        WhichOrganisation: there is none or more than one.
    """
    from yanxiu.people.models import Organisation

    rows = (
        Organisation.objects.filter(name=name) if name else Organisation.objects.filter(parent=None)
    )
    found = list(rows[:2])
    if len(found) == 1:
        return found[0]
    if not Organisation.objects.exists():
        return None
    if found:
        sentence = (
            "有几个组织符合，不知道给哪一个导入，没有导入。请用 --organisation 写明唯一的名称。"
        )
        raise WhichOrganisation(sentence)
    names = "、".join(Organisation.objects.order_by("path").values_list("name", flat=True)[:10])
    raise WhichOrganisation(
        f"没有名为“{name}”的组织，没有导入。现有：{names}。请改用其中一个名称。"
    )


def found(options: argparse.Namespace, data: bytes) -> "Organisation":
    """Found the first organisation of an empty house, for a roster of one school or several.

    Raises:
        WhichOrganisation: no name was given.
    """
    from django.utils import timezone

    from yanxiu.config.ground import lay_ground
    from yanxiu.people import actions
    from yanxiu.people.actions import roster_import

    if not options.organisation:
        sentence = "这里还没有学校，没有导入。请用 --organisation 写明学校名称，会先建立这所学校。"
        raise WhichOrganisation(sentence)
    several = roster_import.schools_in(data, options.file.name) > 1
    lay_ground()
    return actions.add_organisation(
        None,
        options.organisation,
        by=None,
        at=timezone.now(),
        level_name="区县" if several else "学校",
        is_school=not several,
    )


def lines_of(row: Mapping[str, Any]) -> Iterator[str]:
    """Tell one row in lines: place, what happens, who, and what to know about it."""
    person = row["person"]
    place = f"{row['sheet']} 第{row['row']}行" if row["sheet"] else f"第{row['row']}行"
    words = (person["name"], person["job_number"], person["group"], "、".join(person["posts"]))
    yield f"{place}　{CHANGES[row['change']]}　" + "　".join(word for word in words if word)
    for each in row["differences"]:
        yield f"      {each['label']}：{each['before'] or '（空）'} → {each['after']}"
    for problem in row["problems"]:
        yield f"      {problem['sentence']}"


def sums_of(totals: Mapping[str, int], *, applied: bool) -> Iterator[str]:
    """Tell how many rows are of which kind, and whether anything was written."""
    counts = "，".join(f"{word} {totals[kind]}" for kind, word in CHANGES.items())
    yield f"共 {totals['rows']} 行：{counts}；需留意 {totals['warnings']} 行。"
    yield "已写入。" if applied else "这是试读，什么都没有写入；加 --apply 才导入。"
