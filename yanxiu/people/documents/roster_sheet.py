"""The roster as a workbook that can be filled in or imported again as it is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from yanxiu.documents.sheets import SheetColumn, SheetContent, write_workbook
from yanxiu.people.models import Membership, Organisation, Post, Teacher, TierHolding
from yanxiu.people.models.teacher import today
from yanxiu.people.roster.columns import FIELDS

_COLUMNS: dict[str, str] = {
    "name": "孙小禾",
    "job_number": "0101",
    "phone": "",
    "subjects": "语文、道德与法治",
    "grades": "三年级",
    "groups": "语文教研组",
    "preparation_groups": "",
    "posts": "教研组长",
    "title": "一级教师",
    "education": "本科",
    "tiers": "区级骨干教师",
    "born": "1989-07",
    "started_work": "2011-08",
    "entered": "2011-08",
    "cycle_from": "",
    "retires": "",
}
"""The columns in their order, each with what the line that shows how to fill it in says."""

_KINDS = {"teaching_research_group": "groups", "lesson_preparation_group": "preparation_groups"}
_FIRST = "teaching_research_group"
_WORDS = {_FIRST: "教研", "lesson_preparation_group": "备课"}
_PREPARATION = "备课"
_DUTIES: dict[str, str] = {Membership.Duty.LEADER: "组长", Membership.Duty.DEPUTY: "副组长"}

Line = dict[str, str]


def roster_template() -> bytes:
    """Return an empty roster with one line as a model."""
    sheet = SheetContent(
        name="教师花名册",
        title="教师花名册",
        notes=(
            "只有姓名必填。几个学科、几个职务用顿号分开。示例行导入前请删去。",
            "不要填身份证号、住址等：系统用不到，也不会保存。",
        ),
        columns=[SheetColumn(FIELDS[name], width=14) for name in _COLUMNS],
        rows=[list(_COLUMNS.values())],
        landscape=True,
    )
    return write_workbook([sheet])


def roster_sheet(organisation: Organisation) -> bytes:
    """Return who works in `organisation` and below today; imported again, nothing changes."""
    schools = _schools(organisation)
    several = len({school for _teacher, school in schools}) > 1 or not organisation.is_school
    names = ["school", *_COLUMNS] if several else list(_COLUMNS)
    lines = _lines(schools)
    sheet = SheetContent(
        name="教师花名册",
        title=f"{organisation.name}教师花名册",
        notes=[f"{today().isoformat()}在册，共 {len(lines)} 行。改好后可以直接导入。"],
        columns=[SheetColumn(FIELDS[name], width=14) for name in names],
        rows=[[line.get(name, "") for name in names] for line in lines],
        empty="还没有教师",
        landscape=True,
        freeze_columns=names.index("name") + 1,
    )
    return write_workbook([sheet])


def _schools(organisation: Organisation) -> dict[tuple[int, str], Line]:
    """Return a line for each teacher in each school, with what the posts say."""
    posts = (
        Post.objects.on(today())
        .filter(organisation__path__startswith=organisation.path, teacher__is_active=True)
        .order_by("organisation__path", "teacher__pinyin", "role__order", "pk")
        .values_list("teacher_id", "organisation__name", "role__code", "title", "job_number")
    )
    lines: dict[tuple[int, str], Line] = defaultdict(dict)
    for teacher, school, role, title, number in posts:
        line = lines[teacher, school]
        line["school"] = school
        line["job_number"] = line.get("job_number") or number
        if role == "teacher":
            line["posts"] = title
    return lines


def _lines(lines: dict[tuple[int, str], Line]) -> list[Line]:
    teachers = {pk for pk, _school in lines}
    facts = {row.pk: row for row in Teacher.objects.filter(pk__in=teachers)}
    seats = _seats(teachers)
    tiers: dict[int, list[str]] = defaultdict(list)
    holdings = TierHolding.objects.on(today()).filter(teacher__in=teachers)
    for pk, name in holdings.order_by("-tier__order").values_list("teacher_id", "tier__name"):
        tiers[pk].append(name)
    for (pk, school), line in lines.items():
        line.update(_facts(facts[pk]))
        line["tiers"] = "、".join(tiers[pk])
        _sit(line, seats[pk, school])
    return list(lines.values())


def _facts(row: Teacher) -> Line:
    return {
        "name": row.name,
        "phone": row.phone or "",
        "subjects": "、".join(row.subjects),
        "grades": row.grade,
        "title": row.title,
        "education": row.education,
        "born": row.born,
        "started_work": row.started_work,
        "entered": row.entered,
        "cycle_from": row.cycle_from,
        "retires": row.retires,
    }


def _seats(teachers: set[int]) -> Mapping[tuple[int, str], list[Any]]:
    rows = Membership.objects.on(today()).filter(
        teacher__in=teachers, unit__ends_on=None, unit__kind__code__in=_KINDS
    )
    found: dict[tuple[int, str], list[Any]] = defaultdict(list)
    for row in rows.order_by("pk").select_related("unit__kind", "unit__organisation"):
        found[row.teacher_id, row.unit.organisation.name].append(row)
    return found


def _sit(line: Line, seats: Sequence[Membership]) -> None:
    """Write the groups into the line, those that the person leads first, and that as a post."""
    posts = [post for post in line.get("posts", "").split("、") if post]
    for code, name in _KINDS.items():
        own = [seat for seat in seats if seat.unit.kind.code == code]
        own.sort(key=lambda seat: seat.duty not in _DUTIES)
        line[name] = "、".join(seat.unit.name for seat in own)
        leading = [post for post in posts if post.endswith("组长")]
        said = any((_PREPARATION in post) == (code != _FIRST) for post in leading)
        if own and own[0].duty in _DUTIES and not said:
            posts.append(f"{_WORDS[code]}{_DUTIES[own[0].duty]}")
    line["posts"] = "、".join(posts)
