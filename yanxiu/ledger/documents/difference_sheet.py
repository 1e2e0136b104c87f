"""比较结果: who would gain or lose what, as a workbook."""

from collections.abc import Iterator, Mapping
from typing import Any

from yanxiu.documents.sheets import SheetColumn, SheetContent, Value, write_workbook
from yanxiu.ledger.models import ReckonedTeacher, Reckoning
from yanxiu.people.models import Teacher

HEADS = ("学校", "教师数", "增加", "减少", "不变", "新达标", "新不达标")
KEYS = ("teachers", "gain", "lose", "stay", "met", "missed")
WAYS = {"gain", "lose", "stay"}
"""What cannot be told where the units of two schemes cannot be compared."""


def workbook(reckoning: Reckoning, reader: Teacher) -> bytes:
    """Return the workbook; the sheet of persons holds those whose hours `reader` may see."""
    result = reckoning.result
    notes = [
        f"原方案：{result['old']}（{reckoning.old_version}）",
        f"新方案：{result['new']}（{reckoning.version}）",
        *terms_told(result),
        "只作比较，没有改动任何学时。",
    ]
    is_like = result.get("is_like", True)
    told = [
        (head, key) for head, key in zip(HEADS[1:], KEYS, strict=True) if is_like or key not in WAYS
    ]
    units = result.get("units", ["", result["unit"]])
    schools = SheetContent(
        name="各校",
        title="方案比较：各校人数",
        notes=notes,
        columns=[SheetColumn(HEADS[0]), *(SheetColumn(head, "integer") for head, _ in told)],
        rows=[[one["name"], *(one.get(key, 0) for _, key in told)] for one in result["schools"]],
    )
    people = SheetContent(
        name="教师",
        title="方案比较：有变化的教师",
        notes=["按学校和姓名排列，不分先后。", *notes[:-1]],
        columns=[
            SheetColumn("学校"),
            SheetColumn("姓名"),
            *(
                SheetColumn(f"{side}（{unit}）" if unit else side, "decimal")
                for side, unit in zip(("原方案", "新方案"), units, strict=True)
            ),
            SheetColumn("有变化的记录", "integer"),
            SheetColumn("新达到的要求"),
            SheetColumn("新达不到的要求"),
        ],
        rows=list(_people(reckoning, reader)),
        empty="没有人有变化，或者您没有查看学时的权限。",
    )
    return write_workbook([schools, people])


def terms_told(result: Mapping[str, Any]) -> list[str]:
    """Say over which days and in which units a comparison was made, as its page does."""
    if "days" not in result:
        return [f"单位：{result['unit']}"]
    first, last = result["days"]
    told = [f"合计比的是 {first} 至 {last} 这些天。"]
    if result["tried_from"]:
        told.append(f"新方案 {result['tried_from']} 才施行，这里当作这些天已经施行来试算。")
    elif result["new_from"]:
        told.append(
            f"新方案自 {result['new_from']} 起施行，此前的记录仍照原来的办法算，"
            "两边一样，不算减少。"
        )
    old, new = result["own_units"]
    by = result["conversion"]
    if old == new:
        told.append(f"单位：{new}。")
        return told
    units = f"两份方案的单位不同：原来用{old}，新的用{new}。"
    if by:
        units += f"按《{by['scheme']}》的折算（{by['text']}，{by['source']}）"
        units += f"都化成{result['unit']}，再比增减。"
    elif not result["is_like"]:
        units += "两份方案都没有写怎样折算，所以不比增减，只比达标和未达标。"
    told.append(units)
    return told


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
