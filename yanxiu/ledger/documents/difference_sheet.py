"""比较结果: who would gain or lose what, as a workbook."""

from collections.abc import Iterator
from typing import Any

from yanxiu.documents.sheets import SheetColumn, SheetContent, Value, write_workbook
from yanxiu.ledger.models import ReckonedTeacher, Reckoning
from yanxiu.people.models import Teacher

HEADS = ("学校", "教师数", "增加", "减少", "不变", "新达标", "新不达标")
KEYS = ("teachers", "gain", "lose", "stay", "met", "missed")


def workbook(reckoning: Reckoning, reader: Teacher) -> bytes:
    """Return the workbook; the sheet of persons holds those whose hours `reader` may see."""
    result = reckoning.result
    notes = [
        f"原方案：{result['old']}（{reckoning.old_version}）",
        f"新方案：{result['new']}（{reckoning.version}）",
        f"按{reckoning.on:%Y年%m月%d日}所在年度计，单位：{result['unit']}；只作比较，没有改动任何学时。",
    ]
    schools = SheetContent(
        name="各校",
        title="方案比较：各校人数",
        notes=notes,
        columns=[SheetColumn(HEADS[0]), *(SheetColumn(head, "integer") for head in HEADS[1:])],
        rows=[[one["name"], *(one.get(key, 0) for key in KEYS)] for one in result["schools"]],
    )
    people = SheetContent(
        name="教师",
        title="方案比较：有变化的教师",
        notes=["按学校和姓名排列，不分先后。", *notes[:2]],
        columns=[
            SheetColumn("学校"),
            SheetColumn("姓名"),
            SheetColumn("原方案", "decimal"),
            SheetColumn("新方案", "decimal"),
            SheetColumn("有变化的记录", "integer"),
            SheetColumn("新达到的要求"),
            SheetColumn("新达不到的要求"),
        ],
        rows=list(_people(reckoning, reader)),
        empty="没有人有变化，或者您没有查看学时的权限。",
    )
    return write_workbook([schools, people])


def people_of(reckoning: Reckoning, reader: Teacher) -> Any:
    """Return the teachers of the difference that `reader` may see, by school and name."""
    rows = ReckonedTeacher.objects.filter(
        reckoning=reckoning, organisation__in=reader.reach("see_hours")
    )
    return rows.select_related("teacher", "organisation").order_by(
        "organisation__path", "teacher__pinyin", "pk"
    )


def name_of(reckoning: Reckoning) -> str:
    """Return the name of the file."""
    return f"方案比较 {reckoning.scheme} {reckoning.version}.xlsx"


def _people(reckoning: Reckoning, reader: Teacher) -> Iterator[list[Value]]:
    titles = reckoning.result["requirements"]
    for row in people_of(reckoning, reader).iterator(chunk_size=1000):
        yield [
            row.organisation.name,
            row.teacher.name,
            row.before.normalize(),
            row.after.normalize(),
            row.records,
            "、".join(titles.get(one, one) for one in row.met),
            "、".join(titles.get(one, one) for one in row.missed),
        ]
